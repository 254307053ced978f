//! What the service counts, in the text format of Prometheus.
//!
//! | metric | type | what |
//! |---|---|---|
//! | `veche_healthy` | gauge | 1 where `/health` answers 200 |
//! | `veche_index_head_block`, `veche_index_final_block` | gauge | the last block of the index, and the last that is final |
//! | `veche_index_lag_blocks` | gauge | how many blocks the index is behind the node |
//! | `veche_index_lag_seconds` | gauge | the machine's time less that of the index's last block |
//! | `veche_index_stopped` | gauge | 1 where the follower has ended and needs somebody |
//! | `veche_index_blocks_applied_total`, `veche_index_blocks_undone_total` | counter | since the start |
//! | `veche_index_problems_total` | counter | steps that have failed |
//! | `veche_check_time_seconds` | gauge | when the index was last compared with the chain, since 1970 |
//! | `veche_check_differences` | gauge | rows that differed then; absent where nothing could be compared |
//! | `veche_keeper_rounds_total`, `veche_keeper_problems_total` | counter | rounds to the end, and those that failed |
//! | `veche_keeper_done_total`, `…_done_by_others_total`, `…_failed_total` | counter | tasks by what became of them |
//! | `veche_keeper_waiting` | gauge | tasks that wait for a later round |
//! | `veche_api_…` | | those of the API, see `coop_server::ApiMetrics` |

use super::health::State;
use crate::coop::index::watch::seconds;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::Registry;
use std::time::{SystemTime, UNIX_EPOCH};

/// The content type of the page.
pub(super) const TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The page.
pub(super) fn text(state: &State) -> String {
    let mut registry = Registry::default();
    let seen = state.watched.seen();
    let status = &seen.status;
    let mut gauge = |name: &str, help: &str, value: i64| {
        registry.register(name, help, ConstGauge::new(value));
    };
    let number = |value: usize| i64::try_from(value).unwrap_or(i64::MAX);
    gauge(
        "veche_healthy",
        "Whether /health answers 200",
        i64::from(state.reasons().is_empty()),
    );
    gauge(
        "veche_index_head_block",
        "The last block of the index",
        status.head.map_or(0, |it| it.block_num.into()),
    );
    gauge(
        "veche_index_final_block",
        "The last block of the index that is final",
        status.last_irreversible.map_or(0, |it| it.block_num.into()),
    );
    if let Some(lag) = status.lag() {
        gauge(
            "veche_index_lag_blocks",
            "Blocks behind the node",
            lag.into(),
        );
    }
    gauge(
        "veche_index_stopped",
        "Whether the follower has ended and needs somebody",
        i64::from(seen.ended.is_some()),
    );
    if let Some(check) = &seen.check {
        let at = i64::try_from(seconds(check.at)).unwrap_or_default();
        gauge(
            "veche_check_time_seconds",
            "When the index was compared with the chain",
            at,
        );
        if let Some(differences) = check.differences() {
            gauge(
                "veche_check_differences",
                "Rows that differ from the chain's",
                number(differences),
            );
        }
    }
    let deeds = state.tended.as_ref().map(|it| it.deeds());
    if let Some(deeds) = &deeds {
        gauge(
            "veche_keeper_waiting",
            "Tasks that wait",
            number(deeds.waiting),
        );
    }
    if let Some(time) = status.head_time {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let now = now.map_or(0.0, |now| now.as_secs_f64());
        let lag = ConstGauge::new(now - time.micros() as f64 / 1e6);
        registry.register(
            "veche_index_lag_seconds",
            "The machine's time less that of the index's last block",
            lag,
        );
    }
    let mut counter = |name: &str, help: &str, value: u64| {
        registry.register(name, help, ConstCounter::new(value));
    };
    counter(
        "veche_index_blocks_applied",
        "Blocks applied",
        status.applied,
    );
    counter("veche_index_blocks_undone", "Blocks undone", status.undone);
    counter(
        "veche_index_problems",
        "Steps that have failed",
        status.problems,
    );
    if let Some(deeds) = deeds {
        counter("veche_keeper_rounds", "Rounds of the keeper", deeds.rounds);
        counter(
            "veche_keeper_problems",
            "Rounds that have failed",
            deeds.problems,
        );
        counter("veche_keeper_done", "Tasks that were done", deeds.done);
        counter(
            "veche_keeper_done_by_others",
            "Tasks that others had done",
            deeds.done_by_others,
        );
        counter(
            "veche_keeper_failed",
            "Tasks that the chain has refused",
            deeds.failed,
        );
    }
    if let Some(api) = &state.api {
        api.register(&mut registry);
    }
    let mut text = String::new();
    // Writing into a string does not fail.
    let _ = encode(&mut text, &registry);
    text
}
