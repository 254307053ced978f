//! One admission, step by step.

use antelope_chain::TransactionTrace;
use antelope_client::Trace;
use antelope_types::{Name, name};

use crate::scenarios::world::Coop;

/// A vote, the publication, the authorization, the execution: of the actions of the council's contract and
/// all that they send.
pub(super) type Steps = [f64; 4];

/// An admission by our contracts, in microseconds.
pub(super) fn ours(coop: &Coop<'_>) -> Steps {
    let candidate = coop.applicant();
    let paid = coop.confirm_payment(candidate.hash).accepted();
    let question = coop.question_of(candidate.hash);
    // A vote before the one that decides.
    coop.vote_for(coop.chairman(), &question).accepted();
    let vote = coop.vote_for(&coop.members[1], &question).accepted();
    coop.vote_for(&coop.members[2], &question).accepted();
    let authorized = coop.authorize(&question).accepted();
    let executed = coop.exec(&question).accepted();
    [
        elapsed(&vote, name!("votefor")),
        elapsed(&paid, name!("createagenda")),
        elapsed(&authorized, name!("authorize")),
        elapsed(&executed, name!("exec")),
    ]
}

/// Microseconds of the first action of this name with all that it sent and notified.
pub(super) fn elapsed(trace: &Trace, action: Name) -> f64 {
    let mut under: Vec<u32> = Vec::new();
    let mut sum = 0;
    for one in &trace.actions {
        if under.contains(&one.creator) || under.is_empty() && one.name == action {
            under.push(one.ordinal);
            sum += one.elapsed_us;
        }
    }
    sum as f64
}

/// The traces of one admission, for the counter.
pub(super) struct Counted<'t>(pub(super) &'t [TransactionTrace]);

impl Counted<'_> {
    pub(super) fn of_peer(&self) -> Steps {
        let peer = name!("soviet");
        ["votefor", "joincoop", "authorize", "exec"].map(|step| self.of(peer, step))
    }

    pub(super) fn of_ours(&self, soviet: Name) -> Steps {
        ["votefor", "createagenda", "authorize", "exec"].map(|step| self.of(soviet, step))
    }

    /// The second action of this name, or the only one, with all that it sent and notified.
    fn of(&self, contract: Name, action: &str) -> f64 {
        let action: Name = action.parse().expect("a name");
        let mut found = self.0.iter().filter_map(|trace| {
            let mut under: Vec<u32> = Vec::new();
            let mut sum = 0;
            for one in &trace.action_traces {
                let is_it = one.receiver == contract && one.act.name == action;
                if under.contains(&one.creator_action_ordinal) || under.is_empty() && is_it {
                    under.push(one.action_ordinal);
                    sum += one.cost.total();
                }
            }
            (sum > 0).then_some(sum)
        });
        let first = found.next().expect("the action");
        found.next().unwrap_or(first) as f64
    }
}
