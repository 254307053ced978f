//! What the server is to reach beside nodeos.

use super::Aim::{AtLeast, AtMost, Shown};
use super::{Goal, goal};

/// A row of the table each.
pub const GOALS: &[Goal] = &[
    goal(
        "send, 1 client, a second, in memory",
        "memory.send_1_tps",
        Some("nodeos.send_1_tps"),
        AtLeast(2.5),
    ),
    goal(
        "send, 1 client, p50, µs, in memory",
        "memory.send_1_p50_us",
        Some("nodeos.send_1_p50_us"),
        AtMost(0.5),
    ),
    goal(
        "send, 4 clients, a second, in memory",
        "memory.send_4_tps",
        Some("nodeos.send_4_tps"),
        AtLeast(2.0),
    ),
    goal(
        "send, 4 clients, p50, µs, in memory",
        "memory.send_4_p50_us",
        Some("nodeos.send_4_p50_us"),
        Shown,
    ),
    goal(
        "send, 1 client, worst, ms, in memory",
        "memory.send_1_worst_ms",
        Some("nodeos.send_1_worst_ms"),
        Shown,
    ),
    goal(
        "send, 4 clients, worst, ms, in memory",
        "memory.send_4_worst_ms",
        Some("nodeos.send_4_worst_ms"),
        Shown,
    ),
    goal(
        "send, worst of a round, ms, in memory",
        "memory.send_worst_ms",
        None,
        AtMost(20.0),
    ),
    goal(
        "send, 1 client, a second, in a folder",
        "disk.send_1_tps",
        Some("nodeos.send_1_tps"),
        AtLeast(2.5),
    ),
    goal(
        "send, 1 client, p50, µs, in a folder",
        "disk.send_1_p50_us",
        Some("nodeos.send_1_p50_us"),
        AtMost(0.5),
    ),
    goal(
        "send, 4 clients, a second, in a folder",
        "disk.send_4_tps",
        Some("nodeos.send_4_tps"),
        AtLeast(2.0),
    ),
    goal(
        "send, 4 clients, p50, µs, in a folder",
        "disk.send_4_p50_us",
        Some("nodeos.send_4_p50_us"),
        Shown,
    ),
    goal(
        "send, 1 client, worst, ms, in a folder",
        "disk.send_1_worst_ms",
        Some("nodeos.send_1_worst_ms"),
        Shown,
    ),
    goal(
        "send, 4 clients, worst, ms, in a folder",
        "disk.send_4_worst_ms",
        Some("nodeos.send_4_worst_ms"),
        Shown,
    ),
    goal(
        "send, worst of a round, ms, in a folder",
        "disk.send_worst_ms",
        None,
        AtMost(20.0),
    ),
    goal(
        "get_info, 1 client, a second",
        "memory.info_tps",
        Some("nodeos.info_tps"),
        AtLeast(1.5),
    ),
    goal(
        "get_table_rows, 1 client, a second",
        "memory.rows_tps",
        Some("nodeos.rows_tps"),
        AtLeast(2.0),
    ),
    goal(
        "get_account, 1 client, a second",
        "memory.account_tps",
        Some("nodeos.account_tps"),
        AtLeast(3.0),
    ),
    goal(
        "get_table_rows, 4 clients, a second",
        "memory.rows_4_tps",
        Some("nodeos.rows_4_tps"),
        Shown,
    ),
    goal(
        "memory of the server after all rounds, MB",
        "disk.rss_mb",
        Some("nodeos.rss_mb"),
        Shown,
    ),
    goal(
        "soak: growth of memory over its second half, MB",
        "soak.growth_mb",
        None,
        AtMost(4.0),
    ),
    goal(
        "processor time of a transfer, 1 client, µs, in memory",
        "memory.send_1_cpu_us",
        Some("nodeos.send_1_cpu_us"),
        Shown,
    ),
    goal(
        "processor time of a transfer, 4 clients, µs, in memory",
        "memory.send_4_cpu_us",
        Some("nodeos.send_4_cpu_us"),
        Shown,
    ),
    goal(
        "processor time of a transfer, 1 client, µs, in a folder",
        "disk.send_1_cpu_us",
        Some("nodeos.send_1_cpu_us"),
        Shown,
    ),
    goal(
        "processor time of get_info, µs",
        "memory.info_cpu_us",
        Some("nodeos.info_cpu_us"),
        Shown,
    ),
    goal(
        "processor time of get_table_rows, µs",
        "memory.rows_cpu_us",
        Some("nodeos.rows_cpu_us"),
        Shown,
    ),
    goal(
        "processor time of get_account, µs",
        "memory.account_cpu_us",
        Some("nodeos.account_cpu_us"),
        Shown,
    ),
];
