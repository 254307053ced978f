//! Bounds of table queries: keys read from the text of a request and written to `next_key`.
//!
//! `get_table_rows` takes its bounds as text and converts them by the type of the key. Each type
//! has ways of its own of reading text, inherited from boost or fc, which clients have come to
//! depend on; they are imitated one by one (`convert_to_type` in `chain_plugin.hpp`).
//!
//! | `key_type` | a bound is read as |
//! |---|---|
//! | `i64` | number, else name, else symbol, else symbol code |
//! | `name` | name |
//! | `i128` | decimal, octal after `0`, hexadecimal after `0x` |
//! | `i256` | the same; with `encode_type` `hex` as `sha256` |
//! | `float64`, `float128` | decimal float; NaN is refused |
//! | `sha256`, `ripemd160` | hexadecimal digits, filled up with zeros on the right |
//!
//! The error of text that cannot be read depends on the type as well, since it is the one of the
//! library that fails: 3010000 for `i64`, 3010001 for `name`, 13 for integers of 128 bits and more,
//! 4 for floats, and for hexadecimal digits 10 where their number is odd and 0 for other
//! characters.
//!
//! Examples for `i64`: `-1` is 2^64 - 1, `alice` the number of the name, `4,SYS` the number of the
//! symbol, and `SYS` that of the symbol code. Surrounding spaces are allowed around names only.

use super::fault::{no_hex, no_name};
use super::json::decimals;
use super::request::wrapping;
use antelope_ledger::state::{Float64, FloatBits128};
use antelope_types::{ChainError, Checksum256, ErrorKind, Name, Symbol, ensure};

/// A key that can be read from the text of a request.
pub(super) trait Bound: Sized {
    /// Reads a key; `what` names the field in error messages.
    fn read(text: &str, what: &str) -> Result<Self, ChainError>;
}

impl Bound for u64 {
    /// A number, else a name, else a symbol with precision, else a symbol code: the first that
    /// fits. So text such as `112233445511`, which is a valid name, is read as a number.
    ///
    /// # Errors
    /// `chain_type_exception` (3010000).
    fn read(text: &str, what: &str) -> Result<Self, ChainError> {
        let name = || Name::parse(text.trim_ascii()).ok().map(Name::raw);
        let symbol = || text.parse::<Symbol>().ok().map(Symbol::raw);
        let found = wrapping(text).or_else(name).or_else(symbol);
        found.or_else(|| symbol_code(text)).ok_or_else(|| {
            let message = format!(
                "Could not convert {what} string '{text}' to any of the following: uint64_t, valid name, or valid symbol (with or without the precision)"
            );
            ChainError::new(ErrorKind::ChainType, message)
        })
    }
}

/// A symbol code as raw bits; `None` unless all characters are capital letters. Letters after the
/// seventh are ignored, as in nodes' `string_to_symbol`.
pub(super) fn symbol_code(text: &str) -> Option<u64> {
    let upper = text.bytes().all(|byte| byte.is_ascii_uppercase());
    let letters = text.bytes().take(7).rev();
    upper.then(|| letters.fold(0, |code, letter| code << 8 | u64::from(letter)))
}

impl Bound for u128 {
    fn read(text: &str, what: &str) -> Result<Self, ChainError> {
        // Of all radices, while wider numbers have another text for decimal ones.
        let [_, low] =
            wide(text).ok_or_else(|| no_key(ChainError::unreadable(CONTENT), text, what))?;
        Ok(low)
    }
}

/// A 256-bit integer as `boost::multiprecision` reads it, upper half first: hexadecimal after `0x`,
/// octal after `0`, else decimal. It wraps modulo 2^256, and a negative number is its two's
/// complement. `None` for other characters.
fn wide(text: &str) -> Option<[u128; 2]> {
    let (digits, negative) = match text.strip_prefix('-') {
        Some(digits) => (digits, true),
        None => (text, false),
    };
    let hex = digits.strip_prefix("0x").or(digits.strip_prefix("0X"));
    let (digits, radix) = match hex {
        Some(digits) => (digits, 16),
        None if digits.starts_with('0') => (digits, 8),
        None => (digits, 10),
    };
    // In 32-bit words, least significant first, so that a product with the radix fits 64 bits.
    let mut words = [0u32; 8];
    for digit in digits.chars() {
        let mut carry = u64::from(digit.to_digit(radix)?);
        for word in &mut words {
            carry += u64::from(*word) * u64::from(radix);
            *word = carry as u32;
            carry >>= 32;
        }
    }
    let half = |from: usize| {
        let part = words[from..from + 4].iter().rev();
        part.fold(0, |number, word| number << 32 | u128::from(*word))
    };
    let (high, low) = (half(4), half(0));
    Some(match negative {
        true => [
            (!high).wrapping_add(u128::from(low == 0)),
            low.wrapping_neg(),
        ],
        false => [high, low],
    })
}

