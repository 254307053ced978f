//! The answer to a call that failed.

use crate::{ChainError, chain_error};
use alloc::string::String;
use serde::{Deserialize, Serialize};

/// The answer to a call that failed.
///
/// Nodes answer with HTTP status 500 for most errors of the chain, and with others where the call itself
/// was wrong. There are at most ten details, and one on nodes with `--verbose-http-errors` off, which is
/// their default.
///
/// ```
/// use antelope_types::rpc::ErrorAnswer;
/// use antelope_types::{ChainError, ErrorKind};
/// let error = ChainError::new(ErrorKind::UnknownBlock, "Could not find block: 7");
/// let answer = ErrorAnswer { code: 400, message: "Unknown Block".into(), error };
/// let json = serde_json::to_value(&answer)?;
/// assert_eq!(json["error"]["details"][0]["message"], "Could not find block: 7");
/// assert_eq!(serde_json::from_value::<ErrorAnswer>(json)?, answer);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorAnswer {
    /// The HTTP status; 0 where it is not told.
    #[serde(default)]
    pub code: u16,
    /// The status in words.
    #[serde(default)]
    pub message: String,
    /// Why.
    /// In JSON it has the keys `code`, `name`, `what` and `details`.
    #[serde(with = "chain_error::of_call")]
    pub error: ChainError,
}
