//! When what a chain was given is on the disk.

/// When what a chain was given is on the disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Durability {
    /// When the call returns that gave it: neither the end of the process nor that of the machine
    /// loses anything that was acknowledged.
    #[default]
    Transaction,
    /// When the call returns that completes the block. The end of the process loses nothing, that of
    /// the machine may lose the block in the making.
    Block,
    /// When the system writes it. The end of the process loses nothing, that of the machine may lose
    /// some last seconds: there is a chain then, as it was a little earlier.
    Process,
}

/// How a chain is written to its folder.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WritePolicy {
    pub(crate) durability: Durability,
    /// After how many records a checkpoint is begun.
    pub(crate) checkpoint_every: u64,
}
