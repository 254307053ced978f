//! The state history of a node: nodeos with `state_history_plugin`, or `veche node`.
//!
//! | option of nodeos | needed for |
//! |---|---|
//! | `--trace-history` | actions |
//! | `--chain-state-history` | rows and ABIs |
//! | `--state-history-endpoint` | the address |
//!
//! # A session
//!
//! | | from | message | what it is for |
//! |---|---|---|---|
//! | 1 | node | the ABI, as text | tells that state history is served here |
//! | 2 | source | `GetStatus` | |
//! | 3 | node | `Status` | the chain's id, the last blocks, and which blocks have deltas |
//! | 4 | source | `GetBlocks` | all blocks from the one after the cursor, without end, and the ids of the cursor |
//! | 5 | node | `Blocks`, one for each block | the block, its traces, its deltas |
//! | 6 | source | `Ack`, after each half of a window | lets the node send that many more |
//!
//! The node compares the ids of the cursor with its own and begins at the first one that is another on its
//! branch, so that a fork that happened between two sessions is found. Acknowledging in halves keeps the
//! node busy while what is under way is bounded. Whenever a block does not follow, and after each error, a
//! new session starts at 1.
//!
//! A node that says nothing for [`StateHistoryWindow::patience`] is sent `GetStatus`; if it says nothing for
//! as long again, the connection counts as lost.
//!
//! An empty cursor begins with the first block that has deltas. Its deltas are the whole state, and it has no
//! traces: [`rows`](crate::FollowedBlock::rows) are all that exist. Later blocks must have both, otherwise
//! the call fails with [`FollowError::Missing`].
//!
//! The websocket is read by the thread of the follower, which writes to its database between two blocks. That
//! needs no runtime of tasks, so that this uses the synchronous half of the library that `antelope-rpc` serves
//! with. Connections are not encrypted: nodes serve state history on their own machine or behind a tunnel.

mod session;

use crate::block::Interest;
use crate::cursor::FollowCursor;
use crate::decode::{Parts, read};
use crate::error::FollowError;
use crate::linker::{Arrival, Linker, Step};
use crate::source::{BlockEvent, BlockSource, SourceProgress};
use antelope_history::{BlockPosition, Blocks, GetBlocks, Request, Response, Status};
use antelope_types::Checksum256;
use session::{Session, address_of};
use std::time::{Duration, Instant};

/// What may be under way, and how long a node may take.
///
/// The memory that a source takes is about that of `blocks` messages in the buffers of the system, and
/// one message with its decoded block in the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateHistoryWindow {
    /// How many blocks the node may send without an acknowledgement; 0 counts as 1. Default: 64.
    pub blocks: u32,
    /// The longest message in bytes. The first block of a history has the whole state of the chain. A
    /// longer one ends in [`FollowError::TooLong`], each time that it comes. Default: 1 GiB.
    pub message_bytes: usize,
    /// How long the node may say nothing when it is asked, and how long connecting to an address and a
    /// write may take. Default: 30 seconds.
    pub patience: Duration,
}

impl Default for StateHistoryWindow {
    fn default() -> Self {
        Self {
            blocks: 64,
            message_bytes: 1 << 30,
            patience: Duration::from_secs(30),
        }
    }
}

/// A node that is followed by its state history.
///
/// It connects with the first call of [`next`](BlockSource::next), which together with the status may take
/// several times [`patience`](StateHistoryWindow::patience), whatever `wait` is.
/// [`chain_id`](BlockSource::chain_id) makes a connection of its own the first time, and remembers.
#[derive(Debug)]
pub struct StateHistorySource {
    /// Host and port.
    address: String,
    interest: Interest,
    window: StateHistoryWindow,
    session: Option<Session>,
    linker: Linker,
    chain_id: Option<Checksum256>,
}

impl StateHistorySource {
    /// The node whose state history is at this address: `ws://HOST:PORT`, or `HOST:PORT`. Nothing is sent
    /// before the first call.
    ///
    /// ```
    /// use antelope_follow::{FollowError, Interest, StateHistorySource};
    ///
    /// assert!(StateHistorySource::new("ws://127.0.0.1:8080", Interest::default()).is_ok());
    /// let error = StateHistorySource::new("https://node", Interest::default()).unwrap_err();
    /// assert!(matches!(error, FollowError::Address { .. }));
    /// ```
    ///
    /// # Errors
    /// [`FollowError::Address`] where the host or the port is missing, or a path follows.
    pub fn new(url: &str, interest: Interest) -> Result<Self, FollowError> {
        Self::with(url, interest, StateHistoryWindow::default())
    }

    /// As [`new`](Self::new), with another window.
    ///
    /// # Errors
    /// As for [`new`](Self::new).
    pub fn with(
        url: &str,
        interest: Interest,
        window: StateHistoryWindow,
    ) -> Result<Self, FollowError> {
        Ok(Self {
            address: address_of(url)?,
            interest,
            window,
            session: None,
            linker: Linker::default(),
            chain_id: None,
        })
    }

