//! Scopes and ends of ranges, in text that a node reads as what is meant.

use antelope_types::{Checksum160, Checksum256, Name, Symbol, SymbolCode};
use std::fmt;

/// The text of a name that a node reads as a name. It tries numbers first, so that a name of digits,
/// such as `112233445511`, has to be sent as its number.
pub(crate) fn text_of(name: Name) -> String {
    let text = name.to_string();
    // An empty text is no bound at all.
    match text.is_empty() || text.parse::<u64>().is_ok() {
        true => name.raw().to_string(),
        false => text,
    }
}

/// A scope: by convention a name, a symbol code or a number.
///
/// ```
/// use antelope_rpc_client::Scope;
/// use antelope_types::name;
/// assert_eq!(Scope::from(name!("alice")).to_string(), "alice");
/// // Nodes take digits for a number: this is the name's.
/// assert_eq!(Scope::from(name!("112233445511")).to_string(), "595637938116182544");
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

/// An end of a range of keys: a name, a number, a checksum, or text as the node reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound(BoundForm);

#[derive(Debug, Clone, PartialEq, Eq)]
enum BoundForm {
    Name(Name),
    Text(String),
}

impl Bound {
    /// As the node reads it, where keys are names or anything else.
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
