//! What a session reads: the history of a chain at one moment.
//!
//! It is a trait so that the rules of sessions are tested with chains that fork at will; what is
//! served is [`History`].

use antelope_chain::{History, LiveChain, StoreError};
use antelope_history::BlockPosition;
use antelope_types::Checksum256;
use std::sync::Arc;

/// The history of a chain at one moment.
///
/// Reading a block may wait for the disk and encodes what is still in memory, so that it belongs on
/// a thread that may wait. The rest is known.
pub(crate) trait View: Send + Sync {
    /// The chain.
    fn chain_id(&self) -> Checksum256;
    /// The last complete block.
    fn head(&self) -> BlockPosition;
    /// The last irreversible block.
    fn irreversible(&self) -> BlockPosition;
    /// The first block with deltas. The last one is the head.
    fn first(&self) -> u32;
    /// The first block with traces; above the head's number where there are none yet.
    fn first_traces(&self) -> u32;
    /// The id of a block from 1 to the head; `None` beyond it.
    ///
    /// # Errors
    /// Where the log of blocks cannot be read.
    fn position(&self, number: u32) -> Result<Option<Checksum256>, StoreError>;
    /// The packed signed block; `None` where the chain does not have it.
    ///
    /// # Errors
    /// Where the log of blocks cannot be read.
    fn block(&self, number: u32) -> Result<Option<Vec<u8>>, StoreError>;
    /// `transaction_trace[]`, packed; `None` outside of the blocks whose traces were recorded.
    ///
    /// # Errors
    /// Where the log of traces cannot be read.
    fn traces(&self, number: u32) -> Result<Option<Vec<u8>>, StoreError>;
    /// `table_delta[]`, packed; `None` outside of the blocks whose deltas were recorded.
    ///
    /// # Errors
    /// Where the log of deltas cannot be read.
    fn deltas(&self, number: u32) -> Result<Option<Vec<u8>>, StoreError>;
}

impl View for History {
    fn chain_id(&self) -> Checksum256 {
        Self::chain_id(self)
    }

    fn head(&self) -> BlockPosition {
        position(Self::head(self))
    }

    fn irreversible(&self) -> BlockPosition {
        position(Self::irreversible(self))
    }

    fn first(&self) -> u32 {
        Self::first(self)
    }

    fn first_traces(&self) -> u32 {
        Self::first_traces(self)
    }

    fn position(&self, number: u32) -> Result<Option<Checksum256>, StoreError> {
        Self::position(self, number)
    }

    fn block(&self, number: u32) -> Result<Option<Vec<u8>>, StoreError> {
        Self::block(self, number)
    }

    fn traces(&self, number: u32) -> Result<Option<Vec<u8>>, StoreError> {
        Self::traces(self, number)
    }

    fn deltas(&self, number: u32) -> Result<Option<Vec<u8>>, StoreError> {
        Self::deltas(self, number)
    }
}

fn position((block_num, block_id): (u32, Checksum256)) -> BlockPosition {
    BlockPosition {
        block_num,
        block_id,
    }
}

/// Gives the present view. It takes no lock that an executing transaction holds.
pub(crate) type Source = Arc<dyn Fn() -> Option<Arc<dyn View>> + Send + Sync>;

/// The history of a live chain; none where it does not record.
pub(crate) fn of(live: &LiveChain) -> Source {
    let live = live.clone();
    Arc::new(move || {
        let history = live.history()?;
        Some(Arc::new(history) as Arc<dyn View>)
    })
}
