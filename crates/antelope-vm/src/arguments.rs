//! What host functions are called with: places in memory that were looked at before the call.

use super::memory::{Memory, violation};
use antelope_ledger::state::{Float64, FloatBits128};
use antelope_types::{ChainError, Name, ensure};
use std::marker::PhantomData;
use std::ops::Range;

/// A value as it lies in memory.
pub(super) trait Item: Copy {
    /// Its bytes.
    type Bytes: AsRef<[u8]> + for<'a> TryFrom<&'a [u8]>;
    /// How many they are.
    const SIZE: usize = size_of::<Self::Bytes>();
    /// What its address is a multiple of in C++.
    const ALIGN: u32 = Self::SIZE as u32;

    fn of(bytes: Self::Bytes) -> Self;
    fn bytes(self) -> Self::Bytes;
}

macro_rules! items {
    ($($type:ty: $size:literal, $of:expr, $bytes:expr;)*) => {
        $(impl Item for $type {
            type Bytes = [u8; $size];

            fn of(bytes: [u8; $size]) -> Self {
                $of(bytes)
            }

            fn bytes(self) -> [u8; $size] {
                $bytes(self)
            }
        })*
    };
}

items! {
    u8: 1, Self::from_le_bytes, Self::to_le_bytes;
    u64: 8, Self::from_le_bytes, Self::to_le_bytes;
    i64: 8, Self::from_le_bytes, Self::to_le_bytes;
    u128: 16, Self::from_le_bytes, Self::to_le_bytes;
    i128: 16, Self::from_le_bytes, Self::to_le_bytes;
    Name: 8, |bytes| Self::from_raw(u64::from_le_bytes(bytes)), |name: Self| name.raw().to_le_bytes();
    Float64: 8, |bytes| Self(u64::from_le_bytes(bytes)), |key: Self| key.0.to_le_bytes();
    FloatBits128: 16, |bytes| Self(u128::from_le_bytes(bytes)), |key: Self| key.0.to_le_bytes();
}

/// A hash, which C++ has as words of 64 bits, or of 32 where they do not fit.
impl<const N: usize> Item for [u8; N] {
    type Bytes = Self;
    const ALIGN: u32 = if N.is_multiple_of(8) { 8 } else { 4 };

    fn of(bytes: Self) -> Self {
        bytes
    }

    fn bytes(self) -> Self {
        self
    }
}

/// Values one after another that a function reads.
#[derive(Clone, Copy)]
pub(super) struct Slice<T> {
    at: u32,
    count: u32,
    item: PhantomData<T>,
}

/// Values one after another that a function writes.
#[derive(Clone, Copy)]
pub(super) struct SliceMut<T> {
    slice: Slice<T>,
    rank: u32,
}

/// Where a function writes one value.
#[derive(Clone, Copy)]
pub(super) struct Out<T> {
    at: u32,
    rank: u32,
    item: PhantomData<T>,
}

/// An address that a function checks together with a length.
#[derive(Clone, Copy)]
pub(super) struct Address(pub(super) u32);

impl<T: Item> Slice<T> {
    pub(super) fn take(memory: &Memory<'_>, at: u32, count: u32) -> Result<Self, ChainError> {
        let bytes = u64::from(count) * T::SIZE as u64;
        ensure!(
            bytes <= u64::from(u32::MAX),
            WasmExecutionError,
            "eos-vm system failure"
        );
        memory.read(at, bytes as u32)?;
        let item = PhantomData;
        Ok(Self { at, count, item })
    }

    /// How many there are.
    pub(super) fn count(self) -> u32 {
        self.count
    }

    fn size(self) -> u32 {
        self.count * T::SIZE as u32
    }

    /// The bytes it takes, as functions that demand distance compare them.
    pub(super) fn range(self) -> Range<u64> {
        let start = u64::from(self.at);
        start..start + u64::from(self.size())
    }
}

impl Slice<u8> {
    pub(super) fn text(memory: &Memory<'_>, at: u32) -> Result<Self, ChainError> {
        let count = memory.text(at)?.len() as u32;
        let item = PhantomData;
        Ok(Self { at, count, item })
    }
}

impl<T: Item> SliceMut<T> {
    pub(super) fn take(memory: &Memory<'_>, at: u32, count: u32) -> Result<Self, ChainError> {
        let slice = Slice::take(memory, at, count)?;
        let rank = memory.rank();
        Ok(Self { slice, rank })
    }

