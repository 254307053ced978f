//! What `#[contract]` puts beside assignments to fields, so that one to a row is explained.

use core::ops::Deref;

use crate::table::Row;

/// A place whose field is assigned to.
pub struct Assigned<T>(pub T);

/// Never implemented: its message is what the compiler says of `row.price = 3`.
#[diagnostic::on_unimplemented(
    message = "a row is changed by `update`, which also writes it back",
    label = "this would change a copy of the row alone",
    note = "write `row.update(Payer::Same, |row| row.price = 3)`, with the field and value of this line"
)]
pub trait ChangedInPlace {}

impl<T> Assigned<&Row<T>> {
    /// Of a row: refused.
    pub fn may_change(self)
    where
        T: ChangedInPlace,
    {
    }
}

/// Of anything else: fine.
pub trait Other: Sized {
    /// Nothing to say.
    fn may_change(self) {}
}

impl<T: Deref> Other for Assigned<T> {}
