//! Accounts whose code asserts, never ends or takes RAM, in every part that an account can have: the
//! protocol tells none of them anything, so that none of it runs.

use antelope_rpc_client::{TransactionTrace, native};
use antelope_types::{Name, asset};

use super::foreign_code::{hoard, spin, veto};
use crate::scenarios::world::{Chain, Coop, Outcome, Person};

/// Everything that ran in a transaction, by the account that received it.
fn receivers(trace: &TransactionTrace) -> Vec<Name> {
    trace
        .action_traces
        .iter()
        .map(|action| action.receiver)
        .collect()
}

/// A cooperative whose accounts all have hostile code.
struct Armed<'c> {
    coop: Coop<'c>,
    people: Vec<Name>,
}

impl Armed<'_> {
    /// The transaction was carried out, and nobody's code ran in it.
    #[track_caller]
    fn quiet(&self, outcome: Outcome) {
        let trace = outcome.accepted();
        for receiver in receivers(&trace) {
            assert!(!self.people.contains(&receiver), "{receiver} was told");
        }
    }

    fn arm(&mut self, person: &Person, code: &[u8]) {
        let chain = self.coop.chain;
        let set = native::set_code(person.name, code);
        chain.push(vec![set], &[person]).accepted();
        self.people.push(person.name);
    }
}

#[test]
fn attack_code_of_everybody_concerned_runs_in_nothing() {
    let chain = &Chain::own();
    let codes = [
        ("asserts", veto()),
        ("never ends", spin()),
        ("takes RAM", hoard()),
    ];
    for (what, code) in codes {
        let mut armed = Armed {
            coop: Coop::new(chain, 3),
            people: Vec::new(),
        };
        // It does what it is said to do, when it is called itself.
        let hostile = chain.account_with_code(&code);
        let call = antelope_types::Action::new(
            hostile.name,
            antelope_types::name!("anything"),
            &[hostile.active()],
            &(),
        );
        let called = chain.push(vec![call], &[&hostile]).0;
        match &called {
            Ok(trace) => {
                let taken = trace.ram_deltas().values().sum::<i64>();
                assert!(what == "takes RAM" && taken > 4_000, "{what}: {taken}");
            }
            Err(error) => assert_ne!(what, "takes RAM", "{error}"),
        }

        let account = armed.coop.account.clone();
        let cashier = armed.coop.cashier.clone();
        let members = armed.coop.members.clone();
        for person in members.iter().chain([&account, &cashier]) {
            armed.arm(person, &code);
        }
        everything(&mut armed, &code);
    }
}

/// Admission, contribution, return, move, exit, an election and a refusal, among hostile accounts.
fn everything(armed: &mut Armed<'_>, code: &[u8]) {
    let sum = asset!("5.00 RUB");
    let [joining, refused] = [0; 2].map(|_| armed.coop.newcomer());
    for person in [&joining, &refused] {
        armed.arm(person, code);
    }
    let decide = |armed: &Armed<'_>, question| {
        armed.coop.approve(&question);
        armed.quiet(armed.coop.authorize(&question));
        armed.quiet(armed.coop.exec(&question));
    };
    let coop = &armed.coop;
    let candidate = coop.applies(joining);
    armed.quiet(coop.confirm_payment(candidate.hash));
    decide(armed, coop.question_of(candidate.hash));
    let person = candidate.person;

    let hash = coop.share_money(&person, sum);
    armed.quiet(coop.comes(hash, sum));
    decide(armed, coop.question_of(hash));
    let question = coop.return_money(&person, sum);
    decide(armed, question);
    armed.quiet(coop.goes(question.hash, sum));

    let loser = coop.applies(refused);
    armed.quiet(coop.confirm_payment(loser.hash));
    let question = coop.question_of(loser.hash);
    coop.decline(&question);
    armed.quiet(coop.remove_declined(&question));
    armed.quiet(coop.fail_refund(loser.hash));
    armed.quiet(coop.retry_refund(loser.hash));
    armed.quiet(coop.refund(loser.hash));

    let question = coop.block(&person, true);
    decide(armed, question);
    armed.quiet(coop.submit(coop.seats(3)));
    let ballot = coop.ballot();
    armed.quiet(coop.sit(&ballot));
    // The cashier's rights ended with the council, and the blocked one leaves all the same.
    let question = coop.exit(&person);
    decide(armed, question);
    let shares = asset!("300.00 RUB");
    let reference = coop.chain.unique_hash();
    armed.quiet(coop.send(&coop.account, question.hash, shares, reference));
    assert!(coop.participant(&person).is_none());
    coop.check_books();
}
