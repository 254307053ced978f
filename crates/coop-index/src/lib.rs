//! The registry of cooperatives: follows a chain into SQLite, and finds what was decided.
//!
//! The chain erases the rows of what is finished. The index keeps every question from its publication to its
//! outcome, with votes, signed documents, payments and participants, and finds them by kind, outcome, person,
//! period, form and words. It keeps candidates, property, boards and staff that are gone, the shares and the money
//! as they were at any block, and a journal of every action about the cooperative.
//!
//! ```text
//! BlockSource --event--> Follower --> IndexWriter --one transaction per block--> SQLite <-- IndexReader
//! ```
//!
//! # Rules
//! - **One transaction per block** holds the rows, the undo log and the cursor: after a crash the index is at the
//!   end of some block, and goes on with the next one. Final blocks, which are never undone, may share one.
//! - **Undo.** Triggers write down how to take back each change of a reversible block. A fork takes them back,
//!   also one that happened while the index was closed. What is final is pruned from the log.
//! - **Final or not.** Rows say whether the block that changed them last is final.
//! - **A loud stop** where the node contradicts what is final: see [`IndexError::Follow`].
//! - **Rows equal the chain's.** [`compare`] reads the tables of the chain, and names the rows that differ.
//! - **Rows equal a rebuild.** Whatever happened on the way, the rows are those that following from the beginning
//!   gives. Ordinary tables are in [`TABLES`].
//!
//! There are one writer, on one thread, and any number of readers. The database has no personal data: people are
//! account names, as on the chain.
#![deny(unsafe_code)]

mod abis;
mod compare;
mod current;
mod database;
mod error;
mod folder;
mod follower;
mod interpret;
mod query;
mod reader;
mod rebuild;
#[cfg(any(test, feature = "samples"))]
pub mod samples;
mod scope;
mod snapshot;
mod stems;
mod undo;
mod value;
mod writer;

pub use compare::{Compared, Comparison, compare};
pub use current::{Difference, RowFields};
pub use database::TABLES;
pub use error::IndexError;
pub use folder::{IndexFolder, IndexLock};
pub use follower::{Follower, FollowerStatus, Stepped};
pub use query::boards::{BoardRecord, SeatRecord, StaffRecord};
pub use query::documents::{DocumentRecord, SignatureRecord};
pub use query::events::{EventFilter, EventRecord};
pub use query::holdings::{BalanceRecord, CharterRecord, FundsRecord, PropertyRecord};
pub use query::money::{PaymentRecord, SettlementRecord};
pub use query::package::Package;
pub use query::people::{CandidateRecord, CooperativeRecord, ParticipantRecord};
pub use query::questions::{QuestionFilter, QuestionRecord, VoteRecord};
pub use query::search::{SearchFilter, SearchHit};
pub use query::sheets::{Content, SHEETS, Sheet, SheetFilter, TakeRow};
pub use query::verdict::{DocumentRole, Recorded};
pub use query::words::{TextHit, WordQuery};
pub use query::{Listing, Slice};
pub use reader::{IndexReader, IndexStatus};
pub use rebuild::Rebuild;
pub use scope::IndexScope;
pub use snapshot::Snapshot;
pub use stems::stems;
pub use writer::IndexWriter;

#[cfg(test)]
mod tests;
