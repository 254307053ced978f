//! How the server says that what it shows is late.

use crate::support::{PARTICIPANT, Server, settings};
use coop_server::ApiSettings;
use serde_json::json;
use std::time::Duration;

#[test]
fn people_are_told_in_their_language_that_the_registry_is_late() {
    let server = Server::start(ApiSettings {
        late: Duration::from_secs(60),
        ..settings()
    });
    let query = "{ getStatus { head_block lag_seconds notice has_node } }";
    let ask = |lang: &str| {
        let body = json!({ "query": query }).to_string();
        let headers = [
            ("Content-Type", "application/json".to_owned()),
            ("Accept-Language", lang.to_owned()),
        ];
        let reply = server.send("POST", &headers, body.as_bytes());
        reply.body["data"]["getStatus"].clone()
    };
    // The blocks of this registry ended long ago, and there is no node.
    let told = ask("en");
    assert!(told["lag_seconds"].as_i64() > Some(60), "{told}");
    assert_eq!(told["has_node"], false);
    let notice = |told: &serde_json::Value| told["notice"].as_str().unwrap_or_default().to_owned();
    assert!(
        notice(&told).contains("wait before you send it again"),
        "{told}"
    );
    assert!(notice(&ask("ru")).contains("прежде чем повторять"));
}

#[test]
fn who_is_refused_by_a_late_registry_is_told_that_it_is_late() {
    let server = Server::start(ApiSettings {
        late: Duration::from_secs(60),
        ..settings()
    });
    let token = server.register(PARTICIPANT);
    let reply = server.ask("{ getAgenda { cursor } }", json!({}), Some(&token));
    assert_eq!(reply.code(), "REGISTRY_BEHIND");
    let told = reply.body["errors"][0]["message"].as_str().unwrap();
    assert!(told.contains("by what the registry has"), "{told}");
    assert!(reply.body["data"].is_null());
}
