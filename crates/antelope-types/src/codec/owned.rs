//! Lists, text and boxes that own what they hold.

use alloc::{boxed::Box, string::String, vec::Vec};

use super::{Decode, DecodeError, Decoder, Encode, Encoder};

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
