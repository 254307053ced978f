//! The clock of a chain behind the calls of a node.
//!
//! A test that goes through a client cannot call [`Chain::advance`](crate::Chain::advance) alone:
//! clients take the head block's time for the present and refer to recent blocks. After a single
//! jump the head would be old, and the next transaction would have expired. So the last blocks
//! before the new time are made one by one.

use super::Api;
use antelope_ledger::config::BLOCK_INTERVAL;
use antelope_types::{ChainError, TimePoint};
use std::time::Duration;

/// Blocks made right before the new time. Clients refer to the head, to the last irreversible
/// block, or to the block three before the head.
const RECENT: u64 = 4;

/// The interval of blocks in µs.
const INTERVAL: u64 = BLOCK_INTERVAL as u64;

impl Api {
    /// The time of the block in production, in which the next transaction will be.
    pub fn now(&self) -> TimePoint {
        self.with(|chain| chain.now())
    }

    /// Moves the clock: the next transaction will be in a block of this time, rounded up to slots
    /// of 500 ms. The last blocks before it are 500 ms apart, so that the head is recent. A time in
    /// the past changes nothing.
    ///
    /// # Errors
    /// As for [`Chain::advance`](crate::Chain::advance).
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

    /// Lets time pass, as [`jump_to`](Self::jump_to) does.
    ///
    /// # Errors
    /// As for [`Chain::advance`](crate::Chain::advance).
    pub fn advance(&self, time: Duration) -> Result<(), ChainError> {
        let passed = i64::try_from(time.as_micros()).unwrap_or(i64::MAX);
        let now = self.now().micros();
        self.jump_to(TimePoint::from_micros(now.saturating_add(passed)))
    }
}