    /// What is there before it is written.
    pub(super) fn before(self) -> Slice<T> {
        self.slice
    }

    pub(super) fn count(self) -> u32 {
        self.slice.count
    }

    pub(super) fn range(self) -> Range<u64> {
        self.slice.range()
    }
}

impl<T: Item> Out<T> {
    pub(super) fn take(memory: &Memory<'_>, at: u32) -> Result<Self, ChainError> {
        one::<T>(memory, at)?;
        let rank = memory.rank();
        let item = PhantomData;
        Ok(Self { at, rank, item })
    }

    /// What is there before it is written.
    pub(super) fn before(self, memory: &Memory<'_>) -> Result<T, ChainError> {
        one(memory, self.at)
    }
}

/// The value at an address, which must not be 0.
pub(super) fn one<T: Item>(memory: &Memory<'_>, at: u32) -> Result<T, ChainError> {
    ensure!(
        at != 0,
        WasmExecutionError,
        "references cannot be created for null pointers"
    );
    item(memory.read(at, T::SIZE as u32)?)
}

fn item<T: Item>(bytes: &[u8]) -> Result<T, ChainError> {
    T::Bytes::try_from(bytes)
        .map(T::of)
        .map_err(|_| violation())
}

/// Fails where two of the places share a byte.
pub(super) fn disjoint(places: &[Range<u64>]) -> Result<(), ChainError> {
    for (index, left) in places.iter().enumerate() {
        for right in &places[index + 1..] {
            let shared = left.start.max(right.start) < left.end.min(right.end);
            ensure!(!shared, Wasm, "pointers not allowed to alias");
        }
    }
    Ok(())
}

/// Places that were looked at can be used.
impl Memory<'_> {
    pub(super) fn bytes(&self, slice: Slice<u8>) -> &[u8] {
        self.read(slice.at, slice.count).unwrap_or_default()
    }

    pub(super) fn bytes_mut(&mut self, slice: SliceMut<u8>) -> &mut [u8] {
        self.write(slice.slice.at, slice.count())
            .unwrap_or_default()
    }

    /// The items, as many as are asked for.
    pub(super) fn items<T: Item, const N: usize>(
        &self,
        slice: Slice<T>,
    ) -> Result<[T; N], ChainError> {
        let bytes = self.read(slice.at, (N * T::SIZE) as u32)?;
        let mut items = bytes.chunks_exact(T::SIZE).map(item);
        let mut out = [item(&bytes[..T::SIZE])?; N];
        for place in &mut out {
            *place = items.next().ok_or_else(violation)??;
        }
        Ok(out)
    }

    /// Copies as much as there is room for; how much that was.
    pub(super) fn fill(&mut self, slice: SliceMut<u8>, bytes: &[u8]) -> u32 {
        let room = self.bytes_mut(slice);
        let count = bytes.len().min(room.len());
        room[..count].copy_from_slice(&bytes[..count]);
        count as u32
    }

    /// As [`fill`](Self::fill), but for no room at all: then how much there is.
    pub(super) fn fill_or_size(&mut self, slice: SliceMut<u8>, bytes: &[u8]) -> u32 {
        if slice.count() == 0 {
            return bytes.len() as u32;
        }
        self.fill(slice, bytes)
    }

    /// Copies all if there is room for it; how much there is.
    pub(super) fn fill_whole(&mut self, slice: SliceMut<u8>, bytes: &[u8]) -> u32 {
        if let Some(room) = self.bytes_mut(slice).get_mut(..bytes.len()) {
            room.copy_from_slice(bytes);
        }
        bytes.len() as u32
    }

    /// Writes a value; where its address is not aligned, when the function has ended.
    pub(super) fn set<T: Item>(&mut self, out: Out<T>, value: T) -> Result<(), ChainError> {
        self.place(out.rank, out.at, T::ALIGN, value.bytes().as_ref())
    }

    /// Writes so many bytes from the first item on.
    pub(super) fn set_bytes<T: Item>(
        &mut self,
        slice: SliceMut<T>,
        bytes: &[u8],
    ) -> Result<(), ChainError> {
        self.place(slice.rank, slice.slice.at, T::ALIGN, bytes)
    }
}
