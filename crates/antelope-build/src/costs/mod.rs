//! What actions cost: recorded by tests, summed up, kept in a file and compared with it.
//!
//! Tests on the embedded chain write a line for each executed action into the folder that
//! `ANTELOPE_COSTS` names (`antelope_testing::record_costs`); [`recorded`] sums them up, and
//! [`CostSnapshot`] is the file `costs.snap` that is committed beside the sources. [`changes`]
//! tells what became of them, so that a change of costs is seen in a review.
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

use std::collections::BTreeMap;

use serde::Serialize;

/// What the actions of one package's tests cost, by what they are called.
///
/// An action is called `token::transfer`, a notification `token::transfer at shop`.
pub type Costs = BTreeMap<String, Cost>;

/// What an action costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cost {
    /// CPU, in instructions.
    pub cpu: Spread,
    /// NET, in words of 8 bytes; none for what never was a transaction of its own.
    pub net: Option<Spread>,
    /// RAM, in bytes, of all accounts together.
    pub ram: Spread,
}

/// Many numbers in three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Spread {
    /// The least.
    pub least: i64,
    /// The one in the middle; of two in the middle the lesser.
    pub median: i64,
    /// The most.
    pub most: i64,
}

impl Spread {
    /// That of these numbers; none of no numbers.
    pub fn of(mut numbers: Vec<i64>) -> Option<Self> {
        numbers.sort_unstable();
        Some(Self {
            least: *numbers.first()?,
            median: *numbers.get((numbers.len() - 1) / 2)?,
            most: *numbers.last()?,
        })
    }

    /// The number, if they are all one.
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
