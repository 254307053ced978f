//! Transactions that were sent and whose fate was not learned yet.
//!
//! Before a transaction is sent, it is written to a file that is named after what it does: its actions
//! and its chain. The file goes when the result is known. A run that finds such a file knows that an
//! earlier one was interrupted, and settles that transaction first instead of doing the same twice.

use crate::{Failure, Fallible};
use antelope_types::{Checksum256, Encode, PackedTransaction, SignedTransaction, Transaction};
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

/// The place of one transaction.
#[derive(Debug)]
pub(super) struct Entry {
    file: PathBuf,
}

impl Entry {
    /// The place for what this transaction does on this chain, in the folder of the configuration.
    pub(super) fn of(folder: PathBuf, chain_id: &Checksum256, transaction: &Transaction) -> Self {
        let mut bytes = chain_id.0.to_vec();
        bytes.extend(transaction.actions.to_bytes());
        let name = Checksum256::sha256(&bytes);
        Self {
            file: folder.join("unfinished").join(format!("{name}.json")),
        }
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
        let packed: PackedTransaction =
            serde_json::from_slice(&text).map_err(|error| self.unreadable(&error.to_string()))?;
        let signed = packed
            .unpack()
            .map_err(|error| self.unreadable(&error.to_string()))?;
        signed
            .map(Some)
            .ok_or_else(|| self.unreadable("it is compressed"))
    }

    /// Keeps a transaction that is about to be sent. It is on the disk when this returns.
    ///
    /// # Errors
    /// `journal.write`; nothing must be sent then.
    pub(super) fn write(&self, signed: &SignedTransaction) -> Fallible<()> {
        let write = || {
            let folder = self.file.parent().ok_or(io::ErrorKind::InvalidInput)?;
            fs::create_dir_all(folder)?;
            let beside = self.file.with_extension("new");
            let mut file = fs::File::create(&beside)?;
            file.write_all(&serde_json::to_vec(&PackedTransaction::pack(signed))?)?;
            file.sync_all()?;
            fs::rename(beside, &self.file)?;
            fs::File::open(folder)?.sync_all()
        };
        write().map_err(|error: io::Error| {
            let message = format!("cannot write {}: {error}", self.file.display());
            Failure::new("journal.write", message).hint(
                "nothing was sent: what is sent is kept there first, so that nothing is done twice",
            )
        })
    }

    /// Forgets it: its fate is known. A file that stays only costs a question more the next time.
    pub(super) fn forget(&self) {
        let _ = fs::remove_file(&self.file);
    }

    fn unreadable(&self, problem: &str) -> Box<Failure> {
        let message = format!("cannot read {}: {problem}", self.file.display());
        Failure::new("journal.read", message).hint(
            "it holds a transaction of an earlier run; look whether that was done, then remove it",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_types::{Action, name};

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

    #[test]
    fn what_is_kept_is_found_by_what_it_does() {
        let folder = tempfile::tempdir().unwrap();
        let signed = transaction(name!("pay"));
        let entry = |chain, signed: &SignedTransaction| {
            Entry::of(
                folder.path().to_owned(),
                &Checksum256([chain; 32]),
                &signed.transaction,
            )
        };
        entry(1, &signed).write(&signed).unwrap();
        // Another run: another expiration, the same actions.
        let mut again = signed.clone();
        again.transaction.header.ref_block_num = 7;
        assert_eq!(entry(1, &again).read().unwrap(), Some(signed.clone()));
        assert_eq!(entry(2, &again).read().unwrap(), None, "another chain");
        assert_eq!(entry(1, &transaction(name!("other"))).read().unwrap(), None);
        entry(1, &signed).forget();
        assert_eq!(entry(1, &again).read().unwrap(), None);
    }

    #[test]
    fn a_file_that_cannot_be_read_stops_the_run() {
        let folder = tempfile::tempdir().unwrap();
        let signed = transaction(name!("pay"));
        let entry = Entry::of(
            folder.path().to_owned(),
            &Checksum256::ZERO,
            &signed.transaction,
        );
        entry.write(&signed).unwrap();
        fs::write(&entry.file, "{").unwrap();
        assert_eq!(entry.read().unwrap_err().code, "journal.read");
    }
}
