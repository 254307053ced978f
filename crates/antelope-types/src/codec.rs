//! The wire encoding of Antelope: values to bytes and back.
//!
//! Integers are little-endian, lengths and variant tags are [`VarUint32`](crate::VarUint32), structs
//! are their fields one after another. There is one concrete [`Encoder`] and one concrete
//! [`Decoder`], so that a contract carries the code of each type once.
//!
//! Decoding takes hostile bytes: it never panics, never reads past the end, allocates no more than
//! the input can fill and stops at [`MAX_DEPTH`] nested lists.

mod array;
mod decode;
mod encode;
#[cfg(feature = "alloc")]
mod owned;
mod primitive;
mod utf8;

pub use decode::{Decode, DecodeError, Decoder, MAX_DEPTH};
pub use encode::{Encode, Encoder};

pub(crate) use utf8::ascii;
