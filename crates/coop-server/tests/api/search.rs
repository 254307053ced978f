//! Documents found by the words of their titles and texts, and who is written down for it.

use crate::support::{CLERK, MEMBER, OTHER, PARTICIPANT, Server, people_secret, settings};
use antelope_types::{Checksum256, Decode, Name};
use coop_index::IndexReader;
use coop_index::samples::{CHAIRMAN, COOP};
use coop_model::{Document, Meta};
use coop_private::{PrivateDocument, PrivateStore};
use serde_json::{Value, json};
use std::collections::BTreeSet;

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
