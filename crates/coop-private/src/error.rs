//! Why the store cannot do what it was asked for.

use antelope_keystore::KeystoreError;
use antelope_types::{Checksum256, Name};
use coop_documents::{DocumentError, FieldError};
use std::io;
use std::path::{Path, PathBuf};

/// Why the store of personal data cannot do what it was asked for. No variant carries personal data.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PrivateError {
    /// The database refused.
    #[error("the database of personal data: {0}")]
    Database(#[from] rusqlite::Error),
    /// The operating system refused something.
    #[error("cannot {doing}: {source}")]
    Io {
        /// What was to be done.
        doing: String,
        /// Why not.
        source: io::Error,
    },
    /// The master key could not be had.
    #[error(transparent)]
    Keystore(#[from] KeystoreError),
    /// A key could not sign, from whose signature the master key is made.
    #[error("the master key cannot be made from a signature: {0}")]
    Signing(String),
    /// A document could not be made.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// There is no store in the folder.
    #[error("no store of personal data in {}", folder.display())]
    Missing {
        /// The folder.
        folder: PathBuf,
    },
    /// There is a store in the folder already.
    #[error("{} has a store of personal data already", folder.display())]
    Exists {
        /// The folder.
        folder: PathBuf,
    },
    /// The master key is not that of the key ring.
    #[error("the master key does not open {}: expected the one that it was made with", path.display())]
    WrongMaster {
        /// The key ring.
        path: PathBuf,
    },
    /// The system has no randomness.
    #[error("the system gives no random bytes: {0}")]
    Random(String),
    /// A file is not what it should be.
    #[error("{} is damaged: {problem}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        problem: String,
    },
    /// A row does not open with its key: it was changed, or is another's.
    #[error("the {table} entry of {of} was changed: its key does not open it")]
    Changed {
        /// The table.
        table: &'static str,
        /// The account or the hash.
        of: String,
    },
    /// The key of a person is missing, though nobody has erased the person.
    #[error("the key ring has no key of {of}: restore the key ring from a backup")]
    KeyMissing {
        /// Whose key.
        of: String,
    },
    /// The files are of a newer version of this program.
    #[error("{} has version {found}, and this program knows versions up to {known}: use the newer program", path.display())]
    Version {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The newest version that is known.
        known: u32,
    },
    /// The store is of another cooperative.
    #[error("the store is of {found}, not of {wanted}")]
    OtherCooperative {
        /// Whose store it is.
        found: Name,
        /// Whose was wanted.
        wanted: Name,
    },
    /// There is nothing about this account.
    #[error("nothing is kept about {account}")]
    NoPerson {
        /// The account.
        account: Name,
    },
    /// There is no such document.
    #[error("no document {hash} is kept")]
    NoDocument {
        /// The hash that was asked for.
        hash: Checksum256,
    },
    /// A field of a profile is not what it should be.
    #[error(transparent)]
    Field(#[from] FieldError),
    /// A document is too long to be kept.
    #[error(
        "the document has {found} bytes, expected at most {}",
        crate::MAX_DOCUMENT
    )]
    LongDocument {
        /// How many bytes it has.
        found: usize,
    },
    /// The form of a document has no rule that says how long it is kept.
    #[error("no rule says how long documents of the form {form:?} are kept")]
    UnknownForm {
        /// The form.
        form: String,
    },
    /// The text is not the one whose hash the document has.
    #[error("the text is not that of the document: expected a text with SHA-256 {expected}")]
    AnotherText {
        /// The hash in the document.
        expected: Checksum256,
    },
    /// A backup cannot be used.
    #[error("the backup {} cannot be restored: {problem}", folder.display())]
    Backup {
        /// Its folder.
        folder: PathBuf,
        /// Why not.
        problem: String,
    },
    /// Another program uses the files.
    #[error("another program uses {}: stop it first", path.display())]
    Busy {
        /// The file.
        path: PathBuf,
    },
}

impl PrivateError {
    /// A file that is not what it should be.
    pub(crate) fn damaged(path: &Path, problem: impl Into<String>) -> Self {
        Self::Damaged {
            path: path.to_owned(),
            problem: problem.into(),
        }
    }
}

/// Says what was being done.
pub(crate) trait Doing<T> {
    fn doing(self, doing: impl FnOnce() -> String) -> Result<T, PrivateError>;
}

impl<T> Doing<T> for io::Result<T> {
    fn doing(self, doing: impl FnOnce() -> String) -> Result<T, PrivateError> {
        self.map_err(|source| PrivateError::Io {
            doing: doing(),
            source,
        })
    }
}
