//! Rows that an earlier version of a contract has left: carried over in batches.
//!
//! Each contract goes over its tables one after the other and changes the row that everything else
//! reads, the cooperative's own, last. Until then every action that needs it fails, so nothing runs
//! on half of the rows; a transaction that migrates nothing more is refused.

use crate::parameters;
use crate::refusal::bounds;
use antelope_contract::prelude::*;

/// How far a cooperative's rows are carried over. Scope: the contract. Erased at the end.
#[table("migrations", shared)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Migration {
    /// The cooperative.
    #[primary]
    pub coopname: Name,
    /// The table that is gone over, counted from 0.
    pub step: u8,
    /// The primary key from which on its rows are as they were.
    pub next: u64,
    /// What is counted on the way, as each contract needs it.
    pub counts: Counts,
}

/// Three counters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, AbiType)]
pub struct Counts {
    /// Participants, invoices, or questions of the council that sits.
    pub first: u32,
    /// Candidates, or questions of kinds of other contracts.
    pub second: u32,
    /// Accounts.
    pub third: u32,
}

/// One transaction's part of a migration.
#[derive(Debug)]
pub struct Batch {
    state: Migration,
    left: u32,
}

impl Batch {
    /// Goes on where the last batch stopped, for up to `limit` rows; the contract's own account asks.
    pub fn begin(coopname: Name, limit: u32) -> Self {
        require_auth(receiver());
        check!(
            (1..=parameters::MAX_BATCH as u32).contains(&limit),
            bounds::BATCH
        );
        let state = Migration::table(receiver()).get(coopname).map_or(
            Migration {
                coopname,
                ..Migration::default()
            },
            Row::into_inner,
        );
        Self { state, left: limit }
    }

    /// Visits the rows of the table of this step, as far as the batch goes.
    pub fn step<T: TableRow<Key = u64>>(
        &mut self,
        step: u8,
        table: &Table<T>,
        mut visit: impl FnMut(&mut Counts, Row<T>),
    ) {
        if self.state.step != step {
            return;
        }
        for row in table.range(self.state.next..) {
            if self.left == 0 {
                self.state.next = row.primary_key();
                return;
            }
            self.left -= 1;
            visit(&mut self.state.counts, row);
        }
        self.state.step += 1;
        self.state.next = 0;
    }

    /// What was counted, if `steps` tables were gone over; else the batch is over and remembered.
    pub fn end(self, steps: u8) -> Option<Counts> {
        let rows = Migration::table(receiver());
        let before = rows.get(self.state.coopname);
        if self.state.step == steps {
            if let Some(row) = before {
                row.remove();
            }
            return Some(self.state.counts);
        }
        match before {
            Some(row) => {
                row.update(Payer::Same, |row| *row = self.state);
            }
            None => rows.insert(receiver(), &self.state),
        }
        None
    }
}
