//! The contract on a chain: its actions one by one, and a random life.

mod actions;
mod life;

use antelope_testing::{Chain, Failure, contract, without_costs};
use antelope_types::{Asset, Name, PermissionLevel, Symbol, asset, name, symbol};
use std::sync::LazyLock;
use token::Account;
use token::token::{Client, ClientSigned};

const TOKEN: Name = name!("token");
const ALICE: Name = name!("alice");
const BOB: Name = name!("bob");
const CAROL: Name = name!("carol");

const TOK: Symbol = symbol!("4,TOK");

/// The contract's actions under somebody's `active` permission.
fn token(actor: Name) -> ClientSigned<1> {
    Client::at(TOKEN).signed_by(PermissionLevel::active(actor))
}

/// A fork of a chain with the contract on it, on which alice has issued herself 100.0000 of at most
/// 1000.0000 TOK.
fn chain() -> Chain {
    static BOOTED: LazyLock<Chain> = LazyLock::new(|| {
        let contract = contract!().expect("the contract is built");
        let begin = || -> Result<Chain, Failure> {
            let mut chain = Chain::builder()
                .accounts([ALICE, BOB, CAROL])
                .contract(TOKEN, &contract)
                .build()?;
            chain.push(token(TOKEN).create(ALICE, asset!("1000.0000 TOK")))?;
            chain.push(token(ALICE).issue(ALICE, asset!("100.0000 TOK"), "".into()))?;
            Ok(chain)
        };
        without_costs(begin).expect("a chain")
    });
    BOOTED.clone()
}

/// What an account holds; none if it has no row.
fn balance(chain: &Chain, owner: Name) -> Option<Asset> {
    let row = chain.row::<Account>(TOKEN, owner, TOK.code());
    row.expect("an account").map(|account| account.balance)
}
