//! What the registry is asked: questions, documents, payments, hashes, and who has looked.

use crate::support::{CANDIDATE, CLERK, MEMBER, OTHER, PARTICIPANT, Server, settings};
use coop_index::samples::{CHAIRMAN, End};
use serde_json::{Value, json};

const DOCUMENTS: &str = "query($data: GetDocumentsInput) { getDocuments(data: $data) { \
    totalCount totalPages currentPage cursor items { \
    statement { action { name user { ... on Individual { last_name phone birthdate } } } \
      document { ... on ParticipantApplicationDocument { hash full_title html meta { title } } \
                 ... on ProjectFreeDecisionDocument { hash full_title html meta { title project_id } } } } \
    decision { action { name } votes_for { authorization { actor } } votes_against { data } \
      document { ... on FreeDecisionDocument { hash meta { decision_id } } \
                 ... on ParticipantApplicationDecisionDocument { hash meta { decision_id } } } } \
    acts { document { hash } } links { hash } } } }";

fn documents(server: &Server, token: &str, data: Value) -> Value {
    let reply = server.ask(DOCUMENTS, json!({ "data": data }), Some(token));
    assert_eq!(reply.code(), "", "{:?}", reply.body);
    reply.body["data"]["getDocuments"].clone()
}

fn filter(additional: Value) -> Value {
    json!({ "filter": { "receiver": "zarechyekoop", "additionalFilters": additional } })
}

#[test]
fn documents_are_found_by_account_action_and_block_and_have_all_signatures() {
    const AGGREGATES: &str = "query($data: GetDocumentsInput) { getDocuments(data: $data) { \
        totalCount items { \
          statement { action { block_num } document { ... on ParticipantApplicationDocument { hash } \
            ... on ProjectFreeDecisionDocument { hash } } \
            documentAggregate { hash document { version hash doc_hash meta_hash meta \
              signatures { id signer public_key signature signed_at signed_hash meta } } \
              rawDocument { hash binary meta { registry_id } } } } \
          decision { documentAggregate { hash document { signatures { signer } } } } } } }";
    let server = Server::start(settings());
    let chairman = server.register(CHAIRMAN);
    let found = |data: Value| {
        let reply = server.ask(AGGREGATES, json!({ "data": data }), Some(&chairman));
        assert_eq!(reply.code(), "", "{:?}", reply.body);
        reply.body["data"]["getDocuments"].clone()
    };
    let all = found(json!({ "filter": {} }));
    let items = all["items"].as_array().unwrap();
    assert_eq!(items.len(), 5);
    for item in items {
        let statement = &item["statement"];
        let aggregate = &statement["documentAggregate"];
        let document = &aggregate["document"];
        assert_eq!(aggregate["hash"], statement["document"]["hash"]);
        assert_eq!(document["hash"], aggregate["hash"]);
        let signatures = document["signatures"].as_array().unwrap();
        assert_eq!(signatures.len(), 1, "{aggregate}");
        let text = |value: &Value| value.as_str().unwrap().len();
        assert_eq!(text(&signatures[0]["signed_hash"]), 64);
        assert_eq!(text(&document["doc_hash"]), 64);
    }
    let decided = items.iter().filter(|it| !it["decision"].is_null());
    let protocols = decided.map(|it| &it["decision"]["documentAggregate"]["document"]);
    for protocol in protocols {
        assert_eq!(protocol["signatures"][0]["signer"], CHAIRMAN.to_string());
    }

    let block = |item: &Value| item["statement"]["action"]["block_num"].as_u64().unwrap();
    let [newest, oldest] = [block(&items[0]), block(&items[4])];
    assert!(oldest < newest);
    let count = |data: Value| found(data)["totalCount"].as_u64().unwrap();
    let submitted = |more: Value| {
        let mut data = json!({ "filter": {}, "actions": ["newsubmitted"] });
        data.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        count(data)
    };
    assert_eq!(submitted(json!({})), 5);
    assert_eq!(
        submitted(json!({ "before_block": newest }))
            + submitted(json!({ "after_block": newest - 1 })),
        5
    );
    assert_eq!(submitted(json!({ "before_block": oldest })), 0);
    assert_eq!(
        count(json!({ "filter": {}, "actions": ["newresolved", "newdecision"] })),
        2
    );
    assert_eq!(count(json!({ "filter": {}, "actions": ["nothing"] })), 0);
    assert_eq!(
        count(json!({ "filter": {}, "username": "zarechyekoop" })),
        5
    );
    let of = |who: &str| count(json!({ "filter": {}, "username": who }));
    let person = items[0]["statement"]["documentAggregate"]["document"]["meta"]["username"].clone();
    let person = person.as_str().unwrap();
    assert!(of(person) >= 1 && of(person) < 5);
    let two =
        json!({ "filter": { "additionalFilters": { "username": person } }, "username": CLERK });
    let refused = server.ask(AGGREGATES, json!({ "data": two }), Some(&chairman));
    assert_eq!(refused.code(), "BAD_INPUT");
}

