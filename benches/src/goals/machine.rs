//! What the chain is to reach in process, beside what the machine allows.

use super::Aim::{AtLeast, Shown};
use super::{Goal, goal};

/// A row of the table each.
pub const GOALS: &[Goal] = &[
    goal("one recovery, µs", "machine.recovery_us", None, Shown),
    goal(
        "one declared transfer, µs",
        "machine.declared_us",
        None,
        Shown,
    ),
    goal("both, processor time, µs", "machine.work_us", None, Shown),
    goal(
        "the limit: processors to the time of both, a second",
        "machine.limit_tps",
        None,
        Shown,
    ),
    goal(
        "batches, to the limit",
        "machine.batch_tps",
        Some("machine.limit_tps"),
        AtLeast(0.85),
    ),
    goal(
        "threads on one LiveChain, to the limit",
        "machine.live_tps",
        Some("machine.limit_tps"),
        AtLeast(0.85),
    ),
    goal(
        "one thread, to the limit",
        "machine.single_tps",
        Some("machine.limit_tps"),
        Shown,
    ),
    goal(
        "recoveries in all threads at once, to the limit",
        "machine.recoveries",
        Some("machine.cores"),
        Shown,
    ),
    goal(
        "processor time of both, to that of a transfer in a batch",
        "machine.work_us",
        Some("machine.batch_cpu_us"),
        AtLeast(0.85),
    ),
    goal(
        "the same by threads on one LiveChain",
        "machine.work_us",
        Some("machine.live_cpu_us"),
        AtLeast(0.85),
    ),
    goal(
        "the same by one thread",
        "machine.work_us",
        Some("machine.single_cpu_us"),
        Shown,
    ),
    goal(
        "processor time of a recovery alone, to that in all threads at once",
        "machine.recovery_cpu_us",
        Some("machine.recoveries_cpu_us"),
        Shown,
    ),
];