impl Bound for f64 {
    fn read(text: &str, what: &str) -> Result<Self, ChainError> {
        let number = text.parse::<f64>().ok();
        // A number that is too large is none.
        let is_written =
            |it: &f64| it.is_finite() || !text.contains(|it: char| it.is_ascii_digit());
        let number = number.filter(is_written).ok_or_else(|| {
            let error = ChainError::new(ErrorKind::ParseError, "Couldn't parse double");
            no_key(error, text, what)
        })?;
        ensure!(
            !number.is_nan(),
            ContractTableQuery,
            "Converted {what} string '{text}' to NaN which is not a permitted value for the key type"
        );
        Ok(number)
    }
}

/// What `boost::multiprecision` says of digits that it cannot read.
const CONTENT: &str = "Unexpected content found while parsing character string.";

/// The same of decimal digits of a number that is wider than 128 bits.
const CHARACTER: &str = "Unexpected character encountered in input.";

/// The error for text that is not a key of its type.
fn no_key(error: ChainError, text: &str, what: &str) -> ChainError {
    error.with_message(format!(
        "Could not convert {what} string '{text}' to key type."
    ))
}

/// `N` bytes of hexadecimal digits, filled up with zeros on the right; digits beyond are ignored.
///
/// # Errors
/// `assert_exception` (10) for an odd number of digits, `exception` (0) for other characters.
fn hexadecimal<const N: usize>(text: &str, what: &str) -> Result<[u8; N], ChainError> {
    let (kind, bytes) = match text.len().is_multiple_of(2) {
        true => (ErrorKind::Unspecified, padded(text)),
        false => (ErrorKind::Assert, None),
    };
    bytes.ok_or_else(|| no_key(ChainError::new(kind, no_hex(text)), text, what))
}

/// The same without errors; also used for block ids and hashes.
pub(super) fn padded<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    for (index, character) in text.chars().take(2 * N).enumerate() {
        let digit = character.to_digit(16)? as u8;
        bytes[index / 2] |= if index % 2 == 0 { digit << 4 } else { digit };
    }
    Some(bytes)
}

/// How keys of one index type are read and written, and the whole range of them. A table of
/// functions instead of a trait, since two key types may have the same representation (`sha256` and
/// `i256`).
#[derive(Clone, Copy)]
pub(super) struct Keys<K> {
    /// Reads a bound.
    pub(super) read: fn(&str, &str) -> Result<K, ChainError>,
    /// Writes a key for `next_key`.
    pub(super) write: fn(K) -> String,
    /// The least key: the lower bound where none is given.
    pub(super) first: K,
    /// The greatest key: the upper bound where none is given.
    pub(super) last: K,
}

/// `i64`: written as a decimal number.
pub(super) const U64: Keys<u64> = Keys {
    read: u64::read,
    write: |key| key.to_string(),
    first: 0,
    last: u64::MAX,
};

/// `name`: only names are read. The key is written as a number nevertheless, as on a node.
pub(super) const NAME: Keys<u64> = Keys {
    read: |text, _| {
        let name = Name::parse(text).map(Name::raw);
        name.map_err(|_| ChainError::new(ErrorKind::NameType, no_name(text)))
    },
    ..U64
};

/// `i128`.
pub(super) const U128: Keys<u128> = Keys {
    read: u128::read,
    write: |key| key.to_string(),
    first: 0,
    last: u128::MAX,
};

/// `float64`.
pub(super) const F64: Keys<Float64> = Keys {
    read: |text, what| f64::read(text, what).map(|number| Float64(number.to_bits())),
    write: |key| decimals(f64::from_bits(key.0)),
    first: Float64(f64::NEG_INFINITY.to_bits()),
    last: Float64(f64::INFINITY.to_bits()),
};

