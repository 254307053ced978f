//! The writer: one transaction per event.
//!
//! ```text
//! BEGIN IMMEDIATE
//!   is the head of the database that of the cursor?
//!   rows                 -> triggers -> undo log
//!   position of the block
//! COMMIT
//! the cursor in memory
//! ```
//!
//! While an index catches up, final blocks are [gathered](IndexWriter::gather): many whole blocks are in one
//! transaction, which ends with the position of the last. They need no undo log, and most have nothing to store.

use crate::abis::Abis;
use crate::database::{TABLES, open};
use crate::error::IndexError;
use crate::interpret::Interpreter;
use crate::scope::IndexScope;
use crate::undo;
use crate::value::Stored;
use antelope_follow::{BlockEvent, BlockPosition, FollowCursor, FollowedBlock, Link};
use antelope_types::{Checksum256, TimePoint};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use std::path::Path;
use std::time::{Duration, Instant};

/// How many final blocks one transaction may have.
const MOST_GATHERED: u32 = 1_000;

/// How long a transaction of final blocks may stay open.
const LONGEST_GATHERED: Duration = Duration::from_millis(250);

/// The one writer of an index.
#[derive(Debug)]
pub struct IndexWriter {
    connection: Connection,
    scope: IndexScope,
    cursor: FollowCursor,
    abis: Abis,
    gathered: Option<Gathered>,
}

/// Final blocks in a transaction that is not committed.
#[derive(Debug)]
struct Gathered {
    /// The cursor that the database has.
    committed: FollowCursor,
    /// The time of the last block.
    time: TimePoint,
    blocks: u32,
    began: Instant,
}

impl IndexWriter {
    /// Opens the index in this file, which is made where there is none.
    ///
    /// # Errors
    /// [`IndexError::Version`], [`IndexError::OtherScope`], [`IndexError::Damaged`]; [`IndexError::Database`].
    pub fn open(path: &Path, scope: IndexScope) -> Result<Self, IndexError> {
        let mut connection = open(path)?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        scope.hold(&transaction)?;
        let cursor = cursor_of(&transaction)?;
        transaction.commit()?;
        undo::prepare(&connection)?;
        Ok(Self {
            connection,
            scope,
            cursor,
            abis: Abis::default(),
            gathered: None,
        })
    }

    /// What the index is about.
    pub fn scope(&self) -> &IndexScope {
        &self.scope
    }

    /// How far it has come, with blocks that are [gathered](Self::gather) and not committed.
    pub fn cursor(&self) -> &FollowCursor {
        &self.cursor
    }

    /// The time of its last block.
    ///
    /// # Errors
    /// [`IndexError::Database`].
    pub fn head_time(&self) -> Result<Option<TimePoint>, IndexError> {
        let sql = "SELECT time FROM positions ORDER BY number DESC LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let time: Option<i64> = statement.query_row([], |row| row.get(0)).optional()?;
        Ok(time.map(TimePoint::from_micros))
    }

    /// Stores what happened, and commits it.
    ///
    /// # Errors
    /// [`IndexError`]; nothing is stored then.
    pub fn store(&mut self, event: &BlockEvent) -> Result<(), IndexError> {
        self.flush()?;
        match event {
            BlockEvent::Apply(block) => self.apply(block),
            BlockEvent::Undo(to) => self.undo(*to),
            BlockEvent::Final(number) => self.finalize(*number),
        }
    }

    /// Stores what happened as [`store`](Self::store) does, but a final block may wait for others to be
    /// committed with: call [`flush`](Self::flush) before waiting for the next event. A process that ends before
    /// is at the end of an earlier block.
    ///
    /// # Errors
    /// [`IndexError`]; nothing is stored then, nor is what waited, and the cursor is that of the database.
    pub fn gather(&mut self, event: &BlockEvent) -> Result<(), IndexError> {
        match event {
            BlockEvent::Apply(block) if block.is_final => {
                let added = self.add(block);
                if added.is_err() {
                    self.give_up();
                }
                added
            }
            _ => self.store(event),
        }
    }

    /// Whether something waits to be committed.
    pub fn is_gathering(&self) -> bool {
        self.gathered.is_some()
    }

    /// Commits what was gathered.
    ///
    /// # Errors
    /// [`IndexError`]; the cursor is that of the database then.
    pub fn flush(&mut self) -> Result<(), IndexError> {
        let Some(gathered) = &self.gathered else {
            return Ok(());
        };
        let time = gathered.time;
        let committed = self.commit_gathered(time);
        match committed {
            Ok(()) => self.gathered = None,
            Err(_) => self.give_up(),
        }
        committed
    }

    fn commit_gathered(&self, time: TimePoint) -> Result<(), IndexError> {
        if let Some(head) = self.cursor.head() {
            place(&self.connection, head, time)?;
            prune(&self.connection, head.block_num)?;
        }
        Ok(self.connection.execute_batch("COMMIT")?)
    }

    /// Goes back to what the database has.
    fn give_up(&mut self) {
        let Some(gathered) = self.gathered.take() else {
            return;
        };
        // Where it fails, the database has ended the transaction by itself.
        let _ = self.connection.execute_batch("ROLLBACK");
        self.abis.forget();
        self.cursor = gathered.committed;
    }

    fn add(&mut self, block: &FollowedBlock) -> Result<(), IndexError> {
        self.is_next(block)?;
        let gathered = match &mut self.gathered {
            Some(gathered) => gathered,
            None => {
                self.connection.execute_batch("BEGIN IMMEDIATE")?;
                let gathered = self.gathered.insert(Gathered {
                    committed: self.cursor.clone(),
                    time: block.time,
                    blocks: 0,
                    began: Instant::now(),
                });
                alone(&self.connection, &self.cursor)?;
                gathered
            }
        };
        let interpreter = Interpreter::new(&self.connection, &self.scope, &mut self.abis, block);
        interpreter.run()?;
        gathered.time = block.time;
        gathered.blocks += 1;
        let is_full =
            gathered.blocks >= MOST_GATHERED || gathered.began.elapsed() >= LONGEST_GATHERED;
        self.cursor.apply(block.position, true);
        match is_full {
            true => self.flush(),
            false => Ok(()),
        }
    }

