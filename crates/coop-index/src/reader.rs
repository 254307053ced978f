//! Reading the index.

use crate::current::{ComparedTable, Current};
use crate::database::open_to_read;
use crate::error::IndexError;
use crate::query::boards::{self, BoardRecord, SeatRecord, StaffRecord};
use crate::query::documents::{self, DocumentRecord};
use crate::query::events::{self, EventFilter, EventRecord};
use crate::query::holdings::{self, BalanceRecord, CharterRecord, FundsRecord, PropertyRecord};
use crate::query::money::{self, PaymentRecord};
use crate::query::package::{self, Package};
use crate::query::people::{self, CandidateRecord, CooperativeRecord, ParticipantRecord};
use crate::query::questions::{self, QuestionFilter, QuestionRecord, VoteRecord};
use crate::query::search::{self, SearchFilter, SearchHit};
use crate::query::verdict::{self, Recorded};
use crate::query::words::TextHit;
use crate::query::{Listing, Slice};
use crate::scope::IndexScope;
use crate::snapshot::Snapshot;
use crate::writer::position_of;
use antelope_follow::BlockPosition;
use antelope_types::{Checksum256, Name, TimePoint};
use rusqlite::{Connection, OptionalExtension, Transaction};
use std::path::Path;

/// A reader of an index. It sees what is committed, while the writer goes on. Each call reads one state of the
/// database, so that totals and entries fit together.
#[derive(Debug)]
pub struct IndexReader {
    connection: Connection,
}

/// How far an index is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IndexStatus {
    /// Its last block.
    pub head: Option<BlockPosition>,
    /// The time of that block.
    pub head_time: Option<TimePoint>,
    /// Its last block that is final.
    pub last_irreversible: Option<BlockPosition>,
    /// How many questions it has.
    pub questions: u64,
    /// How many documents it has.
    pub documents: u64,
    /// How many actions and rows could not be read by the ABI of their contract.
    pub unreadable: u64,
    /// Whether blocks were followed by an earlier version, which has passed over some of what this one keeps: the
    /// index is whole again once it is rebuilt.
    pub needs_rebuild: bool,
}

