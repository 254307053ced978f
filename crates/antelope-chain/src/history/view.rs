//! [`History`]: reading what was recorded.

use crate::block::{ActionKey, Block, BlockRecord, SignedBlock, decode};
use crate::store::{AccountAction, Logged, Recorded, StoreError};
use antelope_history::StoredTrace;
use antelope_types::{ChainError, Checksum256, Encode, ErrorKind, Name, PrivateKey};
use imbl::OrdMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// The history of a chain at one moment: blocks, what they did, and where transactions are.
///
/// A value that shares its data with the chain: cheap to clone, without locks, and unchanged while
/// the chain goes on. A reader that follows the chain takes a new one from
/// [`LiveChain::history`](crate::LiveChain::history) after each block. Reading may touch the disk,
/// and encodes what is still in memory.
///
/// ```
/// use antelope_chain::{Chain, Genesis, NoContracts};
/// use antelope_types::name;
/// use std::sync::Arc;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut chain = Chain::start(Genesis::default(), Arc::new(NoContracts))?;
/// chain.record_history();
/// let trace = chain.create_account(name!("alice"))?;
/// chain.produce_block()?;
///
/// let history = chain.history().expect("it records");
/// assert_eq!((history.first(), history.last()), (1, 2));
/// assert_eq!(history.find(trace.id)?, Some(2));
/// assert!(history.traces(1)?.is_none(), "the first block has no traces");
/// assert!(history.traces(2)?.is_some() && history.deltas(2)?.is_some());
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct History {
    /// The chain's id.
    pub(crate) chain_id: Checksum256,
    /// The last complete block.
    pub(crate) head: Arc<Block>,
    /// The number of the last irreversible block.
    pub(crate) irreversible: u32,
    /// Complete blocks that are not in the block log.
    pub(crate) blocks: OrdMap<u32, Arc<Block>>,
    /// The block log.
    pub(crate) logged: Logged,
    /// The id of the last block in the log.
    pub(crate) logged_id: Checksum256,
    /// What blocks in memory are signed with.
    pub(crate) key: Option<PrivateKey>,
    /// The first block that is recorded; the one after the head where none is.
    pub(crate) first: u32,
    /// Records that are not in the logs.
    pub(crate) records: OrdMap<u32, Arc<BlockRecord>>,
    /// What is in the logs.
    pub(crate) recorded: Recorded,
}

impl History {
    /// The chain's id.
    pub fn chain_id(&self) -> Checksum256 {
        self.chain_id
    }

    /// The number and the id of the last complete block.
    pub fn head(&self) -> (u32, Checksum256) {
        (self.head.number(), self.head.id)
    }

    /// The number and the id of the last irreversible block; zeros for the id where the block log
    /// cannot be read, of which [`position`](Self::position) tells why.
    pub fn irreversible(&self) -> (u32, Checksum256) {
        let id = self.position(self.irreversible).ok().flatten();
        (self.irreversible, id.unwrap_or_default())
    }

    /// The first block that has deltas, which are the whole state; 1 for a chain that records from
    /// its genesis. The block after the head where nothing is recorded yet.
    pub fn first(&self) -> u32 {
        self.first
    }

    /// The first block that has traces: the one after [`first`](Self::first), as on a node.
    pub fn first_traces(&self) -> u32 {
        self.first + 1
    }

    /// The last block that is recorded: the head.
    pub fn last(&self) -> u32 {
        self.head.number()
    }

    /// The id of a block; any from 1 to the head, recorded or not.
    ///
    /// # Errors
    /// [`StoreError`] where the block log cannot be read or is damaged.
    pub fn position(&self, number: u32) -> Result<Option<Checksum256>, StoreError> {
        if number == self.head.number() {
            return Ok(Some(self.head.id));
        }
        if number == 0 || number > self.head.number() {
            return Ok(None);
        }
        // A block has the id of the one before.
        let next = match number + 1 == self.head.number() {
            true => Some(&self.head),
            false => self.blocks.get(&(number + 1)),
        };
        match next {
            Some(next) => Ok(Some(next.header.previous)),
            None => Ok(self.find_block(number)?.map(|block| block.id)),
        }
    }

