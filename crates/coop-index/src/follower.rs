//! The follower: takes events from a source and stores them, until it is told to stop.

use crate::error::IndexError;
use crate::writer::IndexWriter;
use antelope_follow::{BlockEvent, BlockPosition, BlockSource, FollowError, SourceProgress};
use antelope_types::TimePoint;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How long a step waits, and so how soon the follower notices that it is to stop.
const WAIT: Duration = Duration::from_millis(500);

/// How long what was gathered waits for the next block: a node that is busy makes pauses.
const GATHERING: Duration = Duration::from_millis(32);

/// The pauses after errors that may go away: from the first, doubled each time, up to the last.
const PAUSES: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(10));

/// Follows a source into an index.
#[derive(Debug)]
pub struct Follower<S> {
    source: S,
    writer: IndexWriter,
    is_checked: bool,
    /// What only events tell; the rest is filled in by [`Follower::status`].
    so_far: FollowerStatus,
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FollowerStatus {
    /// The last block of the index.
    pub head: Option<BlockPosition>,
    /// The last block of the index that is final.
    pub last_irreversible: Option<BlockPosition>,
    /// How far the node is.
    pub node: Option<SourceProgress>,
    /// The time of the last block of the index.
    pub head_time: Option<TimePoint>,
    /// Why the last step failed, if it did.
    pub problem: Option<String>,
    /// Whether the last step found nothing to do: it waits for the node.
    pub is_waiting: bool,
    /// Whether the source tells of final blocks only.
    pub is_final_only: bool,
    /// How many blocks this follower has applied.
    pub applied: u64,
    /// How many blocks it has undone.
    pub undone: u64,
    /// How many steps have failed.
    pub problems: u64,
}

impl FollowerStatus {
    /// How many blocks the index is behind the node; `None` before the node has said anything.
    pub fn lag(&self) -> Option<u32> {
        let own = self.head.map_or(0, |head| head.block_num);
        Some(self.node?.head.block_num.saturating_sub(own))
    }

    /// Whether it is at the node's last block, or where the source has final blocks only, at the last of these.
    /// A node that is behind the index, or on another branch, is not caught up with.
    pub fn is_caught_up(&self) -> bool {
        let Some(node) = self.node.filter(|_| self.problem.is_none()) else {
            return false;
        };
        let last = match self.is_final_only {
            true => node.last_irreversible,
            false => node.head,
        };
        self.head == Some(last)
    }
}

impl<S: BlockSource> Follower<S> {
    /// A follower that goes on where the index ends.
    pub fn new(source: S, writer: IndexWriter) -> Self {
        let so_far = FollowerStatus {
            // Where it cannot be read, the first block tells.
            head_time: writer.head_time().unwrap_or_default(),
            ..FollowerStatus::default()
        };
        Self {
            source,
            writer,
            is_checked: false,
            so_far,
        }
    }

    /// The writer.
    pub fn writer(&mut self) -> &mut IndexWriter {
        &mut self.writer
    }

    /// The writer alone, with everything committed.
    ///
    /// # Errors
    /// [`IndexError::Database`].
    pub fn into_writer(mut self) -> Result<IndexWriter, IndexError> {
        self.writer.flush()?;
        Ok(self.writer)
    }

    /// How far it is.
    pub fn status(&self) -> FollowerStatus {
        let cursor = self.writer.cursor();
        FollowerStatus {
            head: cursor.head(),
            last_irreversible: cursor.last_irreversible(),
            node: self.source.progress(),
            is_final_only: self.source.is_final_only(),
            ..self.so_far.clone()
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
        let Some(event) = self.event(wait)? else {
            self.so_far.is_waiting = true;
            return Ok(Stepped::Nothing);
        };
        let head = self.writer.cursor().head().map_or(0, |it| it.block_num);
        self.writer.gather(&event)?;
        self.so_far.is_waiting = false;
        Ok(match event {
            BlockEvent::Apply(block) => {
                self.so_far.applied += 1;
                self.so_far.head_time = Some(block.time);
                Stepped::Applied(block.position)
            }
            BlockEvent::Undo(to) => {
                self.so_far.undone += u64::from(head.saturating_sub(to.block_num));
                Stepped::Undone(to)
            }
            BlockEvent::Final(number) => Stepped::Finalized(number),
        })
    }

    /// The next event. Before it is waited for long, and where there is none, everything so far is committed.
    fn event(&mut self, wait: Duration) -> Result<Option<BlockEvent>, IndexError> {
        if self.writer.is_gathering() {
            let event = self.source.next(self.writer.cursor(), wait.min(GATHERING));
            if let Ok(Some(event)) = event {
                return Ok(Some(event));
            }
            self.writer.flush()?;
            event?;
        }
        Ok(self.source.next(self.writer.cursor(), wait)?)
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
                    self.so_far.problem = None;
                    pause = PAUSES.0;
                    watch(&self.status());
                }
                Err(error) => {
                    self.so_far.problem = Some(error.to_string());
                    self.so_far.problems += 1;
                    self.so_far.is_waiting = false;
                    watch(&self.status());
                    if !error.is_transient() {
                        return Err(error);
                    }
                    rest(pause, stop);
                    pause = (pause * 2).min(PAUSES.1);
                }
            }
        }
        self.writer.flush()
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
