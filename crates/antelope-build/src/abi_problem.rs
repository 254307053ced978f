//! What is wrong with an ABI.

use std::fmt;

/// What is wrong with an ABI.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AbiProblem {
    /// It describes no action and no table.
    Empty,
    /// Its version is not one that nodeos reads.
    Version {
        /// The version found.
        found: String,
    },
    /// Two definitions have one name.
    Duplicate {
        /// `struct`, `action`, `type`, …
        kind: &'static str,
        /// The name.
        name: String,
    },
    /// A definition has the name of a type that is something else already.
    Ambiguous {
        /// `struct`, `type` or `variant`.
        kind: &'static str,
        /// The name.
        name: String,
        /// What else has that name.
        other: &'static str,
    },
    /// A type is not defined, or has more than one of `[]`, `[N]` and `?`.
    UnknownType {
        /// Where it is used, such as `transfer.quantity`.
        place: String,
        /// The type.
        ty: String,
    },
    /// A type is defined by itself.
    Circular {
        /// `struct` or `type`.
        kind: &'static str,
        /// The name.
        name: String,
    },
    /// A field that must be there follows one that may be left out.
    ExtensionNotLast {
        /// The struct.
        name: String,
        /// The field that follows.
        field: String,
    },
    /// `$` where only a field of a struct may have it.
    Extension {
        /// Where it is used.
        place: String,
        /// The type.
        ty: String,
    },
}

impl fmt::Display for AbiProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the ABI is empty, expected at least one action or table"),
            Self::Version { found } => write!(f, "version {found:?}, expected eosio::abi/1.x"),
            Self::Duplicate { kind, name } => {
                write!(f, "{kind} {name} is defined twice, expected once")
            }
            Self::Ambiguous { kind, name, other } => {
                write!(
                    f,
                    "{kind} {name} has the name of a {other}, expected a name of its own"
                )
            }
            Self::UnknownType { place, ty } => write!(
                f,
                "{place} has type {ty}, expected a known type with at most one of [], [N] and ?"
            ),
            Self::Circular { kind, name } => write!(f, "{kind} {name} is defined by itself"),
            Self::ExtensionNotLast { name, field } => {
                write!(
                    f,
                    "{name}.{field} follows a binary extension, expected only extensions there"
                )
            }
            Self::Extension { place, ty } => {
                write!(
                    f,
                    "{place} has type {ty}, expected $ only in fields of structs"
                )
            }
        }
    }
}

/// Everything wrong with one ABI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbiProblems(pub Vec<AbiProblem>);

impl fmt::Display for AbiProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<_> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for AbiProblems {}
