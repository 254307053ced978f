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
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{Response, StatusCode};
use serde_json::{Value, json};

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
    let body = json!({
        "code": status.as_u16(),
        "message": message,
        "error": { "code": status.as_u16(), "name": message, "what": what, "details": [] },
    });
    json(status.as_u16(), body.to_string().into())
}

/// A refusal of a request that is not looked at any further: nodeos gives the reason in `message`
/// and leaves the error empty.
pub(crate) fn illegal(message: &str) -> Answer {
    let body = json!({
        "code": 400,
        "message": message,
        "error": { "code": 0, "name": "", "what": "", "details": [] },
    });
    json(400, body.to_string().into())
}

/// The body of an error with its first message only, as nodeos answers unless it is told to be
/// verbose. The first message is what an assertion of a contract says; those after it say in which
/// action it was, and what was printed. A body that is no error is left as it is.
pub(crate) fn shortened(body: Vec<u8>) -> Vec<u8> {
    let Ok(mut error) = serde_json::from_slice::<Value>(&body) else {
        return body;
    };
    if let Some(details) = error.pointer_mut("/error/details")
        && let Some(details) = details.as_array_mut()
    {
        details.truncate(1);
    }
    error.to_string().into_bytes()
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
