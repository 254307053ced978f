//! What goes wrong on a chain, in a node's own numbers, names and words.
//!
//! Kinds and texts are those of nodes' `exceptions.hpp`, so that what a test expects of the embedded chain
//! is what a client sees of a node. In JSON an error has two forms:
//!
//! | | `except` of a trace | `error` of a failed call |
//! |---|---|---|
//! | what the kind means | `message` | `what` |
//! | messages | `stack`: a format and its values | `details`: text, at most ten |
//! | written by | `Serialize` | [`ErrorAnswer`](crate::rpc::ErrorAnswer) |

mod detail;
mod json;
mod kind;

pub use detail::ErrorDetail;
pub(crate) use json::of_call;
pub use kind::ErrorKind;

use alloc::borrow::{Cow, ToOwned};
use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

/// The first of the codes that no contract may use: `system_error_code::generic_system_error`.
///
/// Contracts' own codes are below it; a trace has it for errors of the chain that have no code.
pub const GENERIC_CODE: u64 = 10_000_000_000_000_000_000;

/// What a node puts before the text of a contract's failed check.
const ASSERTION: &str = "assertion failure with message: ";

/// What a node puts before the number of a contract's failed check.
const ASSERTION_CODE: &str = "assertion failure with error code: ";

/// Why a transaction, an action or a block was refused: raised by the embedded chain, or read from
/// a node's answer.
///
/// A node reports an error as a stack of messages: what went wrong first, and then what each level
/// it passed on its way out added, such as the console of the action.
///
/// ```
/// use antelope_types::{ChainError, ErrorKind};
/// let error = ChainError::new(ErrorKind::MissingAuth, "missing authority of alice");
/// assert_eq!(error.code(), 3090004);
/// assert_eq!(error.to_string(), "missing_auth_exception (3090004): missing authority of alice");
/// ```
///
/// Reading takes both forms that nodes write: the `error` of a failed call and the `except` of a
/// trace.
///
/// ```
/// use antelope_types::{ChainError, ErrorKind};
/// let error: ChainError = serde_json::from_str(
///     r#"{
///         "code": 3050003,
///         "name": "eosio_assert_message_exception",
///         "message": "eosio_assert_message assertion failure",
///         "stack": [{
///             "format": "assertion failure with message: ${s}",
///             "data": { "s": "overdrawn balance" }
///         }]
///     }"#,
/// )?;
/// assert!(error.is(ErrorKind::EosioAssertMessage));
/// assert_eq!(error.assertion(), Some("overdrawn balance"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainError {
    // Errors are rare and results are everywhere: one pointer keeps the results small.
    inner: Box<Inner>,
}

/// What an error holds, behind one pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    /// The number of the kind.
    code: u64,
    /// The kind's name, or the C++ type of a library's error.
    name: Cow<'static, str>,
    /// What the kind means, or the text of a library's error.
    what: Cow<'static, str>,
    /// The messages, what went wrong first coming first.
    details: Vec<ErrorDetail>,
    /// What a trace has as its `error_code`, where that is not [`GENERIC_CODE`].
    error_code: Option<u64>,
    origin: Origin,
}

/// Where an error was raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    /// By the chain: its name and text are those of its kind.
    Chain,
    /// By a library that nodes are made of: its name is a C++ type.
    Library {
        /// Whether it has passed a level: the first adds its message to the text.
        passed: bool,
    },
}

/// What a message and the values in it may have together, in bytes; longer values are cut.
const LONGEST: usize = 1024;

/// Messages whose end is a contract's, by what they begin with, and the place that their end has in
/// the format of the node.
const OF_CONTRACTS: [(&str, &str); 2] = [
    ("assertion failure with message: ", "${s}"),
    ("pending console output: ", "${console}"),
];

