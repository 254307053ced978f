//! Tables of other contracts, of which only an ABI is known.

use core::marker::PhantomData;

use super::{PrimaryKey, store};
use crate::{
    raw,
    types::{Decode, Name},
};

/// A table whose keys are known as numbers alone; `import_abi!` makes them.
pub struct ForeignTable<T> {
    code: u64,
    scope: u64,
    name: u64,
    kind: PhantomData<T>,
}

impl<T: for<'a> Decode<'a>> ForeignTable<T> {
    /// The table of a contract in a scope.
    #[inline]
    pub fn new(contract: Name, scope: impl PrimaryKey, name: Name) -> Self {
        Self {
            code: contract.raw(),
            scope: scope.raw(),
            name: name.raw(),
            kind: PhantomData,
        }
    }

    /// The row with this primary key, or with the key that has this number.
    #[inline]
    pub fn get(&self, key: impl PrimaryKey) -> Option<T> {
        let iterator = raw::db_find_i64(self.code, self.scope, self.name, key.raw());
        (iterator >= 0).then(|| store::value(iterator))
    }

    /// The rows whose primary keys are not less, by growing key.
    #[inline]
    pub fn from(&self, key: impl PrimaryKey) -> impl Iterator<Item = T> {
        let mut iterator = raw::db_lowerbound_i64(self.code, self.scope, self.name, key.raw());
        core::iter::from_fn(move || {
            (iterator >= 0).then(|| {
                let value = store::value(iterator);
                iterator = raw::db_next_i64(iterator, &mut 0);
                value
            })
        })
    }

    /// All rows, by growing primary key.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = T> {
        self.from(0)
    }
}
