//! The result for a block, as frames of a websocket message.
//!
//! A result is the tag 1, head, last irreversible block, this block, the one before it, and three
//! optional byte strings: block, traces and deltas. The strings are not copied together: a large
//! result is sent in fragments of [`FRAGMENT`] bytes, as nodeos does, and sessions that send the
//! same block share its strings.
//!
//! | part | bytes |
//! |---|---|
//! | tag | 1 |
//! | head, last irreversible block | 36 each: the number in 4, little-endian, and the id in 32 |
//! | this block, the one before it | 1 and 36 where there is one, else 1 |
//! | block, traces, deltas | 1, the length in 1 to 5 and the string where there is one, else 1 |
//!
//! An optional part begins with 1 where it is there and is a 0 where it is not. A string that was not
//! asked for looks like one that the chain does not have.

use crate::state_history::cursor::Due;
use crate::state_history::source::View;
use antelope_chain::StoreError;
use antelope_history::{BlockPosition, GetBlocks};
use antelope_types::{Checksum256, Encode, VarUint32};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
use tokio_tungstenite::tungstenite::protocol::frame::{Frame, FrameHeader};
use tokio_tungstenite::tungstenite::{Bytes, Message};

/// The longest frame that is sent, in bytes. It is what a slow client keeps in the buffer of its
/// websocket, so that a long block costs little more than a short one there.
const FRAGMENT: usize = 256 << 10;

/// Blocks up to the head that are shared. A session that follows the head and is further behind reads
/// for itself: it is alone there.
const RECENT: u32 = 4;

/// The tag of `get_blocks_result_v0`.
const BLOCKS: u8 = 1;

/// A result that is ready to be sent.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// Which it is.
    pub(crate) due: Due,
    /// The message in pieces.
    parts: Vec<Bytes>,
    /// Bytes of all pieces.
    pub(crate) len: usize,
}

impl Loaded {
    /// Reads what the client wants of a block; nothing is read of what it does not want. Head and
    /// last irreversible block are those of the view.
    ///
    /// It may wait for the disk, and for another session that reads the same string.
    ///
    /// # Errors
    /// [`StoreError`] where a log cannot be read. That a log does not have the block is no error: the
    /// string is missing in the result.
    pub(crate) fn read(
        view: &dyn View,
        shelf: &Shelf,
        wanted: &GetBlocks,
        due: Due,
    ) -> Result<Self, StoreError> {
        let mut result = Self {
            due,
            parts: Vec::with_capacity(7),
            len: 0,
        };
        let mut head = vec![BLOCKS];
        head.extend(view.head().to_bytes());
        head.extend(view.irreversible().to_bytes());
        head.extend(result.due.this.to_bytes());
        head.extend(result.due.previous.to_bytes());
        result.add(head.into());
        let this = result
            .due
            .this
            .filter(|_| wanted.fetch_block || wanted.fetch_traces || wanted.fetch_deltas);
        let Some(BlockPosition {
            block_num: number,
            block_id,
        }) = this
        else {
            result.add(Bytes::from_static(&[0, 0, 0]));
            return Ok(result);
        };
        let shared = shelf.of(view, number, block_id);
        let block = once(&shared.block, wanted.fetch_block, || view.block(number))?;
        let traces = once(&shared.traces, wanted.fetch_traces, || view.traces(number))?;
        let deltas = once(&shared.deltas, wanted.fetch_deltas, || view.deltas(number))?;
        for payload in [block, traces, deltas] {
            result.add_optional(payload);
        }
        Ok(result)
    }

    /// Adds a piece of the message.
    fn add(&mut self, part: Bytes) {
        self.len += part.len();
        self.parts.push(part);
    }

    /// Adds an optional byte string with its length. The string itself is shared, not copied.
    fn add_optional(&mut self, payload: Option<Bytes>) {
        // nodeos has no payload of no bytes: a log without an entry and an empty one are the same.
        let Some(payload) = payload.filter(|it| !it.is_empty()) else {
            return self.add(Bytes::from_static(&[0]));
        };
        let mut head = vec![1];
        let length = u32::try_from(payload.len()).unwrap_or(u32::MAX);
        head.extend(VarUint32(length).to_bytes());
        self.add(head.into());
        self.add(payload);
    }

    /// The message: whole if it is up to [`FRAGMENT`] bytes, otherwise in fragments of one piece or a
    /// part of it, the first of which is binary and the last of which is marked as such.
    pub(crate) fn frames(&self) -> Vec<Message> {
        if self.len <= FRAGMENT {
            let whole = self.parts.concat();
            return vec![Message::Binary(whole.into())];
        }
        let mut pieces = Vec::new();
        for part in &self.parts {
            let mut rest = part.clone();
            while !rest.is_empty() {
                pieces.push(rest.split_to(rest.len().min(FRAGMENT)));
            }
        }
        let last = pieces.len() - 1;
        let frame = |(at, piece): (usize, Bytes)| {
            let data = if at == 0 {
                Data::Binary
            } else {
                Data::Continue
            };
            let header = FrameHeader {
                is_final: at == last,
                opcode: OpCode::Data(data),
                ..FrameHeader::default()
            };
            Message::Frame(Frame::from_payload(header, piece))
        };
        pieces.into_iter().enumerate().map(frame).collect()
    }
}

/// A byte string that is read once, by whoever needs it first; the others wait meanwhile. The outer
/// option is whether it was read, the inner one whether the chain has it. After an error it counts as
/// not read.
type Once = Mutex<Option<Option<Bytes>>>;

/// The byte strings of a block. Those that no session asks for are never read.
#[derive(Debug, Default)]
pub(crate) struct Payloads {
    /// The packed signed block.
    block: Once,
    /// The packed list of transaction traces.
    traces: Once,
    /// The packed list of table deltas.
    deltas: Once,
}

/// The string in the slot; `None` where it is not wanted, or the chain does not have it.
///
/// # Errors
/// Those of `read`; the next session tries again.
fn once(
    slot: &Once,
    wanted: bool,
    read: impl FnOnce() -> Result<Option<Vec<u8>>, StoreError>,
) -> Result<Option<Bytes>, StoreError> {
    if !wanted {
        return Ok(None);
    }
    let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = &*slot {
        return Ok(known.clone());
    }
    let payload = read()?.map(Bytes::from);
    *slot = Some(payload.clone());
    Ok(payload)
}

/// The last blocks, which all sessions that follow the head send at the same time. They are read
/// and encoded once. They are found by their ids, so that blocks of another branch are never taken
/// for those of the same number.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    recent: Mutex<VecDeque<(Checksum256, Arc<Payloads>)>>,
}

impl Shelf {
    /// The strings of a block: shared if it is recent.
    fn of(&self, view: &dyn View, number: u32, id: Checksum256) -> Arc<Payloads> {
        if number.saturating_add(RECENT) <= view.head().block_num {
            return Arc::default();
        }
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, payloads)) = recent.iter().find(|(known, _)| *known == id) {
            return Arc::clone(payloads);
        }
        if recent.len() >= RECENT as usize {
            recent.pop_front();
        }
        let payloads = Arc::<Payloads>::default();
        recent.push_back((id, Arc::clone(&payloads)));
        payloads
    }
}

#[cfg(test)]
mod tests;
