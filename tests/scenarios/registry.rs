//! R10: every outcome leaves one event, which nobody's code can veto; finished rows are erased.

use antelope_rpc_client::{ActionTrace, TransactionTrace};
use antelope_types::name;
use coop_model::refusal;

use super::world::{Chain, Coop, Draft};

const EVENTS: [&str; 4] = ["newsubmitted", "newresolved", "newdecision", "newdeclined"];

/// The registry events of a transaction: name and arguments.
fn events(chain: &Chain, trace: &TransactionTrace) -> Vec<(String, serde_json::Value)> {
    let is_event = |action: &&ActionTrace| {
        action.act.account == chain.soviet.name
            && EVENTS.contains(&action.act.name.to_string().as_str())
    };
    let found: Vec<_> = trace.action_traces.iter().filter(is_event).collect();
    for event in &found {
        assert_eq!(
            event.receiver, chain.soviet.name,
            "an event has a recipient"
        );
        assert_eq!(event.act.authorization, [chain.soviet.active()]);
    }
    found
        .iter()
        .map(|event| {
            (
                event.act.name.to_string(),
                event.act.json.clone().expect("readable"),
            )
        })
        .collect()
}

#[test]
fn r10_a_decision_leaves_three_events() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let candidate = coop.applicant();
    let published = coop.confirm_payment(candidate.hash).accepted();
    let question = coop.question_of(candidate.hash);
    let about = |extra: &[(&str, String)]| {
        let mut event = serde_json::json!({
            "coopname": coop.name().to_string(),
            "username": candidate.person.name.to_string(),
            "kind": "joincoop",
            "hash": candidate.hash.to_string(),
            "decision_id": question.id,
        });
        for (field, value) in extra {
            event[*field] = value.clone().into();
        }
        event
    };
    assert_eq!(
        events(chain, &published),
        [("newsubmitted".to_owned(), about(&[]))]
    );
    for member in &coop.members[..2] {
        assert_eq!(
            events(chain, &coop.vote_for(member, &question).accepted()),
            []
        );
    }
    let protocol = Draft::protocol(&coop, &question).signed_by(chain, &[coop.chairman()]);
    let authorization = [("authorization", protocol.hash().to_string())];
    let resolved = coop
        .authorize_with(coop.chairman(), &question, &protocol)
        .accepted();
    assert_eq!(
        events(chain, &resolved),
        [("newresolved".to_owned(), about(&authorization))]
    );
    let executed = coop.exec(&question).accepted();
    assert_eq!(
        events(chain, &executed),
        [("newdecision".to_owned(), about(&authorization))]
    );
}

#[test]
fn r10_a_declined_question_leaves_one_event_of_its_decline() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let question = coop.question();
    assert_eq!(
        events(
            chain,
            &coop.vote_against(&coop.members[0], &question).accepted()
        ),
        []
    );
    let declined = events(
        chain,
        &coop.vote_against(&coop.members[1], &question).accepted(),
    );
    assert_eq!(declined.len(), 1);
    assert_eq!(declined[0].0, "newdeclined");
    assert_eq!(declined[0].1["reason"], "declined by the council");
    assert_eq!(
        events(chain, &coop.remove_declined(&question).accepted()),
        []
    );
}

#[test]
fn r10_nobody_is_notified_of_anything() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let candidate = coop.applicant();
    let mut traces = vec![coop.confirm_payment(candidate.hash).accepted()];
    let question = coop.question_of(candidate.hash);
    coop.approve(&question);
    traces.push(coop.authorize(&question).accepted());
    traces.push(coop.exec(&question).accepted());
    for action in traces.iter().flat_map(|trace| &trace.action_traces) {
        assert!(
            !action.is_notification(),
            "{} of {} reached {}",
            action.act.name,
            action.act.account,
            action.receiver
        );
    }
}

#[test]
fn r10_nobody_else_writes_to_the_registry() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let (hash, kind) = (chain.unique_hash(), name!("freedecision"));
    for forger in [
        &coop.account,
        coop.chairman(),
        &chain.stranger,
        &chain.registrator,
        &chain.gateway,
        &chain.soviet,
    ] {
        let soviet = || coop.soviet(forger);
        let actions = [
            soviet()
                .newsubmitted(coop.name(), forger.name, kind, hash, 1)
                .to_action(),
            soviet()
                .newresolved(coop.name(), forger.name, kind, hash, 1, hash)
                .to_action(),
            soviet()
                .newdecision(coop.name(), forger.name, kind, hash, 1, hash)
                .to_action(),
            soviet()
                .newdeclined(coop.name(), forger.name, kind, hash, 1, "x")
                .to_action(),
            soviet()
                .newact(coop.name(), forger.name, 702, hash, hash)
                .to_action(),
            soviet()
                .newagreement(coop.name(), forger.name, 2, hash)
                .to_action(),
            soviet()
                .newboard(coop.name(), name!("council"), 2, hash)
                .to_action(),
            soviet()
                .lostboard(coop.name(), name!("council"), 2, hash)
                .to_action(),
            soviet()
                .newoverdue(coop.name(), forger.name, hash)
                .to_action(),
        ];
        for action in actions {
            chain
                .push(vec![action], &[forger])
                .refused(refusal::config::NOT_INLINE);
        }
    }
}

#[test]
fn r10_rows_of_finished_processes_are_erased() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let (admitted, question) = coop.paid_applicant();
    coop.decide(&question);
    let (declined, question) = coop.paid_applicant();
    coop.decline(&question);
    coop.remove_declined(&question).accepted();
    coop.refund(declined.hash).accepted();
    coop.decide(&coop.question());
    assert_eq!(coop.decisions(), [] as [serde_json::Value; 0]);
    assert_eq!(coop.payments(), [] as [serde_json::Value; 0]);
    assert_eq!(
        chain.rows(&chain.registrator, coop.name(), name!("candidates")),
        [] as [serde_json::Value; 0]
    );
    assert!(coop.participant(&admitted.person).is_some());
    assert!(coop.participant(&declined.person).is_none());
    let council = chain.row(
        &chain.soviet,
        chain.soviet.name,
        name!("councils"),
        coop.name(),
    );
    let council = council.expect("a council");
    assert_eq!(
        (&council["unfinished"], &council["free"]),
        (&0.into(), &0.into())
    );
}
