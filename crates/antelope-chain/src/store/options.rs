//! When the inputs of a chain are on the disk.

/// When a call returns relative to the disk.
///
/// | | the process is killed | the machine loses power | waits per transaction |
/// |---|---|---|---|
/// | `Transaction` | loses nothing | loses nothing | one `fsync`, shared by those that wait |
/// | `Block` | loses nothing | loses the block in production | none; one per block |
/// | `Process` | loses nothing | loses the last seconds | none |
///
/// "Loses nothing" is about calls that have returned. Whatever is lost, the chain that is found is
/// one that existed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Durability {
    /// Each call returns when what it did is on the disk.
    #[default]
    Transaction,
    /// Completing a block waits for the disk; transactions do not.
    Block,
    /// Nothing waits for the disk; the system writes when it likes.
    Process,
}

/// How a chain is written to its folder.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WritePolicy {
    /// When calls wait for the disk.
    pub(crate) durability: Durability,
    /// Records after which a checkpoint is begun.
    pub(crate) checkpoint_every: u64,
}
