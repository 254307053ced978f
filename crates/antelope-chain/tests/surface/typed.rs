//! Calls and rows in the contract's own types.

use crate::{ALICE, BOB, TOKEN, chain, pay, token};
use antelope_testing::ErrorKind;
use antelope_types::{
    Action, Asset, Decode, IntoActions, NamedTable, PermissionLevel, asset, name, symbol,
};
use token::{Account, CurrencyStats};

const CODE: antelope_types::SymbolCode = symbol!("4,TOK").code();

#[test]
fn calls_are_pushed_as_they_are() {
    let mut chain = chain();
    let one = asset!("1.0000 TOK");
    let trace = chain.push(pay(ALICE, BOB, one)).unwrap();
    assert_eq!(trace.action_traces.len(), 3);
    assert_eq!(trace.ram_deltas()[&ALICE], 240);
    let both = (
        pay(ALICE, BOB, one),
        token(BOB).close(BOB, symbol!("4,TOK")),
    );
    let failure = chain.push(both).unwrap_err();
    assert_eq!(
        failure.error().message(),
        "assertion failure with message: Cannot close because the balance is not zero."
    );
    let list = [pay(ALICE, BOB, one), pay(BOB, ALICE, one)];
    assert_eq!(chain.push(list).unwrap().action_traces.len(), 6);
    let actions: Vec<Action> = pay(ALICE, BOB, one).into_actions();
    chain.push(&actions).unwrap();
    chain.produce_block().unwrap();
    chain.push(&actions[..]).unwrap();
    chain.push(&actions[0]).unwrap();
    assert_eq!(
        chain
            .row::<Account>(TOKEN, BOB, CODE)
            .unwrap()
            .unwrap()
            .balance,
        asset!("4.0000 TOK")
    );
}

#[test]
fn anybody_is_impersonated() {
    let mut chain = chain();
    let one = asset!("1.0000 TOK");
    let missing = chain.push_as(BOB, pay(ALICE, BOB, one)).unwrap_err();
    assert!(missing.error().is(ErrorKind::MissingAuth));
    let levels = [PermissionLevel::owner(ALICE), PermissionLevel::active(BOB)];
    let trace = chain.push_as(levels, pay(ALICE, BOB, one)).unwrap();
    assert_eq!(trace.action_traces[0].act.authorization, levels);
    assert_eq!(trace.ram_deltas()[&BOB], 240);
    chain.push_as(ALICE, pay(ALICE, BOB, one)).unwrap();
}

#[test]
fn rows_are_what_the_contract_wrote() {
    let mut chain = chain();
    chain.push(pay(ALICE, BOB, asset!("2.5000 TOK"))).unwrap();
    let of = |owner| chain.rows::<Account>(TOKEN, owner).unwrap();
    assert_eq!(of(BOB).len(), 1);
    assert_eq!(of(BOB)[0].balance, asset!("2.5000 TOK"));
    assert_eq!(of(ALICE)[0].balance, asset!("97.5000 TOK"));
    assert!(of(TOKEN).is_empty());
    let stats = chain
        .row::<CurrencyStats>(TOKEN, CODE, CODE)
        .unwrap()
        .unwrap();
    assert_eq!(
        (stats.issuer, stats.supply),
        (ALICE, asset!("100.0000 TOK"))
    );
    let other = symbol!("4,KOT").code();
    assert!(
        chain
            .row::<CurrencyStats>(TOKEN, other, other)
            .unwrap()
            .is_none()
    );
    let same = chain.rows_of::<Asset>(TOKEN, BOB, name!("accounts"));
    assert_eq!(same.unwrap(), [asset!("2.5000 TOK")]);
}

#[test]
fn a_row_of_another_type_is_told() {
    #[derive(Debug, Decode)]
    struct Other {
        _balance: Asset,
        _frozen: bool,
    }

    impl NamedTable for Other {
        const TABLE: antelope_types::Name = name!("accounts");
    }

    let error = chain().rows::<Other>(TOKEN, ALICE).unwrap_err();
    assert_eq!(error.primary, CODE.raw());
    let text = error.to_string();
    assert!(
        text.starts_with("row 4935508 of token, alice, accounts: "),
        "{text}"
    );
}

#[test]
fn chains_in_parallel_do_not_see_each_other() {
    let lives: Vec<_> = (1..=8i64)
        .map(|life| {
            std::thread::spawn(move || {
                let mut chain = chain();
                for _ in 0..life * 3 {
                    chain.push(pay(ALICE, BOB, asset!("1.0000 TOK"))).unwrap();
                }
                let account = chain.row::<Account>(TOKEN, BOB, CODE).unwrap();
                account.unwrap().balance.amount
            })
        })
        .collect();
    for (life, thread) in (1..=8i64).zip(lives) {
        assert_eq!(thread.join().unwrap(), life * 30_000);
    }
}
