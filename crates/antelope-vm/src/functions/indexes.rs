//! Secondary indexes: ten functions for each of five key types, made by one macro.
//!
//! | prefix | key | in memory |
//! |---|---|---|
//! | `db_idx64` | `u64` | 8 bytes |
//! | `db_idx128` | `u128` | 16 bytes |
//! | `db_idx256` | two `u128`, the first more significant | an array of two, 32 bytes |
//! | `db_idx_double` | `f64` | 8 bytes; not NaN |
//! | `db_idx_long_double` | 128-bit float | 16 bytes; not NaN |
//!
//! An index is addressed by code, scope and table; an entry by an iterator, a number that is valid
//! during one action. Non-negative iterators are entries, -1 means that there is no index, and
//! numbers below -1 are ends of indexes. Errors of iterators are those of [`rows`](super::rows).

use super::super::arguments::{Item, Out, Slice, SliceMut};
use super::rows::moved;
use super::{Call, HostResult};
use antelope_ledger::state::{Float64, FloatBits128};
use antelope_ledger::transaction::{IndexCursor, Iterated};
use antelope_types::{Name, ensure};

/// A type of keys.
trait Key: Iterated {
    /// Fails for keys that have no place in the order of the index.
    fn check(&self) -> HostResult {
        Ok(())
    }
}

impl Key for u64 {}
impl Key for u128 {}
impl Key for [u128; 2] {}

impl Key for Float64 {
    /// `transaction_exception` for NaN.
    fn check(&self) -> HostResult {
        number(f64::from_bits(self.0).is_nan())
    }
}

impl Key for FloatBits128 {
    fn check(&self) -> HostResult {
        const INFINITY: u128 = 0x7fff << 112;
        number(self.0 & (u128::MAX >> 1) > INFINITY)
    }
}

/// Nodes' `secondary_key` precondition.
///
/// # Errors
/// `transaction_exception` (3040000).
fn number(nan: bool) -> HostResult {
    ensure!(
        !nan,
        Transaction,
        "NaN is not an allowed value for a secondary key"
    );
    Ok(())
}

/// A key as a function gets it: by value, by reference, or as an array.
trait KeyArgument<K> {
    /// The key itself.
    ///
    /// # Errors
    /// Where it is not a valid key.
    fn key(self, call: &Call<'_, '_>) -> HostResult<K>;
}

/// A place that is both argument and result: bounds are read from it, and the key that was found is
/// written to it.
trait Room<K>: KeyArgument<K> + Copy {
    /// Fails where it does not have the size of a key.
    fn check(self) -> HostResult {
        Ok(())
    }

    /// Writes a key.
    fn put(self, call: &mut Call<'_, '_>, key: K) -> HostResult;
}

impl<K: Key> KeyArgument<K> for K {
    fn key(self, _: &Call<'_, '_>) -> HostResult<K> {
        self.check()?;
        Ok(self)
    }
}

impl<K: Key + Item> KeyArgument<K> for Out<K> {
    fn key(self, call: &Call<'_, '_>) -> HostResult<K> {
        self.before(&call.memory)?.key(call)
    }
}

impl<K: Key + Item> Room<K> for Out<K> {
    fn put(self, call: &mut Call<'_, '_>, key: K) -> HostResult {
        call.memory.set(self, key)
    }
}

impl KeyArgument<[u128; 2]> for Slice<u128> {
    fn key(self, call: &Call<'_, '_>) -> HostResult<[u128; 2]> {
        two_words(self.count())?;
        call.memory.items(self)
    }
}

impl KeyArgument<[u128; 2]> for SliceMut<u128> {
    fn key(self, call: &Call<'_, '_>) -> HostResult<[u128; 2]> {
        self.before().key(call)
    }
}

impl Room<[u128; 2]> for SliceMut<u128> {
    fn check(self) -> HostResult {
        two_words(self.count())
    }

    fn put(self, call: &mut Call<'_, '_>, key: [u128; 2]) -> HostResult {
        call.memory
            .set_bytes(self, key.map(u128::to_le_bytes).as_flattened())
    }
}

