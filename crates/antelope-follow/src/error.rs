//! Why a chain cannot be followed.
//!
//! | error | what to do |
//! |---|---|
//! | [`Connection`](FollowError::Connection), [`Disconnected`](FollowError::Disconnected) | pause and call again |
//! | [`Address`](FollowError::Address) | correct the address |
//! | [`Missing`](FollowError::Missing) | restart the node with the option that the hint names, or follow another node |
//! | [`Protocol`](FollowError::Protocol) | check that the address is that of state history, and the version of the node |
//! | [`OtherChain`](FollowError::OtherChain) | follow a node of the chain that the index is of |
//! | [`TooLong`](FollowError::TooLong) | allow longer messages, if the address is the right one |
//! | [`Diverged`](FollowError::Diverged) | find out which side is right before anything is deleted |

use antelope_history::BlockPosition;
use antelope_types::Checksum256;

/// Why a chain cannot be followed.
///
/// Each message names the node or the block and what to do. The cursor is never changed by an error, and
/// no event was lost.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FollowError {
    /// The node cannot be reached, the connection was lost, or the node has stopped answering. Also where
    /// the store of an embedded chain cannot be read.
    #[error("the node at {address}: {problem}")]
    Connection {
        /// Host and port of state history, the URL of a trace API, or `this process`.
        address: String,
        /// What happened, in the words of the system or the library.
        problem: String,
    },
    /// A message of state history is longer than allowed. The node sends the same one again, so that
    /// trying again does not help.
    #[error(
        "the node at {address} sends a message of {bytes} bytes, and {limit} are allowed: the first block \
         of a history has the whole state of the chain; allow longer messages"
    )]
    TooLong {
        /// Host and port of state history.
        address: String,
        /// How long the message is, as far as it was announced.
        bytes: usize,
        /// `StateHistoryWindow::message_bytes`.
        limit: usize,
    },
    /// The node answers, but not in the way of the protocol: another service listens there, or a
    /// version that encodes differently.
    #[error("the node at {address} sent what cannot be read: {problem}")]
    Protocol {
        /// As in [`Connection`](Self::Connection).
        address: String,
        /// Which block or answer it was, and what was wrong with it.
        problem: String,
    },
    /// An address without a host or a port, or of another scheme. Nothing was sent.
    #[error("{address:?} is not an address: expected ws://HOST:PORT")]
    Address {
        /// What was given.
        address: String,
    },
    /// The node is of another chain than the one this source was connected to before. A source that has
    /// just been made does not know the chain of a stored cursor: compare
    /// [`BlockSource::chain_id`](crate::BlockSource::chain_id) at the start.
    #[error("the node is of chain {theirs}, and the blocks so far are of chain {ours}")]
    OtherChain {
        /// The chain that was followed.
        ours: Checksum256,
        /// The chain of the node.
        theirs: Checksum256,
    },
    /// The node has another block where the one that was followed is irreversible: it is of another
    /// chain, was set up anew, or one of the two was wrong about what is final. Nothing was undone.
    #[error(
        "block {} is {} here, which is final, and {} on the node: \
         one of the two is not the chain; check the node, and if it is right, rebuild the index",
        ours.block_num, ours.block_id, theirs
    )]
    Diverged {
        /// The cursor's last irreversible block.
        ours: BlockPosition,
        /// The id of the node's block under this number; zeros where an embedded chain has none.
        theirs: Checksum256,
    },
    /// The node does not have what following needs: the option that records it is off, or what it has
    /// begins after the cursor.
    #[error("the node has no {what} of block {block}: {hint}")]
    Missing {
        /// `traces`, `table deltas`, `history` or `trace API`.
        what: &'static str,
        /// The number of a block that lacks it.
        block: u32,
        /// What to do.
        hint: &'static str,
    },
    /// The node sends blocks that do not follow the cursor, though it was asked eight times again. It may
    /// be changing branches quickly, or several nodes answer behind one address.
    #[error(
        "the node sends block {} after {}, which it does not follow, again and again",
        block.block_num, head.block_num
    )]
    Disconnected {
        /// The cursor's head; number 0 for an empty cursor.
        head: BlockPosition,
        /// The block that the node sent last.
        block: BlockPosition,
    },
}

impl FollowError {
    /// Whether trying again may help without anybody's doing. Make a pause before, longer each time: the
    /// sources make none.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Connection { .. } | Self::Disconnected { .. })
    }
}
