//! What can be wrong with an ABI, one by one and together.
//!
//! Found by [`check_abi`](crate::abi::check_abi). Messages say where and what was expected.

use std::fmt;

/// One thing wrong with an ABI.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AbiProblem {
    /// The ABI describes no action and no table. Then `#[contract]` is missing or has nothing to
    /// describe.
    Empty,
    /// The version does not begin with `eosio::abi/1.`, which nodeos requires.
    Version {
        /// The version found.
        found: String,
    },
    /// Two definitions of the same kind have the same name; nodeos refuses the ABI.
    Duplicate {
        /// The kind of definition: `struct`, `action`, `type`, `table`, `field`, …
        kind: &'static str,
        /// The name.
        name: String,
    },
    /// A definition has the name of another kind of type, so that a use of the name could mean
    /// either. nodeos refuses this only for aliases; of other kinds it uses the first meaning that
    /// it finds.
    Ambiguous {
        /// The kind of definition: `struct`, `type` or `variant`.
        kind: &'static str,
        /// The name.
        name: String,
        /// What else has this name: `builtin type`, `struct` or `type`.
        other: &'static str,
    },
    /// A type is neither builtin nor defined, or has more than one of `[]`, `[N]` and `?`.
    UnknownType {
        /// Where it is used, such as `transfer.quantity`.
        place: String,
        /// The type.
        ty: String,
    },
    /// A struct is its own base, or an alias stands for itself, directly or through others.
    Circular {
        /// The kind of definition: `struct` or `type`.
        kind: &'static str,
        /// The name.
        name: String,
    },
    /// A plain field follows a binary extension (`$`). When the extension is left out, nobody could
    /// tell where the field begins.
    ExtensionNotLast {
        /// The struct.
        name: String,
        /// The field that follows.
        field: String,
    },
    /// A binary extension (`$`) outside of the fields of structs, where nodeos does not know it.
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
                    "{kind} {name} has the same name as a {other}, expected different names"
                )
            }
            Self::UnknownType { place, ty } => write!(
                f,
                "{place} has type {ty}, expected a known type with at most one of [], [N] and ?"
            ),
            Self::Circular { kind, name } => {
                write!(f, "{kind} {name} is defined in terms of itself")
            }
            Self::ExtensionNotLast { name, field } => {
                write!(
                    f,
                    "{name}.{field} follows a binary extension, expected only extensions there"
                )
            }
            Self::Extension { place, ty } => {
                write!(
                    f,
                    "{place} has type {ty}, but $ is allowed only in fields of structs"
                )
            }
        }
    }
}

/// Everything wrong with one ABI, in the order of checking; displayed one a line.
///
/// ```
/// use antelope_build::abi::{AbiProblem, AbiProblems};
///
/// let problems = AbiProblems(vec![
///     AbiProblem::Empty,
///     AbiProblem::Circular { kind: "type", name: "money".to_owned() },
/// ]);
/// assert_eq!(
///     problems.to_string(),
///     "the ABI is empty, expected at least one action or table\n\
///      type money is defined in terms of itself"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbiProblems(pub Vec<AbiProblem>);

impl fmt::Display for AbiProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<_> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for AbiProblems {}
