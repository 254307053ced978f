//! Answers that are made before a call is.

use crate::options::Cors;
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{Response, StatusCode};
use serde_json::json;

/// An answer with its whole body.
pub(crate) type Answer = Response<Full<Bytes>>;

/// JSON with the status of a call.
pub(crate) fn json(status: u16, body: Vec<u8>) -> Answer {
    with_type(status, "application/json", body)
}

/// Text for people and scrapers.
pub(crate) fn text(status: u16, kind: &'static str, body: String) -> Answer {
    with_type(status, kind, body.into_bytes())
}

fn with_type(status: u16, kind: &'static str, body: Vec<u8>) -> Answer {
    let mut answer = Response::new(Full::new(Bytes::from(body)));
    *answer.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    answer
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    answer
}

/// A refusal in the form of nodeos's `error_results`, with the reason in `message` and `what`.
pub(crate) fn refusal(status: StatusCode, message: &str, what: &str) -> Answer {
    let body = json!({
        "code": status.as_u16(),
        "message": message,
        "error": { "code": status.as_u16(), "name": message, "what": what, "details": [] },
    });
    json(status.as_u16(), body.to_string().into_bytes())
}

/// Adds what the browser asks for. A value that cannot stand in a header was refused at the start.
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
