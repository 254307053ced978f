//! Why a chain cannot be followed.

use antelope_history::BlockPosition;
use antelope_types::Checksum256;

/// Why a chain cannot be followed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FollowError {
    /// The node cannot be reached, or the connection was lost.
    #[error("the node at {address}: {problem}")]
    Connection {
        /// The address.
        address: String,
        /// What happened.
        problem: String,
    },
    /// The node answers, but not in the way of the protocol.
    #[error("the node at {address} sent what cannot be read: {problem}")]
    Protocol {
        /// The address.
        address: String,
        /// What was wrong.
        problem: String,
    },
    /// An address that is none.
    #[error("{address:?} is not an address: expected ws://HOST:PORT")]
    Address {
        /// What was given.
        address: String,
    },
    /// The node is of another chain than what was followed so far.
    #[error("the node is of chain {theirs}, and the blocks so far are of chain {ours}")]
    OtherChain {
        /// The chain that was followed.
        ours: Checksum256,
        /// The chain of the node.
        theirs: Checksum256,
    },
    /// The node has another block where the one that was followed is irreversible.
    #[error(
        "block {} is {} here, which is final, and {} on the node: \
         one of the two is not the chain; check the node, and if it is right, rebuild the index",
        ours.block_num, ours.block_id, theirs
    )]
    Diverged {
        /// The block that was followed.
        ours: BlockPosition,
        /// The id of the node's block under this number.
        theirs: Checksum256,
    },
    /// The node does not have what following needs.
    #[error("the node has no {what} of block {block}: {hint}")]
    Missing {
        /// Traces or table deltas.
        what: &'static str,
        /// The block.
        block: u32,
        /// What to do.
        hint: &'static str,
    },
    /// The node sends blocks that do not follow the cursor, however often it is asked.
    #[error(
        "the node sends block {} after {}, which it does not follow, again and again",
        block.block_num, head.block_num
    )]
    Disconnected {
        /// The cursor's head.
        head: BlockPosition,
        /// The node's block.
        block: BlockPosition,
    },
}

impl FollowError {
    /// Whether trying again may help without anybody's doing.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Connection { .. } | Self::Disconnected { .. })
    }
}
