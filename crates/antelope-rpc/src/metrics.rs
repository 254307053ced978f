//! What the server counts, in the text format of Prometheus.

use crate::state_history::StateHistoryCounts;
use antelope_chain::api::Api;
use prometheus_client::encoding::{EncodeLabelSet, text::encode};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use std::sync::atomic::AtomicU64;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The content type of the answer.
pub(crate) const TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Upper ends of the buckets of a call's duration, in seconds.
const BUCKETS: [f64; 9] = [0.000_1, 0.000_3, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0];

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Call {
    call: String,
    status: u16,
}

/// Counters of one server.
pub(crate) struct Metrics {
    registry: Registry,
    calls: Family<Call, Counter>,
    seconds: Histogram,
    refused: Counter,
    /// Connections that are open.
    pub(crate) connections: Gauge,
    held: Gauge,
    head: Gauge,
    irreversible: Gauge,
    behind: Gauge<f64, AtomicU64>,
}

impl Metrics {
    /// With the counters of state history, if it is served beside.
    pub(crate) fn new(history: Option<&StateHistoryCounts>) -> Self {
        let mut registry = Registry::default();
        if let Some(history) = history {
            history.register(&mut registry);
        }
        let calls = Family::default();
        let seconds = Histogram::new(BUCKETS);
        let (refused, connections) = (Counter::default(), Gauge::default());
        let (held, head, irreversible) = (Gauge::default(), Gauge::default(), Gauge::default());
        let behind = Gauge::<f64, AtomicU64>::default();
        registry.register(
            "antelope_http_calls",
            "Calls by name and status",
            Family::clone(&calls),
        );
        registry.register(
            "antelope_http_call_seconds",
            "Time from the whole request to the whole answer",
            seconds.clone(),
        );
        registry.register(
            "antelope_http_refused",
            "Requests answered with 503 because too many were waiting",
            refused.clone(),
        );
        registry.register(
            "antelope_http_connections",
            "Open connections",
            connections.clone(),
        );
        registry.register(
            "antelope_http_bytes_in_flight",
            "Bytes of requests and answers that are held",
            held.clone(),
        );
        registry.register(
            "antelope_head_block",
            "Number of the head block",
            head.clone(),
        );
        registry.register(
            "antelope_irreversible_block",
            "Number of the last irreversible block",
            irreversible.clone(),
        );
        registry.register(
            "antelope_head_behind_seconds",
            "The machine's time less the head block's; negative after the chain's time was moved",
            behind.clone(),
        );
        Self {
            registry,
            calls,
            seconds,
            refused,
            connections,
            held,
            head,
            irreversible,
            behind,
        }
    }

    /// A call was answered. Names that the API does not have are one, so that nobody fills the
    /// memory with them.
    pub(crate) fn answered(&self, path: &str, status: u16, took: Duration) {
        let known = status != 404;
        let call = path.trim_start_matches("/v1/");
        let call = if known { call } else { "unknown" }.to_owned();
        self.calls.get_or_create(&Call { call, status }).inc();
        self.seconds.observe(took.as_secs_f64());
    }

    /// A request was refused because too many wait.
    pub(crate) fn refused(&self) {
        self.refused.inc();
    }

    /// Everything, with what the chain says now and how many bytes are held.
    pub(crate) fn text(&self, api: &Api, held: usize) -> String {
        self.held.set(i64::try_from(held).unwrap_or(i64::MAX));
        let chain = api.fork();
        self.head.set(i64::from(chain.head().number()));
        self.irreversible.set(i64::from(chain.last_irreversible()));
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let now = now.map_or(0.0, |now| now.as_secs_f64());
        let head = chain.head_time().micros() as f64 / 1e6;
        self.behind.set(now - head);
        let mut text = String::new();
        // Writing into a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
