//! Documents of every kind, made by the API and taken by the contracts.

use super::served::Served;
use crate::scenarios::world::{Chain, Coop, Person};
use antelope_types::{Asset, Checksum256, asset};
use serde_json::{Value, json};

const PAPER: &str =
    "{ hash packed signed_hash binary meta { registry_id created_at block_num username } }";
const PROTOCOL: &str = "{ hash packed signed_hash meta { registry_id decision_id username } }";
const DECISION: &str = "ParticipantApplicationDecisionGenerateDocumentInput";

/// What every document of a person names.
fn of(coop: &Coop<'_>, person: &Person) -> Value {
    json!({"coopname": coop.name(), "username": person.name})
}

fn with(mut data: Value, more: Value) -> Value {
    let more = more.as_object().cloned().unwrap_or_default();
    data.as_object_mut().expect("an object").extend(more);
    data
}

#[test]
fn statements_of_a_participant_are_made_and_taken_by_the_contracts() {
    let (chain, live) = Chain::followed();
    let served = Served::with(&chain, live, |coop| vec![coop.admitted(), coop.newcomer()]);
    let coop = &served.coop;
    let people = served
        .reader()
        .participants(coop.name(), None, &Default::default())
        .expect("people");
    assert!(people.entries.len() >= 4, "{people:?}");
    let member = &coop.members[1];
    // Whoever has a seat is not blocked before a replacement.
    let is_seated = |name| coop.members.iter().any(|it| it.name == name);
    let mut others = people.entries.iter().map(|it| it.username);
    let other = others
        .find(|it| !is_seated(*it) && *it != coop.cashier.name)
        .expect("a participant without a seat");
    let mine = served.login(member, 2);
    // What the contracts would refuse is not signed first.
    for sum in ["50.00 USD", "50.0000 RUB", "50 RUB"] {
        let data = with(of(coop, member), json!({"quantity": sum}));
        let name = "MoneyStatementGenerateDocumentInput";
        let (code, _) = mine.refused("generateMoneyContributionStatement", name, data, PAPER);
        assert_eq!(code, "BAD_INPUT", "{sum}");
    }
    let quantity = asset!("50.00 RUB");
    let data = with(of(coop, member), json!({"quantity": quantity.to_string()}));
    let name = "MoneyStatementGenerateDocumentInput";
    let paper = mine.call(
        "generateMoneyContributionStatement",
        name,
        data.clone(),
        PAPER,
    );
    assert_eq!(paper["meta"]["registry_id"], 910);
    let document = served.document(&paper, member);
    let share = coop
        .gateway(member)
        .sharemoney(coop.name(), member.name, quantity, document);
    chain.push(vec![share.to_action()], &[member]).accepted();
    // The very same once more, by its moment.
    let again = with(
        data,
        json!({
            "created_at": paper["meta"]["created_at"], "block_num": paper["meta"]["block_num"],
        }),
    );
    let same = mine.call("generateMoneyContributionStatement", name, again, PAPER);
    assert_eq!(
        (&same["hash"], &same["binary"]),
        (&paper["hash"], &paper["binary"])
    );

    let text = "Сруб амбара";
    let thing = json!({"description": text, "valuation": "700.00 RUB"});
    let name = "AssetContributionGenerateDocumentInput";
    let data = with(of(coop, member), thing);
    let paper = mine.call("generateAssetContributionStatement", name, data, PAPER);
    let document = served.document(&paper, member);
    let hash = Checksum256::sha256(text.as_bytes());
    let worth: Asset = "700.00 RUB".parse().expect("a sum");
    let offer = coop
        .gateway(member)
        .shareprop(coop.name(), member.name, hash, worth, document);
    chain.push(vec![offer.to_action()], &[member]).accepted();

    let paper = mine.call(
        "generateExitStatement",
        "StatementGenerateDocumentInput",
        of(coop, member),
        PAPER,
    );
    assert_eq!(paper["meta"]["registry_id"], 200);
    let data = with(
        of(coop, member),
        json!({
            "participant": other, "is_blocked": true, "reason": "не отвечает",
        }),
    );
    let name = "BlockProposalGenerateDocumentInput";
    let paper = mine.call("generateBlockProposal", name, data, PAPER);
    let document = served.document(&paper, member);
    let registrator = coop.registrator(member);
    let block = registrator.blockuser(coop.name(), member.name, other, document.clone());
    chain.push(vec![block.to_action()], &[member]).accepted();

    // The protocol of that, as the chairman signs it.
    let question = coop.question_of(document.hash());
    coop.approve(&question);
    served.follow();
    let chairman = coop.chairman();
    let chair = served.login(chairman, 1);
    let data = json!({"coopname": coop.name(), "username": other, "decision_id": question.id});
    let protocol = chair.call("generateBlockDecision", DECISION, data.clone(), PROTOCOL);
    let document = served.document(&protocol, chairman);
    coop.authorize_with(chairman, &question, &document)
        .accepted();
    let refused = chair.refused("generateExitDecision", DECISION, data.clone(), "{ hash }");
    assert_eq!(refused.0, "NOT_NOW");
    let refused = mine.refused(
        "generateBlockDecision",
        DECISION,
        with(data, json!({"decision_id": 99})),
        "{ hash }",
    );
    assert_eq!(refused.0, "NOT_FOUND");
    // Others' documents are not theirs to have made.
    let data = with(of(coop, chairman), json!({}));
    let refused = mine.refused(
        "generateExitStatement",
        "StatementGenerateDocumentInput",
        data,
        "{ hash }",
    );
    assert_eq!(refused.0, "FORBIDDEN");
}
