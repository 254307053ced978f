//! How a chain in a folder is opened.

use super::Chain;
use crate::store::{Disk, Durability, Folder, StoreError, WritePolicy};
use antelope_ledger::{Executor, Genesis};
use std::path::Path;
use std::sync::Arc;

/// How to open a chain that is kept in a folder.
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
    pub(crate) genesis: Option<Genesis>,
    pub(crate) template: Option<Chain>,
    pub(crate) policy: WritePolicy,
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self::new()
    }
}

impl OpenOptions {
    /// A chain that begins like any other, [`Durability::Transaction`], and a checkpoint every ten
    /// thousand records.
    pub fn new() -> Self {
        Self {
            genesis: None,
            template: None,
            policy: WritePolicy {
                durability: Durability::default(),
                checkpoint_every: 10_000,
            },
        }
    }

    /// How the chain begins; one that is there already must have begun so.
    #[must_use]
    pub fn genesis(mut self, genesis: Genesis) -> Self {
        self.genesis = Some(genesis);
        self
    }

    /// A new chain begins as this one is now, with all its blocks; one that is there already must
    /// have the same id.
    #[must_use]
    pub fn template(mut self, chain: &Chain) -> Self {
        self.genesis = Some(chain.genesis().clone());
        self.template = Some(chain.clone());
        self
    }

    /// When what the chain is given is on the disk.
    #[must_use]
    pub fn durability(mut self, durability: Durability) -> Self {
        self.policy.durability = durability;
        self
    }

    /// After how many transactions and blocks a checkpoint is written, in the background. Opening a
    /// chain executes anew what came after its last one.
    #[must_use]
    pub fn checkpoint_every(mut self, records: u64) -> Self {
        self.policy.checkpoint_every = records.max(1);
        self
    }

    /// Opens the chain in the folder, or begins one there.
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

    pub(crate) fn open_on(
        &self,
        disk: Arc<dyn Disk>,
        executor: Arc<dyn Executor>,
    ) -> Result<Chain, StoreError> {
        Chain::open_on(disk, self, executor)
    }
}
