//! `name!`, `symbol!`, `asset!`: text that is checked at compile time, and a number in the program.
//!
//! | literal | number |
//! |---|---|
//! | `name!("alice")` | 5 bits for each of twelve characters from the highest bit down, 4 for a 13th |
//! | `symbol!("4,EOS")` | precision in the lowest byte, then the letters, first letter lowest |
//! | `asset!("1.5000 EOS")` | amount 15000 in units of the last decimal, and the symbol `4,EOS` |
//!
//! The rules are those of the parsers in `antelope-types`, which cannot be called from here because
//! that crate depends on this one; its tests compare the two. Messages say what was found and what
//! is allowed.

use proc_macro2::TokenStream as Tokens;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{Error, LitStr, Path, Result};

/// The greatest amount of an asset, 2⁶² - 1, as nodes define it (`asset::max_amount`).
const MAX_AMOUNT: u64 = (1 << 62) - 1;
/// The most decimals of a symbol, as nodes define it (`symbol::max_precision`).
const MAX_PRECISION: usize = 18;

/// The input of a macro: the path of `antelope-types` in parentheses, then the literal.
struct Literal {
    /// The path under which the generated code finds the types.
    root: Path,
    /// The literal.
    text: LitStr,
}

impl Parse for Literal {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let parenthesized;
        syn::parenthesized!(parenthesized in input);
        Ok(Self {
            root: parenthesized.call(Path::parse_mod_style)?,
            text: input.parse()?,
        })
    }
}

impl Literal {
    /// Parses the input, and reads the literal by one of the functions below; an error is reported
    /// at the literal.
    fn checked<T>(
        input: Tokens,
        read: fn(&str) -> std::result::Result<T, String>,
    ) -> Result<(Path, T)> {
        let literal: Self = syn::parse2(input)?;
        let value = read(&literal.text.value())
            .map_err(|message| Error::new(literal.text.span(), message))?;
        Ok((literal.root, value))
    }
}

