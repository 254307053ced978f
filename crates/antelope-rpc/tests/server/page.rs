//! The requests in `docs/node-development.md`, sent to a server, and the answers beside them.

use crate::support::{Answer, ask, post, server};
use antelope_rpc::{Options, Server};
use serde_json::Value;
use std::collections::BTreeSet;

const PAGE: &str = include_str!("../../../../docs/node-development.md");

/// Where the page has another node.
const ELSEWHERE: &str = "https://node.example";

/// A request of the page, with the answer where one follows it.
struct Example {
    call: String,
    body: String,
    answer: Option<Value>,
}

/// All requests, in order.
fn examples() -> Vec<Example> {
    let mut examples = Vec::new();
    for block in PAGE.split("```").skip(1).step_by(2) {
        for text in block.split("curl ").skip(1) {
            let path = text
                .split("/v1/dev/")
                .nth(1)
                .unwrap_or_else(|| panic!("{text}"));
            let call: String = path.chars().take_while(|it| !it.is_whitespace()).collect();
            let (body, rest) = match path.split_once(" -d '") {
                Some((_, quoted)) => quoted.split_once('\'').unwrap(),
                None => ("", &path[call.len()..]),
            };
            // Long texts are cut short on the page.
            let answer = rest.trim();
            let answer = answer.starts_with('{').then(|| {
                serde_json::from_str(answer).unwrap_or_else(|error| panic!("{error}: {answer}"))
            });
            examples.push(Example {
                call,
                body: body.to_owned(),
                answer,
            });
        }
    }
    examples
}

fn fields(answer: &Value) -> BTreeSet<&str> {
    let fields = answer.as_object().into_iter().flatten();
    fields.map(|(field, _)| field.as_str()).collect()
}

fn send(server: &Server, example: &Example, other: &Server) -> Answer {
    let body = example.body.replace(ELSEWHERE, &other.url());
    let path = format!("/v1/dev/{}", example.call);
    ask(server.address(), &post(&path, &body)).unwrap()
}

#[test]
fn every_request_of_the_page_is_answered_as_the_page_says() {
    let options = || Options {
        development: true,
        ..Options::default()
    };
    let (_other, other) = server(options());
    let (_api, server) = server(options());
    let examples = examples();
    let mut seen = BTreeSet::new();
    for example in &examples {
        let answer = send(&server, example, &other);
        let of = format!("{} {}: {}", example.call, example.body, answer.body);
        seen.insert(example.call.as_str());
        // These name accounts that these chains do not have.
        let named = example.call == "push_actions" || example.body.contains("\"accounts\"");
        if named {
            let unknown = [
                "unknown key",
                "does not exist",
                "cannot read",
                "forked",
                "is a fork",
            ];
            assert!(unknown.iter().any(|text| of.contains(text)), "{of}");
            continue;
        }
        assert_eq!(answer.status, 200, "{of}");
        if let Some(told) = &example.answer {
            let answer = answer.json();
            // The mode that the node of the page has begun with has an interval.
            let mut expected = fields(told);
            if answer["mode"] == "per-transaction" {
                expected.remove("interval_ms");
            }
            assert_eq!(expected, fields(&answer), "{of}");
        }
    }
    // Every call is on the page.
    let apis = ask(server.address(), &post("/v1/node/get_supported_apis", "")).unwrap();
    let apis = apis.json();
    let apis = apis["apis"].as_array().unwrap().iter();
    let calls: BTreeSet<_> = apis
        .filter_map(|api| api.as_str().unwrap().strip_prefix("/v1/dev/"))
        .collect();
    assert_eq!(seen, calls);
}
