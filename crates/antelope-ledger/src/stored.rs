//! The encoding in files: what the store of blocks writes as journal and checkpoint.
//!
//! The format is private to this implementation; nodes' snapshots are another. It follows the wire
//! encoding wherever a type has one: integers little-endian with all their bytes, structs field by
//! field. What the wire has no encoding for is added here:
//!
//! | type | encoding |
//! |---|---|
//! | `Option` | a byte 0 or 1, then the value |
//! | `Arc<T>` | the value |
//! | `Arc<[u8]>`, `Vec`, `Vector` | the number of items as 8 bytes, then the items |
//! | `OrdMap`, `OrdSet` | the number of entries as 8 bytes, then the entries in ascending order |
//! | `Feature` | its digest, 32 bytes |
//!
//! Files may be damaged, so reading never trusts a length: a list cannot claim more items than
//! there are bytes left, and keys that do not ascend are refused.
//!
//! ```
//! use antelope_ledger::stored::{Decoder, Output, Stored};
//! use antelope_types::{Name, name};
//!
//! antelope_ledger::stored_struct! {
//!     /// How many votes a member has cast.
//!     #[derive(Debug, PartialEq)]
//!     pub struct Votes {
//!         /// The member.
//!         pub member: Name,
//!         /// The votes.
//!         pub cast: Vec<u32>,
//!     }
//! }
//!
//! # fn main() -> std::io::Result<()> {
//! let votes = Votes { member: name!("alice"), cast: vec![7, 9] };
//! let mut bytes = Vec::new();
//! let mut sink = |chunk: &[u8]| {
//!     bytes.extend_from_slice(chunk);
//!     Ok(())
//! };
//! let mut out = Output::new(&mut sink);
//! votes.store(&mut out);
//! out.finish()?;
//! assert_eq!(bytes.len(), 8 + 8 + 2 * 4);
//! assert_eq!(Votes::restore(&mut Decoder::new(&bytes)), Ok(votes));
//! # Ok(()) }
//! ```

use antelope_types::{
    Authority, BlockHeader, BlockTimestamp, ChainConfig, Checksum256, CpuBilling, DecodeError,
    Encode, Encoder, Feature, FeatureSet, Name, PackedTransaction, PublicKey, Schedule, Signature,
    SigningAuthority, TimePoint, TimePointSec, TransactionReceipt, TransactionStatus, WasmConfig,
};
pub use antelope_types::{Decode, Decoder};
use imbl::{OrdMap, OrdSet, Vector};
use std::io;
use std::sync::Arc;

/// Why bytes cannot be read as a value. The text names what was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed(pub &'static str);

impl From<DecodeError> for Malformed {
    /// The text of a wire decoding error.
    fn from(error: DecodeError) -> Self {
        Self(error.text())
    }
}

/// A value with an encoding in files. See the [module](self) for the format.
pub trait Stored: Sized {
    /// Appends the encoding to `out`. Writing errors surface in [`Output::finish`].
    fn store(&self, out: &mut Output<'_>);

    /// Reads a value that [`store`](Self::store) wrote. Arbitrary bytes neither panic nor allocate
    /// more than a small multiple of their length.
    ///
    /// # Errors
    /// [`Malformed`] if the bytes are not such a value.
    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed>;
}

/// How many bytes are gathered before they are passed to the sink.
const CHUNK: usize = 256 * 1024;

/// A buffer in front of a sink, such as a file or a hash: it passes the encoding on in chunks of
/// 256 KiB, so that a state of any size is written with little memory.
///
/// The first error of the sink stops further writes and is returned by [`finish`](Self::finish), so
/// that encodings need not handle it at every field.
pub struct Output<'a> {
    buffer: Vec<u8>,
    sink: &'a mut dyn FnMut(&[u8]) -> io::Result<()>,
    result: io::Result<()>,
}

impl<'a> Output<'a> {
    /// An output that passes its chunks to this sink.
    pub fn new(sink: &'a mut dyn FnMut(&[u8]) -> io::Result<()>) -> Self {
        Self {
            buffer: Vec::new(),
            sink,
            result: Ok(()),
        }
    }

    /// Appends bytes verbatim, without a length.
    pub fn write(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
        self.pass_on();
    }

    /// Appends the wire encoding of a value.
    pub fn encode<T: Encode>(&mut self, value: &T) {
        let start = self.buffer.len();
        self.buffer.resize(start + value.encoded_len(), 0);
        value.encode(&mut Encoder::new(&mut self.buffer[start..]));
        self.pass_on();
    }

