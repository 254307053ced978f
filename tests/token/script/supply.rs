//! How much of a token there is: create, issue, retire.

use antelope_types::{asset, symbol};

use super::{
    ALICE, BEYOND, BOB, CAROL, DAVE, NO_AUTHORITY_ALICE, NOBODY, Step, TOK, bad, good, raw,
};
use crate::token::call::{SELF, create, issue, odd_symbol, retire};

pub fn creating() -> Vec<Step> {
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

pub fn issuing() -> Vec<Step> {
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

pub fn retiring() -> Vec<Step> {
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
