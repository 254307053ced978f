//! Text of small values, into a buffer and without `core::fmt`.
//!
//! Everything is ASCII and written by an [`Encoder`], which a contract has anyway: `core::fmt` would add
//! far more code.

/// Gives a type with a `write_str` method its `Display` and `Debug`, both the plain text.
/// `Display` keeps to width and alignment, as `{:>13}`.
macro_rules! display_text {
    ($type:ty) => {
        impl ::core::fmt::Display for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.write_str(&mut [0; <$type>::MAX_TEXT]))
            }
        }

        impl ::core::fmt::Debug for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(self, f)
            }
        }
    };
}

pub(crate) use display_text;

pub(crate) mod hex;
pub(crate) mod moment;

use crate::codec::{Encoder, ascii};

/// Fills `buffer` with what `write` writes and gives it back as text.
///
/// Where the buffer is too short the text is empty; callers give one of their `MAX_TEXT`.
pub(crate) fn fill(buffer: &mut [u8], write: impl FnOnce(&mut Encoder<'_>)) -> &str {
    let mut out = Encoder::new(buffer);
    write(&mut out);
    let len = out.position();
    ascii(buffer.get(..len).unwrap_or_default())
}

/// Writes `value` with at least `width` digits and at least one.
pub(crate) fn decimal(value: u64, width: usize, out: &mut Encoder<'_>) {
    // A 64-bit number has at most twenty digits; zeros before them are written one by one.
    for _ in 20..width {
        out.write(b"0");
    }
    let least = 20usize.saturating_sub(width.max(1));
    let mut digits = [b'0'; 20];
    let mut rest = value;
    let mut first = digits.len();
    while first > 0 && (rest != 0 || first > least) {
        first -= 1;
        if let Some(digit) = digits.get_mut(first) {
            *digit = b'0' + (rest % 10) as u8;
        }
        rest /= 10;
    }
    out.write(digits.get(first..).unwrap_or_default());
}