/// Tests the length of a 256-bit key in 16-byte words. The text says bytes, as the text of nodes
/// does.
///
/// # Errors
/// `db_api_exception` (3230002).
fn two_words(words: u32) -> HostResult {
    ensure!(
        words == 2,
        DbApi,
        "invalid size of secondary key array for idx256: given {words} bytes but expected 2 bytes"
    );
    Ok(())
}

/// Writes the primary and the secondary key of an entry that was found, in this order, and returns
/// its iterator. Where nothing was found, memory stays as it is.
fn found<K>(
    call: &mut Call<'_, '_>,
    (iterator, found): IndexCursor<K>,
    secondary: Option<impl Room<K>>,
    primary: Option<Out<u64>>,
) -> HostResult<i32> {
    if let Some((key, id)) = found {
        if let Some(at) = primary {
            call.memory.set(at, id)?;
        }
        if let Some(at) = secondary {
            at.put(call, key)?;
        }
    }
    Ok(iterator)
}

/// The ten functions of one key type: the type, how it is given, where it is put, what reading it
/// costs beyond the call in instructions, and the names of the functions.
macro_rules! index {
    ($module:ident: $key:ty, $given:ty, $room:ty, $work:literal;
     $store:ident $update:ident $remove:ident $find_secondary:ident $find_primary:ident
     $lower:ident $upper:ident $end:ident $next:ident $previous:ident) => {
        pub(super) mod $module {
            use super::*;

            /// The place for a key of this type.
            type At = $room;

            /// Adds an entry for the row `id`, in the receiver's table. Returns its iterator. A
            /// missing payer fails with `invalid_table_payer` (3160001).
            ///
            /// Adding a second entry for the same row is an error. The RAM of an entry depends on
            /// the key type and is billed to the payer.
            pub(in super::super) fn $store(
                call: &mut Call<'_, '_>,
                scope: u64,
                table: Name,
                payer: Name,
                id: u64,
                secondary: $given,
            ) -> HostResult<i32> {
                call.work($work)?;
                let key: $key = secondary.key(call)?;
                let scope = Name::from_raw(scope);
                call.context.index_store(scope, table, payer, id, key)
            }

            /// Replaces the key of an entry; an empty payer keeps the old payer.
            ///
            /// # Errors
            /// 3160002 for another contract's index, 3160003 or 3160005 for an iterator that is not
            /// an entry.
            pub(in super::super) fn $update(
                call: &mut Call<'_, '_>,
                iterator: i32,
                payer: Name,
                secondary: $given,
            ) -> HostResult {
                call.work($work)?;
                let key: $key = secondary.key(call)?;
                call.context.index_update(iterator, payer, key)
            }

            /// Removes an entry and gives its RAM back to the payer.
            ///
            /// # Errors
            /// As for the update.
            pub(in super::super) fn $remove(call: &mut Call<'_, '_>, iterator: i32) -> HostResult {
                call.context.index_remove::<$key>(iterator)
            }

            /// The first entry with exactly this key; writes its primary key.
            ///
            /// Without such an entry the end of the index, without the index -1.
            pub(in super::super) fn $find_secondary(
                call: &mut Call<'_, '_>,
                code: Name,
                scope: u64,
                table: Name,
                secondary: $given,
                primary: Out<u64>,
            ) -> HostResult<i32> {
                call.work($work)?;
                let key: $key = secondary.key(call)?;
                let scope = Name::from_raw(scope);
                let place = call.context.index_find(code, scope, table, key);
                found(call, place, None::<At>, Some(primary))
            }

            /// The entry of a row; writes its secondary key.
            ///
            /// Without such an entry the end of the index, without the index -1.
            pub(in super::super) fn $find_primary(
                call: &mut Call<'_, '_>,
                code: Name,
                scope: u64,
                table: Name,
                secondary: $room,
                primary: u64,
            ) -> HostResult<i32> {
                Room::check(secondary)?;
                let scope = Name::from_raw(scope);
                let place = call
                    .context
                    .index_find_primary::<$key>(code, scope, table, primary);
                found(call, place, Some(secondary), None)
            }

            /// The first entry not less than the key; writes both keys.
            ///
            /// Without such an entry the end of the index, without the index -1; the places are
            /// then left as they are.
            pub(in super::super) fn $lower(
                call: &mut Call<'_, '_>,
                code: Name,
                scope: u64,
                table: Name,
                secondary: $room,
                primary: Out<u64>,
            ) -> HostResult<i32> {
                call.work($work)?;
                let key: $key = secondary.key(call)?;
                let scope = Name::from_raw(scope);
                let place = call.context.index_lower_bound(code, scope, table, key);
                found(call, place, Some(secondary), Some(primary))
            }

            /// The first entry greater than the key; writes both keys.
            ///
            /// Without such an entry the end of the index, without the index -1; the places are
            /// then left as they are.
            pub(in super::super) fn $upper(
                call: &mut Call<'_, '_>,
                code: Name,
                scope: u64,
                table: Name,
                secondary: $room,
                primary: Out<u64>,
            ) -> HostResult<i32> {
                call.work($work)?;
                let key: $key = secondary.key(call)?;
                let scope = Name::from_raw(scope);
                let place = call.context.index_upper_bound(code, scope, table, key);
                found(call, place, Some(secondary), Some(primary))
            }

            /// The end of the index.
            ///
            /// Without the index, -1.
            pub(in super::super) fn $end(
                call: &mut Call<'_, '_>,
                code: Name,
                scope: u64,
                table: Name,
            ) -> HostResult<i32> {
                let scope = Name::from_raw(scope);
                Ok(call.context.index_end::<$key>(code, scope, table))
            }

            /// The entry after this one, or the end; writes its primary key.
            ///
            /// # Errors
            /// 3160003, 3160005.
            pub(in super::super) fn $next(
                call: &mut Call<'_, '_>,
                iterator: i32,
                primary: Out<u64>,
            ) -> HostResult<i32> {
                let place = call.context.index_next::<$key>(iterator)?;
                moved(call, primary, place)
            }

            /// The entry before this one, or -1 before the first; writes its primary key.
            ///
            /// # Errors
            /// 3160003, 3160005.
            pub(in super::super) fn $previous(
                call: &mut Call<'_, '_>,
                iterator: i32,
                primary: Out<u64>,
            ) -> HostResult<i32> {
                let place = call.context.index_previous::<$key>(iterator)?;
                moved(call, primary, place)
            }
        }
    };
}

