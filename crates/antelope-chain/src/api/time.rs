//! The clock of a chain behind the calls of a node.

use super::Api;
use antelope_ledger::config::BLOCK_INTERVAL;
use antelope_types::{ChainError, TimePoint};
use std::time::Duration;

/// How many blocks there are shortly before the time that the clock is moved to. Wallets refer to the
/// head, to the last irreversible block, or to one three behind the head.
const RECENT: u64 = 4;

const INTERVAL: u64 = BLOCK_INTERVAL as u64;

impl Api {
    /// The time of the block that the next transaction will be in.
    pub fn now(&self) -> TimePoint {
        self.with(|chain| chain.now())
    }

    /// Moves the clock: the next transaction will be in a block of this time, rounded up to the half
    /// seconds of blocks. The blocks before it are half a second apart, for it is them that wallets
    /// date their transactions by. A time that has passed changes nothing.
    ///
    /// # Errors
    /// As [`Chain::advance`](crate::Chain::advance).
    pub fn jump_to(&self, time: TimePoint) -> Result<(), ChainError> {
        self.with(|chain| {
            let ahead = u64::try_from(time.micros() - chain.now().micros()).unwrap_or(0);
            let blocks = ahead.div_ceil(INTERVAL);
            if blocks > RECENT {
                chain.advance(Duration::from_micros((blocks - RECENT) * INTERVAL))?;
            }
            for _ in 0..blocks.min(RECENT) {
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
