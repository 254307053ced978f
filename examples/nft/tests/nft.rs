//! The contract on a chain.

use antelope_testing::{Chain, Failure, contract};
use antelope_types::{IntoActions, Name, PermissionLevel, name};
use nft::nft::{Client, ClientSigned};
use nft::{Collection, Token};
use std::sync::LazyLock;

const NFT: Name = name!("nft");
const ALICE: Name = name!("alice");
const BOB: Name = name!("bob");
const CAROL: Name = name!("carol");
const CATS: Name = name!("cats");
const NOBODY: Name = Name::EMPTY;

/// A fork of a chain on which alice has made a collection of at most two cats, the first is bob's.
fn chain() -> Chain {
    static BOOTED: LazyLock<Chain> = LazyLock::new(|| {
        let contract = contract!().expect("the contract is built");
        let mut chain = Chain::builder()
            .accounts([ALICE, BOB, CAROL])
            .contract(NFT, &contract)
            .build()
            .expect("a chain");
        chain.push(by(ALICE).create(ALICE, CATS, 2)).expect("made");
        mint(&mut chain, BOB).expect("minted");
        chain
    });
    BOOTED.clone()
}

fn by(actor: Name) -> ClientSigned<1> {
    Client::at(NFT).signed_by(PermissionLevel::active(actor))
}

/// Lets alice mint a cat; gives its number.
fn mint(chain: &mut Chain, to: Name) -> Result<u64, Failure> {
    let trace = chain.push(by(ALICE).mint(CATS, to, "ipfs://cat".into()))?;
    let number = chain.returned_json(&trace.action_traces[0])?;
    let number = number.as_u64().or_else(|| number.as_str()?.parse().ok());
    Ok(number.expect("a number"))
}

fn collection(chain: &Chain) -> Collection {
    let row = chain.row(NFT, NFT, CATS).expect("the table");
    row.expect("the collection")
}

fn owner(chain: &Chain, id: u64) -> Option<Name> {
    let row = chain.row::<Token>(NFT, CATS, id).expect("the table");
    row.map(|token| token.owner)
}

/// The contract's own words, where it refuses.
fn refused(chain: &mut Chain, actions: impl IntoActions) -> String {
    let failure = chain.push(actions).expect_err("a refusal");
    let message = failure.error().message();
    let words = message.strip_prefix("assertion failure with message: ");
    words.unwrap_or(message).to_owned()
}

#[test]
fn a_collection_is_made_once() {
    let mut chain = chain();
    let again = by(BOB).create(BOB, CATS, 5);
    assert_eq!(
        refused(&mut chain, again),
        "a collection of this name exists"
    );
    let other = by(BOB).create(ALICE, name!("dogs"), 5);
    assert_eq!(refused(&mut chain, other), "missing authority of alice");
    let empty = by(BOB).create(BOB, name!("dogs"), 0);
    assert_eq!(refused(&mut chain, empty), "max_supply must be positive");
    let nameless = by(BOB).create(BOB, NOBODY, 5);
    assert_eq!(refused(&mut chain, nameless), "a collection needs a name");
}

#[test]
fn the_author_mints_up_to_the_limit() -> Result<(), Failure> {
    let mut chain = chain();
    let minted = chain.push(by(ALICE).mint(CATS, CAROL, "ipfs://cat".into()))?;
    assert!(minted.ram_deltas()[&ALICE] > 0, "the author pays");
    assert_eq!(owner(&chain, 2), Some(CAROL));
    assert_eq!(collection(&chain).supply, 2);
    let full = by(ALICE).mint(CATS, CAROL, "ipfs://cat".into());
    assert_eq!(
        refused(&mut chain, full),
        "the collection has all its tokens"
    );
    Ok(())
}

