//! One connection, from its first byte to its last.
//!
//! | phase | bounded by | at its end |
//! |---|---|---|
//! | the head of a request, and the pause before it | [`Options::head_timeout`](crate::Options::head_timeout), [`MAX_HEAD`] | closed; with 400 or 431 where the head is malformed or too long |
//! | its body | `body` | 408, 413 or 503 |
//! | the call | the chain's own limits | |
//! | the answer | `deadline` | closed |
//!
//! Then the next request follows, unless the client or HTTP/1.0 wants it otherwise. Requests that are
//! sent before the answer to the one before (pipelining) are answered in their order.
//!
//! What is not HTTP/1 is refused by the library with status 400 and an empty body; nodeos closes the
//! connection without a word.

use crate::deadline::Deadline;
use crate::running::Counted;
use crate::service::Service;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::watch;

/// The longest head of a request, in bytes; nodeos has 8 KiB. Of headers there may be 100.
///
/// A connection holds as much memory at most while a head or a part of a body is read.
const MAX_HEAD: usize = 16 << 10;

/// Answers the requests of a connection until the client closes it, one of its bounds is passed, or
/// `stopping` changes; the request that is being answered is answered then. `local` is the
/// connection's end here, if it has an address.
///
/// What goes wrong with a connection is of no concern to others: it is logged at the level `debug`.
pub(crate) async fn serve(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    local: Option<SocketAddr>,
    service: Arc<Service>,
    mut stopping: watch::Receiver<bool>,
) {
    let _counted = Counted::of(&service.metrics.connections);
    let stream = TokioIo::new(Deadline::new(stream, service.options.write_timeout));
    let answering = Arc::clone(&service);
    let requests = service_fn(move |request| {
        let service = Arc::clone(&answering);
        async move { Ok::<_, Infallible>(service.answer(request, local).await) }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(service.options.head_timeout)
        .max_buf_size(MAX_HEAD)
        // As nodeos writes them, for clients that look for `Content-Length` by its letters.
        .title_case_headers(true)
        .auto_date_header(false)
        // `printf … | nc` closes its side before it reads.
        .half_close(true);
    let mut connection = pin!(http.serve_connection(stream, requests));
    let ended = tokio::select! {
        ended = &mut connection => ended,
        _ = stopping.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "connection ended");
    }
}
