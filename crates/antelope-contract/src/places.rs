//! Support for `#[contract]`: explains an assignment to a field of a row.
//!
//! A [`Row`] dereferences to its value, but not mutably: a change must go through `update`, which
//! also writes it to the state. The compiler's own message for `row.price = 3` speaks of
//! `DerefMut`. So the macro calls
//! [`may_change`](Other::may_change) beside each assignment, which resolves to the inherent method
//! for rows, whose bound is never satisfied and carries the message, and to the trait's method for
//! everything else.

use crate::table::Row;
use core::ops::Deref;

/// The value whose field is assigned to.
pub struct Assigned<T>(pub T);

/// Never implemented. Its message is what the compiler reports for `row.price = 3`.
#[diagnostic::on_unimplemented(
    message = "a row is changed by `update`, which also writes it back",
    label = "this would change a copy of the row alone",
    note = "write `row.update(Payer::Same, |row| row.price = 3)`, with the field and value of this line"
)]
pub trait ChangedInPlace {}

impl<T> Assigned<&Row<T>> {
    /// For a row: refused by the bound.
    pub fn may_change(self)
    where
        T: ChangedInPlace,
    {
    }
}

/// For everything else: allowed.
pub trait Other: Sized {
    /// Does nothing.
    fn may_change(self) {}
}

impl<T: Deref> Other for Assigned<T> {}
