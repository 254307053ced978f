//! The differences between two sets of costs.

use super::{Cost, Costs, Spread};
use serde::Serialize;
use std::fmt;

/// A difference between two sets of costs.
///
/// Displayed as a line such as `token::transfer  cpu median 150 -> 151  +1 (+0.7 %)`.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum CostChange {
    /// An action that has no earlier costs.
    New {
        /// The name of the action.
        action: String,
    },
    /// An action that no test executes any more.
    Gone {
        /// The name of the action.
        action: String,
    },
    /// An action with another number.
    Other {
        /// The name of the action.
        action: String,
        /// The resource: `cpu`, `net` or `ram`.
        what: &'static str,
        /// Which number of the spread: `least`, `median` or `most`. `None` if both spreads are a
        /// single number.
        of: Option<&'static str>,
        /// The number before.
        before: i64,
        /// The number now.
        after: i64,
    },
}

/// The differences, sorted by action. Equal numbers are left out.
///
/// ```
/// use antelope_build::costs::{CostSnapshot, changes};
///
/// let read = |text: &str| CostSnapshot::read(text).map(|snapshot| snapshot.costs);
/// let before = read("bank::pay  cpu 100  ram 0\nbank::old  cpu 7  ram 0")?;
/// let after = read("bank::pay  cpu 100  ram 128")?;
/// let changes = changes(&before, &after);
/// assert_eq!(changes[0].to_string(), "bank::old  is gone");
/// assert_eq!(changes[1].to_string(), "bank::pay  ram 0 -> 128  +128");
/// assert!(changes[1].is_growth());
/// # Ok::<(), String>(())
/// ```
pub fn changes(before: &Costs, after: &Costs) -> Vec<CostChange> {
    let gone = before.keys().filter(|action| !after.contains_key(*action));
    let gone = gone.map(|action| CostChange::Gone {
        action: action.clone(),
    });
    let mut changes: Vec<_> = gone.collect();
    for (action, now) in after {
        match before.get(action) {
            Some(then) => compare(&mut changes, action, then, now),
            None => changes.push(CostChange::New {
                action: action.clone(),
            }),
        }
    }
    changes.sort_by(|a, b| a.action().cmp(b.action()));
    changes
}

/// Adds the differences of one action.
fn compare(changes: &mut Vec<CostChange>, action: &str, then: &Cost, now: &Cost) {
    let pairs = [
        ("cpu", Some(then.cpu), Some(now.cpu)),
        ("net", then.net, now.net),
        ("ram", Some(then.ram), Some(now.ram)),
    ];
    for (what, then, now) in pairs {
        // NET may come or go, when a test sends the action alone or no test does any more: it
        // counts as 0.
        let nothing = Spread {
            least: 0,
            median: 0,
            most: 0,
        };
        let (then, now) = (then.unwrap_or(nothing), now.unwrap_or(nothing));
        let mut other = |of, before, after| {
            if before != after {
                changes.push(CostChange::Other {
                    action: action.to_owned(),
                    what,
                    of,
                    before,
                    after,
                });
            }
        };
        if let (Some(before), Some(after)) = (then.only(), now.only()) {
            other(None, before, after);
        } else {
            other(Some("least"), then.least, now.least);
            other(Some("median"), then.median, now.median);
            other(Some("most"), then.most, now.most);
        }
    }
}

impl CostChange {
    /// The name of the action.
    fn action(&self) -> &str {
        match self {
            Self::New { action } | Self::Gone { action } | Self::Other { action, .. } => action,
        }
    }

    /// Whether something costs more than before. New actions do not count.
    pub fn is_growth(&self) -> bool {
        matches!(self, Self::Other { before, after, .. } if after > before)
    }
}

impl fmt::Display for CostChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::New { action } => write!(f, "{action}  is new"),
            Self::Gone { action } => write!(f, "{action}  is gone"),
            Self::Other {
                action,
                what,
                of,
                before,
                after,
            } => {
                let of = of.map(|of| format!(" {of}")).unwrap_or_default();
                let difference = after.saturating_sub(*before);
                write!(
                    f,
                    "{action}  {what}{of} {before} -> {after}  {difference:+}"
                )?;
                match before {
                    1.. => write!(f, " ({:+.1} %)", difference as f64 * 100.0 / *before as f64),
                    _ => Ok(()),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn costs(cpu: [i64; 3], ram: i64) -> Cost {
        let [least, median, most] = cpu;
        Cost {
            cpu: Spread {
                least,
                median,
                most,
            },
            net: None,
            ram: Spread {
                least: ram,
                median: ram,
                most: ram,
            },
        }
    }

    #[test]
    fn what_grew_is_told_by_how_much() {
        let before: Costs = [
            ("a::gone".to_owned(), costs([1; 3], 0)),
            ("a::moved".to_owned(), costs([100, 150, 200], 240)),
            ("a::same".to_owned(), costs([5; 3], 0)),
            ("a::shrunk".to_owned(), costs([1000; 3], 0)),
        ]
        .into();
        let after: Costs = [
            ("a::moved".to_owned(), costs([100, 151, 250], 112)),
            ("a::new".to_owned(), costs([1; 3], 0)),
            ("a::same".to_owned(), costs([5; 3], 0)),
            ("a::shrunk".to_owned(), costs([999; 3], 7)),
        ]
        .into();
        let changes = changes(&before, &after);
        let text: Vec<_> = changes.iter().map(ToString::to_string).collect();
        assert_eq!(
            text,
            [
                "a::gone  is gone",
                "a::moved  cpu median 150 -> 151  +1 (+0.7 %)",
                "a::moved  cpu most 200 -> 250  +50 (+25.0 %)",
                "a::moved  ram 240 -> 112  -128 (-53.3 %)",
                "a::new  is new",
                "a::shrunk  cpu 1000 -> 999  -1 (-0.1 %)",
                "a::shrunk  ram 0 -> 7  +7",
            ]
        );
        assert_eq!(changes.iter().filter(|it| it.is_growth()).count(), 3);
    }
}
