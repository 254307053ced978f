//! What finds the rows of a table, on chain and off: its name, and keys of 64 bits.

use crate::{Name, Symbol, SymbolCode};

/// What the rows of a table are, with the table's name; the SDK's `#[table]` implements it.
///
/// Any other type becomes one by its name, such as the row of a contract that is not in Rust:
///
/// ```
/// use antelope_types::{Asset, Decode, Name, NamedTable, name};
///
/// #[derive(Decode)]
/// struct Account {
///     balance: Asset,
/// }
///
/// impl NamedTable for Account {
///     const TABLE: Name = name!("accounts");
/// }
/// ```
pub trait NamedTable {
    /// The table's name.
    const TABLE: Name;
}

/// A primary key or a scope: a number, or what stands for one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a primary key or a scope",
    note = "they are 64 bits: u64, Name, Symbol, SymbolCode; a method can compute one: \
            #[table(\"name\", primary = method: u64)]"
)]
pub trait PrimaryKey {
    /// The number.
    fn raw(&self) -> u64;
}

impl PrimaryKey for u64 {
    #[inline(always)]
    fn raw(&self) -> u64 {
        *self
    }
}

macro_rules! primary {
    ($($ty:ty),+) => {$(
        impl PrimaryKey for $ty {
            #[inline(always)]
            fn raw(&self) -> u64 {
                <$ty>::raw(*self)
            }
        }
    )+};
}

primary!(Name, Symbol, SymbolCode);
