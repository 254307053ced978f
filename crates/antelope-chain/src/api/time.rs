//! The clock of a chain behind the calls of a node.

use super::Api;
use crate::config::BLOCK_INTERVAL;
use crate::error::ChainError;
use antelope_types::TimePoint;
use std::time::Duration;

impl Api {
    /// The time of the block that the next transaction will be in.
    pub fn now(&self) -> TimePoint {
        self.with(|chain| chain.now())
    }

    /// Moves the clock: the next transaction will be in a block of this time, rounded up to the half
    /// seconds of blocks. The block before it is half a second older, for it is what clients date
    /// their transactions by. A time that has passed changes nothing.
    ///
    /// # Errors
    /// As [`Chain::advance`](crate::Chain::advance).
    pub fn jump_to(&self, time: TimePoint) -> Result<(), ChainError> {
        self.with(|chain| {
            let ahead = time.micros() - chain.now().micros();
            if ahead > BLOCK_INTERVAL {
                let all_but_one = u64::try_from(ahead - BLOCK_INTERVAL).unwrap_or(0);
                chain.advance(Duration::from_micros(all_but_one))?;
            }
            if ahead > 0 {
                chain.produce_block()?;
            }
            Ok(())
        })
    }

    /// Lets time pass, as [`jump_to`](Self::jump_to).
    ///
    /// # Errors
    /// As [`Chain::advance`](crate::Chain::advance).
    pub fn advance(&self, time: Duration) -> Result<(), ChainError> {
        let passed = i64::try_from(time.as_micros()).unwrap_or(i64::MAX);
        let now = self.now().micros();
        self.jump_to(TimePoint::from_micros(now.saturating_add(passed)))
    }
}
