//! What the server counts, in the text format of Prometheus.
//!
//! | metric | type | labels | what |
//! |---|---|---|---|
//! | `antelope_http_calls_total` | counter | `call`, `status` | calls that were answered |
//! | `antelope_http_call_seconds` | histogram | | from the whole request to the whole answer, with the time that a call waits for its turn |
//! | `antelope_http_refused_total` | counter | | requests refused with 503 because too many waited |
//! | `antelope_http_connections` | gauge | | connections that are open |
//! | `antelope_http_bytes_in_flight` | gauge | | bytes of requests and answers that are held |
//! | `antelope_transactions_waiting` | gauge | | transactions that wait for the next block, since this one is full |
//! | `antelope_head_block` | gauge | | number of the head block |
//! | `antelope_irreversible_block` | gauge | | number of the last irreversible block |
//! | `antelope_head_behind_seconds` | gauge | | the machine's time less the head block's |
//! | `antelope_state_history_…` | | | what [`StateHistoryCounts`] has, where state history is served |
//!
//! Who watches a node looks at `antelope_head_behind_seconds`, which grows where no blocks are made,
//! and at the rate of `antelope_http_refused_total`, which is above zero where the node is asked for
//! more than it can do.
//!
//! The format is OpenMetrics 1.0, which Prometheus reads: counters end in `_total`, and the text ends
//! with `# EOF`. nodeos has the same kind of page under `/v1/prometheus/metrics`, with other names.

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

/// The labels of `antelope_http_calls_total`.
///
/// Each combination is kept for ever, so that both must come from small sets.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Call {
    /// The path without `/v1/`, such as `chain/get_info`; `unknown` for one that there is not.
    call: String,
    /// The status of the answer.
    status: u16,
}

/// Counters of one server.
pub(crate) struct Metrics {
    /// All of the following, with their names and descriptions.
    registry: Registry,
    /// Calls that were answered.
    calls: Family<Call, Counter>,
    /// How long they took.
    seconds: Histogram,
    /// Requests for which there was no room.
    refused: Counter,
    /// Connections that are open.
    pub(crate) connections: Gauge,
    /// Bytes that are held; set when it is read.
    held: Gauge,
    /// Transactions that wait for the next block; set when it is read.
    waiting: Gauge,
    /// The head block; set when it is read, as the two that follow.
    head: Gauge,
    /// The last irreversible block.
    irreversible: Gauge,
    /// Seconds that the head block is old.
    behind: Gauge<f64, AtomicU64>,
}

impl Metrics {
    /// Counters at zero, beside those of state history if it is served.
    pub(crate) fn new(history: Option<&StateHistoryCounts>) -> Self {
        let mut registry = Registry::default();
        if let Some(history) = history {
            history.register(&mut registry);
        }
        let calls = Family::default();
        let seconds = Histogram::new(BUCKETS);
        let (refused, connections) = (Counter::default(), Gauge::default());
        let (held, head, irreversible) = (Gauge::default(), Gauge::default(), Gauge::default());
        let waiting = Gauge::default();
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
            "antelope_transactions_waiting",
            "Transactions that wait for the next block",
            waiting.clone(),
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
            waiting,
            head,
            irreversible,
            behind,
        }
    }

    /// A call was answered. `path` is the whole target of the request, `took` the time since its body
    /// was there. Names that the API does not have are one, so that nobody fills the
    /// memory with them.
    pub(crate) fn answered(&self, path: &str, status: u16, took: Duration) {
        let known = status != 404;
        let call = path.trim_start_matches("/v1/");
        let call = if known { call } else { "unknown" }.to_owned();
        self.calls.get_or_create(&Call { call, status }).inc();
        self.seconds.observe(took.as_secs_f64());
    }

    /// A request was refused because too many wait. It is not among the calls, since its call was not
    /// looked at.
    pub(crate) fn refused(&self) {
        self.refused.inc();
    }

    /// The page: everything, with what the chain says now and how many bytes are held.
    ///
    /// Takes the chain's lock for the time of a clone, and may wait for it.
    pub(crate) fn text(&self, api: &Api, held: usize) -> String {
        self.held.set(i64::try_from(held).unwrap_or(i64::MAX));
        self.waiting
            .set(i64::try_from(api.waiting()).unwrap_or(i64::MAX));
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
