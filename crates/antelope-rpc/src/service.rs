//! From a request to its answer.
//!
//! | step | refused with |
//! |---|---|
//! | the body, see `body` | 413, 408, 503 |
//! | target: a path, without `..` | 400 |
//! | `Host`: the address of the connection, `localhost`, or a name that was given | 400 |
//! | `OPTIONS` | answered with `{}` and the headers of [`Cors`](crate::Cors) |
//! | `/metrics`, `/health`, `/v1/node/get_supported_apis` | |
//! | a turn: [`Options::max_calls`] run at a time | 503 |
//! | the call: at once if it is short, else on a thread that may wait for the chain and for the disk | as nodeos does |
//!
//! As on nodeos the method is of no account otherwise: `GET` and `PUT` call as `POST` does.
//!
//! # Who waits for what
//!
//! A call that waits for the disk, or for a chain that is locked for longer than 200 µs, runs on a thread
//! of its own and never on those that serve connections. There are at most [`Options::max_calls`] of
//! these threads. A request that finds all of them taken waits for its turn without a thread, and at most
//! [`Options::max_waiting`] do. So a chain that is busy for long makes clients wait or be refused, but
//! does not stop the server: preflights and refusals are answered meanwhile.
//!
//! A transaction that waits for the next block, since this one has no room for it, gives its turn back
//! meanwhile. How many may wait is bounded by [`Options::waiting_transactions`].
//!
//! # What is logged
//!
//! A line at the level `info` with the target `antelope_rpc::access` for each request: `method`,
//! `path`, `status`, `micros` (from the head of the request to the answer) and `bytes` (of the answer).
//! Never a query, a header or a body.

use crate::apis::{RECORDED, SUPPORTED};
use crate::body::{self, Received};
use crate::budget::Budget;
use crate::dev::Dev;
use crate::host;
use crate::metrics::{self, Metrics};
use crate::options::Options;
use crate::pace::Pace;
use crate::response::{self, Answer};
use antelope_chain::api::{Api, Later, Response};
use antelope_rpc_client as rpc;
use hyper::body::{Body, Bytes};
use hyper::header::HOST;
use hyper::http::request::Parts;
use hyper::{Method, Request, StatusCode};
use serde_json::json;
use std::error::Error;
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::{JoinError, spawn_blocking};

/// The longest part of a path that is logged, in bytes.
const LOGGED: usize = 128;

/// What all connections share.
pub(crate) struct Service {
    /// What answers calls.
    pub(crate) api: Api,
    /// The bounds, and who is answered.
    pub(crate) options: Options,
    /// What is counted.
    pub(crate) metrics: Metrics,
    /// Calls for development, where they are on.
    dev: Option<Arc<Dev>>,
    /// Bytes of requests and answers.
    budget: Arc<Budget>,
    /// How long transactions take that are executed at once.
    pace: Pace,
    /// One for each call that may run.
    running: Arc<Semaphore>,
    /// Requests that wait for their turn.
    waiting: AtomicUsize,
}

impl Service {
    /// Answers by this API within these bounds.
    pub(crate) fn new(api: Api, options: Options) -> Self {
        let dev = options
            .development
            .then(|| Arc::new(Dev::new(api.clone(), &options)));
        Self {
            api,
            metrics: Metrics::new(options.state_history.as_ref()),
            dev,
            budget: Budget::new(options.max_bytes),
            pace: Pace::default(),
            running: Arc::new(Semaphore::new(options.max_calls.max(1))),
            waiting: AtomicUsize::new(0),
            options,
        }
    }

