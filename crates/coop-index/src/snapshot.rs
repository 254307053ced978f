//! What is final in one state of the index, for export.

use crate::error::IndexError;
use crate::query::documents::{self, DocumentRecord};
use crate::query::sheets::{self, Sheet, SheetFilter, TakeRow};
use crate::writer::position_of;
use antelope_follow::BlockPosition;
use antelope_types::{Checksum256, Name, TimePoint};
use rusqlite::{OptionalExtension, Transaction};

/// One state of an index, of which only what is final is read: what a later block of another branch might take
/// back is left out.
#[derive(Debug)]
pub struct Snapshot<'a> {
    state: Transaction<'a>,
    /// The chain.
    pub chain_id: Checksum256,
    /// The cooperative that the index is about; `None` for one about all of the chain.
    pub cooperative: Option<Name>,
    /// The last final block.
    pub block: BlockPosition,
    /// Its time.
    pub time: TimePoint,
}

impl<'a> Snapshot<'a> {
    pub(crate) fn of(state: Transaction<'a>) -> Result<Self, IndexError> {
        let about = |key: &str| {
            let sql = "SELECT value FROM about WHERE key = ?1";
            let found: Option<String> = state.query_row(sql, [key], |row| row.get(0)).optional()?;
            Ok::<_, IndexError>(found.unwrap_or_default())
        };
        let damaged = |problem: &str| IndexError::Damaged(problem.to_owned());
        let chain_id = about("chain")?.parse();
        let chain_id = chain_id.map_err(|_| damaged("it does not say which chain it is about"))?;
        let cooperative = match about("cooperative")?.as_str() {
            "*" => None,
            name => Some(
                name.parse()
                    .map_err(|_| damaged("it names no cooperative"))?,
            ),
        };
        let sql = "SELECT number, id, time FROM positions ORDER BY number LIMIT 1";
        let found = state
            .query_row(sql, [], |row| Ok((position_of(row)?, row.get(2)?)))
            .optional()?;
        let (block, time) = found.ok_or_else(|| damaged("it has no block yet"))?;
        Ok(Self {
            state,
            chain_id,
            cooperative,
            block,
            time: TimePoint::from_micros(time),
        })
    }

    /// Reads the rows of a sheet, in its order; a cell without a value has no text.
    ///
    /// # Errors
    /// [`IndexError::Database`]; those of `take`.
    pub fn rows<E: From<IndexError>>(
        &self,
        coopname: Name,
        sheet: &Sheet,
        filter: &SheetFilter,
        take: &mut TakeRow<'_, E>,
    ) -> Result<(), E> {
        sheets::rows(&self.state, coopname, sheet, filter, take)
    }

    /// Reads the signed documents, in the order of the chain.
    ///
    /// # Errors
    /// [`IndexError::Database`]; those of `take`.
    pub fn documents<E: From<IndexError>>(
        &self,
        coopname: Name,
        filter: &SheetFilter,
        take: &mut dyn FnMut(DocumentRecord) -> Result<(), E>,
    ) -> Result<(), E> {
        documents::each(&self.state, coopname, filter, take)
    }
}
