//! Time and blocks.
//!
//! Clients take the head block's time for the present, and refer to blocks near the head. So time is
//! moved by [`Api::jump_to`](antelope_chain::api::Api::jump_to), which completes the last blocks before
//! the new time one by one: after a single jump the head would be old, and the next transaction of a
//! wallet would have expired before it was sent.
//!
//! Where a clock produces blocks as well, it goes on from the new time: the next block is 500 ms later,
//! and not at the machine's time.

use super::input::{Input, invalid};
use super::{Dev, head};
use antelope_types::{BlockTimestamp, ChainError, TimePoint};
use serde_json::Value;
use std::time::Duration;

/// The most blocks of one call, so that it ends.
const MOST_BLOCKS: u64 = 10_000;

/// The shortest time between blocks, in ms.
const SLOT: u64 = 500;

/// The longest time between blocks that may be asked for, in ms: 30 days.
const LONGEST: u64 = 30 * 86_400_000;

impl Dev {
    /// `advance_time`: the next transaction will be in a block `seconds` later, or of the time `to`,
    /// rounded up to slots of 500 ms. No blocks are made for the time between, but for the last four. Head, reference blocks and expirations follow, so that clients
    /// go on as if they had waited.
    ///
    /// # Errors
    /// Neither or both fields, a time that is past, or one after 2068, when slots end.
    pub(super) fn advance_time(&self, input: &Input) -> Result<Value, ChainError> {
        input.only(&["seconds", "to"])?;
        let now = self.api.now();
        let time = match (
            input.number("seconds", u64::from(u32::MAX))?,
            input.text("to")?,
        ) {
            (Some(seconds), None) => {
                // It is below 2^32.
                let micros = i64::try_from(seconds)
                    .unwrap_or(i64::MAX)
                    .saturating_mul(1_000_000);
                TimePoint::from_micros(now.micros().saturating_add(micros))
            }
            (None, Some(text)) => text.parse().map_err(|error| {
                invalid(format!(
                    "`to` is {text:?}: {error}; expected a UTC time such as 2026-01-01T00:00:00"
                ))
            })?,
            _ => return Err(invalid("expected either `seconds` or `to`")),
        };
        if time < now {
            let problem = format!("{time} is past: the block in production is of {now}");
            return Err(invalid(problem));
        }
        let last = last();
        if time > last {
            return Err(invalid(format!(
                "{time} is after {last}, the last block time"
            )));
        }
        self.api.jump_to(time)?;
        Ok(head(&self.api.fork()))
    }

    /// `produce_blocks`: completes so many blocks, each so much later than the one before: `interval_ms`,
    /// 500 by default, rounded up to slots of 500 ms. Others are served between them.
    ///
    /// # Errors
    /// For an interval of 0 and one that leads beyond 2068; and as for
    /// [`Chain::produce_block`](antelope_chain::Chain::produce_block), where those before are kept.
    pub(super) fn produce_blocks(&self, input: &Input) -> Result<Value, ChainError> {
        input.only(&["count", "interval_ms"])?;
        let count = input.number("count", MOST_BLOCKS)?.unwrap_or(1);
        let interval = input.number("interval_ms", LONGEST)?.unwrap_or(SLOT);
        if interval == 0 {
            return Err(invalid("`interval_ms` is 0: expected 1 or more"));
        }
        let slots = count.saturating_mul(interval.div_ceil(SLOT));
        let now = BlockTimestamp::from(self.api.now()).slot();
        if u64::from(now) + slots >= u64::from(u32::MAX) {
            let problem = format!(
                "{count} blocks with {interval} ms between them end after {}, the last block time",
                last()
            );
            return Err(invalid(problem));
        }
        for _ in 0..count {
            let interval = Duration::from_millis(interval);
            self.api.with(|chain| chain.advance(interval))?;
        }
        Ok(head(&self.api.fork()))
    }
}

/// The last time that a block can have.
fn last() -> TimePoint {
    TimePoint::from(BlockTimestamp::from_slot(u32::MAX - 1))
}
