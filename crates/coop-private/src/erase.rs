//! Erasing people, and years of the archive whose term is over: for good, in the store and in every backup.
//!
//! ```text
//! begin      a row in erasures: from here on the erasure is known, and can be finished by running it again
//! key        its slot in the key ring is overwritten: nobody reads the data any more
//! rows       are deleted, and their bytes are made to go from the database and its log; with them those of drafts
//!            about others that name the person, which are under keys that stay
//! backups    the slot in the key ring of each registered place is overwritten
//! act        once all of that is done: the act of destruction goes to the archive
//! ```
//!
//! A place that cannot be reached leaves the erasure incomplete. Each step may be done again.

use crate::database::scrub;
use crate::documents::{DocumentEntry, PrivateDocument};
use crate::error::PrivateError;
use crate::folder::{RING, identified, lock, ring_of};
use crate::keeping::year;
use crate::places::{PlaceOutcome, PlaceProblem, registered, rewrap, rewrap_ring, wipe, wipe_ring};
use crate::ring::{Holder, KeyId, RingFile};
use crate::store::{PrivateStore, immediate};
use crate::{BackupPlace, MasterSecret, finish, kill};
use antelope_keys::Signer;
use antelope_types::{Checksum256, Name, TimePoint};
use coop_documents::{
    Cooperative, DestroyedData, DestructionAct, DestructionReason, Lang, Person, Renderer, Stamp,
    sign,
};
use coop_model::people::kind;
use rusqlite::{Connection, params};
use std::iter;
use std::path::Path;

/// Who erases, and why: what the act of destruction says.
pub struct ErasureOrder<'a> {
    /// Who carries it out.
    pub by: &'a Person,
    /// Why.
    pub reason: DestructionReason,
    /// The cooperative as its documents name it.
    pub cooperative: &'a Cooperative,
    /// The language of the act.
    pub lang: Lang,
    /// The irreversible block whose state is known, or 0.
    pub block_num: u32,
    /// The chain and the key by which the act is signed; it is kept without a signature where there is none.
    pub signer: Option<(Checksum256, &'a dyn Signer)>,
    /// Other media that the caller has erased the data from, for the act.
    pub media: Vec<String>,
}

/// What an erasure would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasurePlan {
    /// Whether there is a profile.
    pub has_profile: bool,
    /// The documents that go, those among them that are about others, are not signed and name the account.
    pub erased: Vec<DocumentEntry>,
    /// The documents that the law keeps.
    pub kept: Vec<DocumentEntry>,
    /// How many papers of the desk go, see [`PaperKind`](crate::PaperKind).
    pub papers: usize,
    /// The backups to go to.
    pub places: Vec<BackupPlace>,
    /// Whether an earlier erasure is to be finished.
    pub is_unfinished: bool,
}

/// What an erasure did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erased {
    /// The store and the backups, each with what is in the way there.
    pub places: Vec<PlaceOutcome>,
    /// The act of destruction; `None` while a place is left.
    pub act: Option<Checksum256>,
}

/// What was found of a holder, as its row in `erasures` has it.
struct FoundData {
    keys: Vec<KeyId>,
    kind: Option<String>,
    documents: usize,
}

impl Erased {
    /// Whether nothing is left anywhere.
    pub fn is_complete(&self) -> bool {
        self.act.is_some()
    }
}

