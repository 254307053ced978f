//! Secondary keys: the types by which an index can be ordered, and their host functions.

use crate::{
    raw,
    types::{Checksum256, Float128, Name, Symbol, SymbolCode},
};
use core::cmp::Ordering;

/// A type that can be the key of a secondary index.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the key of a secondary index",
    note = "a method can compute one: #[table(\"name\", index(by_price: u128 = method))]"
)]
pub trait IndexKey {
    /// One of the five key types of the chain.
    type Raw: RawIndexKey;

    /// The key as the chain stores it.
    fn raw(&self) -> Self::Raw;

    /// Whether the chain stores both keys alike, so that the entry need not be written.
    #[doc(hidden)]
    #[inline]
    fn same(&self, other: &Self) -> bool {
        self.raw() == other.raw()
    }
}

/// Implements [`IndexKey`]: the type, the stored type, and the conversion.
macro_rules! index_key {
    ($($ty:ty => $raw:ty: $key:ident => $value:expr;)+) => {$(
        impl IndexKey for $ty {
            type Raw = $raw;

            #[inline(always)]
            fn raw(&self) -> $raw {
                let $key = *self;
                $value
            }
        }
    )+};
}

index_key! {
    u64 => u64: key => key;
    Name => u64: key => key.raw();
    Symbol => u64: key => key.raw();
    SymbolCode => u64: key => key.raw();
    u128 => u128: key => key;
    f64 => Double: key => Double(key);
    Float128 => LongDouble: key => LongDouble(key.to_bits());
}

/// The same for 256-bit keys, which are compared as bytes.
macro_rules! hash_key {
    ($($ty:ty: $key:ident => $bytes:expr;)+) => {$(
        impl IndexKey for $ty {
            type Raw = Words;

            #[inline(always)]
            fn raw(&self) -> Words {
                let $key = *self;
                Words::from($bytes)
            }

            /// As bytes: turning them into words costs more than comparing them.
            #[inline]
            fn same(&self, other: &Self) -> bool {
                self == other
            }
        }
    )+};
}

hash_key! {
    Checksum256: key => key.0;
    [u8; 32]: key => key;
}

/// A 256-bit key: two words, the more significant first, as CDT's `fixed_bytes` has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Words([u128; 2]);

impl From<[u8; 32]> for Words {
    fn from(bytes: [u8; 32]) -> Self {
        let mut words = [0; 4];
        for (word, bytes) in words.iter_mut().zip(bytes.as_chunks().0) {
            *word = swapped(u64::from_le_bytes(*bytes));
        }
        let [a, b, c, d] = words.map(u128::from);
        Self([a << 64 | b, c << 64 | d])
    }
}

/// The bytes of a word in reverse. WebAssembly has no instruction for it, so that it is dozens of
/// bytes; not inlined in a contract.
#[cfg_attr(target_os = "none", inline(never))]
fn swapped(word: u64) -> u64 {
    word.swap_bytes()
}

/// A 64-bit floating-point key; the chain refuses NaN.
#[derive(Clone, Copy, Debug)]
pub struct Double(f64);

/// By bits, as CDT compares keys to find out whether an entry has to be updated.
impl PartialEq for Double {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.0.to_bits() == other.0.to_bits()
    }
}

impl PartialOrd for Double {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.0.partial_cmp(&other.0)
    }
}

/// A 128-bit floating-point key, by its bits; the chain refuses NaN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LongDouble(u128);

impl PartialOrd for LongDouble {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        // Maps sign and magnitude to an unsigned number with the same order.
        let order = |bits: u128| match bits >> 127 {
            0 => bits | 1 << 127,
            _ => !bits,
        };
        Some(order(self.0).cmp(&order(other.0)))
    }
}

/// One of the five key types of the chain, with its ten host functions.
///
/// `code`, `scope` and `table` name the index. Iterators are the host's numbers: negative ones are
/// ends, −1 means that the index does not exist.
pub trait RawIndexKey: Copy + PartialOrd {
    /// The least key of all.
    const LEAST: Self;

    /// Adds an entry for a row.
    fn store(self, scope: u64, table: u64, payer: u64, primary: u64);
    /// Replaces the key of an entry.
    fn update(self, iterator: i32, payer: u64);
    /// Removes an entry.
    fn remove(iterator: i32);
    /// The entry of a row.
    fn find_primary(code: u64, scope: u64, table: u64, primary: u64) -> i32;
    /// The first row with this key, and its primary key.
    fn find(self, code: u64, scope: u64, table: u64) -> (i32, u64);
    /// The first row whose key is not less, and its primary key.
    fn lower_bound(self, code: u64, scope: u64, table: u64) -> (i32, u64);
    /// The first row whose key is greater, and its primary key.
    fn upper_bound(self, code: u64, scope: u64, table: u64) -> (i32, u64);
    /// The end of the index.
    fn end(code: u64, scope: u64, table: u64) -> i32;
    /// The row after `iterator`, and its primary key.
    fn next(iterator: i32) -> (i32, u64);
    /// The row before `iterator`, and its primary key.
    fn previous(iterator: i32) -> (i32, u64);
}

