//! What finds the rows of a table, on chain and off: its name, and keys of 64 bits.
//!
//! A row is found by four numbers: the contract, the scope, the table and the primary key. The first is
//! whose code is asked, the third is [`NamedTable::TABLE`], and the others are [`PrimaryKey`]s.

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
    ///
    /// With secondary indexes it has at most twelve characters, because the lowest four bits number them.
    const TABLE: Name;
}

/// A primary key or a scope: a number, or what stands for one.
///
/// ```
/// use antelope_types::{PrimaryKey, name, symbol};
/// assert_eq!(PrimaryKey::raw(&7u64), 7);
/// assert_eq!(PrimaryKey::raw(&name!("alice")), name!("alice").raw());
/// assert_eq!(PrimaryKey::raw(&symbol!("4,EOS").code()), 0x53_4f_45); // the scope of `stat`
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a primary key or a scope",
    note = "they are 64 bits: u64, Name, Symbol, SymbolCode; a method can compute one: \
            #[table(\"name\", primary = method: u64)]"
)]
pub trait PrimaryKey {
    /// The number.
    ///
    /// Rows order by it, as a number without a sign.
    fn raw(&self) -> u64;
}

impl PrimaryKey for u64 {
    #[inline(always)]
    fn raw(&self) -> u64 {
        *self
    }
}

/// Types that have a `raw` of their own.
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
