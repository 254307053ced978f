//! Why an ABI, or a value by one, cannot be used.

use crate::AbiException;
use alloc::string::String;
use core::fmt;

/// Why JSON and bytes do not fit an ABI.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AbiError {
    /// The ABI itself cannot be used.
    Definition {
        /// What is wrong, in the words of a node.
        problem: String,
        /// The node's name for it; none where the text is not JSON of an ABI.
        exception: Option<AbiException>,
    },
    /// The ABI has no such action, table or returned value.
    Unknown {
        /// `action`, `table` or `action result`.
        kind: &'static str,
        /// The name asked for.
        name: String,
    },
    /// JSON does not fit the type.
    Pack {
        /// The type wanted.
        ty: String,
        /// What is wrong, and where.
        problem: String,
        /// The node's name for it.
        exception: AbiException,
    },
    /// Bytes do not fit the type.
    Unpack {
        /// The type wanted.
        ty: String,
        /// What is wrong, and where.
        problem: String,
        /// The node's name for it.
        exception: AbiException,
    },
}

impl AbiError {
    /// What a node calls this fault; none where a node would not come to it.
    #[must_use]
    pub fn exception(&self) -> Option<AbiException> {
        match self {
            Self::Definition { exception, .. } => *exception,
            Self::Unknown { .. } => None,
            Self::Pack { exception, .. } | Self::Unpack { exception, .. } => Some(*exception),
        }
    }

    /// What is wrong, without the type that was wanted.
    ///
    /// For the functions whose names end in `_as_node`, and for definitions, these are the words of
    /// a node.
    ///
    /// ```
    /// use antelope_abi::Abi;
    ///
    /// let json = r#"{"version": "eosio::abi/1.2", "structs": [
    ///     {"name": "row", "base": "", "fields": [{"name": "a", "type": "uint8"}]}]}"#;
    /// let abi = Abi::from_json(json)?;
    /// let error = abi.unpack_as_node("row", &[]).unwrap_err();
    /// let words = "Stream unexpectedly ended; unable to unpack field 'a' of struct 'row'";
    /// assert_eq!(error.problem(), words);
    /// # Ok::<(), antelope_abi::AbiError>(())
    /// ```
    #[must_use]
    pub fn problem(&self) -> &str {
        match self {
            Self::Definition { problem, .. }
            | Self::Pack { problem, .. }
            | Self::Unpack { problem, .. } => problem,
            Self::Unknown { name, .. } => name,
        }
    }
}

impl fmt::Display for AbiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Definition { problem, exception } => {
                f.write_str("ABI: ")?;
                if let Some(exception) = exception {
                    write!(f, "{}: ", exception.what())?;
                }
                f.write_str(problem)
            }
            Self::Unknown { kind, name } => write!(f, "ABI has no {kind} `{name}`"),
            Self::Pack { ty, problem, .. } => write!(f, "JSON as `{ty}`: {problem}"),
            Self::Unpack { ty, problem, .. } => write!(f, "bytes as `{ty}`: {problem}"),
        }
    }
}

impl core::error::Error for AbiError {}
