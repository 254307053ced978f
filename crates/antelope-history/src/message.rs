//! The messages of a session, each one binary frame of the websocket.
//!
//! | from | message | tag | answered by |
//! |---|---|---|---|
//! | client | [`Request::GetStatus`] | 0 | [`Response::Status`] |
//! | client | [`Request::GetBlocks`] | 1 | [`Response::Blocks`], one for each block |
//! | client | [`Request::Ack`] | 2 | nothing; it lets the node send that many more |
//! | node | [`Response::Status`] | 0 | |
//! | node | [`Response::Blocks`] | 1 | acknowledgements |
//!
//! These are the messages of nodeos 4.1. Later versions add a second kind of status and of blocks
//! with tags of their own; a node of 4.1 closes the session on a tag that it does not know.
//!
//! Numbers of blocks count from 1. Ids are the whole ids, whose first four bytes repeat the number.

use antelope_types::{Checksum256, Decode, Encode};

/// A block by number and id.
///
/// Its default, number 0 with an id of zeros, stands for "none", as where a node has no block yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct BlockPosition {
    /// The number.
    pub block_num: u32,
    /// The id, which tells blocks of the same number on different forks apart.
    pub block_id: Checksum256,
}

/// What a client asks.
///
/// ```
/// use antelope_history::Request;
/// use antelope_types::{Decode, Encode};
///
/// assert_eq!(Request::GetStatus.to_bytes(), [0]);
/// assert_eq!(Request::from_bytes(&[2, 5, 0, 0, 0]), Ok(Request::Ack(5)));
/// assert!(Request::from_bytes(&[3]).is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Request {
    /// Where the node is and what it has: `get_status_request_v0`.
    GetStatus,
    /// Blocks from now on: `get_blocks_request_v0`. It replaces an earlier one of the session.
    GetBlocks(GetBlocks),
    /// So many more blocks may be sent: `get_blocks_ack_request_v0`.
    Ack(u32),
}

/// Which blocks a client wants, and what of each.
///
/// A range that reaches beyond the head goes on with new blocks as they are made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct GetBlocks {
    /// The first block.
    pub start_block_num: u32,
    /// The block after the last; `u32::MAX` for no end.
    pub end_block_num: u32,
    /// How many blocks may be under way without an acknowledgement.
    pub max_messages_in_flight: u32,
    /// Blocks that the client has already, ascending. If the node has another block under one of
    /// these numbers, it starts there, so that a client learns of a fork that it has missed.
    pub have_positions: Vec<BlockPosition>,
    /// Only blocks that are irreversible.
    pub irreversible_only: bool,
    /// Whether to send the block itself.
    pub fetch_block: bool,
    /// Whether to send traces, as [`encode_traces`](crate::encode_traces) writes them.
    pub fetch_traces: bool,
    /// Whether to send changes of tables, as [`encode_deltas`](crate::encode_deltas) writes them.
    pub fetch_deltas: bool,
}

/// What a node answers.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Response {
    /// `get_status_result_v0`.
    Status(Status),
    /// `get_blocks_result_v0`.
    Blocks(Blocks),
}

/// Where a node is and which blocks it has the history of.
///
/// Each range is from its beginning up to, and without, its end; both are 0 where nothing is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Status {
    /// The last block.
    pub head: BlockPosition,
    /// The last irreversible block.
    pub last_irreversible: BlockPosition,
    /// The first block with traces.
    pub trace_begin_block: u32,
    /// The block after the last with traces.
    pub trace_end_block: u32,
    /// The first block with deltas.
    pub chain_state_begin_block: u32,
    /// The block after the last with deltas.
    pub chain_state_end_block: u32,
    /// The chain.
    pub chain_id: Checksum256,
}

/// One block of an answer to [`Request::GetBlocks`].
///
/// The payloads are encodings of their own within this one: bytes with a length before them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Blocks {
    /// The last block of the chain when this was sent.
    pub head: BlockPosition,
    /// The last irreversible block when this was sent.
    pub last_irreversible: BlockPosition,
    /// The block that this is about; none where there is nothing in the range.
    pub this_block: Option<BlockPosition>,
    /// The block before it; none before the first.
    pub prev_block: Option<BlockPosition>,
    /// The packed `signed_block`, if it was asked for.
    pub block: Option<Vec<u8>>,
    /// `transaction_trace[]`, if asked for and kept.
    pub traces: Option<Vec<u8>>,
    /// `table_delta[]`, if asked for and kept.
    pub deltas: Option<Vec<u8>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_read_as_they_are_written() {
        let position = BlockPosition {
            block_num: 7,
            block_id: Checksum256([7; 32]),
        };
        let wanted = Request::GetBlocks(GetBlocks {
            start_block_num: 2,
            end_block_num: u32::MAX,
            max_messages_in_flight: 10,
            have_positions: vec![position],
            fetch_deltas: true,
            ..GetBlocks::default()
        });
        let bytes = wanted.to_bytes();
        assert_eq!(bytes.len(), 1 + 12 + 1 + 36 + 4);
        assert_eq!(Request::from_bytes(&bytes), Ok(wanted));
        let answer = Response::Blocks(Blocks {
            head: position,
            this_block: Some(position),
            traces: Some(vec![0; 300]),
            ..Blocks::default()
        });
        let bytes = answer.to_bytes();
        assert_eq!(bytes[0], 1);
        // No previous block and no block; traces with a length of two bytes; no deltas.
        assert_eq!(bytes.len(), 1 + 72 + 37 + 1 + 1 + (1 + 2 + 300) + 1);
        assert_eq!(Response::from_bytes(&bytes), Ok(answer));
        let status = Response::Status(Status::default());
        assert_eq!(status.to_bytes().len(), 1 + 72 + 16 + 32);
    }
}
