//! Random life, and what is printed of it.

use crate::{ALICE, BOB, TOKEN, chain, pay, token};
use antelope_testing::proptest::{prop_assert, sample::select};
use antelope_testing::{After, Sequence, Step};
use antelope_types::{Asset, Name, name, symbol};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;
use token::Account;

const TOK: antelope_types::Symbol = symbol!("4,TOK");

fn life() -> Sequence {
    let person = || select(vec![ALICE, BOB]);
    Sequence::new()
        .action(
            5,
            (person(), person(), 1..50_000i64),
            |(from, to, amount)| pay(from, to, Asset::from_raw(amount, TOK)),
        )
        .action(1, person(), |owner| token(owner).close(owner, TOK))
        .advance(1, Duration::from_secs(1)..=Duration::from_secs(86_400))
        .blocks(1)
        .length(1..=12)
        .cases(48)
}

fn balance(after: &After<'_>, owner: Name) -> i64 {
    let account = after.chain().row::<Account>(TOKEN, owner, TOK.code());
    account.unwrap().map_or(0, |account| account.balance.amount)
}

#[test]
fn what_holds_is_counted() {
    let summary = life().check(&chain(), |after| {
        prop_assert!(balance(after, ALICE) + balance(after, BOB) == 1_000_000);
        match after.step() {
            Step::Push(_) => prop_assert!(after.trace().is_some() != after.failure().is_some()),
            _ => prop_assert!(after.trace().is_none() && after.failure().is_none()),
        }
        Ok(())
    });
    assert_eq!(summary.sequences, 48);
    assert!(summary.steps > 48);
    let transfers = summary.of(TOKEN, name!("transfer"));
    assert!(
        transfers.executed > 0 && transfers.refused > 0,
        "{summary:?}"
    );
    assert_eq!(summary.of(TOKEN, name!("retire")).executed, 0);
}

/// The script that is printed is the test in `pasted.rs`, which passes.
#[test]
fn what_does_not_hold_is_printed_as_a_test() {
    let person = || select(vec![ALICE, BOB]);
    let life = Sequence::new()
        .action(
            5,
            (person(), person(), 30_000..50_000i64),
            |(from, to, amount)| pay(from, to, Asset::from_raw(amount, TOK)),
        )
        .advance(1, Duration::from_secs(1)..=Duration::from_secs(86_400))
        .cases(400);
    let found = catch_unwind(AssertUnwindSafe(|| {
        life.check(&chain(), |after| {
            let text = after.failure().map(ToString::to_string).unwrap_or_default();
            let overdrawn = text.contains("overdrawn balance") && balance(after, BOB) > 0;
            prop_assert!(
                !overdrawn,
                "a transfer was overdrawn\nand bob has something"
            );
            Ok(())
        })
    }));
    let message = *found.unwrap_err().downcast::<String>().unwrap();
    let (_, pasted) = include_str!("pasted.rs").split_once("#[test]").unwrap();
    let (_, script) = message.split_once("#[test]").unwrap();
    // What did not hold comes with the line that it stands in here.
    let (why, lines): (Vec<_>, Vec<_>) = script
        .lines()
        .partition(|line| line.starts_with("    // now: "));
    assert_eq!(lines.join("\n").trim_end(), pasted.trim_end(), "{message}");
    assert_eq!(why[0], "    // now: a transfer was overdrawn");
    assert!(why[1].starts_with("    // now: and bob has something"));
}
