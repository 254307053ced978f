//! What goes wrong on a chain, in a node's own numbers, names and words.

mod kind;

pub use kind::ErrorKind;

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;
use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

/// The first of the codes that no contract may use: `system_error_code::generic_system_error`.
pub const GENERIC_CODE: u64 = 10_000_000_000_000_000_000;

/// Why a transaction, an action or a block was refused.
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainError {
    // Errors are rare and results are everywhere: one pointer keeps the results small.
    inner: Box<Inner>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    kind: ErrorKind,
    messages: Vec<String>,
    error_code: Option<u64>,
    /// An error of a library that nodes are made of.
    foreign: Option<Foreign>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Foreign {
    /// Its C++ type.
    name: &'static str,
    what: String,
    /// Whether it has passed a level: the first adds its message to the text.
    passed: bool,
}

impl ChainError {
    /// An error with its first message.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            inner: Box::new(Inner {
                kind,
                messages: vec![message.into()],
                error_code: None,
                foreign: None,
            }),
        }
    }

    /// What the database of a node says of a key of this type that it does not have.
    pub fn unknown_key(of: &str, key: impl fmt::Display) -> Self {
        let what = format!("unknown key ({of}): {key}");
        Self::foreign("N5boost10wrapexceptISt12out_of_rangeEE", what)
    }

    /// What the database of a node says of something that it cannot do.
    pub fn database(what: &str) -> Self {
        Self::foreign("N5boost10wrapexceptISt11logic_errorEE", what.to_owned())
    }

    fn foreign(name: &'static str, what: String) -> Self {
        let mut error = Self::new(ErrorKind::Std, what.clone());
        error.inner.foreign = Some(Foreign {
            name,
            what,
            passed: false,
        });
        error
    }

    /// A contract's assertion with a number instead of a text, as of `eosio_assert_code`.
    pub fn assert_code(code: u64) -> Self {
        let mut error = Self::new(
            ErrorKind::EosioAssertCode,
            format!("assertion failure with error code: {code}"),
        );
        error.inner.error_code = Some(code);
        error
    }

    /// A contract's assertion with a number that is none of its own.
    pub fn restricted_assert_code(code: u64) -> Self {
        let mut error = Self::new(
            ErrorKind::RestrictedErrorCode,
            format!("eosio_assert_code called with reserved error code: {code}"),
        );
        // system_error_code::contract_restricted_error_code
        error.inner.error_code = Some(GENERIC_CODE + 1);
        error
    }

    /// The kind.
    pub fn kind(&self) -> ErrorKind {
        self.inner.kind
    }

    /// The kind's number.
    pub fn code(&self) -> u32 {
        self.kind().code()
    }

    /// The kind's name, or the type of an error of a library that nodes are made of.
    pub fn name(&self) -> &'static str {
        let foreign = self.inner.foreign.as_ref();
        foreign.map_or(self.kind().name(), |foreign| foreign.name)
    }

    /// What the kind means; what an error of such a library says.
    pub fn what(&self) -> &str {
        let foreign = self.inner.foreign.as_ref();
        foreign.map_or(self.kind().what(), |foreign| &foreign.what)
    }

    /// What went wrong first.
    pub fn message(&self) -> &str {
        if let Some(foreign) = &self.inner.foreign {
            return &foreign.what;
        }
        self.inner.messages.first().map_or("", String::as_str)
    }

    /// Everything that is reported, what went wrong first coming first.
    pub fn messages(&self) -> &[String] {
        &self.inner.messages
    }

    /// The number a contract gave to `eosio_assert_code`.
    pub fn contract_code(&self) -> Option<u64> {
        self.inner
            .error_code
            .filter(|_| self.is(ErrorKind::EosioAssertCode))
    }

    /// Whether it is of this kind.
    pub fn is(&self, kind: ErrorKind) -> bool {
        self.kind() == kind
    }

    /// The `error_code` of a trace: the contract's number, or one that stands for every error of
    /// the chain. Errors of the libraries that nodes are made of have none.
    pub fn trace_error_code(&self) -> Option<u64> {
        let of_chain = self.code() >= ErrorKind::ChainType.code();
        of_chain.then(|| self.inner.error_code.unwrap_or(GENERIC_CODE))
    }

    /// An error of a library that leaves a transaction from outside of its actions.
    pub fn rethrown(mut self) -> Self {
        if let Some(foreign) = &mut self.inner.foreign {
            foreign.passed = true;
            self.inner.messages = vec![format!("rethrow {}: ", foreign.what)];
        }
        self
    }

    /// The error with an empty message: what a level of a node adds that only has data to tell.
    pub fn passed_on(self) -> Self {
        self.with_message("")
    }

    /// An error of another kind with a message of its own, before those of this one.
    pub fn instead(mut self, kind: ErrorKind, message: impl Into<String>) -> Self {
        self.inner.kind = kind;
        self.inner.messages.insert(0, message.into());
        self
    }

    /// The error with a further message, of a level that it passes.
    pub fn with_message(mut self, message: impl Into<String>) -> Self {
        let message = message.into();
        match (&mut self.inner.foreign, self.inner.messages.first_mut()) {
            (Some(foreign), Some(first)) if !foreign.passed => {
                foreign.passed = true;
                *first = format!("{first}: {message}");
            }
            _ => self.inner.messages.push(message),
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

impl Serialize for ChainError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Entry<'a> {
            format: &'a str,
        }
        let stack: Vec<_> = self
            .messages()
            .iter()
            .map(|format| Entry { format })
            .collect();
        let mut out = serializer.serialize_struct("except", 4)?;
        out.serialize_field("code", &self.code())?;
        out.serialize_field("name", self.name())?;
        out.serialize_field("message", self.what())?;
        out.serialize_field("stack", &stack)?;
        out.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_have_distinct_numbers_and_names() {
        for pair in ErrorKind::ALL.windows(2) {
            assert!(pair[0].code() < pair[1].code(), "{pair:?}");
            assert_ne!(pair[0].name(), pair[1].name());
        }
    }

    #[test]
    fn a_contracts_number_is_the_error_code_of_the_trace() {
        let error = ChainError::assert_code(7);
        assert_eq!(error.message(), "assertion failure with error code: 7");
        assert_eq!(error.trace_error_code(), Some(7));
        let other = ChainError::new(ErrorKind::MissingAuth, "missing authority of bob");
        assert_eq!(other.trace_error_code(), Some(10_000_000_000_000_000_000));
    }

    #[test]
    fn messages_of_outer_levels_come_after_the_first() {
        let error = ChainError::new(ErrorKind::EosioAssertMessage, "first").with_message("then");
        assert_eq!(error.messages(), ["first", "then"]);
        assert_eq!(error.message(), "first");
    }
}
