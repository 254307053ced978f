//! Questions and decisions.

use super::{Conditions, List, Listing, Slice, all, column, is_final};
use crate::error::IndexError;
use antelope_types::{Checksum256, Name, TimePoint};
use rusqlite::{Connection, Row};

/// Which questions are wanted: those for which all of this holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuestionFilter {
    /// Of these kinds; of all where there is none.
    pub kinds: Vec<Name>,
    /// With one of these outcomes: `carried_out`, `declined`, `not_approved` or `not_signed`; any where there is
    /// none.
    pub outcomes: Vec<String>,
    /// Finished or not.
    pub is_open: Option<bool>,
    /// About this person.
    pub person: Option<Name>,
    /// This person voted on it.
    pub voter: Option<Name>,
    /// Finished, or published where it is not finished, at this time or later.
    pub since: Option<TimePoint>,
    /// The same before this time.
    pub until: Option<TimePoint>,
    /// Its statement or its protocol has this form: its number in the registry of documents.
    pub form: Option<u64>,
    /// What was decided, or what had to be given back, could not be done at least once: a transfer that failed, a
    /// handover or a move that was withdrawn, a decline that nobody was told.
    pub has_failed: Option<bool>,
    /// One of these actions is about it; with a range of blocks, in one of them.
    pub actions: Vec<Name>,
    /// An action about it is in a block behind this one.
    pub after_block: Option<u32>,
    /// The same before this block.
    pub before_block: Option<u32>,
    /// Only what cannot be undone any more.
    pub is_final: bool,
}

/// A question, or the decision that it has become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionRecord {
    /// The cooperative.
    pub coopname: Name,
    /// Its number in the cooperative.
    pub id: u64,
    /// Its kind.
    pub kind: Name,
    /// Whom it is about.
    pub username: Name,
    /// The hash of the statement or the proposal.
    pub hash: Checksum256,
    /// When it was published.
    pub published_at: Option<TimePoint>,
    /// The transaction that published it; `None` where that was before the index begins.
    pub published_in: Option<Checksum256>,
    /// How many seats may vote; `None` where no block has shown the row.
    pub seats: Option<u64>,
    /// The quorum in percent of the seats, 0 for none; `None` where no block has shown the row.
    pub quorum_percent: Option<u64>,
    /// The status of its row, or of the last row that it had.
    pub status: Option<Name>,
    /// When voting ends.
    pub expires_at: Option<TimePoint>,
    /// When it was approved.
    pub approved_at: Option<TimePoint>,
    /// Who signed the protocol.
    pub chairman: Option<Name>,
    /// The hash of the protocol.
    pub protocol: Option<Checksum256>,
    /// Whether the chain still has its row.
    pub is_open: bool,
    /// What became of it: see [`coop_client::registry::Fate::name`].
    pub outcome: Option<String>,
    /// Why it was declined, in the words of the registry event.
    pub reason: Option<String>,
    /// When it was finished.
    pub finished_at: Option<TimePoint>,
    /// The transaction that finished it.
    pub finished_in: Option<Checksum256>,
    /// Whether what followed could not be done at least once: see [`QuestionFilter::has_failed`].
    pub has_failed: bool,
    /// The block that changed it last.
    pub block: u32,
    /// Whether that block is final.
    pub is_final: bool,
}

/// A vote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoteRecord {
    /// Whose.
    pub username: Name,
    /// Whether it was for the question.
    pub is_for: bool,
    /// When.
    pub at: TimePoint,
    /// The transaction.
    pub cast_in: Checksum256,
    /// Whether its block is final.
    pub is_final: bool,
}

const QUESTIONS: List = List {
    from: "questions q",
    key: "q.id",
    name: None,
    more: ", (EXISTS (SELECT 1 FROM events e WHERE e.coopname = q.coopname AND e.hash = q.hash \
           AND e.action IN ('outdecline', 'cancelprop', 'vetomove')) \
           OR EXISTS (SELECT 1 FROM steps s WHERE s.coopname = q.coopname AND s.hash = q.hash \
           AND s.name = 'undelivered' AND s.is_open = 1)) AS has_failed",
};

/// The questions of which something could not be done. Both parts have an index of their own, `events_failed` and
/// `steps_undelivered`, which SQLite takes where their conditions stand in the same words.
const FAILED: &str = "q.hash IN (SELECT e.hash FROM events e WHERE e.coopname = ?1 \
    AND e.action IN ('outdecline', 'cancelprop', 'vetomove') AND e.hash IS NOT NULL \
    UNION ALL SELECT s.hash FROM steps s WHERE s.coopname = ?1 \
    AND s.name = 'undelivered' AND s.is_open = 1 AND s.hash IS NOT NULL)";

/// A question whose statement or protocol has a form.
const OF_FORM: &str = "EXISTS (SELECT 1 FROM documents d WHERE d.coopname = ?1 \
    AND d.hash IN (q.hash, q.protocol) AND d.registry_id = ?)";

/// The same, from the documents of the form.
const BY_FORM: &str = "q.id IN (\
    SELECT x.id FROM documents d CROSS JOIN questions x \
    ON x.coopname = d.coopname AND x.hash = d.hash \
    WHERE d.coopname = ?1 AND d.registry_id = ? \
    UNION SELECT x.id FROM documents d CROSS JOIN questions x \
    ON x.coopname = d.coopname AND x.protocol = d.hash \
    WHERE d.coopname = ?1 AND d.registry_id = ?)";

