//! What the registry is asked: questions, documents, payments, hashes, and who has looked.

use crate::support::{
    CANDIDATE, CLERK, MEMBER, OTHER, PARTICIPANT, Server, people_secret, settings,
};
use antelope_types::{Checksum256, Decode, Name};
use coop_index::IndexReader;
use coop_index::samples::{CHAIRMAN, COOP, End};
use coop_model::{Document, Meta};
use coop_private::{PrivateDocument, PrivateStore};
use serde_json::{Value, json};
use std::collections::BTreeSet;

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
fn documents_are_found_by_words_in_any_form() {
    let server = Server::start(settings());
    let (chairman, participant) = (server.register(CHAIRMAN), server.register(PARTICIPANT));
    let query = "query($data: SearchDocumentsInput!) { searchDocuments(data: $data) { totalCount \
        items { hash full_title username is_title decision_id } } }";
    let data = |words: &str| json!({ "data": { "query": words } });
    let found = server.ask(query, data("дорога"), Some(&chairman));
    let found = &found.body["data"]["searchDocuments"];
    assert_eq!(found["totalCount"], 3, "{found}");
    assert_eq!(found["items"][0]["username"], OTHER.to_string());
    let own = server.ask(query, data("дорога"), Some(&participant));
    assert_eq!(own.body["data"]["searchDocuments"]["totalCount"], 0);
    let long = "a ".repeat(101);
    for words in ["", "  ", &long] {
        assert_eq!(
            server.ask(query, data(words), Some(&chairman)).code(),
            "BAD_INPUT"
        );
    }
}

const SEARCH: &str = "query($data: SearchDocumentsInput!) { searchDocuments(data: $data) { totalCount \
    has_texts cursor items { hash full_title username is_title is_text decision_id } } }";

/// Searches, and what was found.
fn search(server: &Server, token: &str, data: Value) -> Value {
    let reply = server.ask(SEARCH, json!({ "data": data }), Some(token));
    assert_eq!(reply.code(), "", "{:?}", reply.body);
    reply.body["data"]["searchDocuments"].clone()
}

/// A question of this kind whose document has this text; the text is kept with the personal data. Its hash.
fn written(server: &Server, kind: usize, about: Name, title: &str, text: &str) -> Checksum256 {
    let mut id = 0;
    server.live(|sample| {
        sample.write(text);
        id = sample.ask(kind, about, title);
    });
    let mut reader = IndexReader::open(&server.index()).unwrap();
    let package = reader.package(COOP, id).unwrap().unwrap();
    let record = package.statement.unwrap();
    let document = Document {
        meta: Meta::from_bytes(&record.packed.unwrap()).unwrap(),
        doc_hash: record.doc_hash,
        signatures: Vec::new(),
    };
    assert_eq!(document.hash(), record.hash);
    let kept = PrivateDocument {
        document,
        text: text.to_owned(),
        record: None,
        proposal: None,
    };
    let mut store = PrivateStore::open(server.folder.path(), &people_secret()).unwrap();
    store.put_document(&kept, false, server.now()).unwrap();
    record.hash
}

