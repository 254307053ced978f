//! Transactions that were sent and whose fate was not learned yet.
//!
//! Before a transaction is sent, it is written to a file that is named after what it does: its chain and
//! its actions, with those that are free of context, such as the nonce of `--force-unique`. The file goes
//! when the user has been told the result. A run that finds such a file knows that an earlier one was
//! interrupted, and settles that transaction first instead of doing the same twice.
//!
//! What some commands do depends on rows that their own transaction removes, so that the next run cannot
//! make the same actions again. Their files also have the hash of what the command was told, by which
//! [`of_command`] finds them.
//!
//! Two runs at once that do the same take turns, by the lock of a file beside it: otherwise one would
//! take the entry of the other for that of an interrupted run.

use crate::{Failure, Fallible};
use antelope_types::{Checksum256, Encode, PackedTransaction, SignedTransaction, Transaction};
use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// Where the files are, in the folder of the configuration.
const FOLDER: &str = "unfinished";

/// The content of a file.
#[derive(Serialize, Deserialize)]
struct Kept {
    #[serde(flatten)]
    packed: PackedTransaction,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    command: Option<Checksum256>,
}

/// The place of one transaction, which no other run has at the same time.
#[derive(Debug)]
pub(crate) struct Entry {
    file: PathBuf,
    lock: PathBuf,
    /// The lock goes with the open file.
    _held: File,
}

impl Entry {
    /// The place for what this transaction does on this chain, in the folder of the configuration. Waits
    /// for another run that has it, after `busy`.
    ///
    /// # Errors
    /// `journal.write`; nothing must be sent then.
    pub(super) fn lock(
        folder: PathBuf,
        chain_id: &Checksum256,
        transaction: &Transaction,
        busy: impl FnOnce(),
    ) -> Fallible<Self> {
        let name = name_of(chain_id, transaction);
        let folder = folder.join(FOLDER);
        let lock = folder.join(format!("{name}.lock"));
        let held = fs::create_dir_all(&folder).and_then(|()| locked(&lock, busy));
        Ok(Self {
            file: folder.join(format!("{name}.json")),
            _held: held.map_err(|error| unwritten(&lock, &error))?,
            lock,
        })
    }

    /// The transaction that an earlier run has sent without learning its fate.
    ///
    /// # Errors
    /// `journal.read` where there is one that cannot be read.
    pub(super) fn read(&self) -> Fallible<Option<SignedTransaction>> {
        let text = match fs::read(&self.file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.unreadable(&error.to_string())),
        };
        let kept: Kept =
            serde_json::from_slice(&text).map_err(|error| self.unreadable(&error.to_string()))?;
        let signed = kept
            .packed
            .unpack()
            .map_err(|error| self.unreadable(&error.to_string()))?;
        signed
            .map(Some)
            .ok_or_else(|| self.unreadable("it is compressed"))
    }

    /// Keeps a transaction that is about to be sent, with the hash of what its command was told. It is on
    /// the disk when this returns.
    ///
    /// # Errors
    /// `journal.write`; nothing must be sent then.
    pub(super) fn write(
        &self,
        signed: &SignedTransaction,
        command: Option<Checksum256>,
    ) -> Fallible<()> {
        let kept = Kept {
            packed: PackedTransaction::pack(signed),
            command,
        };
        let write = || {
            let folder = self.file.parent().ok_or(io::ErrorKind::InvalidInput)?;
            fs::create_dir_all(folder)?;
            let beside = self.file.with_extension("new");
            let mut file = fs::File::create(&beside)?;
            file.write_all(&serde_json::to_vec(&kept)?)?;
            file.sync_all()?;
            fs::rename(beside, &self.file)?;
            fs::File::open(folder)?.sync_all()
        };
        write().map_err(|error: io::Error| unwritten(&self.file, &error))
    }

    /// Forgets it: its fate is known, and told where it was executed. A file that stays only costs a question more the next time.
    pub(crate) fn forget(&self) {
        let _ = fs::remove_file(&self.file);
    }

    fn unreadable(&self, problem: &str) -> Box<Failure> {
        let message = format!("cannot read {}: {problem}", self.file.display());
        Failure::new("journal.read", message).hint(
            "it holds a transaction of an earlier run; look whether that was done, then remove it",
        )
    }
}

impl Drop for Entry {
    /// Removes the file of the lock while it is held: whoever waits for it sees that it has gone.
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.lock);
    }
}

/// What the file of a transaction is named after: its chain, and what it does there.
fn name_of(chain_id: &Checksum256, transaction: &Transaction) -> Checksum256 {
    let mut bytes = chain_id.0.to_vec();
    bytes.extend(transaction.actions.to_bytes());
    if !transaction.context_free_actions.is_empty() {
        bytes.extend(transaction.context_free_actions.to_bytes());
    }
    Checksum256::sha256(&bytes)
}

