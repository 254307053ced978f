//! `production`: when blocks are made.
//!
//! | `mode` | blocks are made |
//! |---|---|
//! | `every` | each `interval_ms` of the machine's clock, 500 by default |
//! | `per-transaction` | after each transaction |
//! | `on-demand` | by `produce_blocks` and `advance_time` only |
//!
//! ```json
//! { "mode": "every", "interval_ms": 500 }
//! ```
//!
//! is answered by the mode and the head:
//!
//! ```json
//! {
//!   "mode": "every",
//!   "interval_ms": 500,
//!   "head_block_num": 42,
//!   "head_block_id": "0000002a…",
//!   "head_block_time": "2026-01-03T00:00:00.500",
//!   "now": "2026-01-03T00:00:01.000"
//! }
//! ```

use super::input::{Input, invalid};
use super::{Dev, head};
use crate::production::ProductionMode;
use antelope_types::{ChainError, ErrorKind};
use serde_json::{Value, json};
use std::time::Duration;

/// The longest interval: a day.
const LONGEST: u64 = 86_400_000;

/// The interval of public chains.
const USUAL: u64 = 500;

impl Dev {
    /// `production`: without fields what the mode is, with `mode` a change of it.
    ///
    /// # Errors
    /// For an unknown mode, an interval without `every` or out of bounds, and where the clock cannot
    /// be started.
    pub(super) fn production(&self, input: &Input) -> Result<Value, ChainError> {
        input.only(&["mode", "interval_ms"])?;
        let interval = input.number("interval_ms", LONGEST)?;
        if let Some(mode) = input.text("mode")? {
            let mode = match (mode, interval) {
                ("every", Some(0)) => {
                    return Err(invalid("`interval_ms` is 0: expected 1 or more"));
                }
                ("every", interval) => {
                    ProductionMode::Every(Duration::from_millis(interval.unwrap_or(USUAL)))
                }
                ("per-transaction", None) => ProductionMode::PerTransaction,
                ("on-demand", None) => ProductionMode::OnDemand,
                ("per-transaction" | "on-demand", Some(_)) => {
                    let problem = format!("`interval_ms` has no meaning for the mode {mode}");
                    return Err(invalid(problem));
                }
                _ => {
                    return Err(invalid(format!(
                        "`mode` is {mode:?}: expected every, per-transaction or on-demand"
                    )));
                }
            };
            let set = self.producing.set_mode(mode);
            set.map_err(|problem| ChainError::new(ErrorKind::Unspecified, problem))?;
        } else if interval.is_some() {
            return Err(invalid("`interval_ms` goes with `mode`: every"));
        }
        let mut answer = head(&self.api.fork());
        let (mode, interval) = match self.producing.mode() {
            ProductionMode::Every(interval) => ("every", Some(interval)),
            ProductionMode::PerTransaction => ("per-transaction", None),
            ProductionMode::OnDemand => ("on-demand", None),
        };
        answer["mode"] = json!(mode);
        if let Some(interval) = interval {
            answer["interval_ms"] = json!(u64::try_from(interval.as_millis()).unwrap_or(u64::MAX));
        }
        Ok(answer)
    }
}