impl ChainError {
    /// An error with its first message.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        let (name, what) = (kind.name().into(), kind.what().into());
        let details = vec![ErrorDetail::new(message)];
        Self::from_node(kind.code(), name, what, details)
    }

    /// An error in a node's own number, name and words, with its messages, what went wrong first
    /// coming first. The number may be one that [`ErrorKind`] does not have.
    pub fn from_node(
        code: u64,
        name: Cow<'static, str>,
        what: Cow<'static, str>,
        details: Vec<ErrorDetail>,
    ) -> Self {
        let told = || {
            let mut messages = details.iter().map(|detail| &detail.message);
            messages.find_map(|text| text.strip_prefix(ASSERTION_CODE)?.parse().ok())
        };
        let has_number = code == ErrorKind::EosioAssertCode.code();
        Self {
            inner: Box::new(Inner {
                code,
                name,
                what,
                error_code: has_number.then(told).flatten(),
                details,
                origin: Origin::Chain,
            }),
        }
    }

    /// A message as nodes bound it: where its end is a contract's, as that of an assertion and of
    /// what was printed, the end has what the format leaves of 1024 bytes, and `...` follows one that
    /// is longer. A character that does not fit as a whole is left out.
    ///
    /// Nodes do so in the errors that they answer unless they are told to be verbose
    /// (`minimize_max_size`, `libraries/libfc/src/variant.cpp`), and in those of state history.
    ///
    /// ```
    /// use antelope_types::ChainError;
    /// let assertion = |text: &str| format!("assertion failure with message: {text}");
    /// let (most, longer) = (assertion(&"a".repeat(988)), assertion(&"a".repeat(989)));
    /// assert_eq!(ChainError::bounded(&most), most);
    /// assert_eq!(ChainError::bounded(&longer), format!("{most}..."));
    /// ```
    pub fn bounded(message: &str) -> Cow<'_, str> {
        for (beginning, place) in OF_CONTRACTS {
            let room = LONGEST - beginning.len() - place.len();
            if let Some(end) = message.strip_prefix(beginning)
                && end.len() > room
            {
                let length = beginning.len() + end.floor_char_boundary(room);
                return format!("{}...", &message[..length]).into();
            }
        }
        message.into()
    }

    /// What the database of a node says of a key of this type that it does not have.
    ///
    /// ```
    /// use antelope_types::ChainError;
    /// let error = ChainError::unknown_key("eosio::chain::name", "alice");
    /// assert_eq!(error.code(), 13); // std_exception
    /// assert_eq!(error.message(), "unknown key (eosio::chain::name): alice");
    /// ```
    pub fn unknown_key(of: &str, key: impl fmt::Display) -> Self {
        let what = format!("unknown key ({of}): {key}");
        Self::foreign("N5boost10wrapexceptISt12out_of_rangeEE", what)
    }

    /// What the database of a node says of something that it cannot do.
    ///
    /// It is a `std::logic_error`.
    pub fn database(what: &str) -> Self {
        Self::foreign("N5boost10wrapexceptISt11logic_errorEE", what.to_owned())
    }

    /// What a library of a node says of text that it cannot read.
    ///
    /// It is a `std::runtime_error`.
    pub fn unreadable(what: &str) -> Self {
        Self::foreign("N5boost10wrapexceptISt13runtime_errorEE", what.to_owned())
    }

    /// An error of a library: the number of `std_exception`, and a C++ type as its name.
    fn foreign(name: &'static str, what: String) -> Self {
        let mut error = Self::new(ErrorKind::Std, what.clone());
        error.inner.name = name.into();
        error.inner.what = what.into();
        error.inner.origin = Origin::Library { passed: false };
        error
    }

    /// A contract's assertion with a number instead of a text, as of `eosio_assert_code`.
    ///
    /// ```
    /// use antelope_types::ChainError;
    /// let error = ChainError::assert_code(42);
    /// assert_eq!((error.code(), error.contract_code()), (3050004, Some(42)));
    /// assert_eq!(error.trace_error_code(), Some(42));
    /// ```
    pub fn assert_code(code: u64) -> Self {
        let message = format!("{ASSERTION_CODE}{code}");
        Self::new(ErrorKind::EosioAssertCode, message)
    }

    /// A contract's assertion with a number that is none of its own.
    ///
    /// Numbers from [`GENERIC_CODE`] on are the chain's, and the contract's number is only in the message.
    pub fn restricted_assert_code(code: u64) -> Self {
        let mut error = Self::new(
            ErrorKind::RestrictedErrorCode,
            format!("eosio_assert_code called with reserved error code: {code}"),
        );
        // system_error_code::contract_restricted_error_code
        error.inner.error_code = Some(GENERIC_CODE + 1);
        error
    }

    /// The kind; [`ErrorKind::Unspecified`] for a number that is not in its list.
    ///
    /// Chains and nodes have kinds of their own, whose number and name are kept all the same.
    pub fn kind(&self) -> ErrorKind {
        ErrorKind::from_code(self.code()).unwrap_or(ErrorKind::Unspecified)
    }

    /// The number, such as 3050003; 0 where a node names none.
    pub fn code(&self) -> u64 {
        self.inner.code
    }

    /// The kind's name, such as `eosio_assert_message_exception`, or the type of an error of a
    /// library that nodes are made of.
    pub fn name(&self) -> &str {
        &self.inner.name
    }

    /// What the kind means; what an error of such a library says.
    pub fn what(&self) -> &str {
        &self.inner.what
    }

    /// What went wrong first. A node with `--verbose-http-errors` off tells this message alone, with
    /// long values in it cut.
    pub fn message(&self) -> &str {
        match self.inner.origin {
            Origin::Library { .. } => &self.inner.what,
            Origin::Chain => self.messages().next().unwrap_or_default(),
        }
    }

    /// Everything that is reported, what went wrong first coming first.
    pub fn messages(&self) -> impl Iterator<Item = &str> {
        self.details().iter().map(|detail| detail.message.as_str())
    }

    /// The messages with the places in the node's source that they are of.
    pub fn details(&self) -> &[ErrorDetail] {
        &self.inner.details
    }

    /// The text of a contract's failed check, without `assertion failure with message: `.
    ///
    /// `None` for every other error.
    pub fn assertion(&self) -> Option<&str> {
        if !self.is(ErrorKind::EosioAssertMessage) {
            return None;
        }
        self.messages()
            .find_map(|text| text.strip_prefix(ASSERTION))
    }

    /// The most specific text there is: the contract's own words for a failed check, the first
    /// message that is not empty, or what the kind means.
    ///
    /// ```
    /// use antelope_types::{ChainError, ErrorKind};
    /// let text = "assertion failure with message: overdrawn balance";
    /// let error = ChainError::new(ErrorKind::EosioAssertMessage, text);
    /// assert_eq!(error.reason(), "overdrawn balance");
    /// assert_eq!(ChainError::new(ErrorKind::TxNoAction, "").reason(), ErrorKind::TxNoAction.what());
    /// ```
    pub fn reason(&self) -> &str {
        let message = || self.messages().find(|text| !text.is_empty());
        let reason = self.assertion().or_else(message);
        reason.unwrap_or(self.what())
    }

    /// The number a contract gave to `eosio_assert_code`.
    ///
    /// `None` for every other error.
    pub fn contract_code(&self) -> Option<u64> {
        self.inner
            .error_code
            .filter(|_| self.is(ErrorKind::EosioAssertCode))
    }

    /// Whether it is of this kind.
    ///
    /// It compares the number alone.
    pub fn is(&self, kind: ErrorKind) -> bool {
        self.code() == kind.code()
    }

    /// The `error_code` of a trace: the contract's number, or one that stands for every error of
    /// the chain. Errors of the libraries that nodes are made of have none.
    pub fn trace_error_code(&self) -> Option<u64> {
        let of_chain = self.code() >= ErrorKind::ChainType.code();
        of_chain.then(|| self.inner.error_code.unwrap_or(GENERIC_CODE))
    }

    /// An error of a library that leaves a transaction from outside of its actions.
    ///
    /// Errors of the chain stay as they are.
    pub fn rethrown(mut self) -> Self {
        if let Origin::Library { passed } = &mut self.inner.origin {
            *passed = true;
            let message = format!("rethrow {}: ", self.inner.what);
            self.inner.details = vec![ErrorDetail::new(message)];
        }
        self
    }

    /// The error with an empty message: what a level of a node adds that only has data to tell.
    pub fn passed_on(self) -> Self {
        self.with_message("")
    }

    /// An error of another kind with a message of its own, before those of this one.
    ///
    /// Nodes do so where they turn an objective failure into a subjective one, for example.
    pub fn instead(mut self, kind: ErrorKind, message: impl Into<String>) -> Self {
        self.inner.code = kind.code();
        if self.inner.origin == Origin::Chain {
            self.inner.name = kind.name().into();
            self.inner.what = kind.what().into();
        }
        self.inner.details.insert(0, ErrorDetail::new(message));
        self
    }

    /// The error with each message replaced by what this function makes of it.
    ///
    /// ```
    /// use antelope_types::{ChainError, ErrorKind};
    /// let error = ChainError::new(ErrorKind::Transaction, "a\tb");
    /// let error = error.map_messages(|text| text.replace('\t', " "));
    /// assert_eq!(error.message(), "a b");
    /// ```
    pub fn map_messages(mut self, of: impl Fn(&str) -> String) -> Self {
        for detail in &mut self.inner.details {
            detail.message = of(&detail.message);
        }
        self
    }

    /// The error with a further message, of a level that it passes.
    ///
    /// The first level that a library's error passes adds to its message; otherwise there is one more.
    pub fn with_message(mut self, message: impl Into<String>) -> Self {
        let message = message.into();
        let inner = &mut *self.inner;
        match (&mut inner.origin, inner.details.first_mut()) {
            (
                Origin::Library {
                    passed: passed @ false,
                },
                Some(first),
            ) => {
                *passed = true;
                first.message = format!("{}: {message}", first.message);
            }
            _ => inner.details.push(ErrorDetail::new(message)),
        }
        self
    }
}

impl fmt::Display for ChainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.name(), self.code(), self.message())
    }
}

impl core::error::Error for ChainError {}

#[cfg(test)]
mod tests;