#[test]
fn participants_are_asked_for_by_a_status_that_there_is() {
    let server = Server::start(settings());
    let clerk = server.register(CLERK);
    let query = "query($status: String) { getParticipants(status: $status) { totalCount } }";
    let ask = |status: &str| server.ask(query, json!({ "status": status }), Some(&clerk));
    for status in ["active", "blocked", "leaving", "moving", "left"] {
        assert_eq!(ask(status).code(), "", "{status}");
    }
    let wrong = ask("activ");
    assert_eq!(wrong.code(), "BAD_INPUT");
    assert!(wrong.body.to_string().contains("leaving"), "{}", wrong.body);
}

#[test]
fn documents_have_real_totals_and_only_known_filters() {
    let server = Server::start(settings());
    let chairman = server.register(CHAIRMAN);
    let all = documents(&server, &chairman, filter(Value::Null));
    assert_eq!(
        (&all["totalCount"], &all["totalPages"]),
        (&json!(5), &json!(1))
    );
    assert_eq!(all["items"].as_array().unwrap().len(), 5);
    let mut page = filter(json!({}));
    (page["limit"], page["page"]) = (json!(2), json!(3));
    let third = documents(&server, &chairman, page);
    assert_eq!(
        (&third["totalCount"], &third["totalPages"]),
        (&json!(5), &json!(3))
    );
    assert_eq!(third["currentPage"], 3);
    assert_eq!(third["items"].as_array().unwrap().len(), 1);
    assert!(third["cursor"].is_null());
    let mut resolved = filter(Value::Null);
    resolved["type"] = json!("newresolved");
    let resolved = documents(&server, &chairman, resolved);
    assert_eq!(resolved["totalCount"], 2);
    let newest = &resolved["items"][0]["decision"];
    assert_eq!(newest["document"]["meta"]["decision_id"], 3.0);
    let votes = newest["votes_for"].as_array().unwrap().iter();
    let voters: Vec<_> = votes
        .map(|it| it["authorization"][0]["actor"].clone())
        .collect();
    assert_eq!(voters, [json!(MEMBER), json!(CHAIRMAN)]);
    let declined = documents(&server, &chairman, filter(json!({ "outcome": "declined" })));
    assert_eq!(declined["totalCount"], 1);
    let none = server.ask(DOCUMENTS, json!({}), Some(&chairman));
    assert_eq!(none.code(), "BAD_INPUT");
    assert_eq!(none.body["errors"][0]["extensions"]["field"], "data");
    for additional in [json!({ "$where": "1" }), json!({ "kind": { "$ne": "" } })] {
        let reply = server.ask(
            DOCUMENTS,
            json!({ "data": filter(additional) }),
            Some(&chairman),
        );
        assert_eq!(reply.code(), "BAD_INPUT");
    }
    let mut foreign = filter(Value::Null);
    foreign["filter"]["receiver"] = json!("othercoopxxx");
    let reply = server.ask(DOCUMENTS, json!({ "data": foreign }), Some(&chairman));
    assert_eq!(
        reply.body["errors"][0]["extensions"]["field"],
        "data.filter.receiver"
    );
}

#[test]
fn a_participant_sees_their_own_documents_and_no_names_of_others() {
    let server = Server::start(settings());
    let (other, participant) = (server.register(OTHER), server.register(PARTICIPANT));
    let own = documents(&server, &other, filter(Value::Null));
    assert_eq!(own["totalCount"], 4);
    assert_eq!(
        documents(&server, &participant, filter(Value::Null))["totalCount"],
        0
    );
    let foreign = filter(json!({ "username": OTHER }));
    let reply = server.ask(DOCUMENTS, json!({ "data": foreign }), Some(&participant));
    assert_eq!(reply.code(), "FORBIDDEN");
    let user = &own["items"][0]["statement"]["action"]["user"];
    assert_eq!(user["phone"], "+7 900 000-00-00", "one's own: {own}");
}

