//! Errors as nodes write them: `except` of a trace, and `error` of a failed call.
//!
//! Both are read alike: a stack's formats are filled with their values, and become details.

use super::detail::StackEntry;
use super::{ChainError, ErrorDetail, Origin};
use alloc::string::String;
use alloc::vec::Vec;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

impl Serialize for ChainError {
    /// Writes the form of traces.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let stack: Vec<_> = self.details().iter().map(Entry::from).collect();
        let mut out = serializer.serialize_struct("except", 4)?;
        out.serialize_field("code", &self.code())?;
        out.serialize_field("name", self.name())?;
        out.serialize_field("message", self.what())?;
        out.serialize_field("stack", &stack)?;
        out.end()
    }
}

/// A message in the form of traces, with every field that the library of nodes and cleos reads: cleos
/// shows nothing of an error that lacks one. The values are in the format already.
#[derive(Serialize)]
struct Entry<'a> {
    context: Context<'a>,
    format: &'a str,
    data: Values,
}

/// The place in the node's source, empty for messages that no node has told.
#[derive(Serialize)]
struct Context<'a> {
    level: &'static str,
    file: &'a str,
    line: u64,
    method: &'a str,
    hostname: &'static str,
    thread_name: &'static str,
    timestamp: &'static str,
}

/// The values of a format that has none.
#[derive(Serialize)]
struct Values {}

impl<'a> From<&'a ErrorDetail> for Entry<'a> {
    fn from(detail: &'a ErrorDetail) -> Self {
        Self {
            context: Context {
                level: "error",
                file: &detail.file,
                line: detail.line_number,
                method: &detail.method,
                hostname: "",
                thread_name: "",
                // The same error is the same text at any time.
                timestamp: "1970-01-01T00:00:00.000",
            },
            format: &detail.message,
            data: Values {},
        }
    }
}

/// The most messages of an error that a node tells in the answer to a failed call.
///
/// `error_results::error_info::details_limit` of nodes.
const MOST_DETAILS: usize = 10;

/// The form of the answer to a failed call, for `#[serde(with = "…")]`.
pub(crate) mod of_call {
    use super::*;

    /// Writes it.
    pub(crate) fn serialize<S: Serializer>(error: &ChainError, out: S) -> Result<S::Ok, S::Error> {
        let what = match error.inner.origin {
            Origin::Chain => error.what(),
            // The text of an error of a library is its first message here.
            Origin::Library { .. } => error.kind().what(),
        };
        let details = error.details();
        let mut out = out.serialize_struct("error", 4)?;
        out.serialize_field("code", &error.code())?;
        out.serialize_field("name", error.name())?;
        out.serialize_field("what", what)?;
        out.serialize_field("details", &details[..details.len().min(MOST_DETAILS)])?;
        out.end()
    }

    /// Reads it.
    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<ChainError, D::Error> {
        ChainError::deserialize(from)
    }
}

impl<'de> Deserialize<'de> for ChainError {
    /// Reads both forms.
    ///
    /// Whatever is missing is empty or 0: a proxy in between may have written the answer.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Told {
            #[serde(default, with = "crate::json::uint64")]
            code: u64,
            #[serde(default)]
            name: String,
            #[serde(default)]
            what: String,
            #[serde(default)]
            message: String,
            #[serde(default)]
            details: Vec<ErrorDetail>,
            #[serde(default)]
            stack: Vec<StackEntry>,
        }
        let told = Told::deserialize(deserializer)?;
        let mut details = told.details;
        details.extend(told.stack.into_iter().map(ErrorDetail::from));
        let what = match told.what.is_empty() {
            true => told.message,
            false => told.what,
        };
        Ok(Self::from_node(
            told.code,
            told.name.into(),
            what.into(),
            details,
        ))
    }
}