impl PrivateStore {
    /// What erasing an account would do.
    ///
    /// # Errors
    /// [`PrivateError::NoPerson`] where nothing of it can be erased; [`PrivateError::Database`]; those of the key ring.
    pub fn erasure_plan(&mut self, account: Name) -> Result<ErasurePlan, PrivateError> {
        let (kept, mut erased): (Vec<_>, Vec<_>) = self
            .documents(Some(account))?
            .into_iter()
            .partition(|entry| matches!(entry.holder, Holder::Archive(_)));
        erased.extend(self.drafts_that_name(account)?);
        let count = |sql: &str| -> Result<i64, PrivateError> {
            let account = account.to_string();
            Ok(self
                .connection
                .query_row(sql, [account], |row| row.get(0))?)
        };
        let papers = count("SELECT count(*) FROM papers WHERE account = ?1")?;
        let plan = ErasurePlan {
            has_profile: count("SELECT count(*) FROM profiles WHERE account = ?1")? > 0,
            is_unfinished: count(
                "SELECT count(*) FROM erasures WHERE account = ?1 AND archive_year IS NULL \
                 AND finished_at IS NULL",
            )? > 0,
            papers: usize::try_from(papers).unwrap_or_default(),
            erased,
            kept,
            places: registered(&self.connection)?,
        };
        let slots = RingFile::load(&self.folder.join(RING))?;
        let has_key = slots
            .slots()
            .any(|slot| slot.holder == Holder::Person(account));
        let has_rows = plan.has_profile || plan.papers > 0 || !plan.erased.is_empty();
        match has_rows || plan.is_unfinished || has_key {
            true => Ok(plan),
            false => Err(PrivateError::NoPerson { account }),
        }
    }

    /// Erases all that is kept about an account, but for what the law keeps. An erasure that was begun is finished.
    ///
    /// # Errors
    /// [`PrivateError::NoPerson`] where there is nothing to erase; those of the key ring, the database and the act.
    /// A place that cannot be reached is no error: see [`Erased`].
    pub fn erase(
        &mut self,
        account: Name,
        order: &ErasureOrder<'_>,
        now: TimePoint,
    ) -> Result<Erased, PrivateError> {
        let _lock = lock(&self.folder)?;
        self.erasure_plan(account)?;
        self.erase_holder(Holder::Person(account), account, order, now)
    }

    /// Erases the documents of the archive whose last year is over; the years.
    ///
    /// # Errors
    /// As [`erase`](Self::erase).
    pub fn erase_expired(
        &mut self,
        order: &ErasureOrder<'_>,
        now: TimePoint,
    ) -> Result<Vec<(u16, Erased)>, PrivateError> {
        let _lock = lock(&self.folder)?;
        let sql = "SELECT archive_year FROM documents WHERE archive_year > 0 AND archive_year < ?1 \
                   UNION SELECT archive_year FROM erasures \
                   WHERE archive_year IS NOT NULL AND finished_at IS NULL ORDER BY 1";
        let mut statement = self.connection.prepare(sql)?;
        let years = statement.query_map([year(now)], |row| row.get(0))?;
        let years: Vec<u16> = years.collect::<Result<_, _>>()?;
        drop(statement);
        let account = self.cooperative;
        let erase = |year| {
            let erased = self.erase_holder(Holder::Archive(year), account, order, now)?;
            Ok((year, erased))
        };
        years.into_iter().map(erase).collect()
    }

    fn erase_holder(
        &mut self,
        holder: Holder,
        account: Name,
        order: &ErasureOrder<'_>,
        now: TimePoint,
    ) -> Result<Erased, PrivateError> {
        let drafts = match holder {
            Holder::Person(_) => self.drafts_that_name(account)?,
            Holder::Archive(_) => Vec::new(),
        };
        self.begin((holder, account), drafts.len(), order.reason, now)?;
        kill::point()?;
        let mut found = self.unfinished(holder)?;
        if found.keys.is_empty() {
            found.documents = drafts.len();
        }
        let mut ring = RingFile::load(&self.folder.join(RING))?;
        let mut here = wipe_ring(&mut ring, &found.keys)
            .err()
            .map(PlaceProblem::from);
        kill::point()?;
        self.delete_rows(holder, &found.keys, &drafts)?;
        kill::point()?;
        if !scrub(&self.connection)? {
            here.get_or_insert(PlaceProblem::Reader);
        }
        let mut places = vec![PlaceOutcome {
            path: self.folder.clone(),
            problem: here,
        }];
        for place in registered(&self.connection)? {
            kill::point()?;
            places.push(wipe(&place, ring.id(), &found.keys));
        }
        let is_done = places.iter().all(|place| place.problem.is_none());
        let act = match is_done {
            true => Some(self.finish(holder, account, order, &places, &found, now)?),
            false => None,
        };
        Ok(Erased { places, act })
    }

