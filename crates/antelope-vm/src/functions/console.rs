//! Printing: what contracts write to the console of their action's trace.
//!
//! The console of a transaction is limited in size; what goes beyond is dropped and marked by
//! `...`. All output is billed by length, printed or not, since it is kept until the trace is
//! dropped and may be encoded as JSON. Numbers have the format of C++ streams, as on a node
//! (`console.cpp`).
//!
//! | call | prints |
//! |---|---|
//! | `printi(-5)` | `-5` |
//! | `printui(2^64 - 1)` | `18446744073709551615` |
//! | `printsf(1.5)` | `1.500000e+00` |
//! | `printdf(-2.5e-7)` | `-2.500000000000000e-07` |
//! | `printqf(1)` | `1.000000000000000000e+00` |
//! | `printn(alice)` | `alice` |
//! | `printhex([0x0a, 0xff])` | `0aff` |

use super::super::arguments::Slice;
use super::decimal::long_double;
use super::{Call, HostResult};
use antelope_ledger::state::FloatBits128;
use antelope_types::Name;
use std::fmt::LowerExp;

/// What a byte of output costs, in instructions.
const BYTE: u64 = 1;

/// What formatting a number or a name costs, in instructions.
const NUMBER: u64 = 100;

/// What formatting a long double costs, in instructions: it takes big numbers (see `decimal`).
const LONG_DOUBLE: u64 = 20_000;

/// Prints a C string. Its length is billed here, and the search for its end in `linkage`.
pub(super) fn prints(call: &mut Call<'_, '_>, text: Slice<u8>) -> HostResult {
    prints_l(call, text)
}

/// Prints bytes. Bytes that are not UTF-8 are left out of the trace.
pub(super) fn prints_l(call: &mut Call<'_, '_>, text: Slice<u8>) -> HostResult {
    call.work(u64::from(text.count()) * BYTE)?;
    call.context.print_bytes(call.memory.bytes(text));
    Ok(())
}

/// Functions that print one number.
macro_rules! numbers {
    ($($(#[$doc:meta])* $name:ident: $type:ty = $text:expr;)*) => {
        $($(#[$doc])*
        pub(super) fn $name(call: &mut Call<'_, '_>, value: $type) -> HostResult {
            call.work(NUMBER)?;
            call.context.print(&$text(value));
            Ok(())
        })*
    };
}

numbers! {
    /// Signed, decimal.
    printi: i64 = |value: i64| value.to_string();
    /// Unsigned, decimal.
    printui: u64 = |value: u64| value.to_string();
    /// Signed 128-bit, decimal.
    printi128: i128 = |value: i128| value.to_string();
    /// Unsigned 128-bit, decimal.
    printui128: u128 = |value: u128| value.to_string();
    /// `float`: scientific, 6 digits after the point.
    printsf: f32 = |it: f32| scientific(it, 6, it.is_finite(), it.is_sign_negative());
    /// `double`: scientific, 15 digits after the point.
    printdf: f64 = |it: f64| scientific(it, 15, it.is_finite(), it.is_sign_negative());
    /// A name in its text form.
    printn: Name = |value: Name| value.to_string();
}

/// Prints a long double: scientific, 18 digits after the point.
pub(super) fn printqf(call: &mut Call<'_, '_>, value: FloatBits128) -> HostResult {
    call.work(LONG_DOUBLE)?;
    call.context.print(&long_double(value.0));
    Ok(())
}

/// Prints bytes as lowercase hexadecimal digits.
pub(super) fn printhex(call: &mut Call<'_, '_>, data: Slice<u8>) -> HostResult {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    call.work(NUMBER + u64::from(data.count()) * 2 * BYTE)?;
    let bytes = call.memory.bytes(data);
    // Digits beyond the room of the console would be dropped, so that they are not made; one byte
    // more than fits makes the console mark that something was dropped.
    let bytes = &bytes[..bytes.len().min(call.context.console_room() + 1)];
    let digits = |byte: &u8| {
        [
            DIGITS[usize::from(byte >> 4)],
            DIGITS[usize::from(byte & 15)],
        ]
    };
    let text: Vec<u8> = bytes.iter().flat_map(digits).collect();
    call.context.print_bytes(&text);
    Ok(())
}

/// A number as a C++ stream writes it with `std::scientific`: at least two digits of exponent, with
/// its sign, where Rust writes one and no plus sign. Not-a-number and infinity are words.
fn scientific(
    value: impl LowerExp + PartialEq,
    digits: usize,
    finite: bool,
    minus: bool,
) -> String {
    if !finite {
        #[allow(clippy::eq_op)]
        let kind = if value == value { "inf" } else { "nan" };
        return format!("{}{kind}", if minus { "-" } else { "" });
    }
    let text = format!("{value:.digits$e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (sign, exponent) = match exponent.strip_prefix('-') {
        Some(exponent) => ('-', exponent),
        None => ('+', exponent),
    };
    format!("{mantissa}e{sign}{exponent:0>2}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_printed_as_by_cpp() {
        let text = |value: f64| scientific(value, 15, value.is_finite(), value.is_sign_negative());
        assert_eq!(text(1.5), "1.500000000000000e+00");
        assert_eq!(text(-2.5e-7), "-2.500000000000000e-07");
        assert_eq!(text(1e300), "1.000000000000000e+300");
        assert_eq!(text(f64::NEG_INFINITY), "-inf");
        assert_eq!(text(f64::NAN), "nan");
    }
}
