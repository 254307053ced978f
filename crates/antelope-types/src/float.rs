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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Encode, Decode)]
pub struct Float128(pub [u8; 16]);

impl Float128 {
    /// From its bits, as an integer.
    pub const fn from_bits(bits: u128) -> Self {
        Self(bits.to_le_bytes())
    }

    /// Its bits, as an integer.
    pub const fn to_bits(self) -> u128 {
        u128::from_le_bytes(self.0)
    }
}
