//! Why an archive cannot be made, or is not genuine.

use antelope_rpc_client::SigningError;
use coop_index::IndexError;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why an archive cannot be made, or is not genuine.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveError {
    /// The index cannot be read.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// A file cannot be written.
    #[error("cannot write: {0}")]
    Io(#[from] io::Error),
    /// A file or a folder cannot be written.
    #[error("cannot write {}: {problem}", path.display())]
    File {
        /// Where.
        path: PathBuf,
        /// Why.
        problem: io::Error,
    },
    /// The key cannot sign.
    #[error("cannot sign the archive: {0}")]
    Signing(#[from] SigningError),
    /// The index has no record of the cooperative, or is about another one.
    #[error("the index is about {found}, not {wanted}: name its cooperative")]
    OtherCooperative {
        /// What the index is about.
        found: String,
        /// What was asked for.
        wanted: String,
    },
    /// Documents whose contents version 1 of the index has not kept.
    #[error("the index has documents without their contents: rebuild it")]
    NotRebuilt,
    /// A file is too large for the format, or there are too many.
    #[error("{name} is too large for an archive: export a shorter period")]
    TooLarge {
        /// The file.
        name: String,
    },
    /// The bytes are not an archive of this kind.
    #[error(
        "it is not an archive of a registry: expected one that veche registry export --archive wrote"
    )]
    NotAnArchive,
    /// An archive of a kind that a newer program writes.
    #[error(
        "the archive has the format {found}, and this program knows {known}: use the newer program"
    )]
    UnknownFormat {
        /// Its format.
        found: String,
        /// The format that is known.
        known: &'static str,
    },
    /// The archive is not what was signed.
    #[error("{part} is not what was signed: {problem}")]
    Forged {
        /// The part.
        part: ForgedPart,
        /// What is wrong with it.
        problem: String,
    },
}

/// The part of an archive that is not what was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ForgedPart {
    /// The frame around the files: names, sizes, the end.
    Frame,
    /// The manifest.
    Manifest,
    /// The signature under it.
    Seal,
    /// A file.
    File(String),
    /// The document with this hash, on this line of `documents.jsonl`.
    Document(usize),
}

impl fmt::Display for ForgedPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Frame => f.write_str("the frame of the archive"),
            Self::Manifest => f.write_str("manifest.json"),
            Self::Seal => f.write_str("signature.json"),
            Self::File(name) => f.write_str(name),
            Self::Document(line) => write!(f, "line {line} of documents.jsonl"),
        }
    }
}

/// What is wrong with a part.
pub(crate) fn forged(part: ForgedPart, problem: impl Into<String>) -> ArchiveError {
    ArchiveError::Forged {
        part,
        problem: problem.into(),
    }
}
