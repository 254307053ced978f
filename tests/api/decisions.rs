//! The story of a free decision through the API: a project, a proposal, votes, a protocol, its execution.

use super::served::{Client, Served};
use crate::scenarios::world::{Chain, Person};
use antelope_rpc_client::native;
use antelope_types::{Action, Authority, Checksum256, Name, PermissionLevel, name};
use coop_model::Document;
use coop_model::clients::{Soviet, SovietSigned};
use serde_json::{Value, json};

const PAPER: &str = "{ binary full_title hash html packed signed_hash meta { block_num coopname created_at generator \
    lang links registry_id timezone title username version project_id } }";
const PROTOCOL: &str = "{ binary full_title hash html packed signed_hash meta { block_num coopname created_at generator \
    lang links registry_id timezone title username version project_id decision_id } }";
const PUSHED: &str =
    "{ transaction_id block_num decision { id status votes_for votes_against approved } }";

fn soviet(served: &Served<'_>, person: &Person) -> SovietSigned<1> {
    let contract = served.coop.chain.soviet.name;
    Soviet::at(contract).signed_by(PermissionLevel::active(person.name))
}

/// What is sent about a decision by a member, with a transaction of these actions.
fn input(served: &Served<'_>, id: u64, person: &Person, actions: &[Action]) -> Value {
    json!({
        "coopname": served.coop.name(), "decision_id": id, "username": person.name,
        "transaction": served.transaction(actions, &[person]),
    })
}

/// The draft of a proposal, and the proposal that is made from it.
fn proposed(served: &Served<'_>, client: &Client<'_>, who: Name) -> (Value, Value) {
    let data = json!({"question": "О ремонте мельницы", "decision": "Отремонтировать мельницу."});
    let project = client.call(
        "createProjectOfFreeDecision",
        "CreateProjectFreeDecisionInput",
        data,
        "{ id question decision }",
    );
    assert_eq!(project["question"], "О ремонте мельницы");
    let data = json!({
        "coopname": served.coop.name(), "username": who, "project_id": project["id"],
    });
    let of = "ProjectFreeDecisionGenerateDocumentInput";
    let paper = client.call("generateProjectOfFreeDecision", of, data, PAPER);
    assert_eq!(paper["meta"]["project_id"], project["id"]);
    (project, paper)
}

/// The signed proposal as the API takes it.
fn publishing(served: &Served<'_>, paper: &Value, document: &Document) -> Value {
    let mut meta = paper["meta"].clone();
    meta["links"] = json!([]);
    let signature = &document.signatures[0];
    json!({
        "coopname": served.coop.name(), "username": document.meta.username, "meta": "",
        "document": {
            "hash": document.hash(), "meta": meta,
            "public_key": signature.public_key.to_string(),
            "signature": signature.signature.to_string(),
        },
    })
}

/// The council finds a proposal by a word of its question, which is on no chain; who may not read it does not.
fn found_by_its_question(served: &Served<'_>, council: &Client<'_>, proposal: &Document) {
    let query = "query($data: SearchDocumentsInput!) { searchDocuments(data: $data) { has_texts \
        totalCount items { hash is_text is_title username } } }";
    let search = |client: &Client<'_>, words: &str| {
        let answer = client.ask(query, json!({ "data": { "query": words } }));
        answer["data"]["searchDocuments"].clone()
    };
    let found = search(council, "мельницы отремонтированы");
    let expected = json!([{
        "hash": proposal.hash(), "is_text": true, "is_title": false,
        "username": proposal.meta.username,
    }]);
    assert_eq!(found["items"], expected, "{found}");
    let participant = served.login(&served.people[0], 5);
    let found = search(&participant, "мельница");
    assert_eq!(
        (&found["totalCount"], &found["has_texts"]),
        (&json!(0), &json!(true))
    );
}

