//! Values to bytes of files and back: what the wire has no encoding for.

use antelope_types::{
    Authority, BlockHeader, BlockTimestamp, ChainConfig, Checksum256, CpuBilling, DecodeError,
    Encode, Encoder, Feature, FeatureSet, Name, PackedTransaction, PublicKey, Schedule, Signature,
    TimePoint, TimePointSec, TransactionReceipt, TransactionStatus, WasmConfig,
};
pub use antelope_types::{Decode, Decoder};
use imbl::{OrdMap, OrdSet, Vector};
use std::io;
use std::sync::Arc;

/// Why bytes are not the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed(pub &'static str);

impl From<DecodeError> for Malformed {
    fn from(error: DecodeError) -> Self {
        Self(error.text())
    }
}

/// A value with an encoding in files: numbers little-endian and of their size, maps ascending.
pub trait Stored: Sized {
    /// Appends the encoding.
    fn store(&self, out: &mut Output<'_>);

    /// Reads a value; hostile bytes neither panic nor take more memory than they have length.
    ///
    /// # Errors
    /// Where the bytes are no such value.
    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed>;
}

/// How many bytes are gathered before they go on.
const CHUNK: usize = 256 * 1024;

/// Where encodings go: in chunks to a sink, so that however large a value is, little is held of it.
pub struct Output<'a> {
    buffer: Vec<u8>,
    sink: &'a mut dyn FnMut(&[u8]) -> io::Result<()>,
    result: io::Result<()>,
}

impl<'a> Output<'a> {
    pub fn new(sink: &'a mut dyn FnMut(&[u8]) -> io::Result<()>) -> Self {
        Self {
            buffer: Vec::new(),
            sink,
            result: Ok(()),
        }
    }

    /// Appends bytes.
    pub fn write(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
        self.pass_on();
    }

    /// Appends what the wire has an encoding for.
    pub fn encode<T: Encode>(&mut self, value: &T) {
        let start = self.buffer.len();
        self.buffer.resize(start + value.encoded_len(), 0);
        value.encode(&mut Encoder::new(&mut self.buffer[start..]));
        self.pass_on();
    }

    fn pass_on(&mut self) {
        if self.buffer.len() < CHUNK {
            return;
        }
        if self.result.is_ok() {
            self.result = (self.sink)(&self.buffer);
        }
        self.buffer.clear();
    }

    /// Passes on what is left.
    ///
    /// # Errors
    /// The first that the sink failed with.
    pub fn finish(mut self) -> io::Result<()> {
        self.result?;
        if self.buffer.is_empty() {
            return Ok(());
        }
        (self.sink)(&std::mem::take(&mut self.buffer))
    }
}

/// Types that are stored as they go over the wire.
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
    TimePoint,
    TimePointSec,
    WasmConfig,
);

/// Structs that are stored field by field. All fields must be named, so that none is forgotten.
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

stored_by_field! {
    TransactionReceipt { status, cpu_usage_us, net_usage_words }
}

impl Stored for Feature {
    fn store(&self, out: &mut Output<'_>) {
        self.digest.store(out);
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        let digest = Stored::restore(input)?;
        Self::by_digest(&digest).ok_or(Malformed("unknown protocol feature"))
    }
}

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
            _ => Err(Malformed("unknown status of a transaction")),
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

/// Reads a map, whose keys must ascend.
fn ascending<K: Stored + Ord + Clone, V: Clone>(
    input: &mut Decoder<'_>,
    value: impl Fn(&mut Decoder<'_>) -> Result<V, Malformed>,
) -> Result<OrdMap<K, V>, Malformed> {
    let mut map = OrdMap::new();
    for _ in 0..length(input)? {
        let key = K::restore(input)?;
        if map.get_max().is_some_and(|(last, _)| *last >= key) {
            return Err(Malformed("keys do not ascend"));
        }
        let value = value(input)?;
        map.insert(key, value);
    }
    Ok(map)
}

/// A number of items, each of which takes a byte at least.
fn length(input: &mut Decoder<'_>) -> Result<usize, Malformed> {
    let length = u64::restore(input)?;
    match usize::try_from(length) {
        Ok(length) if length <= input.rest().len() => Ok(length),
        _ => Err(Malformed("more items than there are bytes")),
    }
}
