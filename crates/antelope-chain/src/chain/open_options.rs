//! How a chain in a folder is opened.

use super::Chain;
use crate::store::{Disk, Durability, Folder, StoreError, WritePolicy};
use antelope_history::Detail;
use antelope_ledger::{Executor, Genesis};
use std::path::Path;
use std::sync::Arc;

/// Options for opening a chain that is kept in a folder.
///
/// ```
/// use antelope_chain::{Durability, NoContracts, OpenOptions};
/// use antelope_types::name;
/// use std::sync::Arc;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let folder = folder.path().join("chain");
/// let options = OpenOptions::new().durability(Durability::Block);
/// let mut chain = options.open(&folder, Arc::new(NoContracts))?;
/// chain.create_account(name!("alice"))?;
/// let head = chain.produce_block()?;
/// chain.close()?;
///
/// let chain = options.open(&folder, Arc::new(NoContracts))?;
/// assert_eq!(chain.head().id, head.id);
/// assert!(chain.state().ram_usage().any(|(name, _)| name == name!("alice")));
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct OpenOptions {
    /// The genesis that the chain must have.
    pub(crate) genesis: Option<Genesis>,
    /// The chain that a new folder begins with.
    pub(crate) template: Option<Chain>,
    /// When the disk is waited for, and how often a checkpoint is written.
    pub(crate) policy: WritePolicy,
    /// Whether what blocks do is recorded; `None` for what the folder has.
    pub(crate) history: Option<bool>,
    /// How much is recorded of traces.
    pub(crate) detail: Detail,
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self::new()
    }
}

impl OpenOptions {
    /// The default genesis for a new chain, [`Durability::Transaction`], and a checkpoint every
    /// 10,000 records.
    pub fn new() -> Self {
        Self {
            genesis: None,
            template: None,
            policy: WritePolicy {
                durability: Durability::default(),
                checkpoint_every: 10_000,
            },
            history: None,
            detail: Detail::default(),
        }
    }

    /// The genesis of a new chain. An existing one must have been started with the same, or opening
    /// it fails with
    /// [`StoreError::OtherChain`].
    #[must_use]
    pub fn genesis(mut self, genesis: Genesis) -> Self {
        self.genesis = Some(genesis);
        self
    }

    /// A new chain begins as a copy of this one with all its blocks. An existing one must have the
    /// same id.
    #[must_use]
    pub fn template(mut self, chain: &Chain) -> Self {
        self.genesis = Some(chain.genesis().clone());
        self.template = Some(chain.clone());
        self
    }

    /// When calls wait for the disk.
    #[must_use]
    pub fn durability(mut self, durability: Durability) -> Self {
        self.policy.durability = durability;
        self
    }

    /// After how many records (transactions and blocks) a checkpoint is written in the background;
    /// at least 1. Opening a chain executes the records after its last checkpoint again.
    #[must_use]
    pub fn checkpoint_every(mut self, records: u64) -> Self {
        self.policy.checkpoint_every = records.max(1);
        self
    }

    /// Whether what every block does is recorded in the folder: see [`History`]. If this is not
    /// called, a chain that was recorded goes on to be.
    ///
    /// A new chain is recorded from its genesis. One that was begun without is recorded from the
    /// next block on; the first one has the whole state. With `false` the recording ends: what was
    /// recorded is out of reach then, and is overwritten if it begins anew.
    ///
    /// [`History`]: crate::History
    #[must_use]
    pub fn history(mut self, record: bool) -> Self {
        self.history = Some(record);
        self
    }

    /// How much is recorded of the traces of blocks that are completed from now on, as by
    /// [`Chain::record_detail`]. A folder may have blocks of both details: it does not keep which one
    /// it had.
    #[must_use]
    pub fn history_detail(mut self, detail: Detail) -> Self {
        self.detail = detail;
        self
    }

    /// Opens the chain in the folder, or begins one there. The folder is created if it does not
    /// exist, and locked while the chain is open.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn open(
        &self,
        folder: impl AsRef<Path>,
        executor: Arc<dyn Executor>,
    ) -> Result<Chain, StoreError> {
        let (folder, lock) = Folder::open(folder.as_ref())?;
        let mut chain = self.open_on(Arc::new(folder), executor)?;
        chain.hold(lock);
        Ok(chain)
    }

    /// Opens the chain on a disk, which tests may simulate.
    pub(crate) fn open_on(
        &self,
        disk: Arc<dyn Disk>,
        executor: Arc<dyn Executor>,
    ) -> Result<Chain, StoreError> {
        Chain::open_on(disk, self, executor)
    }
}