    /// Passes the buffer to the sink once it holds a chunk. After an error it only drops the bytes.
    fn pass_on(&mut self) {
        if self.buffer.len() < CHUNK {
            return;
        }
        if self.result.is_ok() {
            self.result = (self.sink)(&self.buffer);
        }
        self.buffer.clear();
    }

    /// Passes on what is left in the buffer.
    ///
    /// # Errors
    /// The first error of the sink.
    pub fn finish(mut self) -> io::Result<()> {
        self.result?;
        if self.buffer.is_empty() {
            return Ok(());
        }
        (self.sink)(&std::mem::take(&mut self.buffer))
    }
}

/// Implements [`Stored`](crate::stored::Stored) for types whose encoding in files is that of the
/// wire.
#[macro_export]
macro_rules! stored_as_on_the_wire {
    ($($type:ty),* $(,)?) => {$(
        impl $crate::stored::Stored for $type {
            fn store(&self, out: &mut $crate::stored::Output<'_>) {
                out.encode(self);
            }

            fn restore(input: &mut $crate::stored::Decoder<'_>) -> Result<Self, $crate::stored::Malformed> {
                Ok(<Self as $crate::stored::Decode>::decode(input)?)
            }
        }
    )*};
}
pub use stored_as_on_the_wire;

stored_as_on_the_wire!(
    bool,
    u8,
    u16,
    u32,
    u64,
    u128,
    i64,
    String,
    Authority,
    BlockHeader,
    BlockTimestamp,
    ChainConfig,
    Checksum256,
    CpuBilling,
    Name,
    PackedTransaction,
    PublicKey,
    Schedule,
    Signature,
    SigningAuthority,
    TimePoint,
    TimePointSec,
    WasmConfig,
);

/// Implements [`Stored`](crate::stored::Stored) for structs, field by field in the order given. The
/// pattern lists all fields, so a forgotten one does not compile.
#[macro_export]
macro_rules! stored_by_field {
    ($($type:ident $(<$parameter:ident: $bound:ident>)? { $($field:ident),* $(,)? })*) => {$(
        impl $(<$parameter: $bound>)? $crate::stored::Stored for $type $(<$parameter>)? {
            fn store(&self, out: &mut $crate::stored::Output<'_>) {
                let Self { $($field),* } = self;
                $($crate::stored::Stored::store($field, out);)*
            }

            fn restore(input: &mut $crate::stored::Decoder<'_>) -> Result<Self, $crate::stored::Malformed> {
                Ok(Self { $($field: $crate::stored::Stored::restore(input)?),* })
            }
        }
    )*};
}
pub use stored_by_field;

