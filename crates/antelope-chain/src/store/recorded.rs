//! What blocks did, on the disk: two logs and two indexes beside the block log.
//!
//! | file | contents |
//! |---|---|
//! | `trace_history.log`, `.index` | traces of each block, in the format of nodeos's `state_history_plugin`; see `log` |
//! | `chain_state_history.log`, `.index` | changes of tables of each block, in the same format |
//! | `transactions-A-B` | which of the blocks A to B has a transaction; see `run` |
//! | `accounts-A-B` | which of the blocks A to B has an action that concerns an account |
//!
//! They are written by the thread that writes checkpoints, before each checkpoint, which says how
//! much of them is valid; whatever else is there was written for a checkpoint that never appeared.
//! Blocks after the last checkpoint are executed again from the journal, and recorded as before.
//!
//! # What a record costs
//!
//! | part | bytes |
//! |---|---|
//! | traces and changes of tables | as compressed by zlib, and 68 for each entry of a log |
//! | positions in the logs | 8 for each log |
//! | each transaction | 20 in `transactions-A-B` |
//! | each action | 20 for each account that it concerns, in `accounts-A-B` |
//!
//! # What is trusted
//!
//! The indexes follow from the logs, and are made anew where they are missing. They are trusted no
//! more than to say where to look.

mod log;
mod run;

use super::disk::Disk;
use super::{StoreError, io_error, remove_all};
use crate::block::{ActionKey, BlockRecord, actions_of, transactions_of};
use antelope_ledger::stored::{Malformed, Output, Stored};
use antelope_types::{Checksum256, Decoder, Name};
use log::{Extent, Log};
use run::{Entry, RunFile, Runs, block_of, entry};
use std::sync::Arc;

/// The index of transactions: the first 16 bytes of the id. Two ids that agree in them are both
/// found, and the reader compares the whole ids in the blocks.
const TRANSACTIONS: &str = "transactions";

/// The index of accounts: the account, then the number of the action in the whole chain, both
/// big-endian, so that the entries of an account are together and in the order of execution.
const ACCOUNTS: &str = "accounts";

/// How much of the history is valid in the folder. A value, not a handle, as
/// [`Logged`](super::Logged) is.
#[derive(Clone, Default)]
pub(crate) struct Recorded {
    /// The folder; `None` in a chain that is not in one.
    disk: Option<Arc<dyn Disk>>,
    /// The log of traces.
    traces: Extent,
    /// The log of changes of tables; it begins one block before the other.
    deltas: Extent,
    /// The id of the last block of both.
    last: Checksum256,
    /// The index of transactions.
    transactions: Runs,
    /// The index of accounts.
    accounts: Runs,
}

impl Stored for Recorded {
    fn store(&self, out: &mut Output<'_>) {
        let Self {
            // Given when the checkpoint is opened.
            disk: _,
            traces,
            deltas,
            last,
            transactions,
            accounts,
        } = self;
        traces.store(out);
        deltas.store(out);
        last.store(out);
        transactions.store(out);
        accounts.store(out);
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        Ok(Self {
            disk: None,
            traces: Stored::restore(input)?,
            deltas: Stored::restore(input)?,
            last: Stored::restore(input)?,
            transactions: Stored::restore(input)?,
            accounts: Stored::restore(input)?,
        })
    }
}

/// An action of an account in the index: its place among all of the account, its number in the
/// whole chain, and its block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AccountAction {
    /// From 0 on.
    pub(crate) place: u64,
    /// The number of the action.
    pub(crate) global_sequence: u64,
    /// The block that has it.
    pub(crate) block: u32,
}

impl Recorded {
    /// The first block that has changes of tables, if one has.
    pub(crate) fn first(&self) -> Option<u32> {
        (self.deltas.blocks > 0).then_some(self.deltas.first)
    }

    /// The last block in the logs; 0 for none.
    pub(crate) fn last(&self) -> u32 {
        match self.deltas.blocks {
            0 => 0,
            _ => self.deltas.last(),
        }
    }

    /// Attaches the folder and verifies that the logs are this chain's. Damaged indexes are made
    /// anew.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where the logs do not have what they should; [`StoreError::Io`].
    pub(crate) fn open(self, disk: &Arc<dyn Disk>) -> Result<Self, StoreError> {
        let found = Self {
            disk: Some(Arc::clone(disk)),
            ..self
        };
        Log::traces(&**disk).open(found.traces, found.last)?;
        Log::deltas(&**disk).open(found.deltas, found.last)?;
        found.restore_indexes(&**disk)?;
        Ok(found)
    }