#[test]
fn minting_is_refused_to_others_and_for_nobody() {
    let mut chain = chain();
    let mut said = |actor, collection, to, uri: &str| {
        refused(&mut chain, by(actor).mint(collection, to, uri.into()))
    };
    assert_eq!(said(BOB, CATS, BOB, "x"), "missing authority of alice");
    assert_eq!(said(ALICE, name!("dogs"), BOB, "x"), "no such collection");
    assert_eq!(
        said(ALICE, CATS, name!("nobody"), "x"),
        "to account does not exist"
    );
    assert_eq!(said(ALICE, CATS, BOB, ""), "a token needs a uri");
    assert_eq!(
        said(ALICE, CATS, BOB, &"x".repeat(257)),
        "uri has more than 256 bytes"
    );
}

#[test]
fn the_owner_transfers_and_both_sides_are_told() -> Result<(), Failure> {
    let mut chain = chain();
    let sold = chain.push(by(BOB).transfer(BOB, CAROL, CATS, 1, "sold"))?;
    let told: Vec<_> = sold.action_traces.iter().map(|it| it.receiver).collect();
    assert_eq!(told, [NFT, BOB, CAROL]);
    assert!(sold.ram_deltas().is_empty(), "the author goes on paying");
    assert_eq!(owner(&chain, 1), Some(CAROL));

    let mut said = |actor, from, to, id, memo: &str| {
        refused(&mut chain, by(actor).transfer(from, to, CATS, id, memo))
    };
    assert_eq!(said(BOB, BOB, ALICE, 1, ""), "the token has another owner");
    assert_eq!(said(BOB, CAROL, BOB, 1, ""), "missing authority of carol");
    assert_eq!(said(CAROL, CAROL, CAROL, 1, ""), "cannot transfer to self");
    assert_eq!(said(CAROL, CAROL, BOB, 2, ""), "no such token");
    let nobody = said(CAROL, CAROL, name!("nobody"), 1, "");
    assert_eq!(nobody, "to account does not exist");
    let long = said(CAROL, CAROL, BOB, 1, &"m".repeat(257));
    assert_eq!(long, "memo has more than 256 bytes");
    Ok(())
}

#[test]
fn an_approval_serves_once_and_ends_with_the_owner() -> Result<(), Failure> {
    let mut chain = chain();
    chain.push(by(BOB).approve(BOB, CATS, 1, CAROL))?;
    chain.push(by(CAROL).transfer(BOB, ALICE, CATS, 1, "for bob"))?;
    assert_eq!(owner(&chain, 1), Some(ALICE));
    let twice = by(CAROL).transfer(ALICE, CAROL, CATS, 1, "");
    assert_eq!(refused(&mut chain, twice), "missing authority of alice");

    chain.push(by(ALICE).approve(ALICE, CATS, 1, CAROL))?;
    chain.push(by(ALICE).approve(ALICE, CATS, 1, NOBODY))?;
    let revoked = by(CAROL).transfer(ALICE, CAROL, CATS, 1, "");
    assert_eq!(refused(&mut chain, revoked), "missing authority of alice");

    let others = by(BOB).approve(BOB, CATS, 1, BOB);
    assert_eq!(refused(&mut chain, others), "the token has another owner");
    let own = by(ALICE).approve(ALICE, CATS, 1, ALICE);
    assert_eq!(refused(&mut chain, own), "the owner needs no approval");
    let nobody = by(ALICE).approve(ALICE, CATS, 1, name!("nobody"));
    assert_eq!(
        refused(&mut chain, nobody),
        "spender account does not exist"
    );
    Ok(())
}

#[test]
fn a_burnt_token_is_gone_and_its_number_is_not_used_again() -> Result<(), Failure> {
    let mut chain = chain();
    let other = by(ALICE).burn(ALICE, CATS, 1);
    assert_eq!(refused(&mut chain, other), "the token has another owner");
    let burnt = chain.push(by(BOB).burn(BOB, CATS, 1))?;
    assert!(
        burnt.ram_deltas()[&ALICE] < 0,
        "the author has the RAM back"
    );
    assert_eq!(owner(&chain, 1), None);
    assert_eq!(
        (collection(&chain).supply, collection(&chain).minted),
        (0, 1)
    );
    assert_eq!(mint(&mut chain, BOB)?, 2);
    Ok(())
}
