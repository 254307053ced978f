//! Answers that are made before a call is, and what all answers have.
//!
//! Every answer has `Content-Type`, `Content-Length` and `Server`; those to requests that were looked
//! at have what [`Cors`] says as well. Errors have one form, whoever made them:
//!
//! ```json
//! {
//!   "code": 413,
//!   "message": "Payload Too Large",
//!   "error": {
//!     "code": 413,
//!     "name": "Payload Too Large",
//!     "what": "expected a body of at most 2097152 bytes",
//!     "details": []
//!   }
//! }
//! ```
//!
//! so that a client which reads errors of a node reads these. The outer `code` is the status. Errors of
//! calls are made by `antelope_chain::api` and have the number of the exception inside.

use crate::options::Cors;
use antelope_types::rpc::ErrorAnswer;
use antelope_types::{ChainError, ErrorDetail};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{Response, StatusCode};

/// An answer with its whole body.
pub(crate) type Answer = Response<Full<Bytes>>;

/// The header `Server`, as nodeos names itself and its version there.
const SERVER: &str = concat!("antelope-rpc/", env!("CARGO_PKG_VERSION"));

/// JSON with the status of a call. A status that HTTP does not have becomes 500.
pub(crate) fn json(status: u16, body: Bytes) -> Answer {
    with_type(status, "application/json", body)
}

/// Text for people and scrapers.
pub(crate) fn text(status: u16, kind: &'static str, body: String) -> Answer {
    with_type(status, kind, body.into())
}

/// An answer with the headers that all have.
fn with_type(status: u16, kind: &'static str, body: Bytes) -> Answer {
    let mut answer = Response::new(Full::new(body));
    *answer.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::SERVER, HeaderValue::from_static(SERVER));
    answer
}

/// A refusal in the form of nodeos's `error_results`, with the reason in `message` and `what`.
pub(crate) fn refusal(status: StatusCode, message: &str, what: &str) -> Answer {
    let code = u64::from(status.as_u16());
    let (name, what) = (message.to_owned().into(), what.to_owned().into());
    let error = ChainError::from_node(code, name, what, Vec::new());
    of_error(status.as_u16(), message, error)
}

/// A refusal of a request that is not looked at any further: nodeos gives the reason in `message`
/// and leaves the error empty.
pub(crate) fn illegal(message: &str) -> Answer {
    let error = ChainError::from_node(0, "".into(), "".into(), Vec::new());
    of_error(400, message, error)
}

/// The last answer of a connection.
pub(crate) fn closing(mut answer: Answer) -> Answer {
    let close = HeaderValue::from_static("close");
    answer.headers_mut().insert(header::CONNECTION, close);
    answer
}

/// An error with the fields in the order in which a node writes them.
fn of_error(code: u16, message: &str, error: ChainError) -> Answer {
    let message = message.to_owned();
    let error = ErrorAnswer {
        code,
        message,
        error,
    };
    json(code, written(&error).into())
}

/// The bytes of an error. It consists of text and numbers, so that it can be written.
fn written(error: &ErrorAnswer) -> Vec<u8> {
    serde_json::to_vec(error).unwrap_or_default()
}

/// The body of an error with its first message only, as nodeos answers unless it is told to be
/// verbose. The first message is what an assertion of a contract says, shortened where it is long;
/// those after it say in which action it was, and what was printed. A body that is no error is left as
/// it is.
pub(crate) fn shortened(body: Vec<u8>) -> Vec<u8> {
    let Ok(mut answer) = serde_json::from_slice::<ErrorAnswer>(&body) else {
        return body;
    };
    let error = &answer.error;
    let first = error.details().first().map(|first| ErrorDetail {
        message: ChainError::bounded(&first.message).into_owned(),
        ..first.clone()
    });
    let (name, what) = (error.name().to_owned(), error.what().to_owned());
    let details = Vec::from_iter(first);
    answer.error = ChainError::from_node(error.code(), name.into(), what.into(), details);
    written(&answer)
}

/// Adds what a browser asks before it lets a page of another origin read the answer. A value that
/// cannot stand in a header, such as one with a line break, is left out. nodeos adds the same headers
/// to all answers and does not look at the header `Origin`.
pub(crate) fn allow(answer: &mut Answer, cors: &Cors) {
    const NAMES: [HeaderName; 3] = [
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        header::ACCESS_CONTROL_MAX_AGE,
    ];
    let values = [&cors.allow_origin, &cors.allow_headers, &cors.max_age];
    for (name, value) in NAMES.into_iter().zip(values) {
        if let Some(value) = value
            .as_deref()
            .and_then(|it| HeaderValue::from_str(it).ok())
        {
            answer.headers_mut().insert(name, value);
        }
    }
    if cors.allow_credentials {
        answer.headers_mut().insert(
            header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
            HeaderValue::from_static("true"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_types::ErrorKind;

    /// An error with these messages, as an answer has it.
    fn body(messages: &[&str]) -> Vec<u8> {
        let error = ChainError::new(ErrorKind::EosioAssertMessage, messages[0]);
        let later = messages[1..].iter();
        let error = later.fold(error, |error, message| error.with_message(*message));
        let message = "Internal Service Error".to_owned();
        written(&ErrorAnswer {
            code: 500,
            message,
            error,
        })
    }

    #[test]
    fn a_shortened_error_has_its_first_message_and_the_order_of_a_node() {
        let short = shortened(body(&["first", "second"]));
        assert_eq!(
            String::from_utf8(short).unwrap(),
            "{\"code\":500,\"message\":\"Internal Service Error\",\"error\":{\"code\":3050003,\
             \"name\":\"eosio_assert_message_exception\",\
             \"what\":\"eosio_assert_message assertion failure\",\
             \"details\":[{\"message\":\"first\",\"file\":\"\",\"line_number\":0,\"method\":\"\"}]}}"
        );
        for other in ["{}", "[]", "no JSON", "{\"status\":\"stopped\"}"] {
            assert_eq!(shortened(other.into()), other.as_bytes());
        }
    }

    #[test]
    fn long_assertions_are_limited_as_by_a_node() {
        let assertion = |text: &str| format!("assertion failure with message: {text}");
        let first = |message: &str| {
            let short = shortened(body(&[message]));
            let answer: ErrorAnswer = serde_json::from_slice(&short).unwrap();
            answer.error.message().to_owned()
        };
        let most = 988;
        for (length, kept) in [(most, most), (most + 1, most), (5000, most)] {
            let end = if length > kept { "..." } else { "" };
            let limited = first(&assertion(&"x".repeat(length)));
            assert_eq!(limited, assertion(&("x".repeat(kept) + end)));
        }
        // A letter of two bytes that begins within the limit and ends beyond it.
        let text = assertion(&format!("x{}", "\u{436}".repeat(600)));
        assert!(first(&text).ends_with("\u{436}..."));
        assert!(first(&text).len() < most + assertion("...").len());
    }
}
