//! `name!`, `symbol!`, `asset!`: text checked while compiling, numbers in the program.
//!
//! The rules are those of the parsers in `antelope-types`, which cannot be called from here because
//! it depends on this crate; its tests compare the two.

use proc_macro2::TokenStream as Tokens;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{Error, LitStr, Path, Result};

const MAX_AMOUNT: u64 = (1 << 62) - 1;
const MAX_PRECISION: usize = 18;

/// The path of `antelope-types` in parentheses, then the literal.
struct Literal {
    root: Path,
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

/// A `Name`.
pub(crate) fn name(input: Tokens) -> Result<Tokens> {
    let (root, raw) = Literal::checked(input, name_value)?;
    Ok(quote!(#root::Name::from_raw(#raw)))
}

/// A `Symbol`.
pub(crate) fn symbol(input: Tokens) -> Result<Tokens> {
    let (root, raw) = Literal::checked(input, symbol_value)?;
    Ok(quote!(#root::Symbol::from_raw(#raw)))
}

/// An `Asset`.
pub(crate) fn asset(input: Tokens) -> Result<Tokens> {
    let (root, (amount, symbol)) = Literal::checked(input, asset_value)?;
    Ok(quote!(#root::Asset::from_raw(#amount, #root::Symbol::from_raw(#symbol))))
}

pub(crate) fn name_value(text: &str) -> std::result::Result<u64, String> {
    let len = text.chars().count();
    if len > 13 {
        return Err(format!(
            "name {text:?} has {len} characters, at most 13 fit"
        ));
    }
    if text.ends_with('.') {
        return Err(format!("name {text:?} ends with a dot, which is not kept"));
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
            "asset {text:?} has {} decimals, at most {MAX_PRECISION} fit",
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
