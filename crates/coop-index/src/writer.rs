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

use crate::abis::Abis;
use crate::database::{TABLES, open};
use crate::error::IndexError;
use crate::interpret::Interpreter;
use crate::scope::IndexScope;
use crate::stems::stems;
use crate::undo;
use crate::value::Stored;
use antelope_follow::{BlockEvent, BlockPosition, FollowCursor, FollowedBlock, Link};
use antelope_types::{Checksum256, Name};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use std::collections::HashMap;
use std::path::Path;

/// The one writer of an index.
#[derive(Debug)]
pub struct IndexWriter {
    connection: Connection,
    scope: IndexScope,
    cursor: FollowCursor,
    abis: Abis,
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
        })
    }

    /// What the index is about.
    pub fn scope(&self) -> &IndexScope {
        &self.scope
    }

    /// How far it has come.
    pub fn cursor(&self) -> &FollowCursor {
        &self.cursor
    }

    /// Stores what happened.
    ///
    /// # Errors
    /// [`IndexError`]; nothing is stored then.
    pub fn store(&mut self, event: &BlockEvent) -> Result<(), IndexError> {
        match event {
            BlockEvent::Apply(block) => self.apply(block),
            BlockEvent::Undo(to) => self.undo(*to),
            BlockEvent::Final(number) => self.finalize(*number),
        }
    }

    fn apply(&mut self, block: &FollowedBlock) -> Result<(), IndexError> {
        let position = block.position;
        if self.cursor.link(position, block.previous)? != Link::Next {
            return Err(IndexError::NotNext {
                head: self.cursor.head().unwrap_or_default(),
                block: position,
            });
        }
        let transaction = begin(&mut self.connection, &self.cursor)?;
        if !block.is_final {
            undo::begin(&transaction, position.block_num)?;
        }
        let interpreter = Interpreter {
            connection: &transaction,
            scope: &self.scope,
            abis: &mut self.abis,
            block,
            ended: HashMap::new(),
            answered: HashMap::new(),
            handed: HashMap::new(),
        };
        let written = interpreter.run();
        if written.is_err() {
            self.abis.forget();
        }
        written?;
        undo::end(&transaction)?;
        let sql = "INSERT INTO positions (number, id, time) VALUES (?1, ?2, ?3)";
        transaction.prepare_cached(sql)?.execute(params![
            position.block_num,
            position.block_id.stored(),
            block.time.stored()
        ])?;
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

    /// Empties what follows from blocks, so that the index is built again from the beginning. What was given to
    /// it, such as texts of documents, stays.
    ///
    /// # Errors
    /// [`IndexError::Database`].
    pub fn clear(&mut self) -> Result<(), IndexError> {
        self.abis.forget();
        let transaction = begin(&mut self.connection, &self.cursor)?;
        for table in TABLES {
            let given = match *table {
                "searchable" => " WHERE source <> 'text'",
                _ => "",
            };
            transaction.execute_batch(&format!("DELETE FROM {table}{given}"))?;
        }
        transaction.execute_batch(
            "DELETE FROM undo; DELETE FROM positions; DELETE FROM about WHERE key = 'rebuild'",
        )?;
        transaction.commit()?;
        self.cursor = FollowCursor::default();
        Ok(())
    }

    /// Makes a document found by the words of its text, which is not on the chain. The text itself is not kept.
    ///
    /// # Errors
    /// [`IndexError::Database`].
    pub fn add_text(
        &mut self,
        coopname: Name,
        hash: Checksum256,
        text: &str,
    ) -> Result<(), IndexError> {
        let transaction = begin(&mut self.connection, &self.cursor)?;
        let sql = "INSERT INTO searchable (coopname, hash, source, stems) VALUES (?1, ?2, 'text', ?3) \
                   ON CONFLICT (coopname, hash, source) DO UPDATE SET stems = excluded.stems";
        let values = (coopname.stored(), hash.stored(), stems(text));
        transaction.prepare_cached(sql)?.execute(values)?;
        transaction.commit()?;
        Ok(())
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
    let head = {
        let sql = "SELECT number, id FROM positions ORDER BY number DESC LIMIT 1";
        let mut statement = transaction.prepare_cached(sql)?;
        statement.query_row([], position_of).optional()?
    };
    match head == cursor.head() {
        true => Ok(transaction),
        false => Err(IndexError::AnotherWriter),
    }
}

/// Blocks up to this one are final.
fn prune(transaction: &Transaction<'_>, number: u32) -> Result<(), IndexError> {
    undo::prune(transaction, number)?;
    let sql = "DELETE FROM positions WHERE number < ?1";
    transaction.prepare_cached(sql)?.execute([number])?;
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