#[test]
fn whoever_is_shown_personal_data_is_written_down_and_sees_no_more_than_is_needed() {
    let server = Server::start(settings());
    let chairman = server.register(CHAIRMAN);
    server.register(OTHER);
    let shown = documents(&server, &chairman, filter(json!({ "username": OTHER })));
    let user = &shown["items"][0]["statement"]["action"]["user"];
    assert_eq!(user["last_name"], "Секретова");
    assert_eq!(
        (&user["phone"], &user["birthdate"]),
        (&json!(""), &json!(""))
    );
    let audit = "{ getAudit { who operation about } }";
    let reply = server.ask(audit, json!({}), Some(&chairman));
    let entries = reply.body["data"]["getAudit"].as_array().unwrap().clone();
    let expected = json!({
        "who": CHAIRMAN, "operation": "getDocuments", "about": OTHER,
    });
    assert!(entries.contains(&expected), "{entries:?}");
    assert!(!reply.body.to_string().contains("Секретова"));
}

#[test]
fn questions_are_found_by_what_became_of_them_and_page_by_page() {
    let server = Server::start(settings());
    let participant = server.register(PARTICIPANT);
    let query = "query($filter: GetQuestionsInput, $slice: SliceInput) { \
        getQuestions(filter: $filter, slice: $slice) { totalCount cursor \
        items { id type outcome is_open username } } }";
    let ask = |filter: Value, slice: Value| {
        let variables = json!({ "filter": filter, "slice": slice });
        let reply = server.ask(query, variables, Some(&participant));
        assert_eq!(reply.code(), "", "{:?}", reply.body);
        reply.body["data"]["getQuestions"].clone()
    };
    let first = ask(Value::Null, json!({ "limit": 2 }));
    assert_eq!(first["totalCount"], 5);
    server.live(|sample| {
        sample.ask(8, MEMBER, " о новом");
    });
    let second = ask(
        Value::Null,
        json!({ "limit": 2, "cursor": first["cursor"] }),
    );
    // What comes meanwhile shifts no page.
    assert_eq!(second["items"][0]["id"], 3.0);
    assert_eq!(second["totalCount"], 6);
    let declined = ask(json!({ "outcomes": ["declined"] }), Value::Null);
    assert_eq!(declined["items"][0]["type"], "leavecoop");
    let voted = ask(json!({ "voter": MEMBER, "is_open": false }), Value::Null);
    assert_eq!(voted["totalCount"], 3);
    let reply = server.ask(
        query,
        json!({ "filter": { "outcomes": ["lost"] } }),
        Some(&participant),
    );
    assert_eq!(reply.code(), "BAD_INPUT");
    let reply = server.ask(
        query,
        json!({ "slice": { "cursor": "x" } }),
        Some(&participant),
    );
    assert_eq!(reply.body["errors"][0]["extensions"]["field"], "cursor");
    let one = "{ getQuestion(id: 1) { question { outcome status } votes { username is_for } \
               documents { role hash registry_id } } }";
    let one = server.ask(one, json!({}), Some(&participant));
    let one = &one.body["data"]["getQuestion"];
    assert_eq!(one["question"]["outcome"], "carried_out");
    assert!(one["question"]["status"].is_null(), "{one}");
    assert_eq!(one["votes"].as_array().unwrap().len(), 2);
    assert_eq!(one["documents"][1]["role"], "protocol");
    for (id, code) in [
        ("99", "NOT_FOUND"),
        ("1.5", "BAD_INPUT"),
        ("-1", "BAD_INPUT"),
    ] {
        let query = format!("{{ getQuestion(id: {id}) {{ question {{ id }} }} }}");
        assert_eq!(
            server.ask(&query, json!({}), Some(&participant)).code(),
            code
        );
    }
}

#[test]
fn anybody_verifies_a_hash_and_learns_nothing_about_people() {
    let server = Server::start(settings());
    let chairman = server.register(CHAIRMAN);
    let all = documents(
        &server,
        &chairman,
        filter(json!({ "outcome": "carried_out" })),
    );
    let statement = &all["items"][0]["statement"]["document"];
    let verify = "query($hash: String!) { verify(hash: $hash) { is_recorded is_final registry_id \
        transaction_id signatures questions { id type role outcome } } }";
    let reply = server.ask(verify, json!({ "hash": statement["hash"] }), None);
    let found = &reply.body["data"]["verify"];
    assert_eq!(found["is_recorded"], true);
    assert_eq!(found["questions"][0]["role"], "statement");
    assert_eq!(found["questions"][0]["outcome"], "carried_out");
    for person in [OTHER, CHAIRMAN, MEMBER] {
        assert!(!reply.body.to_string().contains(&person.to_string()));
    }
    let none = server.ask(verify, json!({ "hash": "00".repeat(32) }), None);
    assert_eq!(none.body["data"]["verify"]["is_recorded"], false);
    assert_eq!(
        server.ask(verify, json!({ "hash": "0" }), None).code(),
        "BAD_INPUT"
    );
}

