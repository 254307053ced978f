//! Integers of one to five bytes, seven bits a byte.
//!
//! The lowest seven bits come first; the highest bit of a byte says that another follows (LEB128).
//!
//! | value | bytes |
//! |---|---|
//! | 0 to 127 | 1 |
//! | to 16 383 | 2 |
//! | to 2 097 151 | 3 |
//! | to 268 435 455 | 4 |
//! | to 4 294 967 295 | 5 |
//!
//! Writing uses as few bytes as there can be. Reading also accepts longer forms, such as `80 00` for
//! 0, as nodes do; so two different inputs can be the same value.

use super::{Decode, DecodeError, Decoder, Encode, Encoder};

/// An unsigned 32-bit integer in one to five bytes; ABI type `varuint32`.
///
/// Lengths of lists and tags of variants are such numbers. JSON is a plain number.
///
/// ```
/// use antelope_types::{Encode, VarUint32};
/// assert_eq!(VarUint32(127).to_bytes(), [0x7f]);
/// assert_eq!(VarUint32(300).to_bytes(), [0xac, 0x02]);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VarUint32(pub u32);

/// A signed 32-bit integer in one to five bytes, zigzag; ABI type `varint32`.
///
/// Zigzag puts 0, −1, 1, −2, 2 on 0, 1, 2, 3, 4, so that small numbers of either sign stay short.
///
/// ```
/// use antelope_types::{Encode, VarInt32};
/// assert_eq!(VarInt32(-1).to_bytes(), [1]);
/// assert_eq!(VarInt32(64).to_bytes(), [0x80, 0x01]);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VarInt32(pub i32);

impl Encode for VarUint32 {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        write_unsigned(self.0, out);
    }
}

impl<'a> Decode<'a> for VarUint32 {
    #[inline]
    fn decode(input: &mut Decoder<'a>) -> Result<Self, DecodeError> {
        read_unsigned(input).map(Self)
    }
}

impl Encode for VarInt32 {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        write_unsigned(((self.0 << 1) ^ (self.0 >> 31)) as u32, out);
    }
}

impl<'a> Decode<'a> for VarInt32 {
    #[inline]
    fn decode(input: &mut Decoder<'a>) -> Result<Self, DecodeError> {
        let zigzag = read_unsigned(input)?;
        Ok(Self((zigzag >> 1) as i32 ^ -((zigzag & 1) as i32)))
    }
}

impl From<u32> for VarUint32 {
    fn from(value: u32) -> Self {
        Self(value)
    }
}

impl From<i32> for VarInt32 {
    fn from(value: i32) -> Self {
        Self(value)
    }
}

/// Writes a varint of one to five bytes.
pub(crate) fn write_unsigned(mut value: u32, out: &mut Encoder<'_>) {
    while value >= 0x80 {
        out.write_array(&[value as u8 | 0x80]);
        value >>= 7;
    }
    out.write_array(&[value as u8]);
}

/// Reads a varint; a contract does it by a call that has no error to look at.
#[inline]
pub(crate) fn read_unsigned(input: &mut Decoder<'_>) -> Result<u32, DecodeError> {
    #[cfg(target_os = "none")]
    return Ok(read_or_break(input));
    #[cfg(not(target_os = "none"))]
    read(input)
}

/// In a contract: 0 where the input ends, or the number is too long.
#[cfg(target_os = "none")]
fn read_or_break(input: &mut Decoder<'_>) -> u32 {
    read(input).unwrap_or_default()
}

/// Reads at most five bytes; what counts as too long is the decoder's to say.
///
/// # Errors
/// [`DecodeError::UnexpectedEnd`], and [`DecodeError::VarintTooLong`] unless it reads as a node.
fn read(input: &mut Decoder<'_>) -> Result<u32, DecodeError> {
    let mut value = 0u64;
    let mut shift = 0;
    while shift < 35 {
        let byte = u8::decode(input)?;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return if value > u64::from(u32::MAX) && !input.reads_as_node() {
                input.failed(0, DecodeError::VarintTooLong)
            } else {
                Ok(value as u32)
            };
        }
        shift += 7;
    }
    if input.reads_as_node() {
        return Ok(value as u32);
    }
    input.failed(0, DecodeError::VarintTooLong)
}
