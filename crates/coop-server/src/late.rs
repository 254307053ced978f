//! How late the registry is.

use crate::store;
use antelope_types::TimePoint;
use coop_language::Words;
use std::time::Duration;

/// What people are to be told of a registry whose newest block is of this time; nothing while it is not late.
pub(crate) fn notice(head_time: Option<TimePoint>, late: Duration) -> Option<Words> {
    let Some(head_time) = head_time else {
        return Some(Words::of("notice.empty"));
    };
    let lag = lag(head_time, store::now());
    (lag.unsigned_abs() > late.as_secs()).then(|| Words::of("notice.late").with("seconds", lag))
}

/// Seconds from a block until now; 0 where the clocks differ.
pub(crate) fn lag(head_time: TimePoint, now: TimePoint) -> i64 {
    const SECOND: i64 = 1_000_000;
    (now.micros().saturating_sub(head_time.micros()) / SECOND).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lag_is_in_whole_seconds_and_never_below_nothing() {
        let at = TimePoint::from_micros;
        assert_eq!(lag(at(0), at(61_999_999)), 61);
        assert_eq!(lag(at(5_000_000), at(0)), 0);
        assert_eq!(lag(at(i64::MIN), at(i64::MAX)), i64::MAX / 1_000_000);
    }
}
