//! The registry: all decisions that are finished, with what became of them.
//!
//! The rows of a finished decision are erased, and its actions stay. An [`Entry`] is put together from them:
//!
//! | fact | action |
//! |---|---|
//! | number, kind, person, hash of the statement, when it was published | `soviet::newsubmitted` |
//! | votes | `soviet::votefor`, `soviet::voteagainst` |
//! | who signed the protocol, and its hash | `soviet::authorize`, `soviet::newresolved` |
//! | carried out | `soviet::newdecision` |
//! | declined, or its term was over | `soviet::newdeclined` |
//! | the sum, the valuation, the new account | the action that published it, and what `gateway` confirmed |
//! | acts about property | `soviet::newact` |

mod entry;
mod facts;

use crate::error::ReadError;
use crate::history::{Executed, History};
use antelope_types::{Checksum256, Name, TimePoint, name};
pub use entry::{Deed, Entry, Fate, Paid, Vote};
use facts::Facts;
use serde_json::Value;

/// Which decisions are wanted.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Of these kinds; of all where there is none.
    pub kinds: Vec<Name>,
    /// About this person.
    pub person: Option<Name>,
    /// With this fate.
    pub fate: Option<Fate>,
    /// Finished at this time or later.
    pub since: Option<TimePoint>,
    /// With this number only.
    pub id: Option<u64>,
    /// At most so many, and those of the block that the last of them is in.
    pub count: usize,
}

/// A page of the registry, the newest decisions first.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The decisions.
    pub entries: Vec<Entry>,
    /// The next page is what is finished below this block; none where there is no more.
    pub before: Option<u32>,
    /// Whether the walk ended at its bound, so that facts may be missing and more may be there.
    pub is_cut: bool,
}

impl Wanted {
    fn takes(&self, entry: &Entry) -> bool {
        (self.kinds.is_empty() || self.kinds.contains(&entry.kind))
            && self.person.is_none_or(|person| person == entry.username)
            && self.fate.is_none_or(|fate| fate == entry.fate)
            && self.since.is_none_or(|since| entry.finished_at >= since)
            && self.id.is_none_or(|id| id == entry.id)
    }
}

/// Reads a page. `watch` is told of each action that is looked at.
///
/// # Errors
/// Those of [`History::older`].
pub fn read(
    history: &mut History,
    soviet: Name,
    coopname: Name,
    wanted: &Wanted,
    watch: &mut dyn FnMut(&History),
) -> Result<Page, ReadError> {
    let mut facts = Facts::default();
    let mut before = None;
    while let Some(executed) = history.older()? {
        watch(history);
        let is_full = facts.entries.len() >= wanted.count.max(1);
        let last = facts.entries.last().map(|entry| entry.block);
        let goes_on = !is_full || last == Some(executed.block);
        if !goes_on {
            before = last;
        }
        if executed.data["coopname"] != coopname.to_string() {
            continue;
        }
        let is_registry = executed.contract == soviet;
        if is_registry && goes_on {
            let found = entry(&executed).filter(|it| wanted.takes(it));
            facts.entries.extend(found);
        }
        facts.add(&executed, is_registry);
        let is_older = is_registry
            && executed.action == name!("newsubmitted")
            && wanted.id > number(&executed.data["decision_id"]);
        let is_over = !goes_on || wanted.since.is_some_and(|since| executed.time < since);
        let is_found = wanted.id.is_some() && !facts.entries.is_empty();
        if facts.are_whole(&executed) && (is_over || is_found || is_older) {
            break;
        }
    }
    let is_cut = history.is_cut();
    if is_cut && before.is_none() {
        before = Some(history.block());
    }
    Ok(Page {
        entries: facts.entries,
        before,
        is_cut,
    })
}

/// The entry that a registry event begins, if it is one of a finished decision.
fn entry(executed: &Executed) -> Option<Entry> {
    let data = &executed.data;
    let fate = match executed.action {
        action if action == name!("newdecision") => Fate::CarriedOut,
        action if action == name!("newdeclined") => Fate::of(data["reason"].as_str()?),
        _ => return None,
    };
    let protocol = match fate {
        Fate::CarriedOut => hash(&data["authorization"]),
        _ => None,
    };
    Some(Entry {
        id: number(&data["decision_id"])?,
        kind: account(&data["kind"])?,
        username: account(&data["username"])?,
        hash: hash(&data["hash"])?,
        fate,
        finished_at: executed.time,
        block: executed.block,
        transaction: executed.transaction,
        protocol,
        published_at: None,
        published_in: None,
        chairman: None,
        quantity: None,
        new_account: None,
        is_blocked: None,
        votes: Vec::new(),
        acts: Vec::new(),
        paid: None,
    })
}

fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

fn account(value: &Value) -> Option<Name> {
    value.as_str()?.parse().ok()
}

fn hash(value: &Value) -> Option<Checksum256> {
    value.as_str()?.parse().ok()
}