    /// Writes down what is about to be erased, with so many drafts about others.
    fn begin(
        &mut self,
        (holder, account): (Holder, Name),
        drafts: usize,
        reason: DestructionReason,
        now: TimePoint,
    ) -> Result<(), PrivateError> {
        let ring = RingFile::load(&self.folder.join(RING))?;
        let keys = ring.slots().filter(|slot| slot.holder == holder);
        let keys: Vec<KeyId> = keys.map(|slot| slot.id).collect();
        // A profile that does not open any more goes all the same.
        let kind = match holder {
            Holder::Person(_) => self.profile(account).ok().flatten().map(|it| it.kind()),
            Holder::Archive(_) => None,
        };
        let transaction = immediate(&mut self.connection)?;
        let (account, year) = columns(holder, account);
        let drafts = i64::try_from(drafts).unwrap_or(i64::MAX);
        // They have keys of others: the first row counts them.
        let drafts = iter::once(drafts).chain(iter::repeat(0));
        for (id, drafts) in keys.into_iter().zip(drafts) {
            let sql = "SELECT (SELECT count(*) FROM documents WHERE key_id = ?1) \
                       + (SELECT count(*) FROM papers WHERE key_id = ?1)";
            let documents: i64 = transaction.query_row(sql, [id], |row| row.get(0))?;
            transaction.execute(
                "INSERT OR IGNORE INTO erasures \
                 (key_id, account, archive_year, reason, kind, documents, started_at) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![
                    id,
                    account,
                    year,
                    reason.word(),
                    kind.map(|it| it.to_string()),
                    documents + drafts,
                    now.micros()
                ],
            )?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// What the erasures of a holder have found that are not finished.
    fn unfinished(&self, holder: Holder) -> Result<FoundData, PrivateError> {
        let sql = "SELECT key_id, kind, documents FROM erasures WHERE finished_at IS NULL \
                   AND archive_year IS ?2 AND (?2 IS NOT NULL OR account = ?1)";
        let (account, year) = columns(holder, self.cooperative);
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query(params![account, year])?;
        let mut found = FoundData {
            keys: Vec::new(),
            kind: None,
            documents: 0,
        };
        while let Some(row) = rows.next()? {
            found.keys.push(row.get(0)?);
            found.kind = row.get::<_, Option<String>>(1)?.or(found.kind);
            let documents: i64 = row.get(2)?;
            found.documents += usize::try_from(documents).unwrap_or_default();
        }
        Ok(found)
    }

    fn delete_rows(
        &mut self,
        holder: Holder,
        keys: &[KeyId],
        drafts: &[DocumentEntry],
    ) -> Result<(), PrivateError> {
        let transaction = immediate(&mut self.connection)?;
        for draft in drafts {
            let sql = "DELETE FROM documents WHERE hash = ?1";
            transaction.execute(sql, [draft.hash.0])?;
        }
        match holder {
            Holder::Person(account) => {
                let account = account.to_string();
                transaction.execute("DELETE FROM profiles WHERE account = ?1", [&account])?;
                transaction.execute("DELETE FROM papers WHERE account = ?1", [&account])?;
                let sql = "DELETE FROM documents WHERE account = ?1 AND archive_year IS NULL";
                transaction.execute(sql, [&account])?;
            }
            Holder::Archive(year) => {
                transaction.execute("DELETE FROM documents WHERE archive_year = ?1", [year])?;
            }
        }
        for table in ["profiles", "documents", "papers"] {
            for id in keys {
                transaction.execute(&format!("DELETE FROM {table} WHERE key_id = ?1"), [id])?;
            }
        }
        transaction.commit()?;
        Ok(())
    }

    /// Makes and keeps the act, and ends the erasures.
    fn finish(
        &mut self,
        holder: Holder,
        account: Name,
        order: &ErasureOrder<'_>,
        places: &[PlaceOutcome],
        found: &FoundData,
        now: TimePoint,
    ) -> Result<Checksum256, PrivateError> {
        let profile = found.kind.as_ref().map(|it| match it {
            it if *it == kind::ORGANIZATION.to_string() => DestroyedData::Organization,
            it if *it == kind::ENTREPRENEUR.to_string() => DestroyedData::Entrepreneur,
            _ => DestroyedData::Individual,
        });
        let count = found.documents;
        let documents =
            (count > 0 || profile.is_none()).then_some(DestroyedData::Documents { count });
        let kept = self.documents(Some(account))?.len();
        let form = DestructionAct {
            account,
            by: order.by.clone(),
            destroyed_at: now.micros(),
            reason: order.reason,
            destroyed: profile.into_iter().chain(documents).collect(),
            media: places
                .iter()
                .map(|it| it.path.display().to_string())
                .chain(order.media.iter().cloned())
                .collect(),
            kept: match holder {
                Holder::Person(_) => kept,
                Holder::Archive(_) => 0,
            },
        };
        let stamp = Stamp {
            block_num: order.block_num,
            created_at: now.micros(),
        };
        let rendered = Renderer::new()?.render(order.cooperative, &form, stamp, order.lang)?;
        let signers = order
            .signer
            .map(|(chain, key)| (chain, (order.by.account, key)));
        let document = match signers {
            Some((chain, signer)) => sign(&rendered, &chain, &[signer], now)?,
            None => sign(&rendered, &Checksum256::default(), &[], now)?,
        };
        let file = self.unused(rendered.file_name.trim_end_matches(".txt"))?;
        let act = PrivateDocument {
            document,
            text: rendered.text,
            record: Some(rendered.record),
            proposal: None,
        };
        kill::point()?;
        let hash = self.keep(&act, Some(file), true, now)?.hash;
        kill::point()?;
        let transaction = immediate(&mut self.connection)?;
        for id in &found.keys {
            let sql = "UPDATE erasures SET finished_at = ?2, act = ?3 WHERE key_id = ?1";
            transaction.execute(sql, params![id, now.micros(), hash.0])?;
        }
        transaction.commit()?;
        Ok(hash)
    }
}

/// Changes the master key: wraps all keys under another one, in the store and in every backup that can be reached.
/// Where a place is left, or the program ended, it is finished by running it again with the same two.
///
/// # Errors
/// [`PrivateError::WrongMaster`] where neither opens the key ring; those of the key ring and the database.
pub fn change_master(
    folder: &Path,
    old: &MasterSecret,
    new: &MasterSecret,
) -> Result<Vec<PlaceOutcome>, PrivateError> {
    finish::recover(folder)?;
    let (connection, _, id) = identified(folder)?;
    let _lock = lock(folder)?;
    let ring = ring_of(folder, &id)?;
    rewrap_ring(&ring.path, old, new)?;
    let mut outcomes = vec![PlaceOutcome {
        path: folder.to_owned(),
        problem: None,
    }];
    for place in registered(&connection)? {
        kill::point()?;
        outcomes.push(rewrap(&place, ring.id(), old, new));
    }
    Ok(outcomes)
}

/// Accounts whose erasure is not complete.
///
/// # Errors
/// [`PrivateError::Missing`], [`PrivateError::Database`].
pub fn unfinished_erasures(folder: &Path) -> Result<Vec<Name>, PrivateError> {
    let (connection, _, _): (Connection, _, _) = identified(folder)?;
    let sql = "SELECT DISTINCT account FROM erasures WHERE finished_at IS NULL ORDER BY account";
    let mut statement = connection.prepare(sql)?;
    let found = statement.query_map([], |row| crate::database::name(&row.get::<_, String>(0)?))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// A holder as the database has it.
fn columns(holder: Holder, cooperative: Name) -> (String, Option<u16>) {
    match holder {
        Holder::Person(account) => (account.to_string(), None),
        Holder::Archive(year) => (cooperative.to_string(), Some(year)),
    }
}
