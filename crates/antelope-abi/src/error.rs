//! Why an ABI, or a value by one, cannot be used.

use crate::AbiException;
use alloc::string::String;
use core::fmt;

/// Why JSON and bytes do not fit an ABI.
///
/// As text, an error says what it is about, where, and what was expected:
///
/// | variant | text |
/// |---|---|
/// | `Definition` | ``ABI: Circular definition is detected in the ABI: Circular reference in type a`` |
/// | `Unknown` | ``ABI has no table `acounts` `` |
/// | `Pack` | ``JSON as `transfer`: `quantity`: `1 eos`: …, expected an asset like `1.0000 EOS` `` |
/// | `Unpack` | ``bytes as `account`: `balance`: expected 16 bytes of `asset`, 8 left`` |
///
/// ```
/// use antelope_abi::{Abi, AbiException};
/// use serde_json::json;
///
/// let abi = Abi::from_json(r#"{"version": "eosio::abi/1.2"}"#)?;
/// let error = abi.pack("uint8[]", &json!([1, 256])).unwrap_err();
/// assert_eq!(error.to_string(), "JSON as `uint8[]`: `[1]`: 256, expected a whole number from 0 to 255");
/// assert_eq!(error.exception(), Some(AbiException::Pack));
/// # Ok::<(), antelope_abi::AbiError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AbiError {
    /// The ABI itself cannot be used. Only from the functions that read one.
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
    /// JSON does not fit the type, or there is no such type.
    Pack {
        /// The type wanted.
        ty: String,
        /// What is wrong, and where.
        problem: String,
        /// The node's name for it.
        exception: AbiException,
    },
    /// Bytes do not fit the type, or there is no such type.
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
