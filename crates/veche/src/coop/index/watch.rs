//! What is known of a follower that runs on a thread of its own, here and in other processes.
//!
//! Other processes read it from `follower.json` in the folder of the index.

use crate::coop::desk::own_file;
use coop_index::{Compared, FollowerStatus, IndexFolder};
use serde_json::{Value, json};
use std::fs;
use std::sync::{Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

/// What is known of a follower.
#[derive(Debug, Default)]
pub(in crate::coop) struct Watched(Mutex<Seen>);

/// The same at one moment.
#[derive(Clone, Debug, Default)]
pub(in crate::coop) struct Seen {
    /// How far it is.
    pub(in crate::coop) status: FollowerStatus,
    /// Why it has ended, where it was not told to.
    pub(in crate::coop) ended: Option<String>,
    /// The last comparison with the chain.
    pub(in crate::coop) check: Option<Checked>,
}

/// A comparison with the chain.
#[derive(Clone, Debug)]
pub(in crate::coop) struct Checked {
    /// When it ended.
    pub(in crate::coop) at: SystemTime,
    /// What it found, or why it could not be made.
    pub(in crate::coop) outcome: Result<Compared, String>,
}

impl Watched {
    /// What is known now.
    pub(in crate::coop) fn seen(&self) -> Seen {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Changes what is known.
    pub(in crate::coop) fn change(&self, change: impl FnOnce(&mut Seen)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Checked {
    /// How many rows differ; `None` where nothing was compared.
    pub(in crate::coop) fn differences(&self) -> Option<usize> {
        match &self.outcome {
            Ok(Compared::Done(comparison)) => Some(comparison.differences.len()),
            _ => None,
        }
    }

    pub(in crate::coop) fn to_json(&self) -> Value {
        let outcome = match &self.outcome {
            Ok(Compared::Done(comparison)) => json!({
                "block": comparison.block.block_num,
                "rows": comparison.rows,
                "differences": comparison.differences.len(),
            }),
            Ok(Compared::NotAtHead { index, node }) => {
                json!({ "not_at_head": { "index": index, "node": node } })
            }
            Ok(Compared::WithoutRows) => json!({ "without_rows": true }),
            Err(problem) => json!({ "problem": problem }),
        };
        json!({ "at": seconds(self.at), "outcome": outcome })
    }
}

impl Seen {
    pub(in crate::coop) fn to_json(&self) -> Value {
        let status = &self.status;
        json!({
            "head": status.head.map(|it| it.block_num),
            "head_id": status.head.map(|it| it.block_id),
            "head_time": status.head_time,
            "last_irreversible": status.last_irreversible.map(|it| it.block_num),
            "node_head": status.node.map(|it| it.head.block_num),
            "lag": status.lag(),
            "applied": status.applied,
            "undone": status.undone,
            "problems": status.problems,
            "problem": status.problem,
            "ended": self.ended,
            "check": self.check.as_ref().map(Checked::to_json),
        })
    }

    /// Writes it for other processes. That is told as well as it can be: a full disk ends nothing here.
    pub(in crate::coop) fn publish(&self, folder: &IndexFolder) {
        let mut told = self.to_json();
        told["process"] = std::process::id().into();
        told["at"] = seconds(SystemTime::now()).into();
        let (new, file) = (
            folder.path().join("follower.json.new"),
            folder.path().join("follower.json"),
        );
        if own_file(&new, told.to_string().as_bytes()).is_ok() {
            let _ = fs::rename(&new, &file);
        }
    }
}

/// What the last follower of this folder has published; `None` where none has.
pub(in crate::coop) fn published(folder: &IndexFolder) -> Option<Value> {
    let bytes = fs::read(folder.path().join("follower.json")).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// Seconds since 1970.
pub(in crate::coop) fn seconds(moment: SystemTime) -> u64 {
    let since = moment.duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}