/// `float128`: bounds are read and written as `double`, as on a node, so that the precision beyond
/// is lost.
pub(super) const F128: Keys<FloatBits128> = Keys {
    read: |text, what| f64::read(text, what).map(|number| FloatBits128(widened(number))),
    write: |key| decimals(narrowed(key.0)),
    first: FloatBits128(0xffff << 112),
    last: FloatBits128(0x7fff << 112),
};

/// `float128` with `encode_type` `hex`: a bound is the bits of the number.
pub(super) const F128_BITS: Keys<FloatBits128> = Keys {
    read: |text, what| u128::read(text, what).map(FloatBits128),
    ..F128
};

/// `sha256`: hexadecimal digits.
pub(super) const SHA256: Keys<[u128; 2]> = Keys {
    read: |text, what| Ok(halves(&hexadecimal(text, what)?)),
    write: |key| Checksum256(bytes(key)).to_string(),
    first: [0; 2],
    last: [u128::MAX; 2],
};

/// `i256`: a number; written as `0x` and hexadecimal digits.
pub(super) const U256: Keys<[u128; 2]> = Keys {
    read: |text, what| {
        wide(text).ok_or_else(|| {
            let is_decimal = !text.trim_start_matches('-').starts_with('0');
            let said = if is_decimal { CHARACTER } else { CONTENT };
            no_key(ChainError::unreadable(said), text, what)
        })
    },
    write: |key| format!("0x{}", (SHA256.write)(key)),
    ..SHA256
};

/// `ripemd160`: 40 hexadecimal digits, stored with 12 zero bytes after them.
pub(super) const RIPEMD160: Keys<[u128; 2]> = Keys {
    read: |text, what| {
        let mut bytes = [0; 32];
        bytes[..20].copy_from_slice(&hexadecimal::<20>(text, what)?);
        Ok(halves(&bytes))
    },
    write: |key| (SHA256.write)(key)[..40].to_owned(),
    ..SHA256
};

/// 32 bytes as two words, the first more significant: the order of the index.
fn halves(bytes: &[u8; 32]) -> [u128; 2] {
    let half = |from: usize| {
        let part = bytes[from..from + 16].iter();
        part.fold(0, |number, byte| number << 8 | u128::from(*byte))
    };
    [half(0), half(16)]
}

/// The inverse of [`halves`].
fn bytes([high, low]: [u128; 2]) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes[..16].copy_from_slice(&high.to_be_bytes());
    bytes[16..].copy_from_slice(&low.to_be_bytes());
    bytes
}

/// The 52 bits of the fraction of an `f64`.
const FRACTION: u64 = (1 << 52) - 1;

/// The bits of the 128-bit float equal to an `f64`.
fn widened(number: f64) -> u128 {
    let bits = number.to_bits();
    let sign = u128::from(bits >> 63) << 127;
    let (exponent, fraction) = (bits >> 52 & 0x7ff, bits & FRACTION);
    let (exponent, fraction) = match exponent {
        0x7ff => (0x7fff, fraction),
        0 if fraction == 0 => (0, 0),
        0 => {
            // A subnormal `f64` is normal as a 128-bit float: its first digit becomes the hidden
            // one.
            let shift = u64::from(fraction.leading_zeros()) - 11;
            (16383 - 1022 - shift, fraction << shift & FRACTION)
        }
        exponent => (exponent + 16383 - 1023, fraction),
    };
    sign | u128::from(exponent) << 112 | u128::from(fraction) << 60
}

/// The `f64` nearest to a 128-bit float.
fn narrowed(bits: u128) -> f64 {
    let sign = if bits >> 127 == 1 { -1.0 } else { 1.0 };
    let exponent = (bits >> 112 & 0x7fff) as i32 - 16383;
    let fraction = bits & ((1 << 112) - 1);
    let magnitude = match exponent {
        16384 if fraction != 0 => f64::NAN,
        1024.. => f64::INFINITY,
        ..=-1100 => 0.0,
        _ => {
            let digits = 1 << 112 | fraction;
            // The first 64 digits, with the last one set if any digit after them is: then rounding
            // to 53 digits is right.
            let rest = digits & ((1 << 49) - 1) != 0;
            let first = (digits >> 49) as u64 | u64::from(rest);
            let half = (exponent - 63) / 2;
            first as f64 * 2f64.powi(half) * 2f64.powi(exponent - 63 - half)
        }
    };
    sign * magnitude
}

#[cfg(test)]
mod tests;