macro_rules! raw_index_key {
    (
        $ty:ty, $least:expr, $zero:expr, |$key:ident| $pass:expr, |$room:ident| $fill:expr,
        $store:ident $update:ident $remove:ident $find_primary:ident $find:ident
        $lower:ident $upper:ident $end:ident $next:ident $previous:ident
    ) => {
        impl RawIndexKey for $ty {
            const LEAST: Self = $least;

            #[inline]
            fn store(self, scope: u64, table: u64, payer: u64, primary: u64) {
                let $key = &self;
                raw::$store(scope, table, payer, primary, $pass);
            }

            #[inline]
            fn update(self, iterator: i32, payer: u64) {
                let $key = &self;
                raw::$update(iterator, payer, $pass);
            }

            #[inline]
            fn remove(iterator: i32) {
                raw::$remove(iterator);
            }

            #[inline]
            fn find_primary(code: u64, scope: u64, table: u64, primary: u64) -> i32 {
                let $room: &mut Self = &mut $zero;
                raw::$find_primary(code, scope, table, $fill, primary)
            }

            #[inline]
            fn find(self, code: u64, scope: u64, table: u64) -> (i32, u64) {
                let $key = &self;
                let mut primary = 0;
                (raw::$find(code, scope, table, $pass, &mut primary), primary)
            }

            #[inline]
            fn lower_bound(mut self, code: u64, scope: u64, table: u64) -> (i32, u64) {
                let $room = &mut self;
                let mut primary = 0;
                (
                    raw::$lower(code, scope, table, $fill, &mut primary),
                    primary,
                )
            }

            #[inline]
            fn upper_bound(mut self, code: u64, scope: u64, table: u64) -> (i32, u64) {
                let $room = &mut self;
                let mut primary = 0;
                (
                    raw::$upper(code, scope, table, $fill, &mut primary),
                    primary,
                )
            }

            #[inline]
            fn end(code: u64, scope: u64, table: u64) -> i32 {
                raw::$end(code, scope, table)
            }

            #[inline]
            fn next(iterator: i32) -> (i32, u64) {
                let mut primary = 0;
                (raw::$next(iterator, &mut primary), primary)
            }

            #[inline]
            fn previous(iterator: i32) -> (i32, u64) {
                let mut primary = 0;
                (raw::$previous(iterator, &mut primary), primary)
            }
        }
    };
}

raw_index_key! {
    u64, 0, 0, |key| key, |room| room,
    db_idx64_store db_idx64_update db_idx64_remove db_idx64_find_primary db_idx64_find_secondary
    db_idx64_lowerbound db_idx64_upperbound db_idx64_end db_idx64_next db_idx64_previous
}

raw_index_key! {
    u128, 0, 0, |key| key, |room| room,
    db_idx128_store db_idx128_update db_idx128_remove db_idx128_find_primary
    db_idx128_find_secondary db_idx128_lowerbound db_idx128_upperbound db_idx128_end
    db_idx128_next db_idx128_previous
}

raw_index_key! {
    Words, Words([0; 2]), Words([0; 2]), |key| &key.0, |room| &mut room.0,
    db_idx256_store db_idx256_update db_idx256_remove db_idx256_find_primary
    db_idx256_find_secondary db_idx256_lowerbound db_idx256_upperbound db_idx256_end
    db_idx256_next db_idx256_previous
}

raw_index_key! {
    Double, Double(f64::NEG_INFINITY), Double(0.0), |key| &key.0, |room| &mut room.0,
    db_idx_double_store db_idx_double_update db_idx_double_remove db_idx_double_find_primary
    db_idx_double_find_secondary db_idx_double_lowerbound db_idx_double_upperbound
    db_idx_double_end db_idx_double_next db_idx_double_previous
}

/// Sign and exponent of minus infinity.
const MINUS_INFINITY: u128 = 0xffff << 112;

raw_index_key! {
    LongDouble, LongDouble(MINUS_INFINITY), LongDouble(0), |key| &key.0, |room| &mut room.0,
    db_idx_long_double_store db_idx_long_double_update db_idx_long_double_remove
    db_idx_long_double_find_primary db_idx_long_double_find_secondary
    db_idx_long_double_lowerbound db_idx_long_double_upperbound db_idx_long_double_end
    db_idx_long_double_next db_idx_long_double_previous
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_big_endian_halves() {
        let bytes: [u8; 32] = core::array::from_fn(|at| at as u8 + 1);
        let half = |from: usize| {
            u128::from_be_bytes(bytes[from..from + 16].try_into().expect("sixteen bytes"))
        };
        assert_eq!(Words::from(bytes).0, [half(0), half(16)]);
        assert_eq!(Checksum256(bytes).raw(), bytes.raw());
    }

    #[test]
    fn hashes_are_compared_as_their_words_are() {
        let one = [7; 32];
        for at in [0, 15, 16, 31] {
            let mut other = one;
            other[at] ^= 1;
            assert!(one.same(&one) && !one.same(&other));
            assert!(one.raw() == one.raw() && one.raw() != other.raw());
        }
        // Not a number is itself, and the zeros differ: bits count.
        assert!(f64::NAN.same(&f64::NAN) && !0.0.same(&-0.0));
    }
}
