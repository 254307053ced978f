//! The clock of this machine, for what is done without a node.

use antelope_types::TimePoint;
use std::time::{SystemTime, UNIX_EPOCH};

/// The moment.
pub(super) fn now() -> TimePoint {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    TimePoint::from_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}
