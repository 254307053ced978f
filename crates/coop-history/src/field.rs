//! Where in a log something is.

use serde::Serialize;

/// A field of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LogField {
    /// The version of the format and the number of the first block.
    Preamble,
    /// The genesis, or the chain's id in a log that begins later.
    Genesis,
    /// Eight bytes of ones between the preamble and the blocks.
    Totem,
    /// The header as a whole: one of its fields that the signature covers, and nothing tells which.
    Header,
    /// The time of the block.
    Timestamp,
    /// Who made it.
    Producer,
    /// How many blocks its producer confirms.
    Confirmed,
    /// The id of the block before.
    Previous,
    /// The root over the transactions.
    TransactionMroot,
    /// The root over what their actions did.
    ActionMroot,
    /// The version of the schedule.
    ScheduleVersion,
    /// A schedule that is to follow, before `WTMSIG_BLOCK_SIGNATURES`.
    NewProducers,
    /// Schedules and protocol features.
    HeaderExtensions,
    /// The producer's signature.
    Signature,
    /// The transactions with their receipts and signatures.
    Transactions,
    /// Further signatures; empty on most chains.
    BlockExtensions,
    /// The position of the block in the file, after each block.
    Position,
    /// Where the next block or the end of the file should be.
    End,
}

/// Something in a log that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LogDamage {
    /// The number of the block; 0 before the first one.
    pub block: u32,
    /// The field.
    pub field: LogField,
    /// Where the field begins, in bytes from the beginning of the file.
    pub offset: u64,
    /// How long it is; 0 where that is not known.
    pub length: u64,
    /// What was wrong, in words.
    pub problem: String,
}
