//! Numbers, truth values, borrowed text and bytes, optionals.
//!
//! Integers and floats are little-endian and of their size. `usize` and `char` have no encoding: their
//! size depends on the machine, or no ABI type corresponds to them.

use super::varint;
use super::{Decode, DecodeError, Decoder, Encode, Encoder, utf8};

/// Numbers that are copied as an array of their bytes.
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

numbers!(u16, u128, i8, i16, i128, f32, f64);

#[cfg(not(target_os = "none"))]
numbers!(u32, u64, i32, i64);

/// Numbers that a contract reads and writes by a call each, which is less code than what it does.
#[cfg(target_os = "none")]
macro_rules! called {
    ($($number:ty: $take:ident $put:ident as $raw:ty),+) => {$(
        impl Encode for $number {
            #[inline]
            fn encode(&self, out: &mut Encoder<'_>) {
                out.$put(*self as $raw);
            }
        }

        impl<'a> Decode<'a> for $number {
            #[inline]
            fn decode(input: &mut Decoder<'a>) -> Result<Self, DecodeError> {
                Ok(input.$take() as $number)
            }
        }
    )+};
}

#[cfg(target_os = "none")]
called! {
    u32: take_u32 put_u32 as u32,
    i32: take_u32 put_u32 as u32,
    u64: take_u64 put_u64 as u64,
    i64: take_u64 put_u64 as u64
}

impl Encode for u8 {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        #[cfg(target_os = "none")]
        out.put_u8(*self);
        #[cfg(not(target_os = "none"))]
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
        #[cfg(target_os = "none")]
        return Ok(input.take_u8());
        #[cfg(not(target_os = "none"))]
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

/// A node takes 0 and 1 alone; other bytes are [`DecodeError::InvalidBool`].
impl<'a> Decode<'a> for bool {
    #[inline]
    fn decode(input: &mut Decoder<'a>) -> Result<Self, DecodeError> {
        match u8::decode(input)? {
            0 => Ok(false),
            1 => Ok(true),
            _ => input.failed(true, DecodeError::InvalidBool),
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

/// Borrows the bytes from the input.
impl<'de: 'a, 'a> Decode<'de> for &'a [u8] {
    #[inline]
    fn decode(input: &mut Decoder<'de>) -> Result<Self, DecodeError> {
        input.take_sized()
    }
}

/// Borrows the text from the input, once it is known to be UTF-8.
impl<'de: 'a, 'a> Decode<'de> for &'a str {
    #[inline]
    fn decode(input: &mut Decoder<'de>) -> Result<Self, DecodeError> {
        match utf8::text(Decode::decode(input)?) {
            Some(text) => Ok(text),
            None => input.failed("", DecodeError::InvalidUtf8),
        }
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
