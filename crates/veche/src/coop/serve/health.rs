//! Whether the service is healthy, and why not.
//!
//! | not healthy when | until |
//! |---|---|
//! | the follower has stopped: the node contradicts what is final, the database cannot be used | somebody does what the reason says, and starts the service again |
//! | the follower cannot reach the node | it can again; it tries by itself |
//! | the index is more blocks behind than allowed | it has caught up |
//! | the last comparison found rows that differ | a later one finds none |
//! | the keeper cannot make its round, or has made none for long | it can again; it tries by itself |
//! | the API has ended | somebody starts the service again |

use super::api::ApiView;
use super::tending::{Deeds, Tended};
use crate::coop::index::{about, watch::Watched};
use coop_index::IndexFolder;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How many rounds of the keeper may be missing: a round takes time itself.
const MISSED_ROUNDS: u32 = 10;

/// The shortest time after which a keeper counts as stuck.
const STUCK: Duration = Duration::from_secs(300);

/// What is still healthy.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    /// How many blocks the index may be behind.
    pub(super) most_lag: u32,
    /// The time between rounds of the keeper.
    pub(super) keeper_every: Duration,
}

/// What the halves say of themselves.
#[derive(Debug)]
pub(super) struct State {
    pub(super) bounds: Bounds,
    pub(super) folder: IndexFolder,
    pub(super) watched: Arc<Watched>,
    /// None where there is no keeper.
    pub(super) tended: Option<Arc<Tended>>,
    /// None where there is no API.
    pub(super) api: Option<ApiView>,
    pub(super) began: Instant,
}

impl State {
    /// Why the service is not healthy; empty where it is.
    pub(super) fn reasons(&self) -> Vec<String> {
        let mut reasons = Vec::new();
        let seen = self.watched.seen();
        let status = &seen.status;
        if let Some(ended) = &seen.ended {
            reasons.push(format!(
                "the follower has stopped: {ended}; when the cause is gone, start the service again; a new index \
                 is built by: veche index rebuild --index {}",
                self.folder.path().display()
            ));
        } else if let Some(problem) = &status.problem {
            reasons.push(format!("the follower tries again: {problem}"));
        } else {
            match status.lag() {
                None => reasons.push("the follower has not heard of the node yet".to_owned()),
                Some(lag) if lag > self.bounds.most_lag && !status.is_waiting => {
                    reasons.push(format!("the index is {lag} blocks behind the node"));
                }
                Some(_) => {}
            }
        }
        reasons.extend(seen.check.as_ref().and_then(about));
        if let Some(tended) = &self.tended {
            reasons.extend(self.keeper_is_not_well(&tended.deeds()));
        }
        if self.api.as_ref().is_some_and(ApiView::has_ended) {
            reasons.push("the API has ended: start the service again".to_owned());
        }
        reasons
    }

    fn keeper_is_not_well(&self, deeds: &Deeds) -> Option<String> {
        if deeds.has_ended {
            return Some("the keeper has ended by a fault: start the service again".to_owned());
        }
        if let Some(problem) = &deeds.problem {
            return Some(format!("the keeper tries again: {problem}"));
        }
        let quiet = deeds.last.unwrap_or(self.began).elapsed();
        let bound = STUCK.max(self.bounds.keeper_every * MISSED_ROUNDS);
        (quiet > bound).then(|| format!("the keeper has made no round for {} s", quiet.as_secs()))
    }

    pub(super) fn to_json(&self) -> Value {
        let reasons = self.reasons();
        let keeper = self.tended.as_ref().map(|it| it.deeds()).map(|deeds| {
            json!({
                "rounds": deeds.rounds,
                "done": deeds.done,
                "done_by_others": deeds.done_by_others,
                "failed": deeds.failed,
                "waiting": deeds.waiting,
                "problems": deeds.problems,
                "problem": deeds.problem,
            })
        });
        json!({
            "status": if reasons.is_empty() { "ok" } else { "unavailable" },
            "reasons": reasons,
            "follower": self.watched.seen().to_json(),
            "keeper": keeper,
            "api": self.api.as_ref().map(ApiView::url),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_follow::{BlockPosition, SourceProgress};

    fn state(tended: bool) -> State {
        State {
            bounds: Bounds {
                most_lag: 10,
                keeper_every: Duration::from_secs(1),
            },
            folder: IndexFolder::new("/index"),
            watched: Arc::default(),
            tended: tended.then(Arc::default),
            api: None,
            began: Instant::now(),
        }
    }

    fn at(block_num: u32) -> BlockPosition {
        BlockPosition {
            block_num,
            ..BlockPosition::default()
        }
    }

    fn heard(state: &State, own: u32, node: u32) {
        state.watched.change(|seen| {
            seen.status.head = Some(at(own));
            seen.status.node = Some(SourceProgress {
                head: at(node),
                last_irreversible: at(1),
            });
        });
    }

    #[test]
    fn each_reason_is_told_and_goes_when_it_is_over() {
        let state = state(true);
        let told = |word: &str| {
            let reasons = state.reasons();
            assert!(
                reasons.iter().any(|it| it.contains(word)),
                "{word}: {reasons:?}"
            );
        };
        told("not heard");
        heard(&state, 5, 20);
        told("15 blocks behind");
        heard(&state, 20, 20);
        assert_eq!(state.reasons(), Vec::<String>::new());
        state
            .watched
            .change(|seen| seen.status.problem = Some("no route".to_owned()));
        told("tries again: no route");
        state
            .watched
            .change(|seen| seen.ended = Some("block 7 is final here".to_owned()));
        told("veche index rebuild --index /index");
        assert_eq!(state.to_json()["status"], "unavailable");
    }
}