#[test]
fn a_free_decision_goes_from_its_project_to_its_execution() {
    let (chain, live) = Chain::followed();
    let served = Served::with(&chain, live, |coop| vec![coop.admitted()]);
    let coop = &served.coop;
    let (chairman, second) = (&coop.members[0], &coop.members[1]);
    let (first, other) = (served.login(chairman, 1), served.login(second, 2));

    // The proposal, which only the member's transaction publishes.
    let (project, paper) = proposed(&served, &other, second.name);
    let proposal = served.document(&paper, second);
    let of = "PublishProjectFreeDecisionInput";
    let mut data = publishing(&served, &paper, &proposal);
    let refused = other.refused("publishProjectOfFreeDecision", of, data.clone(), "");
    assert_eq!(refused, ("BAD_INPUT".into(), json!("data.transaction")));
    let action = soviet(&served, second).freedecision(coop.name(), second.name, proposal.clone());
    data["transaction"] = served.transaction(&[action.to_action()], &[second]);
    let mut wrong = data.clone();
    wrong["document"]["meta"]["title"] = json!("Другое");
    let refused = other.refused("publishProjectOfFreeDecision", of, wrong, "");
    assert_eq!(refused.1, json!("data.document.meta.title"));
    for (field, value) in [
        ("coopname", json!("alien")),
        ("username", json!(chairman.name)),
        ("registry_id", json!(1)),
        ("project_id", json!("zz")),
        ("decision_id", json!(777)),
    ] {
        let mut wrong = data.clone();
        wrong["document"]["meta"][field] = value;
        let refused = other.refused("publishProjectOfFreeDecision", of, wrong, "");
        let field = format!("data.document.meta.{field}");
        assert_eq!(refused, ("BAD_INPUT".into(), json!(field)));
    }
    let mut wrong = data.clone();
    wrong["document"]["doc_hash"] = json!("00");
    let refused = other.refused("publishProjectOfFreeDecision", of, wrong, "");
    assert_eq!(refused.1, json!("data.document.doc_hash"));
    let mut wrong = data.clone();
    wrong["document"]["signatures"] = json!([{
        "signer": second.name, "public_key": "x", "signature": "x", "signed_at": "now",
    }]);
    let refused = other.refused("publishProjectOfFreeDecision", of, wrong, "");
    assert_eq!(refused.1, json!("data.document.signatures"));
    let mut wrong = data.clone();
    wrong["document"]["public_key"] = json!(chairman.public_key().to_string());
    let refused = other.refused("publishProjectOfFreeDecision", of, wrong, "");
    assert_eq!(refused.1, json!("data.document.signature"));
    let refused = first.refused("publishProjectOfFreeDecision", of, data.clone(), "");
    assert_eq!(refused.0, "FORBIDDEN");
    assert_eq!(
        other.call("publishProjectOfFreeDecision", of, data, ""),
        json!(true)
    );
    served.follow();

    found_by_its_question(&served, &first, &proposal);
    let question = coop.question_of(proposal.hash());
    let id = question.id;
    votes(&served, id, question.hash);

    // The protocol: the same once more from its meta.
    let data = json!({
        "coopname": coop.name(), "username": chairman.name, "decision_id": id,
        "project_id": project["id"],
    });
    let of = "FreeDecisionGenerateDocumentInput";
    let protocol = first.call("generateFreeDecision", of, data.clone(), PROTOCOL);
    assert_eq!(protocol["meta"]["decision_id"], json!(id as f64));
    assert!(
        protocol["html"]
            .as_str()
            .is_some_and(|it| it.contains("мельниц"))
    );
    let mut again = data.clone();
    for field in [
        "block_num",
        "created_at",
        "generator",
        "lang",
        "links",
        "timezone",
        "title",
        "version",
    ] {
        again[field] = protocol["meta"][field].clone();
    }
    let same = first.call("generateFreeDecision", of, again, PROTOCOL);
    assert_eq!(same["hash"], protocol["hash"]);
    assert_eq!(same["binary"], protocol["binary"]);
    let mut wrong = data.clone();
    wrong["project_id"] = json!("11".repeat(32));
    let refused = first.refused("generateFreeDecision", of, wrong, "{ hash }");
    assert_eq!(refused, ("BAD_INPUT".into(), json!("data.project_id")));
    let refused = first.refused(
        "generateParticipantApplicationDecision",
        "ParticipantApplicationDecisionGenerateDocumentInput",
        json!({"coopname": coop.name(), "username": chairman.name, "decision_id": id}),
        "{ hash }",
    );
    assert_eq!(refused.0, "NOT_NOW");

    // Signed and carried out in one transaction.
    let document = served.document(&protocol, chairman);
    let by = soviet(&served, chairman);
    let authorize = by
        .authorize(coop.name(), chairman.name, id, document.clone())
        .to_action();
    let exec = by.exec(chairman.name, coop.name(), id).to_action();
    let data = input(&served, id, chairman, &[exec.clone(), authorize.clone()]);
    let refused = first.refused("authorize", "AuthorizeInput", data, PUSHED);
    assert_eq!(
        refused,
        ("BAD_INPUT".into(), json!("data.transaction.actions"))
    );
    let data = input(&served, id, chairman, &[authorize, exec]);
    let refused = other.refused("authorize", "AuthorizeInput", data.clone(), PUSHED);
    assert_eq!(refused.0, "FORBIDDEN");
    let pushed = first.call("authorize", "AuthorizeInput", data, PUSHED);
    assert!(pushed["decision"].is_null(), "it is carried out: {pushed}");
    served.follow();
    let record = served
        .reader()
        .package(coop.name(), id)
        .expect("the index")
        .expect("the question");
    assert_eq!(record.question.outcome.as_deref(), Some("carried_out"));
    assert_eq!(record.question.protocol, Some(document.hash()));
}