impl IndexReader {
    /// Opens the index in this file.
    ///
    /// # Errors
    /// [`IndexError::Database`] where it is not there; [`IndexError::Version`].
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        Ok(Self {
            connection: open_to_read(path)?,
        })
    }

    #[cfg(test)]
    pub(crate) fn connection(&mut self) -> &mut Connection {
        &mut self.connection
    }

    /// One state of the database.
    fn state(&mut self) -> Result<Transaction<'_>, IndexError> {
        Ok(self.connection.transaction()?)
    }

    /// What the index is about; `None` before anything was written.
    ///
    /// # Errors
    /// [`IndexError::Damaged`]; [`IndexError::Database`].
    pub fn scope(&mut self) -> Result<Option<IndexScope>, IndexError> {
        IndexScope::read(&*self.state()?)
    }

    /// The rows of a table that the chain should have too, with the block that they are of.
    pub(crate) fn current(
        &mut self,
        table: &ComparedTable,
        coopname: Name,
    ) -> Result<Current, IndexError> {
        table.of_index(&*self.state()?, coopname)
    }

    /// Whether the index has rows of tables, and not only what actions tell.
    pub(crate) fn has_rows(&mut self, coopname: Name) -> Result<bool, IndexError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM cooperatives WHERE coopname = ?1) \
                   OR EXISTS (SELECT 1 FROM participants WHERE coopname = ?1) \
                   OR EXISTS (SELECT 1 FROM steps WHERE coopname = ?1)";
        let state = self.state()?;
        Ok(state.query_row(sql, [coopname.to_string()], |row| row.get(0))?)
    }

    /// How far the index is.
    ///
    /// # Errors
    /// [`IndexError::Database`], as for all questions.
    pub fn status(&mut self) -> Result<IndexStatus, IndexError> {
        let state = self.state()?;
        let count = |table: &str| {
            let sql = format!("SELECT count(*) FROM {table}");
            let count: i64 = state.query_row(&sql, [], |row| row.get(0))?;
            Ok::<_, IndexError>(u64::try_from(count).unwrap_or_default())
        };
        let position = |order: &str| {
            let sql =
                format!("SELECT number, id, time FROM positions ORDER BY number {order} LIMIT 1");
            state
                .query_row(&sql, [], |row| Ok((position_of(row)?, row.get(2)?)))
                .optional()
        };
        let head: Option<(BlockPosition, i64)> = position("DESC")?;
        Ok(IndexStatus {
            head: head.map(|(position, _)| position),
            head_time: head.map(|(_, time)| TimePoint::from_micros(time)),
            last_irreversible: position("ASC")?.map(|(position, _)| position),
            questions: count("questions")?,
            documents: count("documents")?,
            unreadable: count("unreadable")?,
            needs_rebuild: needs_rebuild(&state)?,
        })
    }

    /// Questions and decisions of a cooperative, the newest first.
    ///
    /// # Errors
    /// [`IndexError::Cursor`]; [`IndexError::Database`].
    pub fn questions(
        &mut self,
        coopname: Name,
        filter: &QuestionFilter,
        slice: &Slice,
    ) -> Result<Listing<QuestionRecord>, IndexError> {
        questions::list(&*self.state()?, coopname, filter, slice)
    }

    /// A question with all that belongs to it; `None` where the index has none with this number.
    ///
    /// # Errors
    /// [`IndexError::Database`].
    pub fn package(&mut self, coopname: Name, id: u64) -> Result<Option<Package>, IndexError> {
        package::one(&*self.state()?, coopname, id)
    }

    /// The votes on a question, in the order in which they were cast.
    ///
    /// # Errors
    /// [`IndexError::Database`].
    pub fn votes(&mut self, question: &QuestionRecord) -> Result<Vec<VoteRecord>, IndexError> {
        questions::votes(&*self.state()?, question)
    }

    /// The document with this hash.
    ///
    /// # Errors
    /// [`IndexError::Database`].
    pub fn document(
        &mut self,
        coopname: Name,
        hash: Checksum256,
    ) -> Result<Option<DocumentRecord>, IndexError> {
        documents::one(&*self.state()?, coopname, hash)
    }

    /// Documents by the words of their titles, the most fitting first.
    ///
    /// # Errors
    /// [`IndexError::Cursor`]; [`IndexError::Database`].
    pub fn search(
        &mut self,
        coopname: Name,
        filter: &SearchFilter,
        slice: &Slice,
    ) -> Result<Listing<SearchHit>, IndexError> {
        self.search_with(coopname, filter, &[], slice)
    }

    /// The same, and those documents of the index whose texts have the words: `texts` are what a search of the texts has
    /// found, in which only the words of the filter count. A text that comes later moves its own document only.
    ///
    /// # Errors
    /// As [`search`](Self::search).
    pub fn search_with(
        &mut self,
        coopname: Name,
        filter: &SearchFilter,
        texts: &[TextHit],
        slice: &Slice,
    ) -> Result<Listing<SearchHit>, IndexError> {
        search::list(&*self.state()?, coopname, filter, texts, slice)
    }

    /// Payments of a cooperative or of one person, the newest first.
    ///
    /// # Errors
    /// [`IndexError::Cursor`]; [`IndexError::Database`].
    pub fn payments(
        &mut self,
        coopname: Name,
        person: Option<Name>,
        slice: &Slice,
    ) -> Result<Listing<PaymentRecord>, IndexError> {
        money::list(&*self.state()?, coopname, person, slice)
    }

    /// Who is or was a participant, those who joined last first; with `status`, those of this status.
    ///
    /// # Errors
    /// [`IndexError::Cursor`]; [`IndexError::Database`].
    pub fn participants(
        &mut self,
        coopname: Name,
        status: Option<Name>,
        slice: &Slice,
    ) -> Result<Listing<ParticipantRecord>, IndexError> {
        people::participants(&*self.state()?, coopname, status, slice)
    }

    /// Who is or was the participant with this account.
    ///
    /// # Errors
    /// [`IndexError::Database`].
    pub fn participant(
        &mut self,
        coopname: Name,
        username: Name,
    ) -> Result<Option<ParticipantRecord>, IndexError> {
        people::participant(&*self.state()?, coopname, username)
    }

    /// The cooperatives of the index.
    ///
    /// # Errors
    /// [`IndexError::Database`].
    pub fn cooperatives(&mut self) -> Result<Vec<CooperativeRecord>, IndexError> {
        people::cooperatives(&*self.state()?)
    }

    /// Who has asked to join a cooperative, the newest first; with `person`, this one.
    ///
    /// # Errors
    /// [`IndexError::Cursor`]; [`IndexError::Database`].
    pub fn candidates(
        &mut self,
        coopname: Name,
        person: Option<Name>,
        slice: &Slice,
    ) -> Result<Listing<CandidateRecord>, IndexError> {
        people::candidates(&*self.state()?, coopname, person, slice)
    }

    /// Property of a cooperative or of one person, the newest first.
    ///
    /// # Errors
    /// [`IndexError::Cursor`]; [`IndexError::Database`].
    pub fn properties(
        &mut self,
        coopname: Name,
        person: Option<Name>,
        slice: &Slice,
    ) -> Result<Listing<PropertyRecord>, IndexError> {
        holdings::properties(&*self.state()?, coopname, person, slice)
    }

    /// The journal of a cooperative: every action about it, the newest first.
    ///
    /// # Errors
    /// [`IndexError::Cursor`]; [`IndexError::Database`].
    pub fn events(
        &mut self,
        coopname: Name,
        filter: &EventFilter,
        slice: &Slice,
    ) -> Result<Listing<EventRecord>, IndexError> {
        events::list(&*self.state()?, coopname, filter, slice)
    }

    /// The shares of all who had one after this block, by account; `u32::MAX` is the head.
    ///
    /// # Errors
    /// [`IndexError::Database`].
    pub fn balances(
        &mut self,
        coopname: Name,
        block: u32,
    ) -> Result<Vec<BalanceRecord>, IndexError> {
        holdings::balances(&*self.state()?, coopname, block)
    }

    /// The money of a cooperative after this block; `None` before its funds are opened.
    ///
    /// # Errors
    /// [`IndexError::Database`].
    pub fn funds(&mut self, coopname: Name, block: u32) -> Result<Option<FundsRecord>, IndexError> {
        holdings::funds(&*self.state()?, coopname, block)
    }

    /// All terms that a cooperative has had, the newest first.
    ///
    /// # Errors
    /// [`IndexError::Database`].
    pub fn charters(&mut self, coopname: Name) -> Result<Vec<CharterRecord>, IndexError> {
        holdings::charters(&*self.state()?, coopname)
    }

    /// All boards that a cooperative has elected, the newest first.
    ///
    /// # Errors
    /// [`IndexError::Database`].
    pub fn boards(&mut self, coopname: Name) -> Result<Vec<BoardRecord>, IndexError> {
        boards::boards(&*self.state()?, coopname)
    }

    /// All seats of all its councils, those of the newest first.
    ///
    /// # Errors
    /// [`IndexError::Database`].
    pub fn seats(&mut self, coopname: Name) -> Result<Vec<SeatRecord>, IndexError> {
        boards::seats(&*self.state()?, coopname)
    }

    /// Who works for a cooperative or did, by account.
    ///
    /// # Errors
    /// [`IndexError::Database`].
    pub fn staff(&mut self, coopname: Name) -> Result<Vec<StaffRecord>, IndexError> {
        boards::staff(&*self.state()?, coopname)
    }

    /// Where a hash is recorded, that of a document or of its text; `None` where it is not.
    ///
    /// # Errors
    /// [`IndexError::Database`].
    pub fn find(
        &mut self,
        coopname: Name,
        hash: Checksum256,
    ) -> Result<Option<Recorded>, IndexError> {
        verdict::find(&*self.state()?, coopname, hash)
    }

    /// What is final in one state of the index, for export.
    ///
    /// # Errors
    /// [`IndexError::Database`]; [`IndexError::Damaged`].
    pub fn snapshot(&mut self) -> Result<Snapshot<'_>, IndexError> {
        Snapshot::of(self.state()?)
    }

    /// All rows of a table that follow from blocks, as text, sorted: equal for two indexes of the same blocks.
    ///
    /// # Errors
    /// [`IndexError::Database`], also for a table that is not one of [`TABLES`](crate::TABLES).
    pub fn rows(&mut self, table: &str) -> Result<Vec<String>, IndexError> {
        if !crate::TABLES.contains(&table) {
            let problem = rusqlite::Error::InvalidParameterName(table.to_owned());
            return Err(problem.into());
        }
        let state = self.state()?;
        let mut statement = state.prepare("SELECT name FROM pragma_table_info(?1)")?;
        let columns = statement.query_map([table], |row| row.get::<_, String>(0))?;
        let columns = columns.collect::<Result<Vec<_>, _>>()?;
        // The number of a title depends on the texts that versions 1 to 3 were given.
        let told = columns
            .iter()
            .filter(|name| (table, name.as_str()) != ("searchable", "id"));
        let told: Vec<_> = told.map(|it| format!("'{it}=' || quote({it})")).collect();
        let sql = format!("SELECT {} FROM {table}", told.join(" || ' ' || "));
        let mut statement = state.prepare(&sql)?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
        let mut rows = rows.collect::<Result<Vec<_>, _>>()?;
        rows.sort_unstable();
        Ok(rows)
    }
}

/// Whether something was followed by an earlier version.
fn needs_rebuild(connection: &Connection) -> Result<bool, IndexError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM about WHERE key = 'rebuild')";
    Ok(connection.query_row(sql, [], |row| row.get(0))?)
}
