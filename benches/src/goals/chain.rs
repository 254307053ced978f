//! What the embedded chain is to reach beside ChainTester, VeRT and nodeos.

use super::Aim::{AtLeast, AtMost};
use super::{Goal, goal};

/// A row of the table each.
pub const GOALS: &[Goal] = &[
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
