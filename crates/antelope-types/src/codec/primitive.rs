//! Numbers, truth values, borrowed text and bytes, optionals.

use super::{Decode, DecodeError, Decoder, Encode, Encoder, utf8};
use crate::varint;

macro_rules! numbers {
    ($($number:ty),+) => {$(
        impl Encode for $number {
            #[inline]
            fn encode(&self, out: &mut Encoder<'_>) {
                out.write_array(&self.to_le_bytes());
            }
        }

        impl<'a> Decode<'a> for $number {
            #[inline]
            fn decode(input: &mut Decoder<'a>) -> Result<Self, DecodeError> {
                input.take_array().map(<$number>::from_le_bytes)
            }
        }
    )+};
}

numbers!(u16, u32, u64, u128, i8, i16, i32, i64, i128, f32, f64);

impl Encode for u8 {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        out.write_array(&[*self]);
    }

    #[inline]
    fn encode_all(items: &[Self], out: &mut Encoder<'_>) {
        out.write(items);
    }
}

impl<'a> Decode<'a> for u8 {
    #[inline]
    fn decode(input: &mut Decoder<'a>) -> Result<Self, DecodeError> {
        input.take_array().map(|[byte]| byte)
    }

    #[cfg(feature = "alloc")]
    #[inline]
    fn decode_vec(
        len: usize,
        input: &mut Decoder<'a>,
    ) -> Result<alloc::vec::Vec<Self>, DecodeError> {
        input.take(len).map(Into::into)
    }

    #[inline]
    fn decode_array<const N: usize>(input: &mut Decoder<'a>) -> Result<[Self; N], DecodeError> {
        input.take_array()
    }
}

impl Encode for bool {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        u8::from(*self).encode(out);
    }
}

impl<'a> Decode<'a> for bool {
    #[inline]
    fn decode(input: &mut Decoder<'a>) -> Result<Self, DecodeError> {
        match u8::decode(input)? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(DecodeError::InvalidBool),
        }
    }
}

impl Encode for () {
    #[inline]
    fn encode(&self, _: &mut Encoder<'_>) {}
}

impl<'a> Decode<'a> for () {
    #[inline]
    fn decode(_: &mut Decoder<'a>) -> Result<Self, DecodeError> {
        Ok(())
    }
}

impl<T: Encode> Encode for [T] {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        varint::write_unsigned(self.len() as u32, out);
        T::encode_all(self, out);
    }
}

impl Encode for str {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        self.as_bytes().encode(out);
    }
}

impl<'de: 'a, 'a> Decode<'de> for &'a [u8] {
    #[inline]
    fn decode(input: &mut Decoder<'de>) -> Result<Self, DecodeError> {
        input.take_sized()
    }
}

impl<'de: 'a, 'a> Decode<'de> for &'a str {
    #[inline]
    fn decode(input: &mut Decoder<'de>) -> Result<Self, DecodeError> {
        utf8::text(Decode::decode(input)?).ok_or(DecodeError::InvalidUtf8)
    }
}

impl<T: Encode> Encode for Option<T> {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        self.is_some().encode(out);
        if let Some(value) = self {
            value.encode(out);
        }
    }
}

impl<'a, T: Decode<'a>> Decode<'a> for Option<T> {
    #[inline]
    fn decode(input: &mut Decoder<'a>) -> Result<Self, DecodeError> {
        Ok(if bool::decode(input)? {
            Some(T::decode(input)?)
        } else {
            None
        })
    }
}
