//! Scopes and ends of ranges, in text that a node reads as what is meant.
//!
//! `get_table_rows` takes both as text and guesses what it stands for: for a scope and for a key of
//! 64 bits it tries a number first, then a name, then a symbol, then a symbol code. The types here
//! know what the caller meant and choose a text that is read as that.

use antelope_types::{Checksum160, Checksum256, Name, Symbol, SymbolCode};
use std::fmt;

/// The text that a node reads as this name. It tries numbers first, so that a name of digits, such as
/// `112233445511`, is sent as the number behind the name. So is the empty name: as text it would be
/// taken for a missing field.
pub(crate) fn text_of(name: Name) -> String {
    let text = name.to_string();
    // An empty text is no bound at all.
    match text.is_empty() || text.parse::<u64>().is_ok() {
        true => name.raw().to_string(),
        false => text,
    }
}

/// A scope, which selects one of a table's separate sets of rows. On the chain it is a number of 64
/// bits; contracts make it of a name, a symbol code or a plain number.
///
/// ```
/// use antelope_rpc_client::Scope;
/// use antelope_types::name;
/// assert_eq!(Scope::from(name!("alice")).to_string(), "alice");
/// // Nodes take digits for a number: this is the name's.
/// assert_eq!(Scope::from(name!("112233445511")).to_string(), "595637938116182544");
/// assert_eq!(Scope::from(7).to_string(), "7");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope(String);

impl From<Name> for Scope {
    fn from(name: Name) -> Self {
        Self(text_of(name))
    }
}

impl From<SymbolCode> for Scope {
    fn from(code: SymbolCode) -> Self {
        Self(code.to_string())
    }
}

impl From<u64> for Scope {
    fn from(number: u64) -> Self {
        Self(number.to_string())
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An end of a range of keys; ranges include both ends.
///
/// Names, integers, `f64`, checksums, symbols and symbol codes convert into it, and so does text,
/// which is passed on for the node to read. What text means depends on the [`KeyType`](crate::KeyType)
/// of the index:
///
/// | index | text is read as |
/// |---|---|
/// | the primary one, `U64` | a number, else a name, else a symbol such as `4,EOS`, else a symbol code |
/// | `Name` | a name; digits only, a number |
/// | `U128` | a decimal number, or a hexadecimal one after `0x` |
/// | `Checksum256`, `Checksum160`, `U256` | hexadecimal digits, see there |
/// | `F64`, `F128` | a decimal floating-point number |
///
/// An empty text is no bound. Text that cannot be read is refused by the node when the query is sent.
///
/// ```
/// use antelope_rpc_client::{KeyType, TableQuery};
/// use antelope_types::{Checksum256, name, symbol};
///
/// let accounts = TableQuery::new(name!("eosio.token"), name!("alice"), name!("accounts"));
/// let euro = accounts.exactly(symbol!("2,EUR").code());
/// let users = TableQuery::new(name!("shop"), name!("shop"), name!("users"));
/// let from_bob = users.clone().from(name!("bob")).to("carol");
/// let by_document = users.secondary(2, KeyType::Checksum256).exactly(Checksum256([7; 32]));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound(BoundForm);

/// A name stays one until the type of the index is known, since it is written differently for an
/// index of names.
#[derive(Debug, Clone, PartialEq, Eq)]
enum BoundForm {
    /// A name, in whatever text the index needs.
    Name(Name),
    /// What the node is to read.
    Text(String),
}

impl Bound {
    /// The text to send. For an index of names (`names`), a name is sent as its number, because the
    /// index is queried as one of numbers (see [`KeyType`](crate::KeyType)); text that is a name is
    /// converted too.
    pub(crate) fn text(&self, names: bool) -> String {
        match &self.0 {
            BoundForm::Name(name) if names => name.raw().to_string(),
            BoundForm::Name(name) => text_of(*name),
            // Digits are a `next_key`, already a number.
            BoundForm::Text(text) if names && text.parse::<u64>().is_err() => {
                let name = text.parse::<Name>();
                name.map_or_else(|_| text.clone(), |name| name.raw().to_string())
            }
            BoundForm::Text(text) => text.clone(),
        }
    }
}

impl From<Name> for Bound {
    fn from(name: Name) -> Self {
        Self(BoundForm::Name(name))
    }
}

/// Implements the conversion into [`Bound`] for types whose text a node reads as the same value.
macro_rules! texts {
    ($($type:ty),*) => {
        $(
            impl From<$type> for Bound {
                fn from(value: $type) -> Self {
                    Self(BoundForm::Text(value.to_string()))
                }
            }

            impl From<&$type> for Bound {
                fn from(value: &$type) -> Self {
                    Self(BoundForm::Text(value.to_string()))
                }
            }
        )*
    };
}

texts!(
    String,
    u8,
    u16,
    u32,
    u64,
    u128,
    i32,
    i64,
    f64,
    Checksum160,
    Checksum256,
    Symbol,
    SymbolCode
);

impl From<&str> for Bound {
    fn from(text: &str) -> Self {
        Self(BoundForm::Text(text.to_owned()))
    }
}

impl From<&Name> for Bound {
    fn from(name: &Name) -> Self {
        Self::from(*name)
    }
}
