//! Lists, text and boxes that own what they hold.
//!
//! | type | bytes | as |
//! |---|---|---|
//! | `Vec<T>` | length as a varint, then the items | `[T]` |
//! | `String` | length in bytes as a varint, then UTF-8 | `str` |
//! | `Box<T>` | those of the value | `T` |
//! | `BTreeMap<K, V>` | length as a varint, then keys and values in turn, ascending by key | `[(K, V)]` |
//!
//! Reading any of them but text counts towards [`MAX_DEPTH`](super::MAX_DEPTH).

use super::{Decode, DecodeError, Decoder, Encode, Encoder};
use crate::VarUint32;
use alloc::{boxed::Box, collections::BTreeMap, string::String, vec::Vec};

impl<T: Encode> Encode for Vec<T> {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        self.as_slice().encode(out);
    }
}

impl<'a, T: Decode<'a>> Decode<'a> for Vec<T> {
    fn decode(input: &mut Decoder<'a>) -> Result<Self, DecodeError> {
        let len = input.take_len()?;
        input.nested(|input| T::decode_vec(len, input))
    }
}

impl Encode for String {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        self.as_str().encode(out);
    }
}

impl<'a> Decode<'a> for String {
    #[inline]
    fn decode(input: &mut Decoder<'a>) -> Result<Self, DecodeError> {
        <&str>::decode(input).map(Into::into)
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        (**self).encode(out);
    }
}

impl<'a, T: Decode<'a>> Decode<'a> for Box<T> {
    fn decode(input: &mut Decoder<'a>) -> Result<Self, DecodeError> {
        input.nested(T::decode).map(Box::new)
    }
}

impl<K: Encode, V: Encode> Encode for BTreeMap<K, V> {
    fn encode(&self, out: &mut Encoder<'_>) {
        VarUint32(self.len() as u32).encode(out);
        for (key, value) in self {
            key.encode(out);
            value.encode(out);
        }
    }
}

/// Entries in any order, as CDT reads them; of two with one key the first counts.
impl<'a, K: Decode<'a> + Ord, V: Decode<'a>> Decode<'a> for BTreeMap<K, V> {
    fn decode(input: &mut Decoder<'a>) -> Result<Self, DecodeError> {
        let len = input.take_len()?;
        input.nested(|input| {
            let mut map = Self::new();
            for _ in 0..len {
                let (key, value) = <(K, V)>::decode(input)?;
                if input.is_broken() {
                    return Err(DecodeError::UnexpectedEnd);
                }
                map.entry(key).or_insert(value);
            }
            Ok(map)
        })
    }
}