#[test]
fn a_text_is_found_by_whoever_may_read_it_and_by_nobody_else() {
    let server = Server::start(settings());
    let accounts = [CHAIRMAN, MEMBER, CLERK, PARTICIPANT, OTHER];
    let [chairman, member, clerk, participant, other] = accounts.map(|it| server.register(it));
    let proposal = "Купить ноутбук бухгалтеру Иванову. Buy a laptop.";
    let proposal = written(&server, 8, MEMBER, " о покупке", proposal);
    let statement = "Прошу вернуть взнос. Секретова, ноутбук мне больше не нужен.";
    let statement = written(&server, 3, OTHER, "", statement);
    let hashes = |found: &Value| -> BTreeSet<String> {
        assert_eq!(found["has_texts"], true);
        let items = found["items"].as_array().unwrap().iter();
        let hashes = items.map(|it| it["hash"].as_str().unwrap().to_owned());
        hashes.collect()
    };
    let of = |hashes: &[Checksum256]| hashes.iter().map(ToString::to_string).collect();
    for (words, expected) in [
        ("ноутбуки", vec![proposal, statement]),
        ("ИВАНОВ", vec![proposal]),
        ("laptops", vec![proposal]),
        ("Секретовой", vec![statement]),
        // Of the title and the text together.
        ("предложения ноутбуков", vec![proposal]),
        ("трактор", vec![]),
    ] {
        for office in [&chairman, &member, &clerk] {
            let found = search(&server, office, json!({ "query": words }));
            assert_eq!(hashes(&found), of(&expected), "{words}");
            assert_eq!(found["totalCount"], expected.len());
        }
    }
    let found = search(&server, &chairman, json!({ "query": "Иванову" }));
    let item = &found["items"][0];
    assert_eq!(
        (&item["is_text"], &item["is_title"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(item["username"], MEMBER.to_string());
    assert!(item["decision_id"].is_number(), "{item}");
    // A member finds their own, and no word of anybody else's.
    let own = search(&server, &other, json!({ "query": "ноутбук" }));
    assert_eq!(hashes(&own), of(&[statement]));
    for words in ["ноутбук", "Иванов", "Секретова"] {
        let found = search(&server, &participant, json!({ "query": words }));
        assert_eq!(found["totalCount"], 0, "{words}");
        let data = json!({ "data": { "query": words, "username": OTHER } });
        let refused = server.ask(SEARCH, data, Some(&participant));
        assert_eq!(refused.code(), "FORBIDDEN");
    }
    // All filters hold, and pages do.
    for (filter, expected) in [
        (
            json!({ "query": "ноутбук", "username": OTHER }),
            vec![statement],
        ),
        (
            json!({ "query": "ноутбук", "registry_id": 599 }),
            vec![proposal],
        ),
        (
            json!({ "query": "ноутбук", "until": "2026-01-01T00:00:00.000Z" }),
            vec![],
        ),
    ] {
        let found = search(&server, &chairman, filter.clone());
        assert_eq!(hashes(&found), of(&expected), "{filter}");
    }
    let first = search(
        &server,
        &chairman,
        json!({ "query": "ноутбук", "limit": 1 }),
    );
    assert_eq!(first["totalCount"], 2);
    let next = json!({ "query": "ноутбук", "limit": 1, "cursor": first["cursor"] });
    let second = search(&server, &chairman, next);
    assert_eq!(hashes(&first).union(&hashes(&second)).count(), 2);
    assert!(second["cursor"].is_null());
    // Words have no meaning but their letters.
    for words in [
        "\" OR 1 --",
        "NEAR(ноутбук трактор)",
        "stems:ноутбук AND NOT взнос",
        "\u{7}\u{202e}",
        "*",
        "' UNION SELECT sealed FROM words",
        &"щ".repeat(200),
    ] {
        let found = search(&server, &chairman, json!({ "query": words }));
        assert_eq!(found["totalCount"], 0, "{words}");
    }
    let stressed = search(
        &server,
        &chairman,
        json!({ "query": "ноутбу\u{301}к* \u{0}" }),
    );
    assert_eq!(stressed["totalCount"], 2);
    let long = json!({ "data": { "query": "щ".repeat(10_000) } });
    assert_eq!(
        server.ask(SEARCH, long, Some(&chairman)).code(),
        "BAD_INPUT"
    );
    // What is not kept any more is not found.
    let mut store = PrivateStore::open(server.folder.path(), &people_secret()).unwrap();
    store.remove_document(&statement).unwrap();
    let found = search(&server, &chairman, json!({ "query": "ноутбук" }));
    assert_eq!(hashes(&found), of(&[proposal]));
}

#[test]
fn whoever_finds_somebody_by_a_text_is_written_down() {
    let server = Server::start(settings());
    let [chairman, clerk, other] = [CHAIRMAN, CLERK, OTHER].map(|it| server.register(it));
    written(&server, 8, MEMBER, " о покупке", "Купить ноутбук");
    written(&server, 3, OTHER, "", "Прошу вернуть взнос на ноутбук");
    search(&server, &clerk, json!({ "query": "ноутбук" }));
    search(&server, &other, json!({ "query": "ноутбук" }));
    // A title is no personal data.
    search(&server, &chairman, json!({ "query": "дорога" }));
    let audit = "{ getAudit { who operation about } }";
    let reply = server.ask(audit, json!({}), Some(&chairman));
    let entries = reply.body["data"]["getAudit"].as_array().unwrap();
    let searches = entries
        .iter()
        .filter(|it| it["operation"] == "searchDocuments");
    let searches: BTreeSet<_> = searches
        .map(|it| (it["who"].to_string(), it["about"].to_string()))
        .collect();
    let by_clerk = |about: Name| (json!(CLERK).to_string(), json!(about).to_string());
    assert_eq!(
        searches,
        BTreeSet::from([by_clerk(MEMBER), by_clerk(OTHER)])
    );
    assert!(!reply.body.to_string().contains("ноутбук"));
}

#[test]
fn a_total_without_hits_tells_of_nobody_who_is_not_written_down() {
    let server = Server::start(settings());
    let [chairman, clerk] = [CHAIRMAN, CLERK].map(|it| server.register(it));
    written(&server, 8, MEMBER, " о покупке", "Купить ноутбук");
    written(&server, 3, OTHER, "", "Прошу вернуть взнос на ноутбук");
    let end = format!("0.{}", "00".repeat(32));
    let found = search(
        &server,
        &clerk,
        json!({ "query": "ноутбук", "cursor": end }),
    );
    assert_eq!(
        (&found["items"], &found["totalCount"]),
        (&json!([]), &json!(0))
    );
    let of_other = json!({ "query": "ноутбук", "cursor": end, "username": OTHER });
    search(&server, &clerk, of_other);
    let audit = "{ getAudit { who operation about } }";
    let reply = server.ask(audit, json!({}), Some(&chairman));
    let entry = json!({ "who": CLERK, "operation": "searchDocuments", "about": OTHER });
    let entries = reply.body["data"]["getAudit"].as_array().unwrap();
    assert!(entries.contains(&entry), "{entries:?}");
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