    fn is_next(&self, block: &FollowedBlock) -> Result<(), IndexError> {
        match self.cursor.link(block.position, block.previous)? {
            Link::Next => Ok(()),
            _ => Err(IndexError::NotNext {
                head: self.cursor.head().unwrap_or_default(),
                block: block.position,
            }),
        }
    }

    fn apply(&mut self, block: &FollowedBlock) -> Result<(), IndexError> {
        let position = block.position;
        self.is_next(block)?;
        let transaction = begin(&mut self.connection, &self.cursor)?;
        if !block.is_final {
            undo::begin(&transaction, position.block_num)?;
        }
        let interpreter = Interpreter::new(&transaction, &self.scope, &mut self.abis, block);
        let written = interpreter.run();
        if written.is_err() {
            self.abis.forget();
        }
        written?;
        undo::end(&transaction)?;
        place(&transaction, position, block.time)?;
        if block.is_final {
            prune(&transaction, position.block_num)?;
        }
        let committed = transaction.commit();
        if committed.is_err() {
            self.abis.forget();
        }
        committed?;
        self.cursor.apply(position, block.is_final);
        Ok(())
    }

    fn undo(&mut self, to: BlockPosition) -> Result<(), IndexError> {
        if self.cursor.id(to.block_num) != Some(to.block_id) {
            return Err(IndexError::NotKept { to });
        }
        self.abis.forget();
        let transaction = begin(&mut self.connection, &self.cursor)?;
        undo::take_back(&transaction, to.block_num)?;
        let sql = "DELETE FROM positions WHERE number > ?1";
        transaction.prepare_cached(sql)?.execute([to.block_num])?;
        transaction.commit()?;
        self.cursor.undo(to.block_num);
        Ok(())
    }

    fn finalize(&mut self, number: u32) -> Result<(), IndexError> {
        let Some(head) = self.cursor.head() else {
            return Ok(());
        };
        let number = number.min(head.block_num);
        let transaction = begin(&mut self.connection, &self.cursor)?;
        prune(&transaction, number)?;
        transaction.commit()?;
        self.cursor.finalize(number);
        Ok(())
    }

    /// Empties what follows from blocks, so that the index is built again from the beginning.
    ///
    /// # Errors
    /// [`IndexError::Database`].
    pub fn clear(&mut self) -> Result<(), IndexError> {
        self.flush()?;
        self.abis.forget();
        let transaction = begin(&mut self.connection, &self.cursor)?;
        for table in TABLES {
            transaction.execute_batch(&format!("DELETE FROM {table}"))?;
        }
        transaction.execute_batch(
            "DELETE FROM undo; DELETE FROM positions; DELETE FROM about WHERE key = 'rebuild'",
        )?;
        transaction.commit()?;
        self.cursor = FollowCursor::default();
        Ok(())
    }

    /// The connection, with nothing gathered.
    pub(crate) fn settled(&mut self) -> Result<&mut Connection, IndexError> {
        self.flush()?;
        Ok(&mut self.connection)
    }

    #[cfg(test)]
    pub(crate) fn connection(&mut self) -> &mut Connection {
        &mut self.connection
    }
}

/// Begins to write, if nobody else has written since.
fn begin<'a>(
    connection: &'a mut Connection,
    cursor: &FollowCursor,
) -> Result<Transaction<'a>, IndexError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    alone(&transaction, cursor)?;
    Ok(transaction)
}

/// Whether the database is where this cursor is, so that nobody else has written.
fn alone(connection: &Connection, cursor: &FollowCursor) -> Result<(), IndexError> {
    let sql = "SELECT number, id FROM positions ORDER BY number DESC LIMIT 1";
    let mut statement = connection.prepare_cached(sql)?;
    match statement.query_row([], position_of).optional()? == cursor.head() {
        true => Ok(()),
        false => Err(IndexError::AnotherWriter),
    }
}

/// The index is at this block.
fn place(
    connection: &Connection,
    position: BlockPosition,
    time: TimePoint,
) -> Result<(), IndexError> {
    let sql = "INSERT INTO positions (number, id, time) VALUES (?1, ?2, ?3)";
    let values = params![
        position.block_num,
        position.block_id.stored(),
        time.stored()
    ];
    connection.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

/// Blocks up to this one are final.
fn prune(connection: &Connection, number: u32) -> Result<(), IndexError> {
    undo::prune(connection, number)?;
    let sql = "DELETE FROM positions WHERE number < ?1";
    connection.prepare_cached(sql)?.execute([number])?;
    Ok(())
}

/// The cursor that the database has.
fn cursor_of(connection: &Connection) -> Result<FollowCursor, IndexError> {
    let mut statement = connection.prepare("SELECT number, id FROM positions ORDER BY number")?;
    let positions = statement.query_map([], position_of)?;
    let positions = positions.collect::<Result<Vec<_>, _>>()?;
    let cursor = FollowCursor::of(positions);
    cursor.ok_or_else(|| IndexError::Damaged("positions of blocks are missing".to_owned()))
}

pub(crate) fn position_of(row: &rusqlite::Row<'_>) -> rusqlite::Result<BlockPosition> {
    Ok(BlockPosition {
        block_num: row.get(0)?,
        block_id: Checksum256(row.get(1)?),
    })
}
