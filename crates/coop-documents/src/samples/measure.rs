//! How long documents take, and how much memory: for the benches of the crates that make them.

use std::fs;
use std::time::{Duration, Instant};

const ROUNDS: usize = 11;

/// The time that one of `count` takes: the median of rounds, each of which makes all of them.
pub fn each(count: usize, mut all: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            all();
            begun.elapsed()
        })
        .collect();
    times.sort();
    times[ROUNDS / 2] / u32::try_from(count).unwrap_or(u32::MAX)
}

/// A line with how many a second that is.
pub fn rate(what: &str, one: Duration) -> String {
    let per_second = 1.0 / one.as_secs_f64();
    format!("{what:32} {per_second:>10.0} a second {one:>12.1?} each")
}

/// A line with the most memory that the process has had; empty where the system does not tell, as only Linux does.
pub fn memory(when: &str) -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"));
    let kib = line.and_then(|it| it.trim().trim_end_matches(" kB").parse::<u32>().ok());
    kib.map_or_else(String::new, |kib| {
        format!("{when:32} {:>10.1} MB at most", f64::from(kib) / 1024.0)
    })
}
