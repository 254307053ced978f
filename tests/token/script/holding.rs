//! Who holds how much: transfer, open, close.

use antelope_types::{asset, symbol};

use super::{
    ALICE, BEYOND, BOB, CAROL, DAVE, ERIN, NO_AUTHORITY_ALICE, NOBODY, Step, TOK, bad, good, raw,
};
use crate::token::call::{OTHER, SELF, close, open, transfer};

pub fn transferring() -> Vec<Step> {
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

pub fn opening_and_closing() -> Vec<Step> {
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
