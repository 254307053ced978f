//! What the API counts.
//!
//! | metric | type | what |
//! |---|---|---|
//! | `veche_api_requests_total` | counter | requests by their outcome: `ok`, or the code of the first error |
//! | `veche_api_seconds` | histogram | how long answers took |
//! | `veche_api_connections` | gauge | connections with subscriptions |

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;
use std::time::Duration;

/// What the API counts.
#[derive(Clone, Debug)]
pub struct ApiMetrics {
    requests: Family<OutcomeLabel, Counter>,
    seconds: Histogram,
    pub(crate) connections: Gauge,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct OutcomeLabel {
    code: String,
}

impl Default for ApiMetrics {
    fn default() -> Self {
        Self {
            requests: Family::default(),
            seconds: Histogram::new(exponential_buckets(0.001, 2.0, 15)),
            connections: Gauge::default(),
        }
    }
}

impl ApiMetrics {
    /// Puts them beside other metrics.
    pub fn register(&self, registry: &mut Registry) {
        registry.register(
            "veche_api_requests",
            "Requests by their outcome",
            self.requests.clone(),
        );
        registry.register(
            "veche_api_seconds",
            "How long answers took",
            self.seconds.clone(),
        );
        registry.register(
            "veche_api_connections",
            "Connections with subscriptions",
            self.connections.clone(),
        );
    }

    /// Counts an answer. Codes are few: they are those of the table of errors.
    pub(crate) fn answered(&self, code: &str, took: Duration) {
        let label = OutcomeLabel {
            code: code.to_owned(),
        };
        self.requests.get_or_create(&label).inc();
        self.seconds.observe(took.as_secs_f64());
    }
}
