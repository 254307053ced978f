//! The number type that Rust has no name for yet.

use crate::{Decode, Encode};

/// A 128-bit IEEE 754 number as its sixteen bytes, little-endian; ABI type `float128`.
///
/// It is carried, compared for identity and stored, not computed with.
///
/// ```
/// use antelope_types::Float128;
/// let one = Float128::from_bits(0x3fff << 112);
/// assert_eq!(one.0[14..], [0xff, 0x3f]);
/// ```
///
/// JSON is `0x` and the sixteen bytes in hexadecimal, in the order of the wire, as nodes write it.
///
/// ```
/// use antelope_types::Float128;
/// let one = Float128::from_bits(0x3fff << 112);
/// let json = serde_json::to_string(&one).unwrap();
/// assert_eq!(json, r#""0x0000000000000000000000000000ff3f""#);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Encode, Decode)]
pub struct Float128(pub [u8; 16]);

impl Float128 {
    /// From its bits, as an integer.
    ///
    /// The sign is bit 127, the exponent bits 126 to 112, biased by 16 383; the rest is the fraction.
    pub const fn from_bits(bits: u128) -> Self {
        Self(bits.to_le_bytes())
    }

    /// Its bits, as an integer.
    pub const fn to_bits(self) -> u128 {
        u128::from_le_bytes(self.0)
    }
}
