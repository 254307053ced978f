//! The differences between two RAM reports.
//!
//! Made by [`RamReport::since`](super::RamReport::since). Their text is meant to be read in a
//! terminal or a review; it does not read back.

use super::Purpose;
use antelope_types::Name;
use std::fmt;

/// What an account pays for one purpose in the earlier and in the later report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RamChange {
    /// The account that is billed.
    pub payer: Name,
    /// What the RAM is used for.
    pub purpose: Purpose,
    /// Bytes in the earlier report; 0 if the entry is new.
    pub before: i64,
    /// Bytes in the later report; 0 if the entry is gone.
    pub after: i64,
}

impl RamChange {
    /// How many bytes were added; negative if RAM was given back.
    pub fn delta(&self) -> i64 {
        self.after - self.before
    }
}

impl fmt::Display for RamChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            payer,
            purpose,
            before,
            after,
        } = self;
        write!(
            f,
            "{payer}\t{purpose}\t{:+}\t{before} -> {after}",
            self.delta()
        )
    }
}

/// The differences between two RAM reports, ascending by payer and purpose.
///
/// As text, one line for each entry: payer, purpose, change with its sign, and bytes before and
/// after, separated by tabs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RamChanges(pub(super) Vec<RamChange>);

impl RamChanges {
    /// The entries that differ.
    pub fn iter(&self) -> impl Iterator<Item = &RamChange> {
        self.0.iter()
    }

    /// Whether the reports are the same.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many bytes were added in all, over all payers.
    pub fn total(&self) -> i64 {
        self.iter().map(RamChange::delta).sum()
    }
}

impl fmt::Display for RamChanges {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.iter().try_for_each(|change| writeln!(f, "{change}"))
    }
}
