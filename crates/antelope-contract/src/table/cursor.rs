//! Iterating over rows, from both ends.

use super::{Access, RawIndexKey, TableRow, store};
use crate::raw;
use core::{marker::PhantomData, ops::Bound};

/// An order of rows: by primary key, or by a secondary index.
///
/// A position is a pair of the host's iterator, negative at the end, and the row's primary key.
pub trait Order {
    /// The key by which rows are ordered.
    type Key: Copy + PartialOrd;

    /// The first row.
    fn first(code: u64, scope: u64, table: u64) -> (i32, u64);
    /// The first row whose key is not less.
    fn lower_bound(code: u64, scope: u64, table: u64, key: Self::Key) -> (i32, u64);
    /// The first row whose key is greater.
    fn upper_bound(code: u64, scope: u64, table: u64, key: Self::Key) -> (i32, u64);
    /// The end; −1 where there are no rows.
    fn end(code: u64, scope: u64, table: u64) -> i32;
    /// The next row.
    fn next(iterator: i32) -> (i32, u64);
    /// The previous row.
    fn previous(iterator: i32) -> (i32, u64);
    /// The iterator of the row itself: an iterator of an index is not one of the table.
    fn row(code: u64, scope: u64, table: u64, position: (i32, u64)) -> i32;
}

/// Ordered by primary key.
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

/// Ordered by a secondary key of type `K`.
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

/// The rows of a range, in order; `rev()` iterates from the end.
///
/// A row that was returned may be changed or removed without disturbing the iteration: the next
/// position is looked up before. A change that moves a row forward in the order that is iterated
/// makes it come again.
pub struct Rows<T, A, O> {
    code: u64,
    scope: u64,
    table: u64,
    /// The next row from the front; `None` before the first use of a range without a lower bound.
    front: Option<(i32, u64)>,
    /// The next row from the back; `None` before the first use.
    back: Option<(i32, u64)>,
    /// The first row after the range; `None` for a range without an upper bound.
    end: Option<i32>,
    /// Whether front and back have met.
    done: bool,
    kind: PhantomData<(T, A, O)>,
}

impl<T, A, O: Order> Rows<T, A, O> {
    /// The rows between two bounds. Bounds are looked up once, here.
    #[inline]
    pub(super) fn new(
        code: u64,
        scope: u64,
        table: u64,
        from: Bound<O::Key>,
        to: Bound<O::Key>,
    ) -> Self {
        let mut rows = Self {
            code,
            scope,
            table,
            front: None,
            back: None,
            end: None,
            done: reversed(from, to),
            kind: PhantomData,
        };
        if !rows.done {
            rows.front = match from {
                Bound::Included(key) => Some(O::lower_bound(code, scope, table, key)),
                Bound::Excluded(key) => Some(O::upper_bound(code, scope, table, key)),
                Bound::Unbounded => None,
            };
            rows.end = match to {
                Bound::Included(key) => Some(O::upper_bound(code, scope, table, key).0),
                Bound::Excluded(key) => Some(O::lower_bound(code, scope, table, key).0),
                Bound::Unbounded => None,
            };
        }
        rows
    }

    /// Whether a position is outside of the range. A negative iterator is the end of the table.
    #[inline]
    fn is_end(&self, position: (i32, u64)) -> bool {
        position.0 < 0 || self.end == Some(position.0)
    }

    /// The last row of the range, unless the front has passed it.
    #[inline]
    fn last_position(&self) -> Option<(i32, u64)> {
        if self.front.is_some_and(|front| self.is_end(front)) {
            return None;
        }
        let end = match self.end {
            Some(end) => end,
            None => O::end(self.code, self.scope, self.table),
        };
        // −1 means that there is no row at all; any other end has one before it, or −1.
        let last = if end == -1 { (-1, 0) } else { O::previous(end) };
        (last.0 >= 0).then_some(last)
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
    /// The first row, without looking up the second.
    #[inline]
    pub(super) fn first(code: u64, scope: u64, table: u64) -> Option<A::Item<T>> {
        let position = O::first(code, scope, table);
        (position.0 >= 0).then(|| store::load::<T, A>(O::row(code, scope, table, position), scope))
    }

    /// The row at a position.
    #[inline]
    fn row(&self, position: (i32, u64)) -> A::Item<T> {
        let iterator = O::row(self.code, self.scope, self.table, position);
        store::load::<T, A>(iterator, self.scope)
    }
}

impl<T: TableRow, A: Access, O: Order> Iterator for Rows<T, A, O> {
    type Item = A::Item<T>;

    fn next(&mut self) -> Option<A::Item<T>> {
        if self.done {
            return None;
        }
        let position = match self.front {
            Some(position) => position,
            None => O::first(self.code, self.scope, self.table),
        };
        if self.is_end(position) {
            self.done = true;
            return None;
        }
        // The next position is looked up before the row is returned, since the caller may remove
        // it.
        match self.back {
            Some(back) if back.0 == position.0 => self.done = true,
            _ => self.front = Some(O::next(position.0)),
        }
        Some(self.row(position))
    }
}

impl<T: TableRow, A: Access, O: Order> DoubleEndedIterator for Rows<T, A, O> {
    fn next_back(&mut self) -> Option<A::Item<T>> {
        if self.done {
            return None;
        }
        let Some(position) = self.back.or_else(|| self.last_position()) else {
            self.done = true;
            return None;
        };
        match self.front {
            Some(front) if front.0 == position.0 => self.done = true,
            _ => {
                let before = O::previous(position.0);
                self.done = before.0 < 0;
                self.back = Some(before);
            }
        }
        Some(self.row(position))
    }
}
