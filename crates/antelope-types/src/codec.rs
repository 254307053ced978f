//! The wire encoding of Antelope: values to bytes and back.
//!
//! | value | bytes |
//! |---|---|
//! | integers, floats | little-endian, of their size |
//! | `bool` | 0 or 1 |
//! | `VarUint32`, `VarInt32` | one to five, seven bits in each; signed ones zigzag |
//! | `str`, `String`, `[u8]`, `Vec<T>` | length as `VarUint32`, then the items |
//! | `[T; N]` | the items |
//! | `Option<T>` | 0, or 1 and the value |
//! | struct, tuple | the fields in order |
//! | `BTreeMap<K, V>` | length as `VarUint32`, then keys and values in turn |
//! | enum | index of the alternative as `VarUint32`, then its fields |
//! | enum with `#[repr(u8)]` and numbers of its own | its number, as that integer |
//! | `BinaryExtension<T>` | the value, or nothing at the end |
//! | `Name`, `Symbol`, `SymbolCode` | their 64-bit number |
//! | keys, signatures | kind 0 (K1), 1 (R1) or 2 (WebAuthn), then 33 or 65 bytes and more for WebAuthn |
//!
//! There is one concrete [`Encoder`] and one concrete
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
#[cfg(target_os = "none")]
mod sticky;
mod tuple;
mod utf8;
mod varint;

pub use decode::{Decode, DecodeError, Decoder, MAX_DEPTH};
pub use encode::{Encode, Encoder};
pub use varint::{VarInt32, VarUint32};

pub(crate) use utf8::ascii;
