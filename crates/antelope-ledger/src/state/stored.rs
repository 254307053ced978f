//! The encodings in files of those parts of the state that are not plain structs: maps, indexes and
//! floating-point keys.
//!
//! What can be computed from other fields is not written, and is built anew when a state is read.

use super::map::Map;
use super::{Float64, FloatBits128, IndexEntry, IndexKey, SecondaryIndex};
use crate::stored::{Malformed, Output, Stored, stored_by_field};
use antelope_types::Decoder;
use imbl::OrdMap;

stored_by_field! {
    IndexEntry<K: Stored> { number, key, payer }
}

/// The bits, as 8 bytes little-endian.
impl Stored for Float64 {
    fn store(&self, out: &mut Output<'_>) {
        self.0.store(out);
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        Ok(Self(u64::restore(input)?))
    }
}

/// The bits, as 16 bytes little-endian.
impl Stored for FloatBits128 {
    fn store(&self, out: &mut Output<'_>) {
        self.0.store(out);
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        Ok(Self(u128::restore(input)?))
    }
}

/// The entries by primary key, as a map.
impl<K: IndexKey + Stored + Clone> Stored for SecondaryIndex<K> {
    fn store(&self, out: &mut Output<'_>) {
        // The entries by secondary key follow from these.
        let Self {
            by_primary,
            by_key: _,
        } = self;
        by_primary.store(out);
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        let by_primary: Map<(u64, u64), IndexEntry<K>> = Stored::restore(input)?;
        let by_key = by_primary
            .iter()
            .map(|((table, primary), entry)| (*table, entry.key.order(), *primary))
            .collect();
        Ok(Self { by_primary, by_key })
    }
}

/// As the persistent map; the log for undo is not written, since files are only written between
/// transactions.
impl<K: Stored + Ord + Clone, V: Stored + Clone> Stored for Map<K, V> {
    fn store(&self, out: &mut Output<'_>) {
        (**self).store(out);
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        OrdMap::restore(input).map(Self::from)
    }
}
