//! Singletons: tables of one row, such as a contract's settings.

use super::{Owned, Payer, PrimaryKey, store};
use crate::{
    Failure, OrFail, raw,
    types::{Decode, Encode, Name},
};
use core::marker::PhantomData;

/// A singleton, made from a struct by `#[table("name", singleton)]`.
///
/// The row's primary key is the name of the table, as in CDT.
pub trait SingletonRow: Encode + for<'a> Decode<'a> {
    /// The table's name, which is also the primary key of its row.
    const NAME: Name;

    /// The singleton of this contract, in the scope of the contract itself.
    #[inline]
    fn singleton() -> Singleton<Self>
    where
        Self: Owned,
    {
        let code = raw::current_receiver();
        Singleton(SingletonView::new(code, code))
    }

    /// The singleton of this contract in another scope.
    #[inline]
    fn singleton_in(scope: impl PrimaryKey) -> Singleton<Self>
    where
        Self: Owned,
    {
        Singleton(SingletonView::new(raw::current_receiver(), scope.raw()))
    }

    /// The singleton of any contract, in the scope of that contract, to read.
    #[inline]
    fn singleton_of(code: Name) -> SingletonView<Self> {
        SingletonView::new(code.raw(), code.raw())
    }

    /// The singleton of any contract in another scope, to read.
    #[inline]
    fn singleton_of_in(code: Name, scope: impl PrimaryKey) -> SingletonView<Self> {
        SingletonView::new(code.raw(), scope.raw())
    }
}

/// A singleton of any contract, read-only.
pub struct SingletonView<T> {
    code: u64,
    scope: u64,
    kind: PhantomData<T>,
}

/// A singleton of this contract.
pub struct Singleton<T>(SingletonView<T>);

impl<T: SingletonRow> SingletonView<T> {
    #[inline]
    fn new(code: u64, scope: u64) -> Self {
        Self {
            code,
            scope,
            kind: PhantomData,
        }
    }

    #[inline]
    fn find(&self) -> i32 {
        raw::db_find_i64(self.code, self.scope, T::NAME.raw(), T::NAME.raw())
    }

    /// Whether it has a value.
    #[inline]
    pub fn exists(&self) -> bool {
        self.find() >= 0
    }

    /// The value, if it has been set.
    #[inline]
    pub fn get(&self) -> Option<T> {
        let iterator = self.find();
        (iterator >= 0).then(|| store::value(iterator))
    }

    /// The value, or a failed action.
    #[inline]
    pub fn get_or_fail(&self, why: impl Failure) -> T {
        self.get().or_fail(why)
    }

    /// The value, or the default one.
    #[inline]
    pub fn get_or_default(&self) -> T
    where
        T: Default,
    {
        self.get().unwrap_or_default()
    }
}

impl<T> core::ops::Deref for Singleton<T> {
    type Target = SingletonView<T>;

    #[inline]
    fn deref(&self) -> &SingletonView<T> {
        &self.0
    }
}

impl<T: SingletonRow> Singleton<T> {
    /// Sets the value; `payer` pays for its RAM.
    #[inline]
    pub fn set(&self, payer: impl Into<Payer>, value: &T) {
        let payer = payer.into().raw();
        let iterator = self.find();
        if iterator >= 0 {
            store::replace(iterator, payer, value);
        } else {
            let name = T::NAME.raw();
            store::add(self.scope, name, payer, name, value);
        }
    }

    /// Removes the value, if there is one.
    #[inline]
    pub fn remove(&self) {
        let iterator = self.find();
        if iterator >= 0 {
            raw::db_remove_i64(iterator);
        }
    }
}
