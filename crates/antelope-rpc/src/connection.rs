//! One connection, from its first byte to its last.

use crate::deadline::Deadline;
use crate::service::Service;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use tokio::net::TcpStream;
use tokio::sync::watch;

/// The longest head of a request, in bytes.
const MAX_HEAD: usize = 64 << 10;

/// Answers the requests of a connection until the client closes it, one of its bounds is passed, or
/// `stopping` changes; the request that is being answered is answered then.
pub(crate) async fn serve(
    stream: TcpStream,
    service: Arc<Service>,
    mut stopping: watch::Receiver<bool>,
) {
    // Answers are small, and a client waits for each.
    let _ = stream.set_nodelay(true);
    let Ok(local) = stream.local_addr() else {
        return;
    };
    service.metrics.connections.inc();
    let stream = TokioIo::new(Deadline::new(stream, service.options.write_timeout));
    let answering = Arc::clone(&service);
    let requests = service_fn(move |request| {
        let service = Arc::clone(&answering);
        async move { Ok::<_, Infallible>(service.answer(request, local).await) }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(service.options.head_timeout)
        .max_buf_size(MAX_HEAD);
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
    service.metrics.connections.dec();
}
