//! From a request to its answer.

use crate::host;
use crate::metrics::{self, Metrics};
use crate::options::Options;
use crate::response::{self, Answer};
use antelope_chain::api::Api;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::{Body, Bytes};
use hyper::header::HOST;
use hyper::{Method, Request, StatusCode};
use std::error::Error;
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// What all connections share.
pub(crate) struct Service {
    pub(crate) api: Api,
    pub(crate) options: Options,
    pub(crate) metrics: Metrics,
    /// Held by the thread that answers a call itself.
    short: Mutex<()>,
    running: Arc<Semaphore>,
    waiting: AtomicUsize,
}

impl Service {
    pub(crate) fn new(api: Api, options: Options) -> Self {
        Self {
            api,
            metrics: Metrics::new(),
            short: Mutex::new(()),
            running: Arc::new(Semaphore::new(options.max_calls.max(1))),
            waiting: AtomicUsize::new(0),
            options,
        }
    }

    /// Answers one request that came in over a connection whose end here is `local`.
    pub(crate) async fn answer<B>(&self, request: Request<B>, local: SocketAddr) -> Answer
    where
        B: Body<Data = Bytes>,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        let mut answer = match self.refuse(&request, local) {
            Some(refusal) => return refusal,
            None if request.method() == Method::OPTIONS => response::json(200, b"{}".to_vec()),
            None => self.route(request).await,
        };
        response::allow(&mut answer, &self.options.cors);
        answer
    }

    /// Refuses what nodeos refuses before it looks at the call.
    fn refuse<B>(&self, request: &Request<B>, local: SocketAddr) -> Option<Answer> {
        let path = request.uri().path();
        if !path.starts_with('/') || path.contains("..") {
            return Some(bad(
                "Illegal request-target",
                "expected a path such as /v1/chain/get_info",
            ));
        }
        let aliases = self.options.hosts.as_deref()?;
        let host = request
            .headers()
            .get(HOST)
            .and_then(|host| host.to_str().ok());
        if host::is_valid(host.unwrap_or_default(), local, aliases) {
            return None;
        }
        Some(bad(
            "Disallowed HTTP HOST header in the request",
            "expected this server's address, localhost, or a name that the server was given",
        ))
    }

    async fn route<B>(&self, request: Request<B>) -> Answer
    where
        B: Body<Data = Bytes>,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        // nodeos looks a call up by the whole target, so that a query makes it unknown.
        let path = request
            .uri()
            .path_and_query()
            .map_or("/", |it| it.as_str())
            .to_owned();
        match path.as_str() {
            "/metrics" | "/v1/prometheus/metrics" => {
                return response::text(200, metrics::TYPE, self.metrics.text(&self.api));
            }
            "/health" => return self.health(),
            _ => {}
        }
        let body = match self.body(request).await {
            Ok(body) => body,
            Err(refusal) => return refusal,
        };
        self.call(path, body).await
    }

    /// The whole body, in time and of a bounded length.
    async fn body<B>(&self, request: Request<B>) -> Result<Bytes, Answer>
    where
        B: Body<Data = Bytes>,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        let limit = self.options.max_body;
        let body = Limited::new(request.into_body(), limit).collect();
        match timeout(self.options.body_timeout, body).await {
            Ok(Ok(body)) => Ok(body.to_bytes()),
            Ok(Err(error)) if error.is::<LengthLimitError>() => Err(response::refusal(
                StatusCode::PAYLOAD_TOO_LARGE,
                "Payload Too Large",
                &format!("expected a body of at most {limit} bytes"),
            )),
            Ok(Err(error)) => Err(bad("Bad Request", &error.to_string())),
            Err(_) => Err(response::refusal(
                StatusCode::REQUEST_TIMEOUT,
                "Request Timeout",
                &format!(
                    "the body did not arrive within {:?}",
                    self.options.body_timeout
                ),
            )),
        }
    }

    /// Answers a short call on this thread, if nothing has to be waited for. One thread at a time
    /// does so, so that the others go on moving bytes, however long a transaction takes.
    fn at_once(&self, path: &str, body: &[u8]) -> Option<antelope_rpc_client::Answer> {
        let _turn = self.short.try_lock().ok()?;
        // As on a thread of its own, a fault costs a call and not the connection: the long way
        // tells of it.
        let answer = AssertUnwindSafe(|| self.api.answer_at_once(path, body));
        catch_unwind(answer).ok().flatten()
    }

    /// Runs the call, in general on a thread that may wait for the chain and for the disk.
    async fn call(&self, path: String, body: Bytes) -> Answer {
        let began = Instant::now();
        if let Some(answer) = self.at_once(&path, &body) {
            self.metrics.answered(&path, answer.status, began.elapsed());
            return response::json(answer.status, answer.body);
        }
        let Some(permit) = self.turn().await else {
            self.metrics.refused();
            let waiting = self.options.max_waiting;
            return response::refusal(
                StatusCode::SERVICE_UNAVAILABLE,
                "Busy",
                &format!("Too many requests in flight: {waiting} are waiting; try again later"),
            );
        };
        let api = self.api.clone();
        let answered = tokio::task::spawn_blocking(move || {
            let answer = api.answer(&path, &body);
            drop(permit);
            (answer, path)
        });
        match answered.await {
            Ok((answer, path)) => {
                self.metrics.answered(&path, answer.status, began.elapsed());
                response::json(answer.status, answer.body)
            }
            Err(error) => {
                tracing::error!(%error, "a call has panicked");
                response::refusal(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "Internal Service Error",
                    "the call has ended in a fault of this server",
                )
            }
        }
    }

    /// Waits for a free thread; none where too many wait already.
    async fn turn(&self) -> Option<tokio::sync::OwnedSemaphorePermit> {
        if let Ok(permit) = Arc::clone(&self.running).try_acquire_owned() {
            return Some(permit);
        }
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= self.options.max_waiting {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            return None;
        }
        let permit = Arc::clone(&self.running).acquire_owned().await;
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        // The semaphore is closed by nobody.
        permit.ok()
    }

    /// For load balancers and service managers: 200 while the chain takes transactions.
    fn health(&self) -> Answer {
        let chain = self.api.fork();
        let body = serde_json::json!({
            "status": "ok",
            "head_block_num": chain.head().number(),
            "head_block_time": chain.head_time(),
        });
        response::json(200, body.to_string().into_bytes())
    }
}

fn bad(message: &str, what: &str) -> Answer {
    response::refusal(StatusCode::BAD_REQUEST, message, what)
}
