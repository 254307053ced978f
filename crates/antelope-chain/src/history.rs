//! What every block of a chain did: traces, changes of tables, and where to find a transaction.
//!
//! A chain records when it is asked to ([`Chain::record_history`], [`OpenOptions::history`]). What
//! is recorded is what nodeos's plugins record: for each block `transaction_trace[]` and
//! `table_delta[]`, in the encoding of state history (`antelope_history`).
//!
//! [`Chain::record_history`]: crate::Chain::record_history
//! [`OpenOptions::history`]: crate::OpenOptions::history
//!
//! | range | blocks |
//! |---|---|
//! | blocks | all from 1 to the head |
//! | deltas | from [`first`](History::first) to the head; the first carries the whole state |
//! | traces | from the block after that to the head |
//!
//! A chain that records from its genesis has deltas from block 1 on. One that begins later has them
//! from the block that was in production then, as a node whose plugin is switched on.
//!
//! # Where it is
//!
//! A record in memory holds the states before and after its block, which share their data with
//! those of the chain, so that it costs what the block has changed. In a chain in a folder, records
//! go to the logs with each checkpoint: at most as many as there are blocks between two checkpoints
//! are in memory. In a chain in memory all of them stay there.
//!
//! # Layers
//!
//! Imports go one way. What a block did is a `BlockRecord` of `crate::block`, which knows nothing of
//! folders; `crate::store` writes and reads such records; this module holds those that are in
//! memory, and reads both as one.
//!
//! # Cost
//!
//! The executing thread copies each trace and keeps its inputs until the block is complete. It
//! encodes nothing: that is done by the thread that writes checkpoints, and by readers.

mod recording;
mod view;

pub(crate) use recording::{Beginning, Recording};
pub use view::History;
