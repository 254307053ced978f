//! The written comparison: every action, good and bad, in an order that visits every refusal.

use antelope_types::{Asset, Name, Symbol, asset, name, symbol};

use super::call::{
    Arg, Call, OTHER, SELF, close, create, issue, odd_symbol, open, retire, transfer,
};

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

const BEYOND: i64 = 1 << 62;

/// All steps in order.
pub fn steps() -> Vec<Step> {
    [
        creating(),
        issuing(),
        transferring(),
        opening_and_closing(),
        retiring(),
        strange(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn creating() -> Vec<Step> {
    let lower = odd_symbol(4, b"tok");
    let gap = odd_symbol(4, b"T\0K");
    vec![
        bad(
            "create without the contract's authority",
            "missing authority of self",
            create(ALICE, asset!("1000.0000 TOK")).by(&[ALICE]),
        ),
        bad(
            "create with nobody's authority that counts",
            "missing authority of self",
            create(ALICE, asset!("1000.0000 TOK")).by(&[BOB, CAROL]),
        ),
        bad(
            "create: lower-case symbol",
            "invalid symbol name",
            create(ALICE, raw(1000, lower)),
        ),
        bad(
            "create: symbol with a gap",
            "invalid symbol name",
            create(ALICE, raw(1000, gap)),
        ),
        bad(
            "create: empty symbol",
            "invalid symbol name",
            create(ALICE, raw(1000, odd_symbol(4, b""))),
        ),
        bad(
            "create: amount 2^62",
            "invalid supply",
            create(ALICE, raw(BEYOND, TOK)),
        ),
        bad(
            "create: amount −2^62",
            "invalid supply",
            create(ALICE, raw(-BEYOND, TOK)),
        ),
        bad(
            "create: nothing",
            "max-supply must be positive",
            create(ALICE, asset!("0.0000 TOK")),
        ),
        bad(
            "create: less than nothing",
            "max-supply must be positive",
            create(ALICE, asset!("-1.0000 TOK")),
        ),
        bad(
            "create: nothing of an invalid symbol",
            "invalid symbol name",
            create(ALICE, raw(0, lower)),
        ),
        good("create", create(ALICE, asset!("1000.0000 TOK"))),
        bad(
            "create it again",
            "token with symbol already exists",
            create(ALICE, asset!("1000.0000 TOK")),
        ),
        bad(
            "create it with other precision and issuer",
            "token with symbol already exists",
            create(BOB, asset!("5.00 TOK")),
        ),
        good(
            "create for an issuer who does not exist",
            create(NOBODY, asset!("7 GHOST")),
        ),
        good(
            "create the largest supply",
            create(BOB, raw(BEYOND - 1, symbol!("0,HUGE"))),
        ),
        good(
            "create with precision 255",
            create(BOB, raw(9, odd_symbol(255, b"FINE"))),
        ),
        good(
            "create a seven-letter symbol",
            create(CAROL, asset!("1.00 ABCDEFG")),
        ),
        good(
            "create, the issuer signs too",
            create(DAVE, asset!("50.000 DAVE")).by(&[SELF, DAVE]),
        ),
    ]
}

fn issuing() -> Vec<Step> {
    let long = "x".repeat(257);
    let wide = "я".repeat(129);
    let longest = "x".repeat(256);
    let issuer_only = "tokens can only be issued to issuer account";
    vec![
        bad(
            "issue an unknown token",
            "token with symbol does not exist, create token before issue",
            issue(ALICE, asset!("1.0000 NONE"), ""),
        ),
        bad(
            "issue: invalid symbol",
            "invalid symbol name",
            issue(ALICE, raw(1, odd_symbol(4, b"t")), ""),
        ),
        bad(
            "issue: memo of 257 bytes",
            "memo has more than 256 bytes",
            issue(ALICE, asset!("1.0000 TOK"), &long),
        ),
        bad(
            "issue: memo of 129 letters, 258 bytes",
            "memo has more than 256 bytes",
            issue(ALICE, asset!("1.0000 TOK"), &wide),
        ),
        bad(
            "issue to somebody else",
            issuer_only,
            issue(BOB, asset!("1.0000 TOK"), "").by(&[ALICE]),
        ),
        bad(
            "issue by somebody else to himself",
            issuer_only,
            issue(BOB, asset!("1.0000 TOK"), ""),
        ),
        bad(
            "issue without the issuer",
            NO_AUTHORITY_ALICE,
            issue(ALICE, asset!("1.0000 TOK"), "").by(&[BOB]),
        ),
        bad(
            "issue by the contract",
            NO_AUTHORITY_ALICE,
            issue(ALICE, asset!("1.0000 TOK"), "").by(&[SELF]),
        ),
        bad(
            "issue: amount 2^62",
            "invalid quantity",
            issue(ALICE, raw(BEYOND, TOK), ""),
        ),
        bad(
            "issue nothing",
            "must issue positive quantity",
            issue(ALICE, asset!("0.0000 TOK"), ""),
        ),
        bad(
            "issue less than nothing",
            "must issue positive quantity",
            issue(ALICE, asset!("-1.0000 TOK"), ""),
        ),
        bad(
            "issue: other precision",
            "symbol precision mismatch",
            issue(ALICE, asset!("1.00 TOK"), ""),
        ),
        bad(
            "issue more than there may be",
            "quantity exceeds available supply",
            issue(ALICE, asset!("1000.0001 TOK"), ""),
        ),
        good(
            "issue, first row of the issuer",
            issue(ALICE, asset!("600.0000 TOK"), "first"),
        ),
        good(
            "issue, memo of 256 bytes",
            issue(ALICE, asset!("100.0000 TOK"), &longest),
        ),
        bad(
            "issue 0.0001 too much",
            "quantity exceeds available supply",
            issue(ALICE, asset!("300.0001 TOK"), ""),
        ),
        good("issue the rest", issue(ALICE, asset!("300.0000 TOK"), "")),
        bad(
            "issue when all is issued",
            "quantity exceeds available supply",
            issue(ALICE, asset!("0.0001 TOK"), ""),
        ),
        good(
            "issue the largest amount",
            issue(BOB, raw(BEYOND - 1, symbol!("0,HUGE")), ""),
        ),
        good(
            "issue with precision 255",
            issue(BOB, raw(9, odd_symbol(255, b"FINE")), ""),
        ),
        good(
            "issue another token",
            issue(DAVE, asset!("50.000 DAVE"), ""),
        ),
    ]
}

fn transferring() -> Vec<Step> {
    let one = asset!("1.0000 TOK");
    let long = "x".repeat(257);
    vec![
        bad(
            "transfer to oneself",
            "cannot transfer to self",
            transfer(ALICE, ALICE, one, ""),
        ),
        bad(
            "transfer by a thief",
            NO_AUTHORITY_ALICE,
            transfer(ALICE, BOB, one, "").by(&[BOB]),
        ),
        bad(
            "transfer by the issuer of the receiver's",
            "missing authority of bob",
            transfer(BOB, ALICE, one, "").by(&[ALICE]),
        ),
        bad(
            "transfer to nobody",
            "to account does not exist",
            transfer(ALICE, NOBODY, one, ""),
        ),
        bad(
            "transfer an unknown token",
            "unable to find key",
            transfer(ALICE, BOB, asset!("1.0000 NONE"), ""),
        ),
        bad(
            "transfer: amount 2^62",
            "invalid quantity",
            transfer(ALICE, BOB, raw(BEYOND, TOK), ""),
        ),
        bad(
            "transfer nothing",
            "must transfer positive quantity",
            transfer(ALICE, BOB, asset!("0.0000 TOK"), ""),
        ),
        bad(
            "transfer less than nothing",
            "must transfer positive quantity",
            transfer(ALICE, BOB, asset!("-1.0000 TOK"), ""),
        ),
        bad(
            "transfer: other precision",
            "symbol precision mismatch",
            transfer(ALICE, BOB, asset!("1.00 TOK"), ""),
        ),
        bad(
            "transfer: memo of 257 bytes",
            "memo has more than 256 bytes",
            transfer(ALICE, BOB, one, &long),
        ),
        bad(
            "transfer by one who never had any",
            "no balance object found",
            transfer(CAROL, BOB, one, ""),
        ),
        bad(
            "transfer more than there is",
            "overdrawn balance",
            transfer(ALICE, BOB, asset!("1000.0001 TOK"), ""),
        ),
        good(
            "transfer, the sender pays for the new row",
            transfer(ALICE, BOB, asset!("100.0000 TOK"), "rent"),
        ),
        good(
            "transfer into an old row",
            transfer(ALICE, BOB, one, "дважды"),
        ),
        good(
            "transfer out of a row that another pays for",
            transfer(BOB, ALICE, one, ""),
        ),
        good(
            "transfer, the receiver signs and pays for his row",
            transfer(ALICE, CAROL, one, "").by(&[ALICE, CAROL]),
        ),
        good("transfer to the contract", transfer(ALICE, SELF, one, "")),
        good(
            "transfer by the contract",
            transfer(SELF, ALICE, asset!("0.5000 TOK"), ""),
        ),
        good(
            "transfer to the other token contract, which must not care",
            transfer(ALICE, OTHER, one, ""),
        ),
        good(
            "transfer all, the row stays with nothing",
            transfer(CAROL, DAVE, one, ""),
        ),
        bad(
            "transfer from an empty row",
            "overdrawn balance",
            transfer(CAROL, DAVE, one, ""),
        ),
        good(
            "transfer the largest amount",
            transfer(BOB, ALICE, raw(BEYOND - 1, symbol!("0,HUGE")), ""),
        ),
        Step {
            what: "two transfers, the second is refused: neither happens",
            calls: vec![
                transfer(ALICE, BOB, one, "a"),
                transfer(ALICE, BOB, asset!("99999.0000 TOK"), "b"),
            ],
            expected: Err("overdrawn balance"),
        },
        Step {
            what: "a transfer there and back",
            calls: vec![
                transfer(ALICE, BOB, one, "there"),
                transfer(BOB, ALICE, one, "back"),
            ],
            expected: Ok(()),
        },
    ]
}

fn opening_and_closing() -> Vec<Step> {
    let unknown = symbol!("4,NONE");
    let gone = "Balance row already deleted or never existed. Action won't have any effect.";
    vec![
        bad(
            "open at another's cost",
            "missing authority of bob",
            open(ERIN, TOK, BOB).by(&[ERIN]),
        ),
        bad(
            "open for nobody",
            "owner account does not exist",
            open(NOBODY, TOK, ALICE),
        ),
        bad(
            "open an unknown token",
            "symbol does not exist",
            open(ERIN, unknown, ERIN),
        ),
        bad(
            "open with other precision",
            "symbol precision mismatch",
            open(ERIN, symbol!("2,TOK"), ERIN),
        ),
        bad("close before there is a row", gone, close(ERIN, TOK)),
        good("open at a friend's cost", open(ERIN, TOK, BOB)),
        good("open again: nothing happens", open(ERIN, TOK, ERIN)),
        good(
            "transfer into the opened row",
            transfer(ALICE, ERIN, asset!("2.0000 TOK"), ""),
        ),
        bad(
            "close with a balance",
            "Cannot close because the balance is not zero.",
            close(ERIN, TOK),
        ),
        good(
            "spend: the owner takes over the row's cost",
            transfer(ERIN, BOB, asset!("2.0000 TOK"), ""),
        ),
        bad(
            "close by another",
            "missing authority of erin",
            close(ERIN, TOK).by(&[BOB]),
        ),
        good("close", close(ERIN, TOK)),
        bad("close again", gone, close(ERIN, TOK)),
        good("open at one's own cost", open(ERIN, TOK, ERIN)),
        good(
            "close with the wrong precision",
            close(ERIN, symbol!("0,TOK")),
        ),
        bad("close an unknown token", gone, close(ERIN, unknown)),
        bad(
            "transfer after closing",
            "no balance object found",
            transfer(ERIN, BOB, asset!("1.0000 TOK"), ""),
        ),
    ]
}

fn retiring() -> Vec<Step> {
    let long = "x".repeat(257);
    vec![
        bad(
            "retire an unknown token",
            "token with symbol does not exist",
            retire(ALICE, asset!("1.0000 NONE"), ""),
        ),
        bad(
            "retire: invalid symbol",
            "invalid symbol name",
            retire(ALICE, raw(1, odd_symbol(4, b"T-K")), ""),
        ),
        bad(
            "retire: memo of 257 bytes",
            "memo has more than 256 bytes",
            retire(ALICE, asset!("1.0000 TOK"), &long),
        ),
        bad(
            "retire by another",
            NO_AUTHORITY_ALICE,
            retire(BOB, asset!("1.0000 TOK"), ""),
        ),
        bad(
            "retire: amount −2^62",
            "invalid quantity",
            retire(ALICE, raw(-BEYOND, TOK), ""),
        ),
        bad(
            "retire nothing",
            "must retire positive quantity",
            retire(ALICE, asset!("0.0000 TOK"), ""),
        ),
        bad(
            "retire less than nothing",
            "must retire positive quantity",
            retire(ALICE, asset!("-1.0000 TOK"), ""),
        ),
        bad(
            "retire: other precision",
            "symbol precision mismatch",
            retire(ALICE, asset!("1.000 TOK"), ""),
        ),
        bad(
            "retire more than the issuer has",
            "overdrawn balance",
            retire(ALICE, asset!("999.0000 TOK"), ""),
        ),
        bad(
            "retire more than there is",
            "overdrawn balance",
            retire(ALICE, asset!("5000.0000 TOK"), ""),
        ),
        bad(
            "retire by an issuer who has none",
            "no balance object found",
            retire(CAROL, asset!("0.01 ABCDEFG"), ""),
        ),
        good("retire", retire(ALICE, asset!("500.0000 TOK"), "burnt")),
        good(
            "retire all of a token",
            retire(DAVE, asset!("50.000 DAVE"), ""),
        ),
        good(
            "issue again what was retired",
            issue(ALICE, asset!("500.0000 TOK"), ""),
        ),
        good(
            "issue all of a retired token",
            issue(DAVE, asset!("50.000 DAVE"), ""),
        ),
    ]
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
