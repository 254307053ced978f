//! The encodings of what is not a plain struct: maps, indexes and floating-point keys.

use super::map::Map;
use super::{Float64, FloatBits128, IndexEntry, IndexKey, SecondaryIndex};
use crate::stored::{Malformed, Output, Stored, stored_by_field};
use antelope_types::Decoder;
use imbl::OrdMap;

stored_by_field! {
    IndexEntry<K: Stored> { key, payer }
}

impl Stored for Float64 {
    fn store(&self, out: &mut Output<'_>) {
        self.0.store(out);
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        Ok(Self(u64::restore(input)?))
    }
}

impl Stored for FloatBits128 {
    fn store(&self, out: &mut Output<'_>) {
        self.0.store(out);
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        Ok(Self(u128::restore(input)?))
    }
}

impl<K: IndexKey + Stored + Clone> Stored for SecondaryIndex<K> {
    fn store(&self, out: &mut Output<'_>) {
        // The order of keys follows from the entries.
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

impl<K: Stored + Ord + Clone, V: Stored + Clone> Stored for Map<K, V> {
    fn store(&self, out: &mut Output<'_>) {
        (**self).store(out);
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        OrdMap::restore(input).map(Self::from)
    }
}
