//! The moving average by which NET and CPU are accounted, in integers as on every node.
//!
//! Mirrors `exponential_moving_average_accumulator` in
//! `libraries/chain/include/eosio/chain/resource_limits_private.hpp`. All roundings are part of
//! consensus: a division rounded the other way would make a chain that forks from nodes.

use crate::stored::stored_struct;
use antelope_types::{ChainError, ErrorKind, ensure};

/// The factor by which averages are scaled, to keep fractions: `rate_limiting_precision`.
pub const PRECISION: u64 = 1_000_000;

stored_struct! {
    /// An average of use per period that decays linearly to 0 over a window since the last use.
    ///
    /// A period is a slot of 500 ms for accounts and a block for the limits of blocks.
    ///
    /// ```
    /// use antelope_ledger::state::Usage;
    ///
    /// # fn main() -> Result<(), antelope_types::ChainError> {
    /// let mut usage = Usage::default();
    /// usage.add(1_000, 10, 100)?; // 1000 units in period 10, averaged over 100 periods
    /// assert_eq!(usage.average(), 10);
    /// usage.add(0, 60, 100)?; // half the window later
    /// assert_eq!(usage.average(), 5);
    /// # Ok(()) }
    /// ```
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Usage {
        /// The period up to which the average is computed.
        pub last_ordinal: u32,
        /// The average per period, times [`PRECISION`].
        pub value_ex: u64,
        /// The average when `last_ordinal` began, plus what was used in it. Kept because a node
        /// keeps it in its state; no limit depends on it.
        pub consumed: u64,
    }
}

impl Usage {
    /// The average per period, rounded up.
    pub fn average(&self) -> u64 {
        self.value_ex.div_ceil(PRECISION)
    }

    /// Lets the average decay to period `ordinal`, then adds `units` used in it, spread over
    /// `window` periods.
    ///
    /// # Errors
    /// `resource_limit_exception` (3210000) if the period is before the last one, and
    /// `rate_limiting_state_inconsistent` (3100001) if a number would exceed 64 bits.
    pub fn add(&mut self, units: u64, ordinal: u32, window: u32) -> Result<(), ChainError> {
        let overflow = |message| ChainError::new(ErrorKind::RateLimitingStateInconsistent, message);
        if units > u64::MAX / PRECISION {
            return Err(overflow(
                "Usage exceeds maximum value representable after extending for precision",
            ));
        }
        let contribution = (u128::from(units) * u128::from(PRECISION)).div_ceil(u128::from(window));
        let contribution = u64::try_from(contribution)
            .map_err(|_| overflow("Overflow in accumulated value when adding usage!"))?;
        if self.last_ordinal != ordinal {
            ensure!(
                ordinal > self.last_ordinal,
                ResourceLimit,
                "new ordinal cannot be less than the previous ordinal"
            );
            let delta = ordinal - self.last_ordinal;
            // Linear decay. A product beyond 64 bits is an error, as on a node, although the
            // division that follows would make it fit again.
            self.value_ex = if delta < window {
                let decayed = u128::from(self.value_ex) * u128::from(window - delta);
                if decayed > u128::from(u64::MAX) {
                    return Err(overflow(
                        "Usage exceeds maximum value representable after extending for precision",
                    ));
                }
                decayed as u64 / u64::from(window)
            } else {
                0
            };
            self.last_ordinal = ordinal;
            self.consumed = self.average();
        }
        self.consumed = self
            .consumed
            .checked_add(units)
            .ok_or_else(|| overflow("Overflow in tracked usage when adding usage!"))?;
        self.value_ex = self
            .value_ex
            .checked_add(contribution)
            .ok_or_else(|| overflow("Overflow in accumulated value when adding usage!"))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn use_decays_over_the_window() {
        let mut usage = Usage::default();
        usage.add(1_000, 10, 100).unwrap();
        assert_eq!((usage.average(), usage.consumed), (10, 1_000));
        usage.add(0, 60, 100).unwrap();
        assert_eq!((usage.average(), usage.consumed), (5, 5));
        usage.add(0, 160, 100).unwrap();
        assert_eq!(usage.average(), 0);
    }

    #[test]
    fn time_does_not_go_back() {
        let mut usage = Usage::default();
        usage.add(1, 10, 100).unwrap();
        assert!(
            usage
                .add(1, 9, 100)
                .unwrap_err()
                .is(ErrorKind::ResourceLimit)
        );
    }

    #[test]
    fn too_much_is_refused() {
        let mut usage = Usage::default();
        let error = usage.add(u64::MAX, 1, 100).unwrap_err();
        assert!(error.is(ErrorKind::RateLimitingStateInconsistent));
    }
}
