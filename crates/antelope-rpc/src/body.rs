//! The body of a request, bounded in length and time.
//!
//! | what goes wrong | status | on a node |
//! |---|---|---|
//! | longer than [`Options::max_body`] | 413, at once where the head says so | the connection is closed without an answer |
//! | not complete within [`Options::body_timeout`] | 408 | waits for ever |
//! | more than [`Options::max_bytes`] held by all requests | 503 | 503 |
//! | ends early, or its chunks are malformed | 400 | the connection is closed without an answer |
//!
//! A body is collected here and not handed to the call as it comes, because a call needs all of it:
//! JSON is parsed as a whole. That makes three bounds necessary. The length is bounded for one
//! request, the time so that a slow client does not hold its part for ever, and the sum of all parts
//! so that many slow clients do not hold everything.
//!
//! The time is that of the whole body and not of a part: a client that sends one byte each second
//! would pass any bound on parts.

use crate::budget::{Budget, Claim};
use crate::options::Options;
use crate::response::{self, Answer};
use http_body_util::BodyExt;
use hyper::StatusCode;
use hyper::body::{Body, Bytes};
use std::error::Error;
use std::pin::pin;
use std::sync::Arc;
use tokio::time::timeout;

/// A whole body, counted as long as this exists.
pub(crate) struct Received {
    /// What was sent, with chunks put together.
    pub(crate) bytes: Vec<u8>,
    /// Gives the bytes back.
    _claim: Claim,
}

/// Reads a body.
///
/// A request without one has an empty body. A client that asks for leave to send
/// (`Expect: 100-continue`) is given it by the library when the first part is read, so that a body
/// whose length is too large is refused before it is sent.
///
/// # Errors
/// The answer that says what was wrong. The connection ends with it: where the body ends is not known,
/// and what is left of it must not be taken for the next request.
pub(crate) async fn receive<B>(
    body: B,
    options: &Options,
    budget: &Arc<Budget>,
) -> Result<Received, Answer>
where
    B: Body<Data = Bytes>,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    let body = whole(body, options, budget).await;
    body.map_err(response::closing)
}

/// Reads a body within its bounds.
///
/// # Errors
/// As for [`receive`].
async fn whole<B>(body: B, options: &Options, budget: &Arc<Budget>) -> Result<Received, Answer>
where
    B: Body<Data = Bytes>,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    // Before the client is told to go on, where it waits for that (`Expect: 100-continue`).
    if body.size_hint().lower() > options.max_body as u64 {
        return Err(too_large(options.max_body));
    }
    match timeout(options.body_timeout, read(body, options.max_body, budget)).await {
        Ok(read) => read,
        Err(_) => {
            let limit = options.body_timeout;
            let what = format!("the body did not arrive within {limit:?}");
            Err(response::refusal(
                StatusCode::REQUEST_TIMEOUT,
                "Request Timeout",
                &what,
            ))
        }
    }
}

/// Collects the parts.
///
/// # Errors
/// As for [`whole`], but for the time.
async fn read<B>(body: B, limit: usize, budget: &Arc<Budget>) -> Result<Received, Answer>
where
    B: Body<Data = Bytes>,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    let mut claim = budget.claim();
    let mut bytes = Vec::new();
    let mut body = pin!(body);
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| {
            let what = reason(&*error.into());
            response::refusal(StatusCode::BAD_REQUEST, "Bad Request", &what)
        })?;
        // What else there may be are trailers.
        let Ok(data) = frame.into_data() else {
            continue;
        };
        if bytes.len() + data.len() > limit {
            return Err(too_large(limit));
        }
        claim.grow(data.len()).map_err(|used| {
            let what = format!("Too many bytes in flight: {used}");
            response::refusal(StatusCode::SERVICE_UNAVAILABLE, "Busy", &what)
        })?;
        bytes.extend_from_slice(&data);
    }
    Ok(Received {
        bytes,
        _claim: claim,
    })
}

/// What was wrong with a body: the library says that it could not be read, and its cause why.
fn reason(error: &(dyn Error + 'static)) -> String {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}

/// The answer to a body above the limit. It goes to the client before the rest of the body has come.
fn too_large(limit: usize) -> Answer {
    response::refusal(
        StatusCode::PAYLOAD_TOO_LARGE,
        "Payload Too Large",
        &format!("expected a body of at most {limit} bytes"),
    )
}
