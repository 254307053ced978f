//! `examples/msig` beside the eosio.msig of the node's package: the same random steps on two chains, and
//! the same outcomes, error texts, rows and payments.
//!
//! The reference is of the versions 1.7 to 1.9. What a later version does otherwise, and ours with it,
//! is named in the README of the example and shown by tests of its own below.

mod pair;
mod step;

use antelope_types::{Name, name};
use pair::{Pair, Side};
use step::{Hash, Pay, Step};
use test_support::random::Random;

const ALICE: Name = name!("alice");
const BOB: Name = name!("bob");
const CAROL: Name = name!("carol");
/// An account that alice and bob have together.
const SHARED: Name = name!("shared");
const PEOPLE: [Name; 4] = [ALICE, BOB, CAROL, SHARED];
const PAY: Name = name!("pay");
const HOUR: u32 = 3600;

/// Most of what happens has been done, and most of what can be refused was.
#[test]
fn random_steps_end_alike() {
    let mut pair = Pair::new();
    let mut random = Random::new(9);
    for _ in 0..3000 {
        let step = Step::random(&mut random);
        pair.take(&step);
    }
    let seen = pair.seen();
    println!("{seen:#?}");
    for (action, least) in [
        ("propose", 60),
        ("approve", 60),
        ("unapprove", 40),
        ("cancel", 40),
        ("exec", 20),
        ("invalidate", 60),
    ] {
        let count = seen.get(action).copied().unwrap_or_default();
        assert!(count >= least, "{action} succeeded {count} times only");
    }
    for words in [
        "transaction expired",
        "proposal with the same name exists",
        "transaction authorization failed",
        "proposal not found",
        "approval is not on the list of requested approvals",
        "no approval previously granted",
        "cannot cancel until expiration",
        "hash mismatch",
        "missing authority of alice/active",
    ] {
        assert!(seen.contains_key(words), "nothing failed with: {words}");
    }
}

/// A payment of carol's that she approves.
fn approved(delay: u32, units: i64) -> [Step; 2] {
    [
        Step::Propose {
            proposer: CAROL,
            name: PAY,
            requested: vec![CAROL],
            pay: Pay { from: CAROL, units },
            expires_in: HOUR,
            delay,
        },
        Step::Approve {
            signer: CAROL,
            who: CAROL,
            proposer: CAROL,
            name: PAY,
            hash: Hash::None,
        },
    ]
}

const EXEC: Step = Step::Exec {
    signer: BOB,
    executer: BOB,
    proposer: CAROL,
    name: PAY,
};

fn each(
    delay: u32,
    units: i64,
    mut check: impl FnMut(&mut Side) -> [String; 3],
) -> [[String; 3]; 2] {
    let mut pair = Pair::new();
    pair.sides().map(|side| {
        for step in approved(delay, units) {
            side.take(&step).expect("the proposal is approved");
        }
        check(side)
    })
}

fn outcome(side: &mut Side) -> String {
    side.take(&EXEC)
        .map_or_else(|words| words, |()| "executed".into())
}

/// Ours waits from the moment at which the approvals suffice, as version 2 and later; the reference
/// hands the transaction to the chain, which waits from the execution of the proposal.
#[test]
fn a_delay_begins_with_the_approvals() {
    let [reference, ours] = each(60, 1, |side| {
        let early = outcome(side);
        let paid_early = side.paid(CAROL).to_string();
        side.advance(61);
        let late = match early.as_str() {
            "executed" => "done already".into(),
            _ => outcome(side),
        };
        assert_eq!(side.paid(CAROL), 1);
        [early, paid_early, late]
    });
    assert_eq!(reference, ["executed", "0", "done already"]);
    assert_eq!(ours, ["too early to execute", "0", "executed"]);
}

/// A transaction that fails takes ours down with it, so that it can be tried again; the reference has
/// removed the proposal when the chain finds out.
#[test]
fn a_failing_transaction_keeps_its_proposal() {
    let [reference, ours] = each(0, i64::from(u32::MAX), |side| {
        let outcome = outcome(side);
        side.advance(1);
        let left = side.proposals(CAROL).len().to_string();
        [outcome, left, side.paid(CAROL).to_string()]
    });
    assert_eq!(reference, ["executed", "0", "0"]);
    assert_eq!(ours, ["overdrawn balance", "1", "0"]);
}

/// Carol gives her approval again, a second after an earlier one was invalidated.
fn approved_again() -> [Step; 3] {
    let [_, approve] = approved(0, 1);
    let unapprove = Step::Unapprove {
        signer: CAROL,
        who: CAROL,
        proposer: CAROL,
        name: PAY,
    };
    [Step::Wait(1), unapprove, approve]
}

/// The first invalidation of an account adds a row, and the others renew its time: what was approved
/// before the last one does not count, and what was approved after it does.
#[test]
fn each_invalidation_is_of_all_approvals_before_it() {
    let mut pair = Pair::new();
    let invalidate = Step::Invalidate { account: CAROL };
    for step in approved(0, 1) {
        pair.take(&step);
    }
    for _ in 0..2 {
        pair.take(&Step::Wait(1));
        pair.take(&invalidate);
        pair.take(&EXEC);
        for step in approved_again() {
            pair.take(&step);
        }
    }
    pair.take(&EXEC);
    let seen = pair.seen();
    let count = |what: &str| seen.get(what).copied().unwrap_or_default();
    assert_eq!(count("invalidate"), 2, "{seen:?}");
    assert_eq!(count("transaction authorization failed"), 2, "{seen:?}");
    assert_eq!(count("exec"), 1, "{seen:?}");
    assert_eq!(pair.sides().map(|side| side.paid(CAROL)), [1, 1]);
}
