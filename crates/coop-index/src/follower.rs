//! The follower: takes events from a source and stores them, until it is told to stop.

use crate::error::IndexError;
use crate::writer::IndexWriter;
use antelope_follow::{BlockEvent, BlockPosition, BlockSource, FollowError, SourceProgress};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How long a step waits, and so how soon the follower notices that it is to stop.
const WAIT: Duration = Duration::from_millis(500);

/// The pauses after errors that may go away: from the first, doubled each time, up to the last.
const PAUSES: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(10));

/// Follows a source into an index.
#[derive(Debug)]
pub struct Follower<S> {
    source: S,
    writer: IndexWriter,
    problem: Option<String>,
    is_checked: bool,
}

/// What a step did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stepped {
    /// A block was applied.
    Applied(BlockPosition),
    /// Blocks above this one were undone.
    Undone(BlockPosition),
    /// Blocks up to this number became final.
    Finalized(u32),
    /// Nothing happened in the time that it waits.
    Nothing,
}

/// How far the follower is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowerStatus {
    /// The last block of the index.
    pub head: Option<BlockPosition>,
    /// The last block of the index that is final.
    pub last_irreversible: Option<BlockPosition>,
    /// How far the node is.
    pub node: Option<SourceProgress>,
    /// Why the last step failed, if it did.
    pub problem: Option<String>,
}

impl FollowerStatus {
    /// How many blocks the index is behind the node; `None` before the node has said anything.
    pub fn lag(&self) -> Option<u32> {
        let own = self.head.map_or(0, |head| head.block_num);
        Some(self.node?.head.block_num.saturating_sub(own))
    }
}

impl<S: BlockSource> Follower<S> {
    /// A follower that goes on where the index ends.
    pub fn new(source: S, writer: IndexWriter) -> Self {
        Self {
            source,
            writer,
            problem: None,
            is_checked: false,
        }
    }

    /// The writer.
    pub fn writer(&mut self) -> &mut IndexWriter {
        &mut self.writer
    }

    /// How far it is.
    pub fn status(&self) -> FollowerStatus {
        let cursor = self.writer.cursor();
        FollowerStatus {
            head: cursor.head(),
            last_irreversible: cursor.last_irreversible(),
            node: self.source.progress(),
            problem: self.problem.clone(),
        }
    }

    /// Stores the next event; waits so long for it.
    ///
    /// # Errors
    /// [`IndexError`]; of those that are not transient no further step can help.
    pub fn step(&mut self, wait: Duration) -> Result<Stepped, IndexError> {
        if !self.is_checked {
            let (ours, theirs) = (
                self.writer.scope().contracts.chain_id,
                self.source.chain_id()?,
            );
            if ours != theirs {
                return Err(FollowError::OtherChain { ours, theirs }.into());
            }
            self.is_checked = true;
        }
        let Some(event) = self.source.next(self.writer.cursor(), wait)? else {
            return Ok(Stepped::Nothing);
        };
        self.writer.store(&event)?;
        Ok(match event {
            BlockEvent::Apply(block) => Stepped::Applied(block.position),
            BlockEvent::Undo(to) => Stepped::Undone(to),
            BlockEvent::Final(number) => Stepped::Finalized(number),
        })
    }

    /// Follows until `stop` is set. After errors that may go away it tries again, later and later. `watch` is
    /// told how far it is after every step.
    ///
    /// # Errors
    /// [`IndexError`] that needs somebody's doing: the loud stop.
    pub fn run(
        &mut self,
        stop: &AtomicBool,
        watch: &mut dyn FnMut(&FollowerStatus),
    ) -> Result<(), IndexError> {
        let mut pause = PAUSES.0;
        while !stop.load(Ordering::Relaxed) {
            match self.step(WAIT) {
                Ok(_) => {
                    self.problem = None;
                    pause = PAUSES.0;
                    watch(&self.status());
                }
                Err(error) => {
                    self.problem = Some(error.to_string());
                    watch(&self.status());
                    if !error.is_transient() {
                        return Err(error);
                    }
                    rest(pause, stop);
                    pause = (pause * 2).min(PAUSES.1);
                }
            }
        }
        Ok(())
    }
}

/// Lets time pass, unless it is time to stop.
fn rest(time: Duration, stop: &AtomicBool) {
    let until = Instant::now() + time;
    while !stop.load(Ordering::Relaxed) {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return;
        }
        std::thread::sleep(left.min(Duration::from_millis(50)));
    }
}