/// Two votes, of which the second approves; and those that are refused.
fn votes(served: &Served<'_>, id: u64, hash: Checksum256) {
    let coop = &served.coop;
    let [chairman, second, third] = [&coop.members[0], &coop.members[1], &coop.members[2]];
    let (first, other) = (served.login(chairman, 1), served.login(second, 2));
    let vote = |person: &Person, id| {
        soviet(served, person)
            .votefor(coop.name(), person.name, id, hash)
            .to_action()
    };
    let against = |person: &Person| {
        soviet(served, person)
            .voteagainst(coop.name(), person.name, id, hash)
            .to_action()
    };
    let refused = |client: &Client<'_>, data| client.refused("voteFor", "VoteInput", data, PUSHED);

    let field = |name: &str| {
        (
            "BAD_INPUT".to_owned(),
            json!(format!("data.transaction.{name}")),
        )
    };
    let data = input(served, id, chairman, &[vote(chairman, id + 1)]);
    assert_eq!(refused(&first, data), field("data"), "another decision");
    let data = input(served, id, chairman, &[against(chairman)]);
    assert_eq!(refused(&first, data), field("actions"), "another voice");
    let data = input(
        served,
        id,
        chairman,
        &[vote(chairman, id), against(chairman)],
    );
    assert_eq!(refused(&first, data), field("actions"), "one action more");
    let mut data = input(served, id, chairman, &[vote(second, id)]);
    assert_eq!(
        refused(&first, data.clone()),
        field("authorization"),
        "somebody else's vote"
    );
    data["username"] = json!(second.name);
    assert_eq!(refused(&first, data).0, "FORBIDDEN", "for somebody else");
    let mut late = coop
        .chain
        .client
        .build(&[vote(chairman, id)], &Default::default())
        .expect("one");
    late.header.expiration =
        antelope_types::TimePointSec::from_seconds(late.header.expiration.seconds() + 7_200);
    let mut data = input(served, id, chairman, &[vote(chairman, id)]);
    data["transaction"] = served.signed(late, &[chairman]);
    assert_eq!(
        refused(&first, data),
        field("expiration"),
        "a vote that lasts"
    );
    // Signed by somebody else: the chain says so.
    let mut data = input(served, id, chairman, &[vote(chairman, id)]);
    data["transaction"] = served.transaction(&[vote(chairman, id)], &[third]);
    assert_eq!(refused(&first, data).0, "REFUSED_BY_CHAIN");
    let data = input(served, id, chairman, &[vote(chairman, id)]);
    assert_eq!(refused(&served.nobody(), data).0, "UNAUTHENTICATED");

    let data = input(served, id, chairman, &[vote(chairman, id)]);
    let pushed = first.call("voteFor", "VoteInput", data, PUSHED);
    assert_eq!(pushed["decision"]["votes_for"], json!([chairman.name]));
    let data = input(served, id, chairman, &[vote(chairman, id)]);
    let (code, refusal) = refused(&first, data);
    assert_eq!(code, "REFUSED_BY_CHAIN");
    assert!(refusal.is_number(), "the contract's own refusal: {refusal}");
    let data = input(served, id, second, &[vote(second, id)]);
    let pushed = other.call("voteFor", "VoteInput", data, PUSHED);
    assert_eq!(pushed["decision"]["approved"], true);
    let last = served.login(third, 3);
    let data = input(served, id, third, &[against(third)]);
    let pushed = last.call("voteAgainst", "VoteInput", data, PUSHED);
    assert_eq!(pushed["decision"]["votes_against"], json!([third.name]));
    served.follow();
}

#[test]
fn the_cooperative_publishes_for_a_member_who_has_let_it() {
    let (chain, live) = Chain::followed();
    let served = Served::with(&chain, live, |_| Vec::new());
    let coop = &served.coop;
    let member = &coop.members[1];
    let client = served.login(member, 2);
    let (_, paper) = proposed(&served, &client, member.name);
    let proposal = served.document(&paper, member);
    let data = publishing(&served, &paper, &proposal);
    let of = "PublishProjectFreeDecisionInput";
    let refused = client.refused("publishProjectOfFreeDecision", of, data.clone(), "");
    assert_eq!(refused, ("BAD_INPUT".into(), json!("data.transaction")));
    let propose = name!("propose");
    let authority = Authority::from_key(coop.account.public_key());
    let allow = [
        native::update_auth(member.name, propose, name!("active"), authority),
        native::link_auth(
            member.name,
            chain.soviet.name,
            name!("freedecision"),
            propose,
        ),
    ];
    chain.push(allow.to_vec(), &[member]).accepted();
    assert_eq!(
        client.call("publishProjectOfFreeDecision", of, data, ""),
        json!(true)
    );
    let question = coop.question_of(proposal.hash());
    assert!(question.id > 0);
}