    /// A signed block as nodes encode it; any from 1 to the head, recorded or not.
    ///
    /// # Errors
    /// [`StoreError`] where the block log cannot be read or is damaged, or the chain's key is not
    /// valid.
    pub fn block(&self, number: u32) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(block) = self.find_block(number)? else {
            return Ok(None);
        };
        let signed = SignedBlock::sign(&block, self.key.as_ref()).map_err(|error| {
            let message = format!("block {number} cannot be signed: {error}");
            ChainError::new(ErrorKind::Std, message)
        })?;
        Ok(Some(signed.to_bytes()))
    }

    /// The traces of a block: `transaction_trace[]` of state history, uncompressed. `None` outside
    /// the range.
    ///
    /// # Errors
    /// [`StoreError`] where the log cannot be read, is damaged, or is not this chain's any more
    /// since that was reverted.
    pub fn traces(&self, number: u32) -> Result<Option<Vec<u8>>, StoreError> {
        match self.records.get(&number) {
            Some(record) => Ok(record.traces().map(|traces| traces.to_vec())),
            None => self.recorded.traces(number),
        }
    }

    /// The changes of tables of a block: `table_delta[]` of state history, uncompressed. `None`
    /// outside the range.
    ///
    /// # Errors
    /// As for [`traces`](Self::traces).
    pub fn deltas(&self, number: u32) -> Result<Option<Vec<u8>>, StoreError> {
        match self.records.get(&number) {
            Some(record) => Ok(Some(record.deltas().to_vec())),
            None => self.recorded.deltas(number),
        }
    }

    /// The number of the block that has this transaction; the newest if there are several.
    ///
    /// Blocks in memory are searched one by one, older ones by an index of recorded blocks.
    ///
    /// # Errors
    /// [`StoreError`] where the index or the block log cannot be read or is damaged.
    pub fn find(&self, id: Checksum256) -> Result<Option<u32>, StoreError> {
        let has = |block: &Block| block.transactions.iter().any(|found| found.id == id);
        let mut recent = self.blocks.iter().rev();
        if let Some((number, _)) = recent.find(|(_, block)| has(block)) {
            return Ok(Some(*number));
        }
        for number in self.recorded.candidates(id)? {
            if self.find_block(number)?.is_some_and(|block| has(&block)) {
                return Ok(Some(number));
            }
        }
        Ok(None)
    }

    /// A block.
    pub(crate) fn find_block(&self, number: u32) -> Result<Option<Arc<Block>>, StoreError> {
        match self.blocks.get(&number) {
            Some(block) => Ok(Some(Arc::clone(block))),
            None => self.logged.read(number, self.logged_id),
        }
    }

    /// The traces of a block, decoded.
    ///
    /// # Errors
    /// As for [`traces`](Self::traces).
    pub(crate) fn decoded(&self, number: u32) -> Result<Option<Vec<StoredTrace>>, StoreError> {
        let traces = self.traces(number)?;
        Ok(traces.map(|traces| decode(&traces)).transpose()?)
    }

    /// How many actions concern the account: those that it received, and those that it authorized.
    ///
    /// # Errors
    /// As for [`find`](Self::find).
    pub(crate) fn count_actions(&self, account: Name) -> Result<u64, StoreError> {
        Ok(self.recorded.count(account)? + self.recent_actions(account)?.len() as u64)
    }

    /// The actions that concern the account and have these places among them, in order.
    ///
    /// # Errors
    /// As for [`find`](Self::find).
    pub(crate) fn actions(
        &self,
        account: Name,
        places: Range<u64>,
    ) -> Result<Vec<AccountAction>, StoreError> {
        let old = self.recorded.count(account)?;
        let mut actions = self.recorded.actions(account, places.clone())?;
        if places.end > old {
            let recent = self.recent_actions(account)?;
            let recent = (old..).zip(recent);
            let wanted = recent.filter(|(place, _)| places.contains(place));
            actions.extend(
                wanted.map(|(place, (global_sequence, block))| AccountAction {
                    place,
                    global_sequence,
                    block,
                }),
            );
        }
        Ok(actions)
    }

    /// The numbers and blocks of actions in memory that concern the account, in order.
    fn recent_actions(&self, account: Name) -> Result<Vec<(u64, u32)>, StoreError> {
        let mut found = Vec::new();
        for (number, record) in &self.records {
            let first = found.len();
            record.for_each_action(&mut |action: ActionKey<'_>| {
                if action.accounts().any(|concerned| concerned == account) {
                    found.push((action.global_sequence, *number));
                }
            })?;
            found[first..].sort_unstable();
        }
        Ok(found)
    }
}

/// Without the key that blocks are signed with.
impl fmt::Debug for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("History")
            .field("first", &self.first)
            .field("last", &self.last())
            .finish_non_exhaustive()
    }
}
