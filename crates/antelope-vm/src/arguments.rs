//! Arguments of host functions: values and places in the contract's memory, checked before the
//! call.
//!
//! `linkage` turns the numbers that cross the border into these types. A [`Slice`], [`SliceMut`] or
//! [`Out`] can only be made by a check against the memory, so that a host function which has one
//! cannot fail for its address any more. They hold an address and not a reference: the memory is
//! borrowed anew for each access, so that a function may read one argument while it writes another.
//!
//! The checks, their order and their texts are those of `basic_type_converter` in nodes'
//! `webassembly/common.hpp` and of EOS VM's `execution_interface`.

use super::memory::{Memory, violation};
use antelope_ledger::state::{Float64, FloatBits128};
use antelope_types::{ChainError, Name, ensure};
use std::marker::PhantomData;
use std::ops::Range;

/// A value of fixed size, little-endian in memory.
pub(super) trait Item: Copy {
    /// Its bytes as an array.
    type Bytes: AsRef<[u8]> + for<'a> TryFrom<&'a [u8]>;
    /// Their number.
    const SIZE: usize = size_of::<Self::Bytes>();
    /// The alignment of the C++ type. A result at another address is written when the function has
    /// ended; see [`Memory::place`].
    const ALIGN: u32 = Self::SIZE as u32;

    /// The value of these bytes.
    fn of(bytes: Self::Bytes) -> Self;
    /// The bytes of this value.
    fn bytes(self) -> Self::Bytes;
}

/// Implements [`Item`] for numbers: the type, its size in bytes, and the two conversions.
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

/// A hash: its bytes as they are. In C++ it is an array of 64-bit words, or of 32-bit words where
/// the size is not a multiple of 8 (SHA-1 and RIPEMD-160, 20 bytes), which decides its alignment.
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

/// An array that a function reads: nodes' `span<const T>` and `legacy_span<const T>`.
#[derive(Clone, Copy)]
pub(super) struct Slice<T> {
    /// The address of the first item.
    at: u32,
    /// The number of items, not of bytes.
    count: u32,
    item: PhantomData<T>,
}

/// An array that a function writes: nodes' `span<T>` and `legacy_span<T>`.
#[derive(Clone, Copy)]
pub(super) struct SliceMut<T> {
    slice: Slice<T>,
    /// Which argument it is; see [`Memory::rank`].
    rank: u32,
}

/// The place of one result: nodes' `legacy_ptr<T>`.
#[derive(Clone, Copy)]
pub(super) struct Out<T> {
    at: u32,
    rank: u32,
    item: PhantomData<T>,
}

/// An unchecked address, for `memcpy` and its like, which check it together with a length.
#[derive(Clone, Copy)]
pub(super) struct Address(pub(super) u32);

impl<T: Item> Slice<T> {
    /// Checks an array of `count` items.
    ///
    /// # Errors
    /// `wasm_execution_error`: a system failure where its size in bytes exceeds 32 bits, else
    /// "access violation" where any of it lies outside the memory.
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

    /// Number of items.
    pub(super) fn count(self) -> u32 {
        self.count
    }

    /// Size in bytes, which [`take`](Self::take) has found to fit 32 bits.
    fn size(self) -> u32 {
        self.count * T::SIZE as u32
    }

    /// The bytes it occupies, for [`disjoint`]. 64-bit, so that the end cannot overflow.
    pub(super) fn range(self) -> Range<u64> {
        let start = u64::from(self.at);
        start..start + u64::from(self.size())
    }
}

impl Slice<u8> {
    /// Checks a C string: the bytes up to the next zero.
    ///
    /// # Errors
    /// "access violation" where there is none before the end of the memory.
    pub(super) fn text(memory: &Memory<'_>, at: u32) -> Result<Self, ChainError> {
        let count = memory.text(at)?.len() as u32;
        let item = PhantomData;
        Ok(Self { at, count, item })
    }
}

impl<T: Item> SliceMut<T> {
    /// Checks an array to be written; fails as [`Slice::take`] does.
    pub(super) fn take(memory: &Memory<'_>, at: u32, count: u32) -> Result<Self, ChainError> {
        let slice = Slice::take(memory, at, count)?;
        let rank = memory.rank();
        Ok(Self { slice, rank })
    }

    /// Its items before the function writes them: keys of 256 bits are both argument and result.
    pub(super) fn before(self) -> Slice<T> {
        self.slice
    }

    /// Number of items.
    pub(super) fn count(self) -> u32 {
        self.slice.count
    }

