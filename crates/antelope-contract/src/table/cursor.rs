//! Walking over rows, from both ends.

use core::{marker::PhantomData, ops::Bound};

use super::{Access, RawIndexKey, TableRow, store};
use crate::raw;

/// An order of rows: the primary one, or that of a secondary index.
///
/// Positions are pairs of the host's iterator, below zero at the end, and the row's primary key.
pub trait Order {
    /// What rows are ordered by.
    type Key: Copy + PartialOrd;

    /// The first row of all.
    fn first(code: u64, scope: u64, table: u64) -> (i32, u64);
    /// The first row whose key is not less.
    fn lower_bound(code: u64, scope: u64, table: u64, key: Self::Key) -> (i32, u64);
    /// The first row whose key is greater.
    fn upper_bound(code: u64, scope: u64, table: u64, key: Self::Key) -> (i32, u64);
    /// The end; −1 where there is no row.
    fn end(code: u64, scope: u64, table: u64) -> i32;
    /// The row after.
    fn next(iterator: i32) -> (i32, u64);
    /// The row before.
    fn previous(iterator: i32) -> (i32, u64);
    /// The iterator of the row itself, from a position in this order.
    fn row(code: u64, scope: u64, table: u64, position: (i32, u64)) -> i32;
}

/// By primary key.
#[derive(Debug)]
pub enum Primary {}

impl Order for Primary {
    type Key = u64;

    #[inline]
    fn first(code: u64, scope: u64, table: u64) -> (i32, u64) {
        Self::lower_bound(code, scope, table, 0)
    }

    #[inline]
    fn lower_bound(code: u64, scope: u64, table: u64, key: u64) -> (i32, u64) {
        (raw::db_lowerbound_i64(code, scope, table, key), 0)
    }

    #[inline]
    fn upper_bound(code: u64, scope: u64, table: u64, key: u64) -> (i32, u64) {
        (raw::db_upperbound_i64(code, scope, table, key), 0)
    }

    #[inline]
    fn end(code: u64, scope: u64, table: u64) -> i32 {
        raw::db_end_i64(code, scope, table)
    }

    #[inline]
    fn next(iterator: i32) -> (i32, u64) {
        let mut primary = 0;
        (raw::db_next_i64(iterator, &mut primary), primary)
    }

    #[inline]
    fn previous(iterator: i32) -> (i32, u64) {
        let mut primary = 0;
        (raw::db_previous_i64(iterator, &mut primary), primary)
    }

    #[inline(always)]
    fn row(_: u64, _: u64, _: u64, position: (i32, u64)) -> i32 {
        position.0
    }
}

/// By a secondary key of kind `K`.
#[derive(Debug)]
pub struct Secondary<K>(PhantomData<K>);

impl<K: RawIndexKey> Order for Secondary<K> {
    type Key = K;

    #[inline]
    fn first(code: u64, scope: u64, table: u64) -> (i32, u64) {
        K::LEAST.lower_bound(code, scope, table)
    }

    #[inline]
    fn lower_bound(code: u64, scope: u64, table: u64, key: K) -> (i32, u64) {
        key.lower_bound(code, scope, table)
    }

    #[inline]
    fn upper_bound(code: u64, scope: u64, table: u64, key: K) -> (i32, u64) {
        key.upper_bound(code, scope, table)
    }

    #[inline]
    fn end(code: u64, scope: u64, table: u64) -> i32 {
        K::end(code, scope, table)
    }

    #[inline]
    fn next(iterator: i32) -> (i32, u64) {
        K::next(iterator)
    }

    #[inline]
    fn previous(iterator: i32) -> (i32, u64) {
        K::previous(iterator)
    }

    #[inline]
    fn row(code: u64, scope: u64, table: u64, position: (i32, u64)) -> i32 {
        raw::db_find_i64(code, scope, table & !0xf, position.1)
    }
}

