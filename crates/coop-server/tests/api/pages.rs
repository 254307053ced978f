//! Pages of other origins, and the language of errors.

use crate::support::{Server, settings};
use coop_server::ApiSettings;
use serde_json::json;

const STATUS: &str = "{ getStatus { coopname } }";

#[test]
fn pages_of_other_origins_are_refused_unless_the_server_allows_them() {
    let desk = "https://desk.coop.example";
    let server = Server::start(ApiSettings {
        origins: vec![desk.to_owned()],
        ..settings()
    });
    let body = json!({ "query": STATUS }).to_string();
    let send = |method: &str, origin: &str| {
        let headers = [
            ("Content-Type", "application/json".to_owned()),
            ("Origin", origin.to_owned()),
        ];
        server.send(method, &headers, body.as_bytes())
    };
    let own = format!("http://{}", server.address);
    let reply = send("POST", &own);
    assert_eq!(reply.status, 200);
    assert!(!reply.headers.contains("access-control-allow-origin"));
    let reply = send("POST", desk);
    assert_eq!(reply.status, 200);
    let allowed = format!("access-control-allow-origin: {desk}");
    assert!(reply.headers.contains(&allowed), "{}", reply.headers);
    assert!(!reply.headers.contains("access-control-allow-credentials"));
    let preflight = send("OPTIONS", desk);
    assert_eq!(preflight.status, 204);
    assert!(
        preflight.headers.contains(&allowed),
        "{}",
        preflight.headers
    );
    assert!(
        preflight
            .headers
            .contains("access-control-allow-methods: post")
    );
    for other in ["https://evil.example", "null", "http://desk.coop.example"] {
        for method in ["POST", "OPTIONS"] {
            let reply = send(method, other);
            assert_eq!(reply.status, 403, "{method} {other}");
            assert!(
                !reply.headers.contains("access-control"),
                "{}",
                reply.headers
            );
            assert!(reply.body["data"].is_null());
        }
    }
}

#[test]
fn answers_are_not_kept_and_nothing_is_told_by_cookies() {
    let server = Server::start(settings());
    let reply = server.ask(STATUS, json!({}), None);
    for header in [
        "content-type: application/json",
        "cache-control: no-store",
        "x-content-type-options: nosniff",
        "vary: origin, accept-language",
    ] {
        assert!(
            reply.headers.contains(header),
            "{header}: {}",
            reply.headers
        );
    }
    assert!(!reply.headers.contains("set-cookie"));
}

#[test]
fn errors_are_in_the_language_of_the_reader_and_their_codes_are_not() {
    let server = Server::start(settings());
    let body = json!({ "query": "{ getAgenda { table { id } } }" }).to_string();
    let mut texts = Vec::new();
    for lang in ["ru", "en", "de", "en;q=0.1, ru"] {
        let headers = [
            ("Content-Type", "application/json".to_owned()),
            ("Accept-Language", lang.to_owned()),
        ];
        let reply = server.send("POST", &headers, body.as_bytes());
        assert_eq!(reply.code(), "UNAUTHENTICATED");
        texts.push(
            reply.body["errors"][0]["message"]
                .as_str()
                .unwrap()
                .to_owned(),
        );
    }
    assert_eq!(
        texts,
        [
            "Сначала войдите.",
            "Log in first.",
            "Сначала войдите.",
            "Сначала войдите."
        ]
    );
}