/// The questions of a cooperative, the newest first.
pub(crate) fn list(
    connection: &Connection,
    coopname: Name,
    filter: &QuestionFilter,
    slice: &Slice,
) -> Result<Listing<QuestionRecord>, IndexError> {
    let mut conditions = Conditions::default();
    conditions.add("q.coopname = ?", coopname.to_string());
    conditions.add_any("q.kind", filter.kinds.iter().map(Name::to_string));
    conditions.add_any("q.outcome", filter.outcomes.iter().cloned());
    conditions.add_some("q.is_open = ?", filter.is_open.map(i64::from));
    conditions.add_some("q.username = ?", filter.person.map(|it| it.to_string()));
    // Those of one person or form are few, and each is then found by its key.
    let voted = "q.id IN (SELECT v.id FROM votes v WHERE v.coopname = ?1 AND v.username = ?)";
    conditions.add_some(voted, filter.voter.map(|it| it.to_string()));
    let moment = "coalesce(q.finished_at, q.published_at)";
    conditions.add_some(
        &format!("{moment} >= ?"),
        filter.since.map(TimePoint::micros),
    );
    conditions.add_some(
        &format!("{moment} < ?"),
        filter.until.map(TimePoint::micros),
    );
    // Where kinds or a person leave few questions, the documents of each are looked up; otherwise documents come first,
    // by the index of their form.
    let is_narrow = !filter.kinds.is_empty() || filter.person.is_some() || filter.voter.is_some();
    let form = filter.form.map(|it| i64::try_from(it).unwrap_or(i64::MAX));
    conditions.add_some(if is_narrow { OF_FORM } else { BY_FORM }, form);
    match filter.has_failed {
        Some(true) => conditions.require(FAILED),
        Some(false) => conditions.require(&format!("NOT {FAILED}")),
        None => {}
    }
    acted_on(&mut conditions, filter);
    if filter.is_final {
        conditions.require("q.block <= (SELECT min(number) FROM positions)");
    }
    QUESTIONS.page(connection, conditions, slice, read)
}

/// Adds that one action is of the wanted ones, and in the wanted blocks.
fn acted_on(conditions: &mut Conditions, filter: &QuestionFilter) {
    let event = |of: String| {
        format!(
            "EXISTS (SELECT 1 FROM events e WHERE e.coopname = q.coopname AND e.hash = q.hash AND {of})"
        )
    };
    conditions.add_within(event, |inner| {
        inner.add_any("e.action", filter.actions.iter().map(Name::to_string));
        inner.add_some("e.block > ?", filter.after_block.map(i64::from));
        inner.add_some("e.block < ?", filter.before_block.map(i64::from));
    });
}

/// One question.
pub(crate) fn one(
    connection: &Connection,
    coopname: Name,
    id: u64,
) -> Result<Option<QuestionRecord>, IndexError> {
    let columns = QUESTIONS.columns();
    let sql = format!("SELECT {columns} FROM questions q WHERE coopname = ?1 AND id = ?2");
    let id = i64::try_from(id).unwrap_or(i64::MAX);
    let found = all(connection, &sql, (coopname.to_string(), id), read)?;
    Ok(found.into_iter().next())
}

/// The votes on a question, in the order in which they were cast.
pub(crate) fn votes(
    connection: &Connection,
    question: &QuestionRecord,
) -> Result<Vec<VoteRecord>, IndexError> {
    let sql = format!(
        "SELECT v.*, {} FROM votes v WHERE coopname = ?1 AND id = ?2 ORDER BY at, username",
        is_final("v")
    );
    let id = i64::try_from(question.id).unwrap_or(i64::MAX);
    all(
        connection,
        &sql,
        (question.coopname.to_string(), id),
        |row| {
            Ok(VoteRecord {
                username: column::name(row, "username")?,
                is_for: row.get("is_for")?,
                at: column::time(row, "at")?,
                cast_in: column::hash(row, "cast_in")?,
                is_final: row.get("is_final")?,
            })
        },
    )
}

fn read(row: &Row<'_>) -> rusqlite::Result<QuestionRecord> {
    let number = |column| {
        let found: Option<i64> = row.get(column)?;
        Ok::<_, rusqlite::Error>(found.and_then(|it| u64::try_from(it).ok()))
    };
    Ok(QuestionRecord {
        coopname: column::name(row, "coopname")?,
        id: column::number(row, "id")?,
        kind: column::name(row, "kind")?,
        username: column::name(row, "username")?,
        hash: column::hash(row, "hash")?,
        published_at: column::time_if(row, "published_at")?,
        published_in: column::hash_if(row, "published_in")?,
        seats: number("seats")?,
        quorum_percent: number("quorum_percent")?,
        status: column::parsed_if(row, "status")?,
        expires_at: column::time_if(row, "expires_at")?,
        approved_at: column::time_if(row, "approved_at")?,
        chairman: column::parsed_if(row, "chairman")?,
        protocol: column::hash_if(row, "protocol")?,
        is_open: row.get("is_open")?,
        outcome: row.get("outcome")?,
        reason: row.get("reason")?,
        finished_at: column::time_if(row, "finished_at")?,
        finished_in: column::hash_if(row, "finished_in")?,
        has_failed: row.get("has_failed")?,
        block: row.get("block")?,
        is_final: row.get("is_final")?,
    })
}
