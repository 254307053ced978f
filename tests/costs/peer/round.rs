//! One admission, step by step.

use antelope_chain::TransactionTrace;
use antelope_types::{Action, Name, name};

use crate::scenarios::world::{
    Candidate, Chain, Coop, Draft, ENTRANCE_AND_MINIMUM, Person, Question,
};

/// A vote, the publication, the authorization, the execution: of the actions of the council's contract and
/// all that they send.
pub(super) type Steps = [f64; 4];

/// Admissions by our contracts, each step of all of them in one transaction; microseconds of one.
pub(super) fn ours(coop: &Coop<'_>, count: usize) -> Steps {
    let chain = coop.chain;
    let candidates: Vec<Candidate> = (0..count).map(|_| coop.applicant()).collect();
    let cashier = &coop.cashier;
    let pay = |candidate: &Candidate| {
        let (sum, reference) = (ENTRANCE_AND_MINIMUM, chain.unique_hash());
        coop.gateway(cashier)
            .incomplete(coop.name(), cashier.name, candidate.hash, sum, reference)
            .to_action()
    };
    let paid = push(chain, cashier, candidates.iter().map(pay));
    let questions: Vec<Question> = candidates
        .iter()
        .map(|candidate| coop.question_of(candidate.hash))
        .collect();
    // A vote before the one that decides.
    let vote = |member: usize| {
        let member = &coop.members[member];
        let vote = |question: &Question| {
            coop.soviet(member)
                .votefor(coop.name(), member.name, question.id, question.hash)
                .to_action()
        };
        push(chain, member, questions.iter().map(vote))
    };
    let [_, voted, _] = [0, 1, 2].map(vote);
    let chairman = coop.chairman();
    let authorize = |question: &Question| {
        let protocol = Draft::protocol(coop, question).signed_by(chain, &[chairman]);
        coop.soviet(chairman)
            .authorize(coop.name(), chairman.name, question.id, protocol)
            .to_action()
    };
    let authorized = push(chain, chairman, questions.iter().map(authorize));
    let execute = |question: &Question| {
        coop.soviet(chairman)
            .exec(chairman.name, coop.name(), question.id)
            .to_action()
    };
    let executed = push(chain, chairman, questions.iter().map(execute));
    [
        elapsed(&voted, name!("votefor")),
        elapsed(&paid, name!("createagenda")),
        elapsed(&authorized, name!("authorize")),
        elapsed(&executed, name!("exec")),
    ]
}

fn push(chain: &Chain, signer: &Person, actions: impl Iterator<Item = Action>) -> TransactionTrace {
    chain.push(actions.collect(), &[signer]).accepted()
}

/// Microseconds of one action of this name with all that it sent and notified: the mean of a transaction's.
pub(super) fn elapsed(trace: &TransactionTrace, action: Name) -> f64 {
    let mut under: Vec<u32> = Vec::new();
    let (mut count, mut sum) = (0, 0);
    for one in &trace.action_traces {
        let is_it = one.act.name == action && !one.is_notification();
        if is_it || under.contains(&one.creator_action_ordinal) {
            under.push(one.action_ordinal);
            sum += one.elapsed;
            count += i64::from(is_it);
        }
    }
    sum as f64 / count as f64
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
