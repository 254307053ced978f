//! The registry of a cooperative as tables for a spreadsheet, and as a signed archive that verifies offline.
//!
//! Both are made from a [`Snapshot`](coop_index::Snapshot) of the index: of one moment, and only of what is final.
//!
//! # Tables
//! [`write_csv`] makes one file for each [`Sheet`](coop_index::SHEETS): CSV as RFC 4180 describes it, in UTF-8 with
//! a byte order mark, lines ended by CR LF. Sums are as the chain has them, `300.0000 RUB`. A cell of free text that
//! a spreadsheet would take for a formula, one that begins with `=`, `+`, `-`, `@`, a tab or a line end, gets an
//! apostrophe before it; so does one that begins with an apostrophe, and so the text can be had back.
//!
//! # Archive
//! An uncompressed tar, the same bytes for the same snapshot, texts, key and moment:
//!
//! | file | content |
//! |---|---|
//! | `manifest.json` | [`Manifest`]: chain, cooperative, block, range, and the SHA-256 of every file below |
//! | `signature.json` | [`Seal`]: who signed the manifest, with which key |
//! | `documents.jsonl` | a [`SignedDocument`] on each line, with its signatures |
//! | `tables/*.csv` | the tables |
//! | `texts/HASH.txt` | the texts of documents, where they were given; the name is their SHA-256 |
//!
//! [`verify`] reads an archive and finds any byte that is another one. What it cannot know without the chain is
//! whether the key belongs to the account that signed.
#![deny(unsafe_code)]

mod csv;
mod documents;
mod error;
mod manifest;
mod tar;
mod verify;
mod write;

pub use csv::write_csv;
pub use documents::{SignedDocument, SignedSignature};
pub use error::{ArchiveError, ForgedPart};
pub use manifest::{ArchivedFile, Manifest, Seal};
pub use verify::{VerifiedArchive, is_archive, verify};
pub use write::{ArchiveOptions, Texts, write_archive};

#[cfg(test)]
mod tests;
