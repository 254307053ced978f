//! Answers as a node writes them.

use antelope_rpc_client::Answer;
use antelope_types::{ChainError, ErrorKind};
use serde_json::{Value, json};

/// The most messages of an error that a node tells.
const MOST_DETAILS: usize = 10;

/// A call that was not answered with what it asked for.
#[derive(Debug)]
pub(super) struct Refusal {
    status: u16,
    summary: String,
    code: u32,
    name: &'static str,
    what: &'static str,
    details: Vec<String>,
}

impl Refusal {
    /// There is no such call.
    pub(super) fn unknown_endpoint() -> Self {
        Self {
            status: 404,
            summary: "Not Found".to_owned(),
            code: 0,
            name: "exception",
            what: "unspecified",
            details: vec!["Unknown Endpoint".to_owned()],
        }
    }

    /// The trace of a transaction is not there.
    pub(super) fn no_trace() -> Self {
        let summary = "Trace API: transaction id missing in the transaction id log files";
        Self::of_trace_api(404, summary)
    }

    /// A trace was asked for, but not whose.
    pub(super) fn no_transaction_id() -> Self {
        Self::of_trace_api(400, "Bad or missing transaction ID")
    }

    fn of_trace_api(status: u16, summary: &str) -> Self {
        Self {
            status,
            summary: summary.to_owned(),
            code: 0,
            name: "",
            what: "",
            details: Vec::new(),
        }
    }

    /// A transaction failed. Nodes give its error without its type, so that the status is always the
    /// same, whatever it failed with.
    pub(super) fn failed(error: &ChainError) -> Self {
        Self {
            status: 500,
            summary: "Internal Service Error".to_owned(),
            ..error.clone().into()
        }
    }

    /// The body does not fit the call.
    pub(super) fn request(problem: impl Into<String>) -> Self {
        ChainError::new(ErrorKind::InvalidHttpRequest, problem).into()
    }

    /// A field of the body is not what it should be.
    pub(super) fn field(problem: impl Into<String>) -> Self {
        let message = "Unable to parse valid input from POST body";
        ChainError::new(ErrorKind::InvalidHttpRequest, message)
            .with_message(problem)
            .into()
    }

    /// All that is said of it, as nodes log it.
    pub(super) fn details(&self) -> String {
        let Refusal {
            code, name, what, ..
        } = self;
        format!("{code} {name}: {what}\n{}", self.details.join("\n"))
    }

    pub(super) fn answer(self) -> Answer {
        let details = self.details.iter().take(MOST_DETAILS);
        let details: Vec<_> = details
            .map(
                |message| json!({ "message": message, "file": "", "line_number": 0, "method": "" }),
            )
            .collect();
        let body = json!({
            "code": self.status,
            "message": self.summary,
            "error": { "code": self.code, "name": self.name, "what": self.what, "details": details },
        });
        Answer {
            status: self.status,
            body: body.to_string().into_bytes(),
        }
    }
}

impl From<ChainError> for Refusal {
    fn from(error: ChainError) -> Self {
        // http_plugin::handle_exception
        let (status, summary) = match error.kind() {
            ErrorKind::UnknownBlock => (400, "Unknown Block"),
            ErrorKind::InvalidHttpRequest => (400, "Invalid Request"),
            ErrorKind::AccountQuery => (400, "Account lookup"),
            ErrorKind::UnsatisfiedAuthorization => (401, "UnAuthorized"),
            ErrorKind::TxDuplicate => (409, "Conflict"),
            _ => (500, "Internal Service Error"),
        };
        Self {
            status,
            summary: summary.to_owned(),
            code: error.code(),
            name: error.name(),
            what: error.kind().what(),
            details: error.messages().to_vec(),
        }
    }
}

/// An answer of success.
pub(super) fn success(status: u16, mut value: Value) -> Answer {
    quote_large(&mut value);
    Answer {
        status,
        body: value.to_string().into_bytes(),
    }
}

/// Bytes of hexadecimal text.
pub(super) fn from_hex(text: &str) -> Option<Vec<u8>> {
    antelope_types::json::bytes::deserialize(serde_json::Value::from(text)).ok()
}

/// Makes text of the integers that JavaScript may lose digits of, as nodes do: those beyond 32 bits.
fn quote_large(value: &mut Value) {
    const PLAIN: u64 = 0xffff_ffff;
    match value {
        Value::Array(items) => items.iter_mut().for_each(quote_large),
        Value::Object(fields) => fields.values_mut().for_each(quote_large),
        Value::Number(number) => {
            let magnitude = number
                .as_u64()
                .or_else(|| number.as_i64().map(i64::unsigned_abs));
            if magnitude.is_some_and(|n| n > PLAIN) {
                *value = number.to_string().into();
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_text() {
        let value = json!({ "a": [4_294_967_295u64, 4_294_967_296u64, -4_294_967_296i64], "b": 1 });
        let answer = success(200, value);
        let text = String::from_utf8(answer.body).unwrap();
        assert_eq!(
            text,
            r#"{"a":[4294967295,"4294967296","-4294967296"],"b":1}"#
        );
    }

    #[test]
    fn errors_have_the_status_that_a_node_gives_them() {
        for (kind, status) in [
            (ErrorKind::UnsatisfiedAuthorization, 401),
            (ErrorKind::TxDuplicate, 409),
            (ErrorKind::AccountQuery, 400),
            (ErrorKind::EosioAssertMessage, 500),
        ] {
            let refusal = Refusal::from(ChainError::new(kind, "why"));
            assert_eq!(refusal.answer().status, status, "{kind:?}");
        }
    }
}
