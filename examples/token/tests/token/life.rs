//! Whatever happens in whatever order, money is neither made nor lost.

use crate::{ALICE, BOB, CAROL, TOK, TOKEN, balance, chain, token};
use antelope_testing::proptest::{prop_assert, prop_assert_eq, sample::select};
use antelope_testing::{After, Sequence};
use antelope_types::{Asset, Name, name};
use std::time::Duration;
use token::CurrencyStats;

const PEOPLE: [Name; 3] = [ALICE, BOB, CAROL];

fn life() -> Sequence {
    let person = || select(PEOPLE.to_vec());
    // More than anybody has, and nothing, are tried too.
    let quantity = || -1..=1_200_000i64;
    let asset = |amount| Asset::from_raw(amount, TOK);
    Sequence::new()
        .action(
            6,
            (person(), person(), quantity()),
            move |(from, to, amount)| token(from).transfer(from, to, asset(amount), "".into()),
        )
        .action(2, (person(), quantity()), move |(to, amount)| {
            token(to).issue(to, asset(amount), "".into())
        })
        .action(2, (person(), quantity()), move |(owner, amount)| {
            token(owner).retire(asset(amount), "".into())
        })
        .action(1, (person(), person()), |(owner, payer)| {
            token(payer).open(owner, TOK, payer)
        })
        .action(1, person(), |owner| token(owner).close(owner, TOK))
        .action(1, (person(), quantity()), move |(issuer, amount)| {
            token(TOKEN).create(issuer, asset(amount))
        })
        .advance(1, Duration::from_secs(1)..=Duration::from_secs(30 * 86_400))
        .length(1..=24)
}

fn supply(after: &After<'_>) -> Asset {
    let code = TOK.code();
    let stats = after.chain().row::<CurrencyStats>(TOKEN, code, code);
    stats
        .expect("a token")
        .map_or(Asset::zero(TOK), |stats| stats.supply)
}

#[test]
fn balances_are_the_supply() {
    let summary = life().cases(128).check(&chain(), |after| {
        let balances = PEOPLE.map(|owner| balance(after.chain(), owner));
        let held = balances.iter().flatten().map(|balance| balance.amount);
        prop_assert_eq!(held.sum::<i64>(), supply(after).amount);
        prop_assert!(balances.iter().flatten().all(|balance| balance.amount >= 0));
        prop_assert!(supply(after).amount <= 10_000_000);
        Ok(())
    });
    for action in ["transfer", "issue", "retire", "open", "close"] {
        let outcomes = summary.of(TOKEN, action.parse().expect("a name"));
        assert!(
            outcomes.executed > 0,
            "{action} was always refused: {summary:?}"
        );
    }
    assert_eq!(summary.of(TOKEN, name!("create")).executed, 0);
}
