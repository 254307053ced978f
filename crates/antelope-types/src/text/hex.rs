//! Bytes as hexadecimal digits.

use crate::error::error_text;

/// Why text is not the expected number of bytes in hexadecimal.
///
/// ```
/// use antelope_types::{Checksum160, HexError};
/// let error = HexError::Length { expected: Some(40), found: 2 };
/// assert_eq!("ab".parse::<Checksum160>(), Err(error));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HexError {
    /// Another number of digits than expected.
    Length {
        /// How many digits were expected; `None` where any even number is good.
        expected: Option<usize>,
        /// How many there are.
        found: usize,
    },
    /// Something other than `0`–`9`, `a`–`f`, `A`–`F`.
    /// Only the first wrong digit is reported.
    BadDigit {
        /// Where it is, counted from 0.
        at: usize,
    },
}

impl HexError {
    /// What was wrong.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Length { .. } => "wrong number of hexadecimal digits",
            Self::BadDigit { .. } => "not a hexadecimal digit",
        }
    }
}

error_text!(HexError);

/// Lower case, as nodes write it.
const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// Bytes that are turned into digits at a time: those of the longest checksum that is common.
const PART: usize = 32;

/// Writes two digits for each byte, the higher half first.
pub(crate) fn write(bytes: &[u8], f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
    // A formatter costs as much for a digit as for many, so that it gets many.
    let mut digits = [0; 2 * PART];
    for part in bytes.chunks(PART) {
        for (pair, byte) in digits.chunks_exact_mut(2).zip(part) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 0x0f)];
        }
        let text = digits.get(..2 * part.len()).unwrap_or_default();
        f.write_str(core::str::from_utf8(text).unwrap_or_default())?;
    }
    Ok(())
}

/// Fills `bytes` from exactly twice as many digits, of either case.
///
/// # Errors
/// [`HexError`]; `bytes` may be filled in part then.
pub(crate) fn read(text: &str, bytes: &mut [u8]) -> Result<(), HexError> {
    let digits = text.as_bytes();
    if digits.len() != bytes.len() * 2 {
        return Err(HexError::Length {
            expected: Some(bytes.len() * 2),
            found: digits.len(),
        });
    }
    let value = |at: usize| {
        char::from(digits[at])
            .to_digit(16)
            .map(|digit| digit as u8)
            .ok_or(HexError::BadDigit { at })
    };
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = value(index * 2)? << 4 | value(index * 2 + 1)?;
    }
    Ok(())
}

/// Gives a tuple struct around bytes its `Display`, `Debug` and `FromStr`, all hexadecimal.
/// Width and alignment of `Display` have no effect.
macro_rules! hex_text {
    ($type:ident) => {
        impl ::core::fmt::Display for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::text::hex::write(&self.0, f)
            }
        }

        impl ::core::fmt::Debug for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::text::hex::write(&self.0, f)
            }
        }

        impl ::core::str::FromStr for $type {
            type Err = $crate::text::hex::HexError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let mut value = Self::default();
                $crate::text::hex::read(text, &mut value.0)?;
                Ok(value)
            }
        }
    };
}

pub(crate) use hex_text;