index! { db_idx64: u64, u64, Out<u64>, 0;
    db_idx64_store db_idx64_update db_idx64_remove
    db_idx64_find_secondary db_idx64_find_primary
    db_idx64_lowerbound db_idx64_upperbound db_idx64_end db_idx64_next db_idx64_previous
}
index! { db_idx128: u128, u128, Out<u128>, 0;
    db_idx128_store db_idx128_update db_idx128_remove
    db_idx128_find_secondary db_idx128_find_primary
    db_idx128_lowerbound db_idx128_upperbound db_idx128_end db_idx128_next db_idx128_previous
}
index! { db_idx256: [u128; 2], Slice<u128>, SliceMut<u128>, 150;
    db_idx256_store db_idx256_update db_idx256_remove
    db_idx256_find_secondary db_idx256_find_primary
    db_idx256_lowerbound db_idx256_upperbound db_idx256_end db_idx256_next db_idx256_previous
}
index! { db_idx_double: Float64, Float64, Out<Float64>, 0;
    db_idx_double_store db_idx_double_update db_idx_double_remove
    db_idx_double_find_secondary db_idx_double_find_primary
    db_idx_double_lowerbound db_idx_double_upperbound db_idx_double_end
    db_idx_double_next db_idx_double_previous
}
index! { db_idx_long_double: FloatBits128, FloatBits128, Out<FloatBits128>, 0;
    db_idx_long_double_store db_idx_long_double_update db_idx_long_double_remove
    db_idx_long_double_find_secondary db_idx_long_double_find_primary
    db_idx_long_double_lowerbound db_idx_long_double_upperbound db_idx_long_double_end
    db_idx_long_double_next db_idx_long_double_previous
}