/// Declares a struct that is kept in files, and implements [`Stored`](crate::stored::Stored) for
/// it: field by field in the order of the declaration.
///
/// The declaration is the only place that lists the fields. A field whose type has no encoding does
/// not compile, so no part of a state can be left out of a file by mistake:
///
/// ```compile_fail,E0277
/// antelope_ledger::stored_struct! {
///     /// A row with something that no file can hold.
///     pub struct Row {
///         /// Who pays for it.
///         pub payer: antelope_types::Name,
///         /// A moment of this process.
///         pub seen: std::time::Instant,
///     }
/// }
/// ```
#[macro_export]
macro_rules! stored_struct {
    ($(#[$attribute:meta])* pub struct $type:ident {
        $($(#[$field_attribute:meta])* $visibility:vis $field:ident: $field_type:ty),* $(,)?
    }) => {
        $(#[$attribute])*
        pub struct $type {
            $($(#[$field_attribute])* $visibility $field: $field_type),*
        }

        $crate::stored_by_field! { $type { $($field),* } }
    };
}
pub use stored_struct;

stored_by_field! {
    TransactionReceipt { status, cpu_usage_us, net_usage_words }
}

/// The digest, which is the same on every chain; the index of a feature in our table is not.
impl Stored for Feature {
    fn store(&self, out: &mut Output<'_>) {
        self.digest.store(out);
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        let digest = Stored::restore(input)?;
        Self::by_digest(&digest).ok_or(Malformed(
            "the digest of a protocol feature that this version does not know",
        ))
    }
}

/// The list of digests.
impl Stored for FeatureSet {
    fn store(&self, out: &mut Output<'_>) {
        self.iter().collect::<Vec<_>>().store(out);
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        let features: Vec<Feature> = Stored::restore(input)?;
        let set = features.into_iter();
        Ok(set.fold(Self::NONE, Self::with))
    }
}

/// One byte, the number that receipts have on the wire.
impl Stored for TransactionStatus {
    fn store(&self, out: &mut Output<'_>) {
        (*self as u8).store(out);
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        match u8::restore(input)? {
            0 => Ok(Self::Executed),
            1 => Ok(Self::SoftFail),
            2 => Ok(Self::HardFail),
            3 => Ok(Self::Delayed),
            4 => Ok(Self::Expired),
            _ => Err(Malformed("a status of a transaction above 4")),
        }
    }
}

impl<T: Stored> Stored for Option<T> {
    fn store(&self, out: &mut Output<'_>) {
        self.is_some().store(out);
        if let Some(value) = self {
            value.store(out);
        }
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        let some = bool::restore(input)?;
        some.then(|| T::restore(input)).transpose()
    }
}

impl<T: Stored> Stored for Arc<T> {
    fn store(&self, out: &mut Output<'_>) {
        (**self).store(out);
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        Ok(Self::new(T::restore(input)?))
    }
}

impl Stored for Arc<[u8]> {
    fn store(&self, out: &mut Output<'_>) {
        (self.len() as u64).store(out);
        out.write(self);
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        let length = length(input)?;
        Ok(input.take(length)?.into())
    }
}

impl<A: Stored, B: Stored> Stored for (A, B) {
    fn store(&self, out: &mut Output<'_>) {
        self.0.store(out);
        self.1.store(out);
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        Ok((A::restore(input)?, B::restore(input)?))
    }
}

impl<A: Stored, B: Stored, C: Stored> Stored for (A, B, C) {
    fn store(&self, out: &mut Output<'_>) {
        self.0.store(out);
        self.1.store(out);
        self.2.store(out);
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        Ok((A::restore(input)?, B::restore(input)?, C::restore(input)?))
    }
}

/// A key of 256 bits: two words of 16 bytes, the first one first.
impl Stored for [u128; 2] {
    fn store(&self, out: &mut Output<'_>) {
        self[0].store(out);
        self[1].store(out);
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        Ok([u128::restore(input)?, u128::restore(input)?])
    }
}

impl<T: Stored> Stored for Vec<T> {
    fn store(&self, out: &mut Output<'_>) {
        (self.len() as u64).store(out);
        self.iter().for_each(|item| item.store(out));
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        (0..length(input)?).map(|_| T::restore(input)).collect()
    }
}

impl<T: Stored + Clone> Stored for Vector<T> {
    fn store(&self, out: &mut Output<'_>) {
        (self.len() as u64).store(out);
        self.iter().for_each(|item| item.store(out));
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        (0..length(input)?).map(|_| T::restore(input)).collect()
    }
}

impl<T: Stored + Ord + Clone> Stored for OrdSet<T> {
    fn store(&self, out: &mut Output<'_>) {
        (self.len() as u64).store(out);
        self.iter().for_each(|item| item.store(out));
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        let map = ascending::<T, ()>(input, |_| Ok(()))?;
        Ok(map.into_iter().map(|(item, ())| item).collect())
    }
}

impl<K: Stored + Ord + Clone, V: Stored + Clone> Stored for OrdMap<K, V> {
    fn store(&self, out: &mut Output<'_>) {
        (self.len() as u64).store(out);
        for (key, value) in self {
            key.store(out);
            value.store(out);
        }
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        ascending(input, V::restore)
    }
}

/// Reads a map, whose keys must be strictly ascending: then no key is read twice, and every map has
/// exactly one encoding.
fn ascending<K: Stored + Ord + Clone, V: Clone>(
    input: &mut Decoder<'_>,
    value: impl Fn(&mut Decoder<'_>) -> Result<V, Malformed>,
) -> Result<OrdMap<K, V>, Malformed> {
    let mut map = OrdMap::new();
    for _ in 0..length(input)? {
        let key = K::restore(input)?;
        if map.get_max().is_some_and(|(last, _)| *last >= key) {
            return Err(Malformed("the keys of a map are not strictly ascending"));
        }
        let value = value(input)?;
        map.insert(key, value);
    }
    Ok(map)
}

/// Reads a number of items. Each item takes at least one byte, so a number above the bytes that are
/// left is refused before anything is allocated.
fn length(input: &mut Decoder<'_>) -> Result<usize, Malformed> {
    let length = u64::restore(input)?;
    match usize::try_from(length) {
        Ok(length) if length <= input.rest().len() => Ok(length),
        _ => Err(Malformed(
            "a length greater than the number of bytes that follow",
        )),
    }
}
