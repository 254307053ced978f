//! The written comparison: every action, good and bad, in an order that visits every refusal.

mod holding;
mod supply;

use antelope_types::{Asset, Name, Symbol, asset, name, symbol};

use super::call::{Arg, Call, OTHER, SELF, transfer};

/// The people of the comparison. `carol` never holds a token before a step says so.
pub const PEOPLE: [Name; 5] = [
    name!("alice"),
    name!("bob"),
    name!("carol"),
    name!("dave"),
    name!("erin"),
];

const ALICE: Name = PEOPLE[0];
const BOB: Name = PEOPLE[1];
const CAROL: Name = PEOPLE[2];
const DAVE: Name = PEOPLE[3];
const ERIN: Name = PEOPLE[4];
const NOBODY: Name = name!("nobody");

const TOK: Symbol = symbol!("4,TOK");
/// The least amount that no asset may have.
const BEYOND: i64 = 1 << 62;
const NO_AUTHORITY_ALICE: &str = "missing authority of alice";

/// What a step must come to on the reference contract: done, or a text. The comparison would
/// otherwise call two contracts equal that refuse everything.
pub type Expected = Result<(), &'static str>;

/// One transaction with its purpose.
pub struct Step {
    pub what: &'static str,
    pub calls: Vec<Call>,
    pub expected: Expected,
}

fn good(what: &'static str, call: Call) -> Step {
    Step {
        what,
        calls: vec![call],
        expected: Ok(()),
    }
}

fn bad(what: &'static str, text: &'static str, call: Call) -> Step {
    Step {
        what,
        calls: vec![call],
        expected: Err(text),
    }
}

fn raw(amount: i64, symbol: Symbol) -> Asset {
    Asset::from_raw(amount, symbol)
}

/// All steps in order.
pub fn steps() -> Vec<Step> {
    [
        supply::creating(),
        supply::issuing(),
        holding::transferring(),
        holding::opening_and_closing(),
        supply::retiring(),
        strange(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn strange() -> Vec<Step> {
    let unknown = Call {
        action: name!("frobnicate"),
        args: vec![],
        actors: vec![ALICE],
    };
    let later = Call {
        action: name!("issuefixed"),
        args: vec![Arg::Name(ALICE)],
        actors: vec![ALICE],
    };
    vec![
        bad(
            "an action that does not exist",
            "assertion failure with error code: 8000000000000000000",
            unknown,
        ),
        bad(
            "an action of later revisions",
            "assertion failure with error code: 8000000000000000000",
            later,
        ),
        good(
            "bytes behind the arguments",
            transfer(ALICE, BOB, asset!("0.0001 TOK"), "").then(b"more"),
        ),
        good(
            "a memo that is no UTF-8",
            Call {
                args: vec![
                    Arg::Name(ALICE),
                    Arg::Name(BOB),
                    Arg::Asset(asset!("0.0001 TOK")),
                    Arg::Raw(vec![2, 0xff, 0xfe]),
                ],
                ..transfer(ALICE, BOB, asset!("0.0001 TOK"), "")
            },
        ),
    ]
}

/// Action data that ends too early. Both must refuse; the words are each contract's own.
pub fn truncated() -> Vec<Call> {
    let whole = transfer(ALICE, BOB, asset!("1.0000 TOK"), "memo")
        .to_action(SELF, OTHER)
        .data;
    (0..whole.len())
        .map(|length| Call {
            args: vec![Arg::Raw(whole[..length].to_vec())],
            ..transfer(ALICE, BOB, asset!("1.0000 TOK"), "memo")
        })
        .collect()
}