/// The expression for a name.
pub(crate) fn name(input: Tokens) -> Result<Tokens> {
    let (root, raw) = Literal::checked(input, name_value)?;
    Ok(quote!(#root::Name::from_raw(#raw)))
}

/// The expression for a symbol.
pub(crate) fn symbol(input: Tokens) -> Result<Tokens> {
    let (root, raw) = Literal::checked(input, symbol_value)?;
    Ok(quote!(#root::Symbol::from_raw(#raw)))
}

/// The expression for an asset.
pub(crate) fn asset(input: Tokens) -> Result<Tokens> {
    let (root, (amount, symbol)) = Literal::checked(input, asset_value)?;
    Ok(quote!(#root::Asset::from_raw(#amount, #root::Symbol::from_raw(#symbol))))
}

/// The number of a name.
///
/// ```text
/// bits  63 … 59   58 … 54   …   8 … 4   3 … 0
///       1st       2nd           12th    13th character
///
/// .  0      1 … 5  1 … 5      a … z  6 … 31
/// ```
///
/// So names sort as numbers in the order of these characters, and `alice` is
/// `0x345c_8500_0000_0000`.
///
/// # Errors
/// For more than 13 characters, a dot at the end (which would be lost), a character other than `.`,
/// `1` to `5` and `a` to `z`, and a 13th character above `j`, which has only four bits.
pub(crate) fn name_value(text: &str) -> std::result::Result<u64, String> {
    let len = text.chars().count();
    if len > 13 {
        return Err(format!(
            "name {text:?} has {len} characters, a name has at most 13"
        ));
    }
    if text.ends_with('.') {
        return Err(format!(
            "name {text:?} ends with a dot, which a name does not keep"
        ));
    }
    let mut raw = 0;
    for (at, character) in text.chars().enumerate() {
        let value = match character {
            '.' => 0,
            '1'..='5' => character as u64 - '1' as u64 + 1,
            'a'..='z' => character as u64 - 'a' as u64 + 6,
            _ => {
                return Err(format!(
                    "name {text:?} has {character:?}, only `.`, `1`-`5` and `a`-`z` are possible"
                ));
            }
        };
        if at < 12 {
            raw |= value << (59 - 5 * at);
        } else if value > 0x0f {
            return Err(format!(
                "the thirteenth character of name {text:?} is {character:?}, only `.`, `1`-`5` and `a`-`j` are possible"
            ));
        } else {
            raw |= value;
        }
    }
    Ok(raw)
}

/// The number of a symbol such as `4,EOS`.
///
/// | literal | number |
/// |---|---|
/// | `0,A` | `0x41_00` |
/// | `4,EOS` | `0x53_4f_45_04` |
/// | `18,ABCDEFG` | `0x47_46_45_44_43_42_41_12` |
///
/// # Errors
/// If there is no comma, the precision is not a number up to 18, or the code is not valid.
fn symbol_value(text: &str) -> std::result::Result<u64, String> {
    let (precision, code) = text
        .split_once(',')
        .ok_or_else(|| format!("symbol {text:?} has no comma, expected the form \"4,EOS\""))?;
    let digits =
        (1..=2).contains(&precision.len()) && precision.bytes().all(|digit| digit.is_ascii_digit());
    match precision.parse() {
        Ok(precision) if digits && precision <= MAX_PRECISION => symbol_raw(precision, code),
        _ => Err(format!(
            "symbol {text:?} has the precision {precision:?}, expected a number from 0 to {MAX_PRECISION}"
        )),
    }
}

/// The number of a symbol.
///
/// # Errors
/// If the code is not one to seven letters `A` to `Z`.
fn symbol_raw(precision: usize, code: &str) -> std::result::Result<u64, String> {
    if code.is_empty() || code.len() > 7 || !code.bytes().all(|it| it.is_ascii_uppercase()) {
        return Err(format!(
            "symbol code {code:?} must be one to seven letters `A`-`Z`"
        ));
    }
    Ok(code
        .bytes()
        .rev()
        .fold(0, |raw, letter| raw << 8 | u64::from(letter))
        << 8
        | precision as u64)
}

/// The amount and the number of the symbol of an asset such as `1.5000 EOS`. The decimals decide
/// the precision.
///
/// | literal | amount | symbol |
/// |---|---|---|
/// | `1.5000 EOS` | 15000 | `4,EOS` |
/// | `-0.01 EUR` | -1 | `2,EUR` |
/// | `7 KEY` | 7 | `0,KEY` |
/// | `1. EOS`, `.5 EOS` | refused | |
///
/// # Errors
/// If there is no space, the number is not digits with at most one point, there are more than 18
/// decimals, or the amount is 2⁶² or more.
fn asset_value(text: &str) -> std::result::Result<(i64, u64), String> {
    let (number, code) = text
        .split_once(' ')
        .ok_or_else(|| format!("asset {text:?} has no space, expected the form \"1.0000 EOS\""))?;
    let (negative, magnitude) = match number.strip_prefix('-') {
        Some(magnitude) => (true, magnitude),
        None => (false, number),
    };
    let (whole, decimals) = match magnitude.split_once('.') {
        Some((_, "")) => {
            return Err(format!("asset {text:?} has no decimals after the point"));
        }
        Some(parts) => parts,
        None => (magnitude, ""),
    };
    let digits = format!("{whole}{decimals}");
    if whole.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(format!(
            "asset {text:?} has the amount {number:?}, expected digits with one point at most"
        ));
    }
    if decimals.len() > MAX_PRECISION {
        return Err(format!(
            "asset {text:?} has {} decimals, an asset has at most {MAX_PRECISION}",
            decimals.len()
        ));
    }
    let symbol = symbol_raw(decimals.len(), code)?;
    match digits.parse::<u64>() {
        Ok(units) if units <= MAX_AMOUNT => {
            let units = units as i64;
            Ok((if negative { -units } else { units }, symbol))
        }
        _ => Err(format!(
            "asset {text:?} is too large, it must be below 2^62 units of the last decimal"
        )),
    }
}
