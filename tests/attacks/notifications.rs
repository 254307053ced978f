//! Foreign code beside the contracts: forged notifications, and accounts whose code refuses everything.

use antelope_rpc_client::native;
use antelope_types::{Action, name};

use super::foreign_code::{relay, veto};
use crate::scenarios::world::{Chain, Coop, ENTRANCE_AND_MINIMUM, Person};

/// Gives a person's account this code.
fn arm(chain: &Chain, person: &Person, code: &[u8]) {
    chain
        .push(vec![native::set_code(person.name, code)], &[person])
        .accepted();
}

#[test]
fn attack_forged_notifications_are_not_actions() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let question = coop.question();
    let candidate = coop.applicant();
    let member = &coop.members[1];
    for (victim, action) in [
        (
            &chain.soviet,
            coop.soviet(member)
                .votefor(coop.name(), member.name, question.id, question.hash)
                .to_action(),
        ),
        (
            &chain.soviet,
            coop.soviet(member)
                .newdecision(
                    coop.name(),
                    member.name,
                    name!("x"),
                    question.hash,
                    1,
                    question.hash,
                )
                .to_action(),
        ),
        (
            &chain.registrator,
            coop.registrator(member)
                .confirmpay(coop.name(), candidate.hash)
                .to_action(),
        ),
        (
            &chain.gateway,
            coop.gateway(member)
                .incomplete(
                    coop.name(),
                    member.name,
                    candidate.hash,
                    ENTRANCE_AND_MINIMUM,
                    question.hash,
                )
                .to_action(),
        ),
    ] {
        // The relay has an action of the same name and arguments, and tells the victim of it.
        let forger = chain.account_with_code(&relay(victim.name.raw()));
        let forged = Action {
            account: forger.name,
            ..action
        };
        let outcome = chain.push(vec![forged], &[member]);
        if let Ok(trace) = &outcome.0 {
            assert!(
                trace
                    .action_traces
                    .iter()
                    .any(|action| action.receiver == victim.name),
                "the victim was not told"
            );
            assert!(trace.ram_deltas().is_empty(), "{:?}", trace.ram_deltas());
        }
        assert_eq!(
            coop.decision(question.id).expect("the question")["votes_for"],
            0
        );
        assert_eq!(
            coop.candidate(&candidate.person).expect("a candidate")["status"],
            "created"
        );
        assert_eq!(coop.funds()["incoming"], "0.00 RUB");
    }
}

#[test]
fn attack_forged_transfers_of_money_are_ignored() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let before = coop.funds();
    let forger = chain.account_with_code(&relay(chain.gateway.name.raw()));
    for name in [
        name!("transfer"),
        name!("incomplete"),
        name!("issue"),
        name!("onerror"),
    ] {
        let forged = Action {
            account: forger.name,
            name,
            authorization: vec![forger.active()],
            data: vec![7; 64],
        };
        let _ = chain.push(vec![forged], &[&forger]);
    }
    assert_eq!(coop.funds(), before);
}

#[test]
fn attack_accounts_with_code_veto_nothing() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let (candidate, question) = coop.paid_applicant();
    let (declined, lost) = coop.paid_applicant();
    for person in [
        &coop.account,
        &coop.members[0],
        &coop.members[1],
        &candidate.person,
        &declined.person,
        &coop.cashier,
    ] {
        arm(chain, person, &veto());
    }
    coop.decide(&question);
    assert!(coop.participant(&candidate.person).is_some());
    coop.decline(&lost);
    coop.remove_declined(&lost).accepted();
    coop.refund(declined.hash).accepted();
    assert!(coop.candidate(&declined.person).is_none());
}
