//! What each action does, whom it costs RAM, and what it refuses.

use crate::{ALICE, BOB, CAROL, TOK, TOKEN, balance, chain, token};
use antelope_testing::{Chain, Failure};
use antelope_types::{IntoActions, Name, PermissionLevel, asset, name, symbol};
use serde_json::json;
use token::CurrencyStats;

/// The contract's own words, where it refuses.
fn refused(chain: &mut Chain, actions: impl IntoActions) -> String {
    let failure = chain.push(actions).expect_err("a refusal");
    let message = failure.error().message();
    let words = message.strip_prefix("assertion failure with message: ");
    words.unwrap_or(message).to_owned()
}

#[test]
fn a_token_is_created_once_by_the_contracts_account() -> Result<(), Failure> {
    let mut chain = chain();
    let most = asset!("5.00 NEW");
    let trace = chain.push(token(TOKEN).create(BOB, most))?;
    assert!(trace.ram_deltas()[&TOKEN] > 0);
    let code = most.symbol.code();
    let stats = chain
        .row::<CurrencyStats>(TOKEN, code, code)
        .expect("a token");
    assert_eq!(
        stats.map(|stats| (stats.issuer, stats.max_supply)),
        Some((BOB, most))
    );

    let again = refused(&mut chain, token(TOKEN).create(BOB, most));
    assert_eq!(again, "token with symbol already exists");
    let other = refused(&mut chain, token(BOB).create(BOB, asset!("5.00 OTHER")));
    assert_eq!(other, "missing authority of token");
    Ok(())
}

#[test]
fn the_issuer_issues_and_retires() -> Result<(), Failure> {
    let mut chain = chain();
    chain.push(token(ALICE).issue(ALICE, asset!("900.0000 TOK"), "".into()))?;
    assert_eq!(balance(&chain, ALICE), Some(asset!("1000.0000 TOK")));
    let over = token(ALICE).issue(ALICE, asset!("0.0001 TOK"), "".into());
    assert_eq!(
        refused(&mut chain, over),
        "quantity exceeds available supply"
    );
    chain.push(token(ALICE).retire(asset!("999.0000 TOK"), "".into()))?;
    assert_eq!(balance(&chain, ALICE), Some(asset!("1.0000 TOK")));
    Ok(())
}

#[test]
fn a_first_transfer_costs_the_sender_a_row_and_others_nothing() -> Result<(), Failure> {
    let mut chain = chain();
    let pay = || token(ALICE).transfer(ALICE, BOB, asset!("1.5000 TOK"), "".into());
    let first = chain.push(pay())?;
    // The row, and the table that it is the first of.
    assert_eq!(first.ram_deltas(), [(ALICE, 128 + 112)].into());
    let notified: Vec<_> = first.action_traces.iter().map(|it| it.receiver).collect();
    assert_eq!(notified, [TOKEN, ALICE, BOB]);
    assert!(chain.push(pay())?.ram_deltas().is_empty());
    assert_eq!(balance(&chain, BOB), Some(asset!("3.0000 TOK")));

    // Who signs as the receiver pays for the own row.
    let both = [
        PermissionLevel::active(ALICE),
        PermissionLevel::active(CAROL),
    ];
    let to_carol = token(ALICE).transfer(ALICE, CAROL, asset!("1.0000 TOK"), "".into());
    assert_eq!(
        chain.push_as(both, to_carol)?.ram_deltas(),
        [(CAROL, 240)].into()
    );
    Ok(())
}

#[test]
fn a_transfer_is_refused_in_the_words_of_the_reference() {
    let mut chain = chain();
    let mut said = |from, to, quantity, memo: &str| {
        refused(
            &mut chain,
            token(ALICE).transfer(from, to, quantity, memo.into()),
        )
    };
    let one = asset!("1.0000 TOK");
    assert_eq!(said(ALICE, ALICE, one, ""), "cannot transfer to self");
    assert_eq!(said(BOB, ALICE, one, ""), "missing authority of bob");
    assert_eq!(
        said(ALICE, name!("nobody"), one, ""),
        "to account does not exist"
    );
    assert_eq!(
        said(ALICE, BOB, asset!("101.0000 TOK"), ""),
        "overdrawn balance"
    );
    assert_eq!(
        said(ALICE, BOB, asset!("1.00 TOK"), ""),
        "symbol precision mismatch"
    );
    assert_eq!(
        said(ALICE, BOB, -one, ""),
        "must transfer positive quantity"
    );
    assert_eq!(
        said(ALICE, BOB, one, &"m".repeat(257)),
        "memo has more than 256 bytes"
    );
}

#[test]
fn a_row_is_opened_and_closed_by_those_who_pay_and_own_it() -> Result<(), Failure> {
    let mut chain = chain();
    let opened = chain.push(token(ALICE).open(BOB, TOK, ALICE))?;
    assert_eq!(opened.ram_deltas(), [(ALICE, 240)].into());
    assert_eq!(balance(&chain, BOB), Some(asset!("0.0000 TOK")));
    assert!(
        chain
            .push(token(BOB).open(BOB, TOK, BOB))?
            .ram_deltas()
            .is_empty()
    );
    let closed = chain.push(token(BOB).close(BOB, TOK))?;
    assert_eq!(closed.ram_deltas(), [(ALICE, -240)].into());
    assert_eq!(balance(&chain, BOB), None);
    let other = token(BOB).open(BOB, symbol!("2,TOK"), BOB);
    assert_eq!(refused(&mut chain, other), "symbol precision mismatch");
    Ok(())
}

#[test]
fn wallets_call_by_the_abi() -> Result<(), Failure> {
    const TRANSFER: Name = name!("transfer");
    let mut chain = chain();
    let pay = json!({ "from": "alice", "to": "bob", "quantity": "2.0000 TOK", "memo": "for you" });
    chain.push(chain.action(TOKEN, TRANSFER, ALICE, &pay)?)?;
    let rows = chain.rows_json(TOKEN, BOB, name!("accounts"))?;
    assert_eq!(rows, [json!({ "balance": "2.0000 TOK" })]);
    Ok(())
}
