//! What a chain keeps besides the header of a block until the block is irreversible.
//!
//! Nodes before Savanna keep a `block_header_state` for each block of the fork database, from which
//! they compute that of the next block. Here only the block in production needs one, and it is part
//! of the state. Those of complete blocks are kept to answer `get_block_header_state`, and dropped
//! when their block becomes irreversible, as nodes drop theirs: with one producer there is one, with
//! 21 producers there are up to 325.

use super::IncrementalMerkle;
use antelope_ledger::state::Rounds;
use antelope_ledger::stored::stored_by_field;
use antelope_types::SigningAuthority;
use std::sync::Arc;

/// The state of a complete block that is not irreversible.
#[derive(Clone)]
pub(crate) struct HeaderState {
    /// Turns, schedules and confirmations, as of this block.
    pub(crate) rounds: Arc<Rounds>,
    /// Whose signature the block needs: the authority of its producer in the schedule under which it
    /// is made, which is not in `rounds` if the block promotes another schedule.
    pub(crate) authority: SigningAuthority,
    /// The Merkle tree of the ids of all blocks before this one.
    pub(crate) earlier_ids: IncrementalMerkle,
}

stored_by_field! {
    HeaderState { rounds, authority, earlier_ids }
}
