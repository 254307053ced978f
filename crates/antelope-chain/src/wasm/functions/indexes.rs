//! Secondary indexes, by iterators: one set of functions for each type of key.

use super::super::call::Call;
use super::super::memory::Memory;
use super::rows::moved;
use super::{Link, host};
use crate::error::{ChainError, ensure};
use crate::state::{Float64, FloatBits128};
use crate::transaction::{Iterated, Place};
use antelope_types::Name;

/// A type of keys as it lies in memory.
trait Key: Iterated {
    fn read(memory: &Memory<'_>, at: u32) -> Result<Self, ChainError>;
    fn write(self, memory: &mut Memory<'_>, at: u32) -> Result<(), ChainError>;

    /// Fails for keys that cannot be ordered.
    fn check(&self) -> Result<(), ChainError> {
        Ok(())
    }
}

macro_rules! integers {
    ($($type:ty),*) => {
        $(impl Key for $type {
            fn read(memory: &Memory<'_>, at: u32) -> Result<Self, ChainError> {
                Ok(Self::from_le_bytes(memory.array(at)?))
            }

            fn write(self, memory: &mut Memory<'_>, at: u32) -> Result<(), ChainError> {
                memory.put(at, &self.to_le_bytes())
            }
        })*
    };
}

integers!(u64, u128);

impl Key for [u128; 2] {
    fn read(memory: &Memory<'_>, at: u32) -> Result<Self, ChainError> {
        let bytes: [u8; 32] = memory.array(at)?;
        let word = |from: usize| {
            let mut word = [0; 16];
            word.copy_from_slice(&bytes[from..from + 16]);
            u128::from_le_bytes(word)
        };
        Ok([word(0), word(16)])
    }

    fn write(self, memory: &mut Memory<'_>, at: u32) -> Result<(), ChainError> {
        memory.put(at, &self.map(u128::to_le_bytes).concat())
    }
}

impl Key for Float64 {
    fn read(memory: &Memory<'_>, at: u32) -> Result<Self, ChainError> {
        u64::read(memory, at).map(Self)
    }

    fn write(self, memory: &mut Memory<'_>, at: u32) -> Result<(), ChainError> {
        self.0.write(memory, at)
    }

    fn check(&self) -> Result<(), ChainError> {
        number(f64::from_bits(self.0).is_nan())
    }
}

impl Key for FloatBits128 {
    fn read(memory: &Memory<'_>, at: u32) -> Result<Self, ChainError> {
        u128::read(memory, at).map(Self)
    }

    fn write(self, memory: &mut Memory<'_>, at: u32) -> Result<(), ChainError> {
        self.0.write(memory, at)
    }

    fn check(&self) -> Result<(), ChainError> {
        const INFINITY: u128 = 0x7fff << 112;
        number(self.0 & (u128::MAX >> 1) > INFINITY)
    }
}

fn number(nan: bool) -> Result<(), ChainError> {
    ensure!(
        !nan,
        Transaction,
        "NaN is not an allowed value for a secondary key"
    );
    Ok(())
}

fn key<K: Key>(call: &Call<'_, '_>, at: u32) -> Result<K, ChainError> {
    let key = K::read(&call.memory, at)?;
    key.check()?;
    Ok(key)
}

/// Tells what was found; the key only where it was not what was looked for.
fn found<K: Key>(
    call: &mut Call<'_, '_>,
    (iterator, found): Place<K>,
    secondary: Option<u32>,
    primary: Option<u32>,
) -> Result<i32, ChainError> {
    if let Some((key, id)) = found {
        if let Some(at) = primary {
            call.memory.put(at, &id.to_le_bytes())?;
        }
        if let Some(at) = secondary {
            key.write(&mut call.memory, at)?;
        }
    }
    Ok(iterator)
}

/// The functions of one type of keys. An array of keys has its length with its pointer, and a
/// check of that length.
macro_rules! index {
    ($link:ident: $type:ty $(, $length:ident = $check:ident)?;
     $store:ident $update:ident $remove:ident $find_secondary:ident $find_primary:ident
     $lower:ident $upper:ident $end:ident $next:ident $previous:ident) => {
        host! { $link:
            $store(
                call, scope: u64, table: u64, payer: u64, id: u64, secondary: u32 $(, $length: u32)?
            ) -> i32 {
                call.with_context()?;
                $($check($length)?;)?
                let key = key::<$type>(call, secondary)?;
                let [scope, table, payer] = [scope, table, payer].map(Name::from_raw);
                call.context.index_store(scope, table, payer, id, key)
            }
            $update(call, iterator: i32, payer: u64, secondary: u32 $(, $length: u32)?) {
                call.with_context()?;
                $($check($length)?;)?
                let key = key::<$type>(call, secondary)?;
                call.context.index_update(iterator, Name::from_raw(payer), key)
            }
            $remove(call, iterator: i32) {
                call.with_context()?;
                call.context.index_remove::<$type>(iterator)
            }
            $find_secondary(
                call, code: u64, scope: u64, table: u64, secondary: u32 $(, $length: u32)?,
                primary: u32
            ) -> i32 {
                call.with_context()?;
                $($check($length)?;)?
                let key = key::<$type>(call, secondary)?;
                let [code, scope, table] = [code, scope, table].map(Name::from_raw);
                let place = call.context.index_find(code, scope, table, key);
                found(call, place, None, Some(primary))
            }
            $find_primary(
                call, code: u64, scope: u64, table: u64, secondary: u32 $(, $length: u32)?,
                primary: u64
            ) -> i32 {
                call.with_context()?;
                $($check($length)?;)?
                let [code, scope, table] = [code, scope, table].map(Name::from_raw);
                let place = call.context.index_find_primary::<$type>(code, scope, table, primary);
                found(call, place, Some(secondary), None)
            }
            $lower(
                call, code: u64, scope: u64, table: u64, secondary: u32 $(, $length: u32)?,
                primary: u32
            ) -> i32 {
                call.with_context()?;
                $($check($length)?;)?
                let key = key::<$type>(call, secondary)?;
                let [code, scope, table] = [code, scope, table].map(Name::from_raw);
                let place = call.context.index_lower_bound(code, scope, table, key);
                found(call, place, Some(secondary), Some(primary))
            }
            $upper(
                call, code: u64, scope: u64, table: u64, secondary: u32 $(, $length: u32)?,
                primary: u32
            ) -> i32 {
                call.with_context()?;
                $($check($length)?;)?
                let key = key::<$type>(call, secondary)?;
                let [code, scope, table] = [code, scope, table].map(Name::from_raw);
                let place = call.context.index_upper_bound(code, scope, table, key);
                found(call, place, Some(secondary), Some(primary))
            }
            $end(call, code: u64, scope: u64, table: u64) -> i32 {
                call.with_context()?;
                let [code, scope, table] = [code, scope, table].map(Name::from_raw);
                Ok(call.context.index_end::<$type>(code, scope, table))
            }
            $next(call, iterator: i32, primary: u32) -> i32 {
                call.with_context()?;
                let place = call.context.index_next::<$type>(iterator)?;
                moved(call, primary, place)
            }
            $previous(call, iterator: i32, primary: u32) -> i32 {
                call.with_context()?;
                let place = call.context.index_previous::<$type>(iterator)?;
                moved(call, primary, place)
            }
        }
    };
}

pub(super) fn link(link: &mut Link<'_>) -> wasmtime::Result<()> {
    index! { link: u64;
        db_idx64_store db_idx64_update db_idx64_remove
        db_idx64_find_secondary db_idx64_find_primary
        db_idx64_lowerbound db_idx64_upperbound db_idx64_end db_idx64_next db_idx64_previous
    }
    index! { link: u128;
        db_idx128_store db_idx128_update db_idx128_remove
        db_idx128_find_secondary db_idx128_find_primary
        db_idx128_lowerbound db_idx128_upperbound db_idx128_end db_idx128_next db_idx128_previous
    }
    index! { link: [u128; 2], length = two_words;
        db_idx256_store db_idx256_update db_idx256_remove
        db_idx256_find_secondary db_idx256_find_primary
        db_idx256_lowerbound db_idx256_upperbound db_idx256_end db_idx256_next db_idx256_previous
    }
    index! { link: Float64;
        db_idx_double_store db_idx_double_update db_idx_double_remove
        db_idx_double_find_secondary db_idx_double_find_primary
        db_idx_double_lowerbound db_idx_double_upperbound db_idx_double_end
        db_idx_double_next db_idx_double_previous
    }
    index! { link: FloatBits128;
        db_idx_long_double_store db_idx_long_double_update db_idx_long_double_remove
        db_idx_long_double_find_secondary db_idx_long_double_find_primary
        db_idx_long_double_lowerbound db_idx_long_double_upperbound db_idx_long_double_end
        db_idx_long_double_next db_idx_long_double_previous
    }
    Ok(())
}

/// Keys of 256 bits are two words, which nodes call bytes here.
fn two_words(words: u32) -> Result<(), ChainError> {
    ensure!(
        words == 2,
        DbApi,
        "invalid size of secondary key array for idx256: given {words} bytes but expected 2 bytes"
    );
    Ok(())
}
