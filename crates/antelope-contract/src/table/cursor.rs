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
/// A row that came out may be changed or removed without disturbing the walk. A change that moves it
/// ahead in the very order of the walk lets it come again.
pub struct Rows<T, A, O> {
    code: u64,
    scope: u64,
    table: u64,
    /// The row that comes next from the front; `None` before the first use of an open beginning.
    front: Option<(i32, u64)>,
    /// The row that comes next from the back; `None` before the first use.
    back: Option<(i32, u64)>,
    /// The first row beyond the range; `None` for an open end.
    end: Option<i32>,
    /// Whether the two have met.
    done: bool,
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

    /// Whether a position is outside of the range: a negative iterator is the end of all rows.
    #[inline]
    fn is_end(&self, position: (i32, u64)) -> bool {
        position.0 < 0 || self.end == Some(position.0)
    }

    /// The last row of the range, if the front has left one.
    #[inline]
    fn last_position(&self) -> Option<(i32, u64)> {
        if self.front.is_some_and(|front| self.is_end(front)) {
            return None;
        }
        let end = match self.end {
            Some(end) => end,
            None => O::end(self.code, self.scope, self.table),
        };
        // −1 says that there is no row at all; any other end has one before it, or −1.
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
        // What comes next is looked up before the row goes out, because it may be removed there.
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
