//! What actions cost: recorded by tests, summed up, kept in a file and compared with it.
//!
//! 1. Tests on the embedded chain write a line for each executed action into the folder that the
//!    variable `ANTELOPE_COSTS` names (`antelope_testing::record_costs`).
//! 2. [`recorded`] reads the lines of one package and sums them up by action.
//! 3. [`CostSnapshot`] is the file `costs.snap`, which is committed beside the sources.
//! 4. [`changes`] compares two sets of costs, so that a reviewer sees what a change of the source
//!    costs.
//!
//! Costs do not depend on the machine: CPU is counted in instructions, not measured.
//!
//! ```
//! use antelope_build::costs::{CostSnapshot, changes};
//!
//! let before = CostSnapshot::read("bank::pay  cpu 100 150 200  net 16  ram 0")?;
//! let after = CostSnapshot::read("bank::pay  cpu 100 151 200  net 16  ram 0")?;
//! let changes = changes(&before.costs, &after.costs);
//! assert_eq!(changes[0].to_string(), "bank::pay  cpu median 150 -> 151  +1 (+0.7 %)");
//! # Ok::<(), String>(())
//! ```

mod change;
mod record;
mod snapshot;

pub use change::{CostChange, changes};
pub use record::{RecordedCosts, recorded};
pub use snapshot::CostSnapshot;

use serde::Serialize;
use std::collections::BTreeMap;

/// The costs of the actions that one package's tests execute, by name: `token::transfer` for an
/// action, `token::transfer at shop` for a notification of `shop`.
pub type Costs = BTreeMap<String, Cost>;

/// What an action costs, over all its executions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cost {
    /// CPU, in units of `antelope_types::Cost`: one unit is about one instruction.
    pub cpu: Spread,
    /// NET, in words of 8 bytes. It belongs to whole transactions, so it is `None` for an action
    /// that never was the only one of its transaction.
    pub net: Option<Spread>,
    /// RAM, in bytes, summed over all accounts; negative if RAM is given back.
    pub ram: Spread,
}

/// Many numbers, summed up in three.
///
/// ```
/// use antelope_build::costs::Spread;
///
/// let spread = Spread::of(vec![4, -1, 9, 2]);
/// assert_eq!(spread, Some(Spread { least: -1, median: 2, most: 9 }));
/// assert_eq!(Spread::of(vec![7, 7]).and_then(|spread| spread.only()), Some(7));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Spread {
    /// The smallest.
    pub least: i64,
    /// The one in the middle; of two in the middle the smaller.
    pub median: i64,
    /// The largest.
    pub most: i64,
}

impl Spread {
    /// The spread of these numbers; `None` if there are none.
    pub fn of(mut numbers: Vec<i64>) -> Option<Self> {
        numbers.sort_unstable();
        Some(Self {
            least: *numbers.first()?,
            median: *numbers.get((numbers.len() - 1) / 2)?,
            most: *numbers.last()?,
        })
    }

    /// The number, if all are equal.
    pub fn only(&self) -> Option<i64> {
        (self.least == self.most).then_some(self.least)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_one_of_the_numbers() {
        let spread = |numbers: &[i64]| Spread::of(numbers.to_vec());
        assert_eq!(spread(&[]), None);
        assert_eq!(spread(&[7]).and_then(|it| it.only()), Some(7));
        let of_four = spread(&[4, -1, 9, 2]);
        let expected = Spread {
            least: -1,
            median: 2,
            most: 9,
        };
        assert_eq!(of_four, Some(expected));
        assert_eq!(spread(&[3, 1, 2]).map(|it| it.median), Some(2));
    }
}