    /// The bytes it occupies.
    pub(super) fn range(self) -> Range<u64> {
        self.slice.range()
    }
}

impl<T: Item> Out<T> {
    /// Checks the place of one result; fails as [`one`] does.
    pub(super) fn take(memory: &Memory<'_>, at: u32) -> Result<Self, ChainError> {
        one::<T>(memory, at)?;
        let rank = memory.rank();
        let item = PhantomData;
        Ok(Self { at, rank, item })
    }

    /// The value there before the function writes: keys of bounds are both argument and result.
    pub(super) fn before(self, memory: &Memory<'_>) -> Result<T, ChainError> {
        one(memory, self.at)
    }
}

/// Reads the value at an address.
///
/// # Errors
/// `wasm_execution_error`: "references cannot be created for null pointers" for address 0, even
/// though it is valid memory; "access violation" outside the memory.
pub(super) fn one<T: Item>(memory: &Memory<'_>, at: u32) -> Result<T, ChainError> {
    ensure!(
        at != 0,
        WasmExecutionError,
        "references cannot be created for null pointers"
    );
    item(memory.read(at, T::SIZE as u32)?)
}

/// A value of exactly as many bytes as it has; other lengths do not occur.
fn item<T: Item>(bytes: &[u8]) -> Result<T, ChainError> {
    T::Bytes::try_from(bytes)
        .map(T::of)
        .map_err(|_| violation())
}

/// Tests that no two arguments share a byte: nodes' `core_precondition` with `is_aliasing`. Empty
/// ranges share none.
///
/// # Errors
/// `wasm_exception` (3070000) "pointers not allowed to alias".
pub(super) fn disjoint(places: &[Range<u64>]) -> Result<(), ChainError> {
    for (index, left) in places.iter().enumerate() {
        for right in &places[index + 1..] {
            let shared = left.start.max(right.start) < left.end.min(right.end);
            ensure!(!shared, Wasm, "pointers not allowed to alias");
        }
    }
    Ok(())
}

/// Access through checked arguments.
impl Memory<'_> {
    /// The bytes of an array. The default covers nothing: the range was checked, and memory does
    /// not shrink during a call.
    pub(super) fn bytes(&self, slice: Slice<u8>) -> &[u8] {
        self.read(slice.at, slice.count).unwrap_or_default()
    }

    /// The bytes of an array to write.
    pub(super) fn bytes_mut(&mut self, slice: SliceMut<u8>) -> &mut [u8] {
        self.write(slice.slice.at, slice.count())
            .unwrap_or_default()
    }

    /// The first `N` items of an array.
    ///
    /// # Errors
    /// "access violation" where the array is shorter and the memory ends there.
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

    /// Copies as many bytes as fit, and returns how many those were.
    pub(super) fn fill(&mut self, slice: SliceMut<u8>, bytes: &[u8]) -> u32 {
        let room = self.bytes_mut(slice);
        let count = bytes.len().min(room.len());
        room[..count].copy_from_slice(&bytes[..count]);
        count as u32
    }

    /// As [`fill`](Self::fill); for an array of length 0, returns the number of bytes there are.
    /// Contracts call such functions twice, first to learn the size.
    pub(super) fn fill_or_size(&mut self, slice: SliceMut<u8>, bytes: &[u8]) -> u32 {
        if slice.count() == 0 {
            return bytes.len() as u32;
        }
        self.fill(slice, bytes)
    }

    /// Copies all bytes if they fit, else none; returns their number either way.
    pub(super) fn fill_whole(&mut self, slice: SliceMut<u8>, bytes: &[u8]) -> u32 {
        if let Some(room) = self.bytes_mut(slice).get_mut(..bytes.len()) {
            room.copy_from_slice(bytes);
        }
        bytes.len() as u32
    }

    /// Writes a result: at once at an aligned address, else when the function has ended.
    ///
    /// # Errors
    /// See [`Memory::place`].
    pub(super) fn set<T: Item>(&mut self, out: Out<T>, value: T) -> Result<(), ChainError> {
        self.place(out.rank, out.at, T::ALIGN, value.bytes().as_ref())
    }

    /// Writes bytes from the first item on, with the alignment of an item.
    ///
    /// # Errors
    /// See [`Memory::place`].
    pub(super) fn set_bytes<T: Item>(
        &mut self,
        slice: SliceMut<T>,
        bytes: &[u8],
    ) -> Result<(), ChainError> {
        self.place(slice.rank, slice.slice.at, T::ALIGN, bytes)
    }
}
