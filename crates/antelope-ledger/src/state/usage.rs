//! A moving average of what was used, in integers as on every node.

use antelope_types::{ChainError, ErrorKind, ensure};

/// What one unit of use is in the average: `rate_limiting_precision`.
pub const PRECISION: u64 = 1_000_000;

/// An exponential moving average, brought forward whenever something is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// The period of the last use.
    pub last_ordinal: u32,
    /// The average, times a million.
    pub value_ex: u64,
    /// The average before this period, and what was used in it.
    pub consumed: u64,
}

impl Usage {
    /// The average, rounded up.
    pub fn average(&self) -> u64 {
        self.value_ex.div_ceil(PRECISION)
    }

    /// Uses `units` in the period `ordinal`, over a window of so many periods.
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
