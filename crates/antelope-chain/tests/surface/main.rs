//! What tests of contracts are written with: typed calls, JSON, rows, builders.
#![allow(clippy::unwrap_used)]

mod at_once;
mod builder;
mod json;
#[rustfmt::skip]
mod pasted;
mod sequence;
mod typed;

use antelope_testing::{Chain, contract};
use antelope_types::{Asset, IntoActions, Name, PermissionLevel, asset, name};
use std::sync::LazyLock;
use token::token::{Client, ClientSigned};

const TOKEN: Name = name!("token");
const ALICE: Name = name!("alice");
const BOB: Name = name!("bob");

/// The token's actions under somebody's `active` permission.
fn token(actor: Name) -> ClientSigned<1> {
    Client::at(TOKEN).signed_by(PermissionLevel::active(actor))
}

fn pay(from: Name, to: Name, quantity: Asset) -> impl IntoActions {
    token(from).transfer(from, to, quantity, "".into())
}

/// A fork of a chain with the contract `token` on it, and 100.0000 TOK of alice.
fn chain() -> Chain {
    static BOOTED: LazyLock<Chain> = LazyLock::new(|| {
        let mut chain = Chain::builder()
            .accounts([ALICE, BOB])
            .contract(TOKEN, &contract!("token").unwrap())
            .build()
            .unwrap();
        let all = asset!("100.0000 TOK");
        chain.push(token(TOKEN).create(ALICE, all)).unwrap();
        chain
            .push(token(ALICE).issue(ALICE, all, "".into()))
            .unwrap();
        chain
    });
    BOOTED.clone()
}