    /// The traces of a block, as encoded; `None` where the log has none of it.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], [`StoreError::Io`].
    pub(crate) fn traces(&self, number: u32) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(self.traces, number, Log::traces)
    }

    /// The changes of tables of a block, as encoded; `None` where the log has none of it.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], [`StoreError::Io`].
    pub(crate) fn deltas(&self, number: u32) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(self.deltas, number, Log::deltas)
    }

    /// Reads from one of the logs; `None` where the block is outside its extent, or there is no
    /// folder.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], [`StoreError::Io`].
    fn read<'a>(
        &'a self,
        extent: Extent,
        number: u32,
        log: impl Fn(&'a dyn Disk) -> Log<'a>,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(disk) = self.disk.as_deref().filter(|_| extent.contains(number)) else {
            return Ok(None);
        };
        log(disk).read(extent, number, self.last).map(Some)
    }

    /// Blocks that may have this transaction, the newest first. Others cannot have it.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], [`StoreError::Io`].
    pub(crate) fn candidates(&self, id: Checksum256) -> Result<Vec<u32>, StoreError> {
        let Some(disk) = self.disk.as_deref() else {
            return Ok(Vec::new());
        };
        let lowest = entry(beginning_of(id), 0);
        let mut found = Vec::new();
        for run in &self.transactions {
            let file = RunFile::new(disk, TRANSACTIONS, *run);
            for entry in file.from(file.rank(&lowest)?) {
                let entry = entry?;
                if entry[..16] != lowest[..16] {
                    break;
                }
                found.push(block_of(&entry));
            }
        }
        found.reverse();
        Ok(found)
    }

    /// How many actions concern the account. Counts places in the files, not entries, so that it
    /// takes the same time for an account with a million actions.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], [`StoreError::Io`].
    pub(crate) fn count(&self, account: Name) -> Result<u64, StoreError> {
        let mut count = 0;
        for (_, from, to) in self.places(account)? {
            count += to - from;
        }
        Ok(count)
    }

    /// Actions that concern the account, in order: those with these places. Places that do not
    /// exist are left out. Only the pages that have the wanted entries are read.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], [`StoreError::Io`].
    pub(crate) fn actions(
        &self,
        account: Name,
        places: std::ops::Range<u64>,
    ) -> Result<Vec<AccountAction>, StoreError> {
        let mut actions = Vec::new();
        let mut place = 0;
        for (file, from, to) in self.places(account)? {
            let here = place..place + (to - from);
            let skipped = places
                .start
                .saturating_sub(here.start)
                .min(here.end - here.start);
            let wanted = places.end.saturating_sub(here.start + skipped);
            let left = (here.end - here.start - skipped).min(wanted);
            let entries = file.from(from + skipped).take(left as usize);
            for (offset, entry) in (0..).zip(entries) {
                let entry = entry?;
                let mut sequence = [0; 8];
                sequence.copy_from_slice(&entry[8..16]);
                actions.push(AccountAction {
                    place: here.start + skipped + offset,
                    global_sequence: u64::from_be_bytes(sequence),
                    block: block_of(&entry),
                });
            }
            place = here.end;
        }
        Ok(actions)
    }

    /// The files with the account, and the range of its entries in each: from the first position up
    /// to the second, which is not included. Oldest blocks first, so that the entries of all ranges
    /// in order are the places of the account.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], [`StoreError::Io`].
    fn places(&self, account: Name) -> Result<Vec<(RunFile<'_>, u64, u64)>, StoreError> {
        let Some(disk) = self.disk.as_deref() else {
            return Ok(Vec::new());
        };
        let lowest = entry(account_key(account, 0), 0);
        let highest = entry(account_key(account, u64::MAX), u32::MAX);
        let mut places = Vec::new();
        for run in &self.accounts {
            let file = RunFile::new(disk, ACCOUNTS, *run);
            let from = file.rank(&lowest)?;
            // Most files have few of an account, so that the end is searched only where there are some.
            let some = file.from(from).next().transpose()?;
            if some.is_some_and(|entry| entry[..8] == lowest[..8]) {
                places.push((file, from, file.rank(&highest)?));
            }
        }
        Ok(places)
    }

    /// Writes the records of blocks after the valid part. Returns the history with them. Called on
    /// the checkpoint thread; holds no lock. They are encoded here.
    ///
    /// `records` ascend without a gap from the block after [`last`](Self::last). The order is traces,
    /// changes of tables, indexes, and then the folder is synced: a checkpoint that names the result
    /// is written only after all of it is on the disk.
    ///
    /// # Errors
    /// [`StoreError`]. The valid part is untouched then.
    pub(crate) fn append(
        &self,
        disk: &Arc<dyn Disk>,
        records: &[Arc<BlockRecord>],
    ) -> Result<Self, StoreError> {
        let (Some(first), Some(last)) = (records.first(), records.last()) else {
            let disk = Some(Arc::clone(disk));
            return Ok(Self {
                disk,
                ..self.clone()
            });
        };
        let range = (first.number(), last.number());
        let of = |record: &BlockRecord| (record.number(), record.block.id);
        let traces = records.iter().filter_map(|record| {
            let (number, id) = of(record);
            Some((number, id, record.traces()?))
        });
        let traces = Log::traces(&**disk).append(self.traces, traces)?;
        let deltas = records.iter().map(|record| {
            let (number, id) = of(record);
            (number, id, record.deltas())
        });
        let deltas = Log::deltas(&**disk).append(self.deltas, deltas)?;
        let mut entries = Entries::default();
        for record in records {
            let number = record.number();
            entries.add_transactions(number, record.transactions()?);
            record.for_each_action(&mut |action| entries.add_action(number, action))?;
        }
        let Entries {
            transactions,
            accounts,
        } = entries;
        let transactions = run::add(
            &**disk,
            TRANSACTIONS,
            &self.transactions,
            range,
            transactions,
        )?;
        let accounts = run::add(&**disk, ACCOUNTS, &self.accounts, range, accounts)?;
        disk.sync().map_err(io_error(&**disk, "write", ""))?;
        Ok(Self {
            disk: Some(Arc::clone(disk)),
            traces,
            deltas,
            last: last.block.id,
            transactions,
            accounts,
        })
    }

    /// Removes files of the indexes that neither this nor the history before names: called when
    /// both are in checkpoints and all older ones are removed.
    ///
    /// # Errors
    /// [`StoreError::Io`] for the first that cannot be removed; the others are removed all the same.
    pub(crate) fn remove_others(&self, disk: &dyn Disk, before: &Self) -> Result<(), StoreError> {
        let mut named = self.files(disk);
        named.extend(before.files(disk));
        let names = disk.names().map_err(io_error(disk, "list", ""))?;
        let prefixes = [TRANSACTIONS, ACCOUNTS].map(|kind| format!("{kind}-"));
        let of_index = |name: &String| prefixes.iter().any(|prefix| name.starts_with(prefix));
        let others = names
            .into_iter()
            .filter(|name| of_index(name) && !named.contains(name));
        remove_all(disk, others)
    }

    /// The names of the files of the indexes that belong to this history.
    fn files(&self, disk: &dyn Disk) -> Vec<String> {
        let transactions = self.transactions.iter().map(|run| (TRANSACTIONS, run));
        let accounts = self.accounts.iter().map(|run| (ACCOUNTS, run));
        let files = transactions.chain(accounts);
        files
            .map(|(kind, run)| RunFile::new(disk, kind, *run).name())
            .collect()
    }

    /// Makes files of the indexes anew that are missing, have another length or another end, from the
    /// log of traces. The names and the numbers of entries are those that the checkpoint has.
    ///
    /// # Errors
    /// [`StoreError`] where the log cannot be read or the files cannot be written.
    fn restore_indexes(&self, disk: &dyn Disk) -> Result<(), StoreError> {
        for run in &self.transactions {
            if !RunFile::new(disk, TRANSACTIONS, *run).is_whole()? {
                let entries = self.entries(run.first, run.last)?.transactions;
                run::add(
                    disk,
                    TRANSACTIONS,
                    &Runs::new(),
                    (run.first, run.last),
                    entries,
                )?;
            }
        }
        for run in &self.accounts {
            if !RunFile::new(disk, ACCOUNTS, *run).is_whole()? {
                let entries = self.entries(run.first, run.last)?.accounts;
                run::add(disk, ACCOUNTS, &Runs::new(), (run.first, run.last), entries)?;
            }
        }
        Ok(())
    }

    /// The entries of both indexes for these blocks, both included, from the log of traces.
    ///
    /// # Errors
    /// [`StoreError`] where the log cannot be read or its content is not traces.
    fn entries(&self, first: u32, last: u32) -> Result<Entries, StoreError> {
        let mut entries = Entries::default();
        for number in first..=last {
            if let Some(traces) = self.traces(number)? {
                entries.add_transactions(number, transactions_of(&traces)?);
                actions_of(&traces, &mut |action| entries.add_action(number, action))?;
            }
        }
        Ok(entries)
    }
}