/// The rows of a range, in order; `rev()` walks from the end.
///
/// A row that came out may be changed or removed without disturbing the walk.
pub struct Rows<T, A, O> {
    code: u64,
    scope: u64,
    table: u64,
    /// The row that comes next from the front; `None` before the first use of an open beginning.
    front: Option<(i32, u64)>,
    /// The row that comes next from the back; `None` before the first use.
    last: Option<(i32, u64)>,
    /// The row after the last, or the one that came last from the back; `None` for an open end.
    back: Option<i32>,
    kind: PhantomData<(T, A, O)>,
}

impl<T, A, O: Order> Rows<T, A, O> {
    #[inline]
    pub(super) fn new(
        code: u64,
        scope: u64,
        table: u64,
        from: Bound<O::Key>,
        to: Bound<O::Key>,
    ) -> Self {
        let lower = |key| O::lower_bound(code, scope, table, key);
        let upper = |key| O::upper_bound(code, scope, table, key);
        let (front, back) = if reversed(from, to) {
            (Some((-1, 0)), Some(-1))
        } else {
            (
                match from {
                    Bound::Included(key) => Some(lower(key)),
                    Bound::Excluded(key) => Some(upper(key)),
                    Bound::Unbounded => None,
                },
                match to {
                    Bound::Included(key) => Some(upper(key).0),
                    Bound::Excluded(key) => Some(lower(key).0),
                    Bound::Unbounded => None,
                },
            )
        };
        Self {
            code,
            scope,
            table,
            front,
            last: None,
            back,
            kind: PhantomData,
        }
    }
}

/// Whether no key can be within the bounds.
#[inline]
fn reversed<K: PartialOrd>(from: Bound<K>, to: Bound<K>) -> bool {
    match (from, to) {
        (Bound::Included(from), Bound::Included(to)) => from > to,
        (
            Bound::Included(from) | Bound::Excluded(from),
            Bound::Included(to) | Bound::Excluded(to),
        ) => from >= to,
        _ => false,
    }
}

impl<T: TableRow, A: Access, O: Order> Rows<T, A, O> {
    /// The first row, without a look at the second.
    #[inline]
    pub(super) fn first(code: u64, scope: u64, table: u64) -> Option<A::Item<T>> {
        let position = O::first(code, scope, table);
        (position.0 >= 0).then(|| store::load::<T, A>(O::row(code, scope, table, position), scope))
    }

    #[inline]
    fn row(&self, position: (i32, u64)) -> A::Item<T> {
        let iterator = O::row(self.code, self.scope, self.table, position);
        store::load::<T, A>(iterator, self.scope)
    }
}

impl<T: TableRow, A: Access, O: Order> Iterator for Rows<T, A, O> {
    type Item = A::Item<T>;

    fn next(&mut self) -> Option<A::Item<T>> {
        let position = match self.front {
            Some(position) => position,
            None => O::first(self.code, self.scope, self.table),
        };
        let met = self.back == Some(position.0) || self.last.is_some_and(|last| last.0 < 0);
        if position.0 < 0 || met {
            self.front = Some(position);
            return None;
        }
        // Before the row goes out: it may be removed there.
        self.front = Some(O::next(position.0));
        Some(self.row(position))
    }
}

impl<T: TableRow, A: Access, O: Order> DoubleEndedIterator for Rows<T, A, O> {
    fn next_back(&mut self) -> Option<A::Item<T>> {
        let position = match self.last {
            Some(position) => position,
            None => {
                let end = match self.back {
                    Some(back) => back,
                    None => O::end(self.code, self.scope, self.table),
                };
                // −1 says that there is no row at all; any other end has one before it.
                self.back = Some(end);
                if end == -1 { (-1, 0) } else { O::previous(end) }
            }
        };
        self.last = Some(position);
        let met = self.front.is_some_and(|front| Some(front.0) == self.back);
        if position.0 < 0 || met {
            return None;
        }
        self.back = Some(position.0);
        // Before the row goes out: it may be removed there.
        self.last = Some(O::previous(position.0));
        Some(self.row(position))
    }
}
