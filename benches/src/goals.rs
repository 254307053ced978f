//! What the embedded chain is to reach beside its peers, and the table that tells whether it does.

use crate::rounds::Medians;
use serde_json::json;
use std::fmt::Write;

/// A figure of ours beside one of a peer.
struct Goal {
    what: &'static str,
    ours: &'static str,
    /// None where the goal is a figure by itself.
    peer: Option<&'static str>,
    aim: Aim,
}

enum Aim {
    /// At least so many times the peer's, or so much.
    AtLeast(f64),
    /// At most so many times the peer's, or so much.
    AtMost(f64),
}

use Aim::{AtLeast, AtMost};

const GOALS: &[Goal] = &[
    goal(
        "verified transfers a second, to ChainTester",
        "us.verified_tps",
        Some("chaintester.verified_tps"),
        AtLeast(2.0),
    ),
    goal(
        "declared transfers a second, to ChainTester",
        "us.declared_tps",
        Some("chaintester.declared_tps"),
        AtLeast(15.0),
    ),
    goal(
        "declared transfers a second, to VeRT",
        "us.simple_tps",
        Some("vert.declared_tps"),
        AtLeast(40.0),
    ),
    goal(
        "the same beside large contracts, to VeRT",
        "us.beside_large_tps",
        Some("vert.beside_large_tps"),
        AtLeast(300.0),
    ),
    goal(
        "alone to beside ten large contracts",
        "us.simple_tps",
        Some("us.beside_large_tps"),
        AtMost(1.2),
    ),
    goal(
        "boot and first transfer, cache warm, ms, to ChainTester",
        "us.cold_start_ms",
        Some("chaintester.cold_start_ms"),
        AtMost(0.05),
    ),
    goal(
        "boot and first transfer, cache warm, ms",
        "us.cold_start_ms",
        None,
        AtMost(36.0),
    ),
    goal(
        "boot and first transfer, cache warm, ms, to nodeos",
        "us.cold_start_ms",
        Some("nodeos.cold_start_ms"),
        AtMost(0.025),
    ),
    goal(
        "boot and first transfer, cache empty, ms, to ChainTester",
        "cold.cold_start_ms",
        Some("chaintester.cold_start_ms"),
        AtMost(0.333),
    ),
    goal(
        "deploy and first call of soviet, not cached, ms, to nodeos",
        "cold.deploy_soviet_ms",
        Some("nodeos.deploy_soviet_ms"),
        AtMost(1.0),
    ),
    goal(
        "deploy and first call of eosio.system, not cached, ms, to nodeos",
        "cold.deploy_large_ms",
        Some("nodeos.deploy_large_ms"),
        AtMost(1.0),
    ),
    goal(
        "the same on a second chain of the process, ms",
        "us.deploy_large_again_ms",
        None,
        AtMost(1.0),
    ),
    goal(
        "memory after the transfers, MB, to ChainTester",
        "us.rss_mb",
        Some("chaintester.rss_mb"),
        AtMost(0.333),
    ),
    goal(
        "memory after the transfers, MB",
        "us.rss_mb",
        None,
        AtMost(27.0),
    ),
    goal(
        "snapshot and revert of 100 000 rows, µs",
        "us.snapshot_revert_us",
        None,
        AtMost(20.0),
    ),
    goal(
        "growth over 10 000 cycles of it, MB",
        "us.cycles_rss_growth_mb",
        None,
        AtMost(1.0),
    ),
    goal(
        "a new booted chain, µs",
        "us.new_chain_us",
        None,
        AtMost(100.0),
    ),
    goal("two threads, to one", "us.two_threads", None, AtLeast(1.8)),
    goal(
        "two threads, to one, beside two loops that share nothing",
        "us.two_threads",
        Some("us.two_loops"),
        AtLeast(0.9),
    ),
    goal(
        "forty-eight hours, then a signed transfer passes, ms",
        "us.travel_ms",
        None,
        AtMost(1.0),
    ),
    goal(
        "a declared transfer from JSON to trace, µs",
        "us.declared_us",
        None,
        AtMost(36.0),
    ),
    goal(
        "with calls to be told of, to without",
        "us.backtraces",
        None,
        AtMost(1.1),
    ),
];

const fn goal(
    what: &'static str,
    ours: &'static str,
    peer: Option<&'static str>,
    aim: Aim,
) -> Goal {
    Goal {
        what,
        ours,
        peer,
        aim,
    }
}

impl Goal {
    /// The figure that is held against the aim; none without the peer.
    fn figure(&self, medians: &Medians) -> Option<f64> {
        let ours = medians.get(self.ours)?;
        match self.peer {
            Some(peer) => Some(ours / medians.get(peer)?),
            None => Some(*ours),
        }
    }

    fn reached(&self, figure: f64) -> bool {
        match self.aim {
            AtLeast(least) => figure >= least,
            AtMost(most) => figure <= most,
        }
    }

    fn aim(&self) -> String {
        match self.aim {
            AtLeast(least) => format!("≥ {}", short(least)),
            AtMost(most) => format!("≤ {}", short(most)),
        }
    }
}

/// The medians against the goals, as a table or as JSON.
pub fn told(medians: &Medians, as_json: bool) -> String {
    if as_json {
        return json!({ "medians": medians, "goals": list(medians) }).to_string();
    }
    let mut out = String::new();
    let width = GOALS
        .iter()
        .map(|goal| goal.what.chars().count())
        .max()
        .unwrap_or(0);
    let _ = writeln!(
        out,
        "{:width$}  {:>9}  {:>9}  {:>8}  {:>8}",
        "", "ours", "peer", "figure", "goal"
    );
    for goal in GOALS {
        let known = |name: &str| {
            medians
                .get(name)
                .map_or("-".to_owned(), |value| short(*value))
        };
        let figure = goal.figure(medians);
        let verdict = match figure {
            Some(figure) if goal.reached(figure) => "reached",
            Some(_) => "missed",
            None => "not run",
        };
        let _ = writeln!(
            out,
            "{:width$}  {:>9}  {:>9}  {:>8}  {:>8}  {verdict}",
            goal.what,
            known(goal.ours),
            goal.peer.map_or(String::new(), known),
            figure.map_or("-".to_owned(), short),
            goal.aim(),
        );
    }
    out
}

fn list(medians: &Medians) -> Vec<serde_json::Value> {
    GOALS
        .iter()
        .map(|goal| {
            let figure = goal.figure(medians);
            json!({
                "what": goal.what,
                "figure": figure,
                "goal": goal.aim(),
                "reached": figure.map(|figure| goal.reached(figure)),
            })
        })
        .collect()
}

/// Three digits that matter.
fn short(value: f64) -> String {
    match value.abs() {
        100.0.. => format!("{value:.0}"),
        10.0.. => format!("{value:.1}"),
        1.0.. => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}