    /// Connects, and asks for the blocks after the cursor.
    fn ask(&mut self, cursor: &FollowCursor) -> Result<(), FollowError> {
        self.session = None;
        self.linker.reset();
        let mut session = Session::connect(&self.address, &self.window)?;
        let status = session.status()?;
        self.check(&status)?;
        let start = match cursor.next_number() {
            Some(next) if status.chain_state_begin_block > next => {
                return Err(FollowError::Missing {
                    what: "history",
                    block: next,
                    hint: "its history begins later; follow a node that has kept it, or rebuild the index",
                });
            }
            Some(next) => next,
            None if status.chain_state_begin_block == 0 => {
                return Err(FollowError::Connection {
                    address: self.address.clone(),
                    problem: "it has no history yet".to_owned(),
                });
            }
            None => status.chain_state_begin_block,
        };
        self.linker.begin_at(start);
        session.send(&Request::GetBlocks(GetBlocks {
            start_block_num: start,
            end_block_num: u32::MAX,
            max_messages_in_flight: self.window.blocks.max(1),
            have_positions: cursor.positions().to_vec(),
            irreversible_only: false,
            fetch_block: true,
            fetch_traces: true,
            fetch_deltas: true,
        }))?;
        self.session = Some(session);
        Ok(())
    }

    /// Whether the node is of the same chain as before, and has what is needed.
    fn check(&mut self, status: &Status) -> Result<(), FollowError> {
        let theirs = status.chain_id;
        if let Some(ours) = self.chain_id.filter(|ours| *ours != theirs) {
            return Err(FollowError::OtherChain { ours, theirs });
        }
        self.chain_id = Some(theirs);
        self.linker
            .tell(progress(status.head, status.last_irreversible));
        if status.chain_state_end_block == 0 && status.head.block_num > 1 {
            return Err(FollowError::Missing {
                what: "table deltas",
                block: status.head.block_num,
                hint: "start it with --chain-state-history",
            });
        }
        Ok(())
    }

    /// Receives a message; whether one came in time. A block is acknowledged before it is looked at, since
    /// the acknowledgement is only about how much is under way.
    fn receive(&mut self, cursor: &FollowCursor, wait: Duration) -> Result<bool, FollowError> {
        let Some(session) = &mut self.session else {
            return Ok(false);
        };
        let blocks = match session.receive(wait)? {
            None => return Ok(false),
            Some(Response::Status(status)) => {
                self.linker
                    .tell(progress(status.head, status.last_irreversible));
                return Ok(true);
            }
            Some(Response::Blocks(blocks)) => blocks,
        };
        session.acknowledge(self.window.blocks)?;
        self.linker
            .tell(progress(blocks.head, blocks.last_irreversible));
        let Some(position) = blocks.this_block else {
            return Ok(true);
        };
        let is_first = cursor.head().is_none();
        complete(&blocks, position, is_first)?;
        let parts = Parts {
            position,
            previous: blocks.prev_block.unwrap_or_default().block_id,
            block: blocks.block.as_deref(),
            traces: blocks.traces.as_deref(),
            deltas: blocks.deltas.as_deref(),
            is_first,
        };
        let block = read(parts, &self.interest).map_err(|error| FollowError::Protocol {
            address: self.address.clone(),
            problem: format!("block {}: {error}", position.block_num),
        })?;
        self.linker.arrive(Arrival {
            block,
            progress: progress(blocks.head, blocks.last_irreversible),
        });
        Ok(true)
    }

    /// Steps until there is an event, or until the time is over.
    fn event(
        &mut self,
        cursor: &FollowCursor,
        wait: Duration,
    ) -> Result<Option<BlockEvent>, FollowError> {
        let until = Instant::now() + wait;
        if self.session.is_none() {
            self.ask(cursor)?;
        }
        loop {
            match self.linker.step(cursor)? {
                Step::Tell(event) => return Ok(Some(event)),
                Step::AskAgain => self.ask(cursor)?,
                Step::Receive => {
                    let left = until.saturating_duration_since(Instant::now());
                    if !self.receive(cursor, left)? && Instant::now() >= until {
                        return Ok(None);
                    }
                }
            }
        }
    }
}

impl BlockSource for StateHistorySource {
    fn chain_id(&mut self) -> Result<Checksum256, FollowError> {
        if let Some(id) = self.chain_id {
            return Ok(id);
        }
        let status = Session::connect(&self.address, &self.window)?.status()?;
        self.check(&status)?;
        Ok(status.chain_id)
    }

    fn next(
        &mut self,
        cursor: &FollowCursor,
        wait: Duration,
    ) -> Result<Option<BlockEvent>, FollowError> {
        let event = self.event(cursor, wait);
        if event.is_err() {
            // What is in the connection is of no use any more.
            self.session = None;
            self.linker.reset();
        }
        event
    }

    fn progress(&self) -> Option<SourceProgress> {
        self.linker.progress()
    }
}

fn progress(head: BlockPosition, last_irreversible: BlockPosition) -> SourceProgress {
    SourceProgress {
        head,
        last_irreversible,
    }
}

/// Whether all parts came that were asked for. The first block of a history is the whole state, without traces.
fn complete(blocks: &Blocks, position: BlockPosition, is_first: bool) -> Result<(), FollowError> {
    let missing = |what, hint| {
        Err(FollowError::Missing {
            what,
            block: position.block_num,
            hint,
        })
    };
    if blocks.deltas.is_none() {
        return missing("table deltas", "start it with --chain-state-history");
    }
    if blocks.traces.is_none() && !is_first && position.block_num > 1 {
        return missing("traces", "start it with --trace-history");
    }
    Ok(())
}
