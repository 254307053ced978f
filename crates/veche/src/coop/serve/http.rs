//! `/health` and `/metrics`, on this machine only.
//!
//! It has a thread of its own and takes no lock for longer than a copy, so that it answers whatever the halves
//! of the service wait for.

use super::health::State;
use super::metrics;
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::runtime::Builder;
use tokio::sync::{Semaphore, oneshot};

/// How long a client may take for the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);

/// How many connections are served at a time; more wait.
const CONNECTIONS: usize = 64;

/// An address that is taken.
pub(super) struct HttpServer {
    listener: TcpListener,
    address: SocketAddr,
}

/// A server that answers.
pub(super) struct Running {
    stop: oneshot::Sender<()>,
    thread: JoinHandle<()>,
}

impl HttpServer {
    /// Takes the address; port 0 takes a free one.
    pub(super) fn bind(address: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address })
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers from now on.
    pub(super) fn start(self, state: Arc<State>) -> io::Result<Running> {
        let runtime = Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .build()?;
        let (stop, stopping) = oneshot::channel();
        let thread = std::thread::Builder::new().name("http".to_owned());
        let thread = thread.spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    ended = accept(self.listener, state) => {
                        if let Err(error) = ended {
                            tracing::error!(%error, "/health and /metrics are not answered any more");
                        }
                    }
                    _ = stopping => {}
                }
            });
        })?;
        Ok(Running { stop, thread })
    }
}

impl Running {
    /// Ends it; a request that is being answered is cut off.
    pub(super) fn stop(self) {
        let _ = self.stop.send(());
        let _ = self.thread.join();
    }
}

async fn accept(listener: TcpListener, state: Arc<State>) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let turns = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(turn) = Arc::clone(&turns).acquire_owned().await else {
            return Ok(());
        };
        let Ok((stream, _)) = listener.accept().await else {
            // A client that was gone, or a shortage that passes.
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        let state = Arc::clone(&state);
        tokio::spawn(async move {
            let answer = service_fn(|request: Request<Incoming>| {
                let answer = answer(&state, request.method(), request.uri().path());
                async move { Ok::<_, Infallible>(answer) }
            });
            let mut http = http1::Builder::new();
            http.timer(TokioTimer::new())
                .header_read_timeout(HEAD_TIMEOUT);
            if let Err(error) = http.serve_connection(TokioIo::new(stream), answer).await {
                tracing::debug!(%error, "connection ended");
            }
            drop(turn);
        });
    }
}

fn answer(state: &State, method: &Method, path: &str) -> Response<Full<Bytes>> {
    if !matches!(*method, Method::GET | Method::HEAD) {
        return page(
            StatusCode::METHOD_NOT_ALLOWED,
            "text/plain",
            "expected GET\n".to_owned(),
        );
    }
    match path {
        "/health" => {
            let told = state.to_json();
            let status = match told["status"] == "ok" {
                true => StatusCode::OK,
                false => StatusCode::SERVICE_UNAVAILABLE,
            };
            page(status, "application/json", format!("{told}\n"))
        }
        "/metrics" => page(StatusCode::OK, metrics::TYPE, metrics::text(state)),
        _ => {
            let text = "expected /health or /metrics\n".to_owned();
            page(StatusCode::NOT_FOUND, "text/plain", text)
        }
    }
}

fn page(status: StatusCode, kind: &'static str, body: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(body.into()));
    *response.status_mut() = status;
    let kind = HeaderValue::from_static(kind);
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}