/// Entries of both indexes for some blocks, in any order; they are sorted when a file is written.
#[derive(Default)]
struct Entries {
    transactions: Vec<Entry>,
    accounts: Vec<Entry>,
}

impl Entries {
    /// Adds the transactions of a block.
    fn add_transactions(&mut self, block: u32, ids: Vec<Checksum256>) {
        let entries = ids.into_iter().map(|id| entry(beginning_of(id), block));
        self.transactions.extend(entries);
    }

    /// Adds an action under each account that it concerns.
    fn add_action(&mut self, block: u32, action: ActionKey<'_>) {
        for account in action.accounts() {
            let key = account_key(account, action.global_sequence);
            self.accounts.push(entry(key, block));
        }
    }
}

/// The first 16 bytes of an id.
fn beginning_of(id: Checksum256) -> [u8; 16] {
    let mut key = [0; 16];
    key.copy_from_slice(&id.0[..16]);
    key
}

/// An account and the number of an action, so that keys ascend by both.
fn account_key(account: Name, global_sequence: u64) -> [u8; 16] {
    let mut key = [0; 16];
    key[..8].copy_from_slice(&account.raw().to_be_bytes());
    key[8..].copy_from_slice(&global_sequence.to_be_bytes());
    key
}

#[cfg(test)]
mod tests;
