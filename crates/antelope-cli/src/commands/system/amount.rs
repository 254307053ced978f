//! Amounts of the chain's core token, as people type them: the token's name and its digits are those of
//! the chain.
//!
//! | typed | on a chain with `8,WAX` |
//! |---|---|
//! | `1`, `1.5` | `1.00000000 WAX`, `1.50000000 WAX` |
//! | `1.5 WAX` | `1.50000000 WAX` |
//! | `1.5 EOS` | refused |

use super::SYSTEM;
use crate::{Failure, Fallible, Session};
use antelope_rpc_client::{Client, TableQuery};
use antelope_types::{Asset, Symbol, name};

/// The core token of the chain: that of its RAM market. `None` on a chain without one.
///
/// # Errors
/// Those of the client.
fn core(client: &Client) -> Fallible<Option<Symbol>> {
    let market = name!("rammarket");
    let abi = client.abi(SYSTEM);
    if !abi.is_ok_and(|abi| abi.definition().tables.iter().any(|it| it.name == market)) {
        return Ok(None);
    }
    let query = TableQuery::new(SYSTEM, SYSTEM, market).limit(1);
    let rows = client.get_table_rows(&query)?.rows;
    let money = rows
        .first()
        .and_then(|row| row["quote"]["balance"].as_str());
    let money = money.and_then(|text| text.parse::<Asset>().ok());
    Ok(money.map(|it| it.symbol))
}

/// An amount of the core token with all its digits. On a chain that does not tell its token, the text as it
/// is.
///
/// # Errors
/// `usage.argument` for another token, or more digits than it has; those of the client.
pub(super) fn core_amount(session: &Session, text: &str) -> Fallible<String> {
    match core(&session.client)? {
        Some(core) => complete(text, core),
        None => Ok(text.to_owned()),
    }
}

fn complete(text: &str, core: Symbol) -> Fallible<String> {
    let text = text.trim();
    let (number, code) = match text.split_once(' ') {
        Some((number, code)) => (number, Some(code.trim())),
        None => (text, None),
    };
    let expected = || {
        let example = Asset::from_raw(10_i64.saturating_pow(core.precision().into()), core);
        format!("{example}, the core token of this chain")
    };
    if code.is_some_and(|code| code != core.code().to_string()) {
        let message = format!("{text:?} is not of the token that this chain is paid with");
        return Err(Failure::usage(message).expected(expected()));
    }
    let precision = usize::from(core.precision());
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if fraction.len() > precision {
        let message = format!("{text:?} has more digits after the point than the token has");
        return Err(Failure::usage(message).expected(expected()));
    }
    let point = if precision == 0 { "" } else { "." };
    let full = format!("{whole}{point}{fraction:0<precision$} {}", core.code());
    let amount: Asset = full.parse().map_err(|error| {
        Failure::usage(format!("{text:?} is not an amount: {error}")).expected(expected())
    })?;
    Ok(amount.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_types::symbol;

    #[test]
    fn digits_and_name_are_those_of_the_chain() {
        let wax = symbol!("8,WAX");
        for (typed, full) in [
            ("1", "1.00000000 WAX"),
            ("0.5", "0.50000000 WAX"),
            ("1.5 WAX", "1.50000000 WAX"),
            ("2.00000000 WAX", "2.00000000 WAX"),
        ] {
            assert_eq!(complete(typed, wax).unwrap(), full);
        }
        assert_eq!(complete("3", symbol!("0,TOK")).unwrap(), "3 TOK");
        for wrong in ["1 EOS", "0.123456789", "x", "", "1.5.5 WAX", "1 WAX x"] {
            assert_eq!(
                complete(wrong, wax).unwrap_err().code,
                "usage.argument",
                "{wrong}"
            );
        }
    }
}
