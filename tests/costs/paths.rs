//! The four steps of a question, measured: published, voted on, authorized, carried out.

use antelope_chain::{TransactionTrace, with_traces};

use crate::scenarios::world::{Coop, Draft};

/// What each step costs as a transaction, in counted CPU, with everything that it sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Paths {
    /// A free question is published.
    pub create: u64,
    /// A paid admission is published.
    pub admission: u64,
    /// A vote that decides nothing.
    pub vote: u64,
    /// The protocol of the admission is signed.
    pub authorize: u64,
    /// The person is admitted.
    pub exec: u64,
}

impl Paths {
    /// The steps by their names.
    pub(super) fn named(self) -> [(&'static str, u64); 5] {
        let Self {
            create,
            admission,
            vote,
            authorize,
            exec,
        } = self;
        [
            ("create, a free question", create),
            ("create, an admission", admission),
            ("vote", vote),
            ("authorize", authorize),
            ("exec, an admission", exec),
        ]
    }

    /// Takes a question about a candidate through, and leaves a free one that is open.
    pub(super) fn of(coop: &Coop<'_>) -> Self {
        // Whoever proposes has proposed before.
        let proposer = coop.members.last().expect("a member");
        coop.question_by(proposer);
        let proposal = Draft::proposal(coop, proposer.name).signed_by(coop.chain, &[proposer]);
        let candidate = coop.applicant();
        let create = only(|| coop.propose(proposer, &proposal).accepted());
        let admission = only(|| coop.confirm_payment(candidate.hash).accepted());
        let question = coop.question_of(candidate.hash);
        let vote = only(|| coop.vote_for(proposer, &question).accepted());
        coop.approve(&question);
        let authorize = only(|| coop.authorize(&question).accepted());
        let exec = only(|| coop.exec(&question).accepted());
        Self {
            create,
            admission,
            vote,
            authorize,
            exec,
        }
    }
}

/// What the one transaction costs that is executed meanwhile.
fn only<T>(run: impl FnOnce() -> T) -> u64 {
    let (_, traces) = with_traces(run);
    let [trace] = &traces[..] else {
        panic!("{} transactions", traces.len());
    };
    cost(trace)
}

/// Its actions, and what they sent.
fn cost(trace: &TransactionTrace) -> u64 {
    let actions = trace.action_traces.iter();
    actions.map(|action| action.cost.total()).sum()
}
