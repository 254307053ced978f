//! What actions cost: recorded by tests, summed up, kept in a file and compared with it.

mod change;
mod record;
mod snapshot;
mod table;

pub(crate) use change::{Change, changes};
pub(crate) use record::recorded;
pub(crate) use snapshot::Snapshot;
pub(crate) use table::table;

use std::collections::BTreeMap;

use serde::Serialize;

/// What the actions of one package's tests cost, by what they are called.
///
/// An action is called `token::transfer`, a notification `token::transfer at shop`.
pub(crate) type Costs = BTreeMap<String, Cost>;

/// What an action costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Cost {
    /// CPU, in instructions.
    pub(crate) cpu: Spread,
    /// NET, in words of 8 bytes; none for what never was a transaction of its own.
    pub(crate) net: Option<Spread>,
    /// RAM, in bytes, of all accounts together.
    pub(crate) ram: Spread,
}

/// Many numbers in three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Spread {
    /// The least.
    pub(crate) least: i64,
    /// The one in the middle; of two in the middle the lesser.
    pub(crate) median: i64,
    /// The most.
    pub(crate) most: i64,
}

impl Spread {
    /// That of these numbers; none of no numbers.
    pub(crate) fn of(mut numbers: Vec<i64>) -> Option<Self> {
        numbers.sort_unstable();
        Some(Self {
            least: *numbers.first()?,
            median: *numbers.get((numbers.len() - 1) / 2)?,
            most: *numbers.last()?,
        })
    }

    /// The number, if they are all one.
    pub(crate) fn only(&self) -> Option<i64> {
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
