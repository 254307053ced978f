//! Snapshots of the chain, by number.
//!
//! A snapshot has everything: state, blocks, clock, and which transactions were seen. It shares its
//! data with the chain, so that taking one costs little, and holds what has changed since. It lasts
//! until it is dropped or the server ends, and can be reverted to any number of times, also after
//! reverting to an earlier one.

use super::input::{Input, invalid};
use super::{Dev, head};
use crate::upstream::ForkSource;
use antelope_chain::Snapshot;
use antelope_types::ChainError;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The most snapshots at a time.
const MOST: usize = 100;

/// Snapshots by their ids, which are never given twice.
///
/// Its lock is taken before the chain's, by `snapshot`, and never while the chain's is held.
#[derive(Default)]
pub(super) struct Snapshots(Mutex<Taken>);

/// What the lock protects.
#[derive(Default)]
struct Taken {
    /// The id of the last one that was taken.
    last: u64,
    /// Those that were not dropped.
    by_id: BTreeMap<u64, Kept>,
}

/// A snapshot with what belongs to it.
struct Kept {
    snapshot: Snapshot,
    /// What was answered when it was taken.
    answer: Value,
    /// The node that the chain was a fork of then.
    source: Option<ForkSource>,
}

impl Snapshots {
    /// An insertion or a removal is one step, so that a panic leaves nothing half done.
    fn lock(&self) -> MutexGuard<'_, Taken> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Dev {
    /// `snapshot`: keeps the chain as it is. Answers the id and the head.
    ///
    /// # Errors
    /// Where there are [`MOST`] already.
    pub(super) fn snapshot(&self, input: &Input) -> Result<Value, ChainError> {
        input.only(&[])?;
        let mut taken = self.snapshots.lock();
        if taken.by_id.len() >= MOST {
            let problem =
                format!("there are {MOST} snapshots, the most: drop one by /v1/dev/drop_snapshot");
            return Err(invalid(problem));
        }
        let (snapshot, mut answer) = self.api.with(|chain| (chain.snapshot(), head(chain)));
        taken.last += 1;
        let id = taken.last;
        answer["id"] = json!(id);
        let kept = Kept {
            snapshot,
            answer: answer.clone(),
            source: self.source().clone(),
        };
        taken.by_id.insert(id, kept);
        Ok(answer)
    }

    /// `revert`: makes the chain what it was. The snapshot stays, and so do others, also later ones.
    /// A fork asks the node again of which it was a fork then.
    /// Traces of transactions that are not in the chain any more are not told any more.
    ///
    /// # Errors
    /// For an unknown id. Where the chain's folder cannot be written, every later transaction fails.
    pub(super) fn revert(&self, input: &Input) -> Result<Value, ChainError> {
        let id = id_of(input)?;
        let found = {
            let taken = self.snapshots.lock();
            let found = taken.by_id.get(&id);
            found.map(|kept| (kept.snapshot.clone(), kept.source.clone()))
        };
        let (snapshot, source) = found.ok_or_else(|| unknown(id))?;
        let answer = self.api.with(|chain| {
            chain.revert(&snapshot);
            head(chain)
        });
        // Another node may have been forked since.
        if let Some(source) = source {
            source.attach(&self.api);
            *self.source() = Some(source);
        }
        Ok(answer)
    }

    /// `get_snapshots`: those that there are, the oldest first.
    ///
    /// # Errors
    /// For a request with fields.
    pub(super) fn get_snapshots(&self, input: &Input) -> Result<Value, ChainError> {
        input.only(&[])?;
        let taken = self.snapshots.lock();
        let list: Vec<_> = taken.by_id.values().map(|kept| &kept.answer).collect();
        Ok(json!({ "snapshots": list }))
    }

    /// `drop_snapshot`: forgets one, which gives back what was held for it only.
    ///
    /// # Errors
    /// For an unknown id.
    pub(super) fn drop_snapshot(&self, input: &Input) -> Result<Value, ChainError> {
        let id = id_of(input)?;
        let dropped = self.snapshots.lock().by_id.remove(&id);
        dropped
            .map(|_| json!({ "id": id }))
            .ok_or_else(|| unknown(id))
    }
}

/// The field `id`, the only one.
fn id_of(input: &Input) -> Result<u64, ChainError> {
    input.only(&["id"])?;
    let id = input.number("id", u64::MAX)?;
    id.ok_or_else(|| invalid("expected `id`, as /v1/dev/snapshot has answered it"))
}

/// The error for an id that was never given, or whose snapshot was dropped.
fn unknown(id: u64) -> ChainError {
    invalid(format!(
        "there is no snapshot {id}: /v1/dev/get_snapshots lists those that are"
    ))
}
