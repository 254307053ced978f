//! Puts entries together from actions that come from the newest to the oldest.

use super::{Deed, Entry, Paid, Vote, account, hash, number};
use crate::history::Executed;
use antelope_types::{Asset, Checksum256, Name, name};
use serde_json::Value;
use std::collections::HashMap;

/// Entries, and what came after them in the chain, so that it is met before them.
#[derive(Default)]
pub(super) struct Facts {
    /// The entries so far.
    pub(super) entries: Vec<Entry>,
    acts: HashMap<Checksum256, Vec<Deed>>,
    paid: HashMap<Checksum256, Paid>,
}

impl Facts {
    /// Takes in an action of the cooperative.
    pub(super) fn add(&mut self, executed: &Executed, is_of_soviet: bool) {
        match is_of_soviet {
            true => self.of_soviet(executed),
            false => self.of_others(executed),
        }
    }

    /// Whether everything about the entries so far is known: the whole transactions that published them
    /// are read.
    pub(super) fn are_whole(&self, executed: &Executed) -> bool {
        let mut entries = self.entries.iter();
        entries.all(|it| it.published_in.is_some_and(|id| id != executed.transaction))
    }

    fn of_soviet(&mut self, executed: &Executed) {
        let Executed {
            action, data, time, ..
        } = executed;
        if *action == name!("newact") {
            let found = hash(&data["hash"]).zip(hash(&data["document"]));
            let Some((of, document)) = found else { return };
            let deed = Deed {
                registry_id: number(&data["registry_id"]).unwrap_or_default(),
                document,
                at: *time,
            };
            match self.entries.iter_mut().find(|it| it.hash == of) {
                Some(entry) => entry.acts.insert(0, deed),
                None => self.acts.entry(of).or_default().insert(0, deed),
            }
            return;
        }
        let id = number(&data["decision_id"]);
        let Some(entry) = self.entries.iter_mut().find(|it| Some(it.id) == id) else {
            return;
        };
        let vote = |is_for| {
            let username = account(&data["username"])?;
            Some(Vote {
                username,
                is_for,
                at: *time,
            })
        };
        match *action {
            action if action == name!("newsubmitted") => {
                entry.published_at = Some(*time);
                entry.published_in = Some(executed.transaction);
            }
            action if action == name!("newresolved") => {
                entry.protocol = hash(&data["authorization"]);
            }
            action if action == name!("authorize") => {
                entry.chairman = account(&data["chairman"]);
            }
            action if action == name!("votefor") => {
                vote(true)
                    .into_iter()
                    .for_each(|it| entry.votes.insert(0, it));
            }
            action if action == name!("voteagainst") => {
                vote(false)
                    .into_iter()
                    .for_each(|it| entry.votes.insert(0, it));
            }
            action if action == name!("newdecision") || action == name!("newdeclined") => {
                entry.acts = self.acts.remove(&entry.hash).unwrap_or_default();
                entry.paid = self.paid.remove(&entry.hash);
                entry.quantity = entry.paid.map(|paid| paid.quantity);
            }
            _ => {}
        }
    }

    fn of_others(&mut self, executed: &Executed) {
        let Executed { action, data, .. } = executed;
        let process = hash(&data["hash"]);
        if *action == name!("outcomplete") {
            let found = process.zip(asset(&data["quantity"]));
            if let Some((process, quantity)) = found {
                let paid = Paid {
                    quantity,
                    reference: hash(&data["reference"]),
                    at: executed.time,
                };
                self.paid.insert(process, paid);
            }
            return;
        }
        let entry = self.entries.iter_mut().find(|it| {
            it.published_in == Some(executed.transaction)
                && process.is_none_or(|process| process == it.hash)
        });
        let Some(entry) = entry else { return };
        let subject = subject(data);
        let quantity = asset(&data["quantity"])
            .or_else(|| asset(&subject["quantity"]))
            .or_else(|| asset(&subject["valuation"]));
        entry.quantity = entry.quantity.or(quantity);
        entry.new_account = entry.new_account.or_else(|| new_account(*action, data));
        let is_blocked = &subject["is_blocked"];
        let is_blocked = is_blocked
            .as_bool()
            .or(is_blocked.as_u64().map(|it| it != 0));
        entry.is_blocked = entry.is_blocked.or(is_blocked);
    }
}

/// What the document of an action binds itself to; null for an action without a document.
fn subject(data: &Value) -> Value {
    let documents = ["statement", "proposal", "act"].map(|it| &data[it]["meta"]["subject"]);
    let mut found = documents.into_iter().filter(|it| !it.is_null());
    found.next().map_or(Value::Null, |it| it[1].clone())
}

fn new_account(action: Name, data: &Value) -> Option<Name> {
    match action == name!("moveuser") {
        true => account(&data["newname"]),
        false => None,
    }
}

fn asset(value: &Value) -> Option<Asset> {
    value.as_str()?.parse().ok()
}
