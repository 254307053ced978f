//! Numbers as text, as `boost::lexical_cast` reads them for a node.
//!
//! It takes digits with one sign and nothing around them: no spaces, no `0x`, no separators.

use alloc::format;
use alloc::string::String;

/// Above this a node writes a 64-bit integer as text.
pub(crate) const MAX_PLAIN: u64 = 0xffff_ffff;

/// Decimal digits of a 64-bit number; `core::fmt` takes several times as long.
pub(crate) fn digits(magnitude: u64, is_negative: bool, buffer: &mut [u8; 20]) -> &str {
    let mut rest = magnitude;
    let mut first = buffer.len();
    for digit in buffer.iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
        first -= 1;
        if rest == 0 {
            break;
        }
    }
    // A negative number has at most nineteen digits.
    if is_negative && let Some(sign) = buffer[..first].last_mut() {
        *sign = b'-';
        first -= 1;
    }
    core::str::from_utf8(&buffer[first..]).unwrap_or_default()
}

/// A floating-point number with the seventeen decimals of nodes.
pub(crate) fn write_float(value: f64) -> String {
    match (value.is_nan(), value.is_sign_negative()) {
        (true, true) => "-nan".into(),
        (true, false) => "nan".into(),
        _ => format!("{value:.17}"),
    }
}

/// An unsigned number. A minus sign makes it the complement: `-1` is 2⁶⁴ − 1.
pub(crate) fn read_unsigned(text: &str) -> Option<u64> {
    let (negative, digits) = sign(text);
    let magnitude = magnitude(digits)?;
    Some(match negative {
        true => magnitude.wrapping_neg(),
        false => magnitude,
    })
}

/// A signed number.
pub(crate) fn read_signed(text: &str) -> Option<i64> {
    let (negative, digits) = sign(text);
    let magnitude = i128::from(magnitude(digits)?);
    i64::try_from(if negative { -magnitude } else { magnitude }).ok()
}

fn sign(text: &str) -> (bool, &str) {
    match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    }
}

fn magnitude(digits: &str) -> Option<u64> {
    // `parse` would take another sign.
    let plain = digits.bytes().all(|digit| digit.is_ascii_digit());
    digits.parse().ok().filter(|_| plain)
}

/// A floating-point number; one that is too large is refused, not infinite.
pub(crate) fn read_float(text: &str) -> Option<f64> {
    let (negative, rest) = sign(text);
    let word = |word: &str| rest.eq_ignore_ascii_case(word);
    let special = match () {
        () if word("nan") => Some(f64::NAN),
        () if word("inf") || word("infinity") => Some(f64::INFINITY),
        () => None,
    };
    if let Some(special) = special {
        return Some(if negative { -special } else { special });
    }
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

/// A number of 128 bits as `boost::multiprecision` reads it: decimal, hexadecimal with `0x`, octal
/// with `0`. Of a magnitude beyond 128 bits the lowest count; of a signed number that is still too
/// large or too small there is the largest or the smallest.
pub(crate) fn read_wide(text: &str, is_signed: bool) -> Option<u128> {
    const LARGEST: u128 = i128::MAX as u128;
    let (is_negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (radix, digits) = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, &digits[2..]),
        [b'0', ..] => (8, &digits[1..]),
        _ => (10, digits),
    };
    let mut value = 0u128;
    for digit in digits.chars() {
        let digit = digit.to_digit(radix)?;
        value = value.wrapping_mul(radix.into()).wrapping_add(digit.into());
    }
    Some(match (is_negative, is_signed) {
        (false, true) => value.min(LARGEST),
        (true, true) => value.min(LARGEST + 1).wrapping_neg(),
        (true, false) => value.wrapping_neg(),
        (false, false) => value,
    })
}
