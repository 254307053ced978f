//! The personal data of a cooperative's people, at rest: sealed under a key per person, erased for good, backed up
//! and restored.
//!
//! ```text
//! COOPERATIVE/
//!   index.db       the registry, of the crate coop-index: no personal data
//!   private.db     profiles, documents and papers, sealed
//!   keys.ring      the key of each person, wrapped under the master key
//! ```
//!
//! | to | use |
//! |---|---|
//! | open the store | [`PrivateStore`], [`MasterSecret`] |
//! | keep and find people | [`Profile`], [`PrivateStore::put_profile`], [`PrivateStore::find`] |
//! | keep documents as long as the law wants | [`PrivateDocument`], [`KEEPING`] |
//! | find documents by their words | [`PrivateStore::search_texts`] |
//! | keep what else is on a desk | [`PaperKind`], [`PrivateStore::put_paper`] |
//! | erase a person | [`PrivateStore::erase`], [`ErasureOrder`], [`Erased`] |
//! | change the master key | [`change_master`] |
//! | back up and restore | [`backup`], [`restore`], [`check_backup`] |
//!
//! # Rules
//! - **One key per person.** A profile, and the documents and papers that go with the person are sealed under it. What the law
//!   keeps is sealed under a key of the archive, one for each last year.
//! - **The keys are apart.** The database has no key, so a copy of it alone is never readable; a backup has a key
//!   ring of its own, in which a key can be erased years later.
//! - **Erased means erased.** The key's bytes are overwritten in the store and in every registered backup, the rows
//!   are deleted and their bytes go from the database and its log. A place that cannot be reached leaves the erasure
//!   incomplete.
//! - **Nothing moves.** The table, the account, the field and the version of a value, and the store, are bound to
//!   its ciphertext.
//! - **Killed anywhere, whole.** A key is in the ring before its data is in the database, and goes before the data
//!   goes; a restoration is prepared beside the old state, and is finished or undone by the next program that opens
//!   the store.
#![deny(unsafe_code)]

mod backup;
mod database;
mod documents;
mod erase;
mod error;
mod files;
mod finish;
mod folder;
mod keeping;
mod kill;
mod manifest;
mod master;
mod papers;
mod places;
mod restore;
mod ring;
mod seal;
mod store;
mod words;

pub use backup::{backup, backup_places, forget_backup, register_backup};
pub use coop_documents::Profile;
pub use documents::{DocumentEntry, MAX_DOCUMENT, PrivateDocument};
pub use erase::{Erased, ErasureOrder, ErasurePlan, change_master, unfinished_erasures};
pub use error::PrivateError;
pub use files::overwrite_and_remove;
pub use folder::{has_registry, has_store};
pub use keeping::{KEEPING, KeepingRule, KeepingTerm};
pub use manifest::{BackupFile, BackupManifest};
pub use master::{MasterSecret, random_digits};
pub use papers::{PaperEntry, PaperKind};
pub use places::{BackupPlace, PlaceOutcome, PlaceProblem};
pub use restore::{Restored, check_backup, restore};
pub use ring::Holder;
pub use store::{ListedPerson, PrivateStore};

#[cfg(test)]
mod tests;
