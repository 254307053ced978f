//! What is different between two reports.

use super::Purpose;
use antelope_types::Name;
use std::fmt;

/// What an account pays for one purpose, then and now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RamChange {
    /// Who pays.
    pub payer: Name,
    /// What for.
    pub purpose: Purpose,
    /// Bytes in the earlier report.
    pub before: i64,
    /// Bytes in the later one.
    pub after: i64,
}

impl RamChange {
    /// How many bytes more it is than before.
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

/// What is different between two reports, ascending by payer.
///
/// Its text has one line an entry: payer, purpose, the change, and the bytes before and after,
/// separated by tabs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RamChanges(pub(super) Vec<RamChange>);

impl RamChanges {
    /// The entries.
    pub fn iter(&self) -> impl Iterator<Item = &RamChange> {
        self.0.iter()
    }

    /// Whether the reports are the same.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many bytes more there are altogether.
    pub fn total(&self) -> i64 {
        self.iter().map(RamChange::delta).sum()
    }
}

impl fmt::Display for RamChanges {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.iter().try_for_each(|change| writeln!(f, "{change}"))
    }
}