    /// Answers one request that came in over a connection whose end here is `local`; none for a
    /// socket in the file system.
    pub(crate) async fn answer<B>(
        self: &Arc<Self>,
        request: Request<B>,
        local: Option<SocketAddr>,
    ) -> Answer
    where
        B: Body<Data = Bytes>,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        let began = Instant::now();
        let (head, body) = request.into_parts();
        let path: String = head.uri.path().chars().take(LOGGED).collect();
        // The whole request is read before it is looked at, so that the connection can go on.
        let received = body::receive(body, &self.options, &self.budget).await;
        let answer = match (received, self.refuse(&head, local)) {
            (Ok(_), Some(refusal)) => refusal,
            (received, _) => {
                let mut answer = match received {
                    Ok(received) => self.route(&head, received).await,
                    Err(mut refusal) => {
                        // The library would add that it keeps the connection of an old client.
                        *refusal.version_mut() = head.version;
                        refusal
                    }
                };
                response::allow(&mut answer, &self.options.cors);
                answer
            }
        };
        // Never the query, headers or bodies: they may have what is secret.
        tracing::info!(
            target: "antelope_rpc::access",
            method = %head.method,
            path,
            status = answer.status().as_u16(),
            micros = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX),
            bytes = answer.body().size_hint().exact(),
            "request"
        );
        answer
    }

    /// Refuses what nodeos refuses before it looks at the call: a target that is not a path or that
    /// goes up, and a `Host` that is not this server. Such answers have no headers for browsers.
    fn refuse(&self, request: &Parts, local: Option<SocketAddr>) -> Option<Answer> {
        let target = &request.uri;
        let path = target.path_and_query().map_or("", |it| it.as_str());
        // A successful `CONNECT` would turn the connection into a tunnel.
        let elsewhere = request.method == Method::CONNECT || target.authority().is_some();
        if elsewhere || !path.starts_with('/') || path.contains("..") {
            return Some(response::illegal("Illegal request-target"));
        }
        let local = local?;
        let host = request.headers.get(HOST);
        let host = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
        let valid = match &self.options.hosts {
            Some(aliases) => host::is_valid(host, local, aliases),
            // nodeos wants one also where it does not look at it.
            None => !host.is_empty(),
        };
        (!valid).then(|| response::illegal("Disallowed HTTP HOST header in the request"))
    }

    /// Answers a request that is meant for this server.
    async fn route(self: &Arc<Self>, request: &Parts, received: Received) -> Answer {
        if request.method == Method::OPTIONS {
            return response::json(200, Bytes::from_static(b"{}"));
        }
        // nodeos looks a call up by the whole target, so that a query makes it unknown.
        let path = request.uri.path_and_query().map_or("/", |it| it.as_str());
        match path {
            "/metrics" | "/v1/prometheus/metrics" => {
                let (service, held) = (Arc::clone(self), self.budget.used());
                let text = spawn_blocking(move || service.metrics.text(&service.api, held));
                let text = text
                    .await
                    .map(|text| response::text(200, metrics::TYPE, text));
                text.unwrap_or_else(|error| fault(&error))
            }
            "/health" => {
                let service = Arc::clone(self);
                let health = spawn_blocking(move || service.health()).await;
                health.unwrap_or_else(|error| fault(&error))
            }
            "/v1/node/get_supported_apis" => {
                let service = Arc::clone(self);
                let supported = spawn_blocking(move || service.supported()).await;
                supported.unwrap_or_else(|error| fault(&error))
            }
            _ => self.call(path.to_owned(), received).await,
        }
    }

    /// Answers a short call on this thread, if nothing has to be waited for. A transaction keeps the
    /// thread as long as it keeps the chain; where another thread has the chain for long, the call takes
    /// the long way, so that at most those that come at the same moment keep threads busy.
    fn at_once(&self, path: &str, body: &[u8]) -> Option<Response> {
        let executes = self.api.executes_at_once(path);
        if executes && self.pace.is_slow() {
            wake_another();
        }
        let began = Instant::now();
        // As on a thread of its own, a fault costs a call and not the connection: the long way
        // tells of it.
        let answer = AssertUnwindSafe(|| self.api.answer_at_once(path, body));
        let answer = catch_unwind(answer).ok().flatten();
        if executes {
            self.pace.took(began.elapsed());
        }
        answer
    }

    /// Runs the call, in general on a thread that may wait for the chain and for the disk.
    ///
    /// Where the client goes away meanwhile the call is done all the same: a transaction that was
    /// received is executed or refused, as on a node.
    async fn call(&self, path: String, received: Received) -> Answer {
        let began = Instant::now();
        match self.at_once(&path, &received.bytes) {
            Some(Response::Now(answer)) => return self.answered(&path, answer, began),
            Some(Response::Later(later)) => return self.later(&path, later, began).await,
            None => {}
        }
        let permit = match self.turn().await {
            Ok(permit) => permit,
            Err(waiting) => {
                self.metrics.refused();
                let what = format!("Too many requests in flight: {waiting}");
                return response::refusal(StatusCode::SERVICE_UNAVAILABLE, "Busy", &what);
            }
        };
        let (api, dev) = (self.api.clone(), self.dev.clone());
        let answered = spawn_blocking(move || {
            let body = &received.bytes;
            let answer = dev.and_then(|dev| dev.answer(&path, body));
            let response = match answer {
                Some(answer) => Response::Now(answer),
                None => api.respond(&path, body),
            };
            drop(permit);
            (response, path)
        });
        match answered.await {
            Ok((Response::Now(answer), path)) => self.answered(&path, answer, began),
            Ok((Response::Later(later), path)) => self.later(&path, later, began).await,
            Err(error) => fault(&error),
        }
    }

    /// The answer of a transaction that waits for the next block. It has given its turn back, so that
    /// however many wait, others are answered.
    async fn later(&self, path: &str, mut later: Later, began: Instant) -> Answer {
        later.arrived().await;
        // Writing the traces of a list takes a while.
        match spawn_blocking(move || later.wait()).await {
            Ok(answer) => self.answered(path, answer, began),
            Err(error) => fault(&error),
        }
    }

    /// Counts a call, and makes the HTTP answer of its own.
    fn answered(&self, path: &str, answer: rpc::Answer, began: Instant) -> Answer {
        self.metrics.answered(path, answer.status, began.elapsed());
        let body = match answer.status {
            400.. if !self.options.verbose_errors => response::shortened(answer.body),
            _ => answer.body,
        };
        response::json(answer.status, self.budget.hold(body))
    }

    /// Waits for a free thread.
    ///
    /// # Errors
    /// How many wait already, where that is too many.
    async fn turn(&self) -> Result<OwnedSemaphorePermit, usize> {
        if let Ok(permit) = Arc::clone(&self.running).try_acquire_owned() {
            return Ok(permit);
        }
        let place = InLine::take(&self.waiting, self.options.max_waiting)?;
        let permit = Arc::clone(&self.running).acquire_owned().await;
        drop(place);
        // The semaphore is closed by nobody.
        permit.map_err(|_| 0)
    }

    /// For load balancers and service managers: 200 while the chain takes transactions, and 503 with
    /// the reason in `problem` where its folder cannot be written any more or it was closed. Both tell
    /// the head. Reading goes on in either case.
    fn health(&self) -> Answer {
        let chain = self.api.fork();
        let problem = self.api.problem();
        let (status, text) = match &problem {
            None => (200, "ok"),
            Some(_) => (503, "stopped"),
        };
        let body = json!({
            "status": text,
            "problem": problem,
            "head_block_num": chain.head().number(),
            "head_block_time": chain.head_time(),
        });
        response::json(status, body.to_string().into())
    }

    /// `get_supported_apis`: the calls that this server has, in alphabetical order. Unlike nodeos, its
    /// own pages `/health` and `/metrics` are not among them, nor is this call.
    fn supported(&self) -> Answer {
        let dev = self.dev.as_ref().map_or(&[][..], |_| Dev::CALLS);
        let recorded = self.api.fork().history().map_or(&[][..], |_| RECORDED);
        let mut apis: Vec<_> = SUPPORTED.iter().chain(recorded).chain(dev).collect();
        apis.sort_unstable();
        let body = json!({ "apis": apis }).to_string();
        response::json(200, body.into())
    }
}

/// The answer where a call has panicked. The chain is as it was before, see `LiveChain`.
fn fault(error: &JoinError) -> Answer {
    tracing::error!(%error, "a call has panicked");
    response::refusal(
        StatusCode::INTERNAL_SERVER_ERROR,
        "Internal Service Error",
        "the call has ended in a fault of this server",
    )
}

/// Wakes another thread, which then looks after all connections while this one executes a transaction.
/// A thread that has something to do does not look at the sockets meanwhile, and those that sleep are
/// woken only when there are more tasks than the one that this thread takes next: hence two.
fn wake_another() {
    for _ in 0..2 {
        tokio::spawn(async {});
    }
}

/// One of the requests that wait; dropped also where the client goes away meanwhile.
struct InLine<'a>(&'a AtomicUsize);

impl<'a> InLine<'a> {
    /// # Errors
    /// How many wait, where that is the most.
    fn take(waiting: &'a AtomicUsize, most: usize) -> Result<Self, usize> {
        let before = waiting.fetch_add(1, Ordering::Relaxed);
        let place = Self(waiting);
        if before >= most {
            return Err(before);
        }
        Ok(place)
    }
}

impl Drop for InLine<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