#[test]
fn who_joins_sees_the_invoice_and_without_a_node_nothing_is_settled() {
    let server = Server::start(settings());
    let (candidate, clerk) = (server.register(CANDIDATE), server.register(CLERK));
    let query = "mutation($data: CreateInitialPaymentInput!) { createInitialPayment(data: $data) { \
        id amount symbol status username blockchain_id provider } }";
    let data = |account| json!({ "data": { "username": account } });
    let reply = server.ask(query, data(CANDIDATE), Some(&candidate));
    let expected = json!({
        "id": "1", "amount": 400.0, "symbol": "RUB", "status": "PENDING",
        "username": CANDIDATE, "blockchain_id": 1.0, "provider": "gateway",
    });
    assert_eq!(reply.body["data"]["createInitialPayment"], expected);
    assert_eq!(
        server.ask(query, data(OTHER), Some(&clerk)).code(),
        "NOT_FOUND"
    );
    let settle = "mutation($data: SetPaymentStatusInput!) { setPaymentStatus(data: $data) { id } }";
    let data = json!({ "data": { "id": "1", "status": "PAID", "reference": "order 1" } });
    assert_eq!(
        server.ask(settle, data, Some(&clerk)).code(),
        "NOT_CONFIGURED"
    );
    let payments = "{ getPayments { totalCount items { id status type } } }";
    let own = server.ask(payments, json!({}), Some(&candidate));
    assert_eq!(
        own.body["data"]["getPayments"]["items"][0]["type"],
        "joincoop"
    );
}

#[test]
fn shares_are_ones_own_and_the_journal_tells_all_to_the_office() {
    let server = Server::start(settings());
    let (participant, clerk) = (server.register(PARTICIPANT), server.register(CLERK));
    let balances = "{ getBalances { username available minimum } }";
    let own = server.ask(balances, json!({}), Some(&participant));
    let own = &own.body["data"]["getBalances"];
    assert_eq!(own.as_array().unwrap().len(), 1);
    assert_eq!(own[0]["minimum"], "300.0000 RUB");
    let all = server.ask(balances, json!({}), Some(&clerk));
    assert_eq!(all.body["data"]["getBalances"].as_array().unwrap().len(), 2);
    server.live(|sample| {
        let id = sample.ask(1, PARTICIPANT, "");
        sample.end(id, End::NotApproved);
    });
    let journal = "{ getJournal(filter: { actions: [\"newdeclined\"] }) { totalCount \
        items { action username data } } }";
    let all = server.ask(journal, json!({}), Some(&clerk));
    assert_eq!(all.body["data"]["getJournal"]["totalCount"], 2);
    let own = server.ask(journal, json!({}), Some(&participant));
    let own = &own.body["data"]["getJournal"];
    assert_eq!(own["totalCount"], 1);
    assert_eq!(own["items"][0]["data"]["reason"], "not approved in time");
}

#[test]
fn accounts_of_a_role_have_their_own_pages_and_totals() {
    let server = Server::start(settings());
    let clerk = server.register(CLERK);
    for account in [CHAIRMAN, MEMBER, OTHER, PARTICIPANT] {
        server.register(account);
    }
    let ask = |arguments: &str| {
        let query = format!(
            "{{ getAccounts{arguments} {{ totalCount totalPages currentPage items {{ username }} }} }}"
        );
        server.ask(&query, json!({}), Some(&clerk))
    };
    let found = |arguments: &str| {
        let reply = ask(arguments);
        let page = &reply.body["data"]["getAccounts"];
        let items = page["items"]
            .as_array()
            .unwrap_or_else(|| panic!("{:?}", reply.body));
        let names: Vec<_> = items.iter().map(|it| it["username"].clone()).collect();
        (page["totalCount"].clone(), names)
    };
    let one = |account| (json!(1), vec![json!(account)]);
    assert_eq!(
        found("(data: { role: \"chairman\" }, limit: 1)"),
        one(CHAIRMAN)
    );
    assert_eq!(found("(data: { role: \"member\" }, limit: 1)"), one(MEMBER));
    let (total, users) = found("(data: { role: \"user\" }, limit: 2, page: 2)");
    assert_eq!((total, users.len()), (json!(3), 1));
    assert_eq!(found("").0, json!(5));
    for (arguments, field) in [
        ("(data: { role: \"nobody\" })", "data.role"),
        ("(page: 0)", "page"),
        ("(page: 4294967295)", "page"),
        ("(limit: 0)", "limit"),
    ] {
        let reply = ask(arguments);
        assert_eq!(reply.body["errors"][0]["extensions"]["field"], field);
    }
}
