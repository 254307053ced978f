//! What time it is.

use antelope_types::TimePoint;
use std::fmt;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// A clock of the machine, or one that a test sets.
#[derive(Clone)]
pub struct WallClock(Arc<dyn Fn() -> TimePoint + Send + Sync>);

impl WallClock {
    /// A clock that says what this function says.
    pub fn new(now: impl Fn() -> TimePoint + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// What time it is.
    pub fn now(&self) -> TimePoint {
        (self.0)()
    }
}

impl Default for WallClock {
    /// The machine's clock. Before 1970 it stands still.
    fn default() -> Self {
        Self::new(|| {
            let now = SystemTime::now().duration_since(UNIX_EPOCH);
            let micros = now.map_or(0, |now| now.as_micros());
            TimePoint::from_micros(i64::try_from(micros).unwrap_or(i64::MAX))
        })
    }
}

impl fmt::Debug for WallClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("WallClock").field(&self.now()).finish()
    }
}