/// The transactions that earlier runs of a command have sent on this chain without learning their fate. A
/// file that cannot be read is left to whoever does the same as its name says.
pub(super) fn of_command(
    folder: &Path,
    chain_id: &Checksum256,
    command: &Checksum256,
) -> Vec<SignedTransaction> {
    let files = fs::read_dir(folder.join(FOLDER)).into_iter().flatten();
    let found = files.flatten().filter_map(|file| {
        let kept: Kept = serde_json::from_slice(&fs::read(file.path()).ok()?).ok()?;
        let signed = kept.packed.unpack().ok()??;
        let name = format!("{}.json", name_of(chain_id, &signed.transaction));
        let is_it = kept.command == Some(*command) && *file.file_name() == *name;
        is_it.then_some(signed)
    });
    found.collect()
}

/// The file of a lock, once no other run has it.
fn locked(path: &Path, busy: impl FnOnce()) -> io::Result<File> {
    let mut busy = Some(busy);
    loop {
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                if let Some(busy) = busy.take() {
                    busy();
                }
                file.lock()?;
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
        // Whoever had it has removed the file, and a third may have made a new one.
        let is_there = fs::metadata(path).is_ok_and(|it| {
            file.metadata()
                .is_ok_and(|own| (own.dev(), own.ino()) == (it.dev(), it.ino()))
        });
        if is_there {
            return Ok(file);
        }
    }
}

fn unwritten(path: &Path, error: &io::Error) -> Box<Failure> {
    let message = format!("cannot write {}: {error}", path.display());
    Failure::new("journal.write", message)
        .hint("nothing was sent: what is sent is kept there first, so that nothing is done twice")
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_types::{Action, name};
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::thread;

    fn transaction(name: antelope_types::Name) -> SignedTransaction {
        let transaction = Transaction {
            actions: vec![Action::new(name!("contract"), name, &[], &())],
            ..Transaction::default()
        };
        SignedTransaction {
            transaction,
            ..SignedTransaction::default()
        }
    }

    fn entry(folder: &Path, chain: u8, signed: &SignedTransaction) -> Entry {
        let chain = Checksum256([chain; 32]);
        Entry::lock(folder.to_owned(), &chain, &signed.transaction, || {}).unwrap()
    }

    #[test]
    fn what_is_kept_is_found_by_what_it_does() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let signed = transaction(name!("pay"));
        entry(folder, 1, &signed).write(&signed, None).unwrap();
        // Another run: another expiration, the same actions.
        let mut again = signed.clone();
        again.transaction.header.ref_block_num = 7;
        let found = entry(folder, 1, &again).read().unwrap();
        assert_eq!(found, Some(signed.clone()));
        let other = entry(folder, 2, &again).read().unwrap();
        assert_eq!(other, None, "another chain");
        let other = transaction(name!("other"));
        assert_eq!(entry(folder, 1, &other).read().unwrap(), None);
        // With --force-unique it is something else each time.
        let mut unique = signed.clone();
        let nonce = Action::new(name!("eosio.null"), name!("nonce"), &[], &1_u64);
        unique.transaction.context_free_actions.push(nonce);
        assert_eq!(entry(folder, 1, &unique).read().unwrap(), None);
        entry(folder, 1, &signed).forget();
        assert_eq!(entry(folder, 1, &again).read().unwrap(), None);
        let left = fs::read_dir(folder.join("unfinished")).unwrap();
        assert_eq!(left.count(), 0, "locks go as well");
    }

    #[test]
    fn what_is_kept_is_found_by_what_its_command_was_told() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let [told, other] = [1, 2].map(|it| Checksum256([it; 32]));
        let signed = transaction(name!("pay"));
        let kept = entry(folder, 1, &signed);
        kept.write(&signed, Some(told)).unwrap();
        assert_eq!(kept.read().unwrap(), Some(signed.clone()));
        let unnamed = transaction(name!("vote"));
        entry(folder, 1, &unnamed).write(&unnamed, None).unwrap();
        let found = |chain, command| of_command(folder, &Checksum256([chain; 32]), command);
        assert_eq!(found(1, &told), [signed]);
        assert_eq!(found(2, &told), [], "another chain");
        assert_eq!(found(1, &other), [], "another command");
        kept.forget();
        assert_eq!(found(1, &told), []);
    }

    #[test]
    fn runs_that_do_the_same_take_turns() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let signed = transaction(name!("pay"));
        let (inside, most) = (AtomicU32::new(0), AtomicU32::new(0));
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        let entry = entry(folder, 1, &signed);
                        let now = inside.fetch_add(1, Ordering::SeqCst) + 1;
                        most.fetch_max(now, Ordering::SeqCst);
                        assert_eq!(entry.read().unwrap(), None, "nobody was interrupted");
                        entry.write(&signed, None).unwrap();
                        entry.forget();
                        inside.fetch_sub(1, Ordering::SeqCst);
                    }
                });
            }
        });
        assert_eq!(most.into_inner(), 1);
    }

    #[test]
    fn a_file_that_cannot_be_read_stops_the_run() {
        let folder = tempfile::tempdir().unwrap();
        let signed = transaction(name!("pay"));
        let entry = entry(folder.path(), 0, &signed);
        entry.write(&signed, None).unwrap();
        fs::write(&entry.file, "{").unwrap();
        assert_eq!(entry.read().unwrap_err().code, "journal.read");
    }
}
