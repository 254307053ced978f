//! `/metrics` by the grammar of the exposition format, and `/health`.

use crate::support::{ask, post, server};
use antelope_rpc::Options;
use std::collections::{BTreeMap, BTreeSet};

const METRICS: &[u8] = b"GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// One line of values: name, labels, value.
#[derive(Debug)]
struct Sample {
    name: String,
    labels: BTreeMap<String, String>,
    value: f64,
}

/// A name of a metric or a label.
fn is_name(text: &str) -> bool {
    let mut characters = text.chars();
    let first = characters
        .next()
        .is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
    first && characters.all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// `name{label="value",…} value`: values of labels escape `\`, `"` and the end of a line.
fn sample(line: &str) -> Option<Sample> {
    let end = line.find(['{', ' '])?;
    let (name, mut rest) = line.split_at(end);
    let mut labels = BTreeMap::new();
    if let Some(inside) = rest.strip_prefix('{') {
        rest = inside;
        while !rest.starts_with('}') {
            let (label, after) = rest.split_once("=\"")?;
            if !is_name(label) {
                return None;
            }
            let mut value = String::new();
            let mut characters = after.char_indices();
            let end = loop {
                match characters.next()? {
                    (at, '"') => break at,
                    (_, '\\') => value.push(match characters.next()?.1 {
                        'n' => '\n',
                        same @ ('\\' | '"') => same,
                        _ => return None,
                    }),
                    (_, other) => value.push(other),
                }
            };
            // A label is given once.
            if labels.insert(label.to_owned(), value).is_some() {
                return None;
            }
            rest = &after[end + 1..];
            rest = rest.strip_prefix(',').unwrap_or(rest);
        }
        rest = &rest[1..];
    }
    let value = rest.strip_prefix(' ')?.parse().ok()?;
    is_name(name).then_some(Sample {
        name: name.to_owned(),
        labels,
        value,
    })
}

#[test]
fn metrics_are_of_the_grammar() {
    let (_api, server) = server(Options::default());
    // Paths with everything that a label would have to escape.
    for path in ["/v1/chain/get_account", "/v1/chain/a\\b\"c", "/\u{436}"] {
        let _ = ask(server.address(), &post(path, "{}"));
    }
    let answer = ask(server.address(), METRICS).unwrap();
    let kind = answer.header("content-type").unwrap().to_owned();
    assert!(
        kind.starts_with("application/openmetrics-text; version=1.0.0"),
        "{kind}"
    );
    let mut lines: Vec<&str> = answer.body.lines().collect();
    assert!(answer.body.ends_with('\n'));
    assert_eq!(lines.pop(), Some("# EOF"));
    let mut types: BTreeMap<&str, &str> = BTreeMap::new();
    let mut samples = Vec::new();
    for line in lines {
        if let Some(comment) = line.strip_prefix("# ") {
            let mut words = comment.splitn(3, ' ');
            let (word, name) = (words.next().unwrap(), words.next().unwrap());
            let rest = words.next().unwrap_or_default();
            match word {
                "TYPE" => {
                    assert!(["counter", "gauge", "histogram"].contains(&rest), "{line}");
                    assert!(types.insert(name, rest).is_none(), "twice: {line}");
                }
                "HELP" => assert!(!rest.is_empty(), "{line}"),
                _ => panic!("{line}"),
            }
            continue;
        }
        let sample = sample(line).unwrap_or_else(|| panic!("{line}"));
        // Each belongs to the last type that was told.
        let family = types.keys().filter(|name| sample.name.starts_with(**name));
        let family = family.max_by_key(|name| name.len());
        let family = *family.unwrap_or_else(|| panic!("no type: {line}"));
        let endings: &[&str] = match types[family] {
            "counter" => &["_total"],
            "gauge" => &[""],
            _ => &["_bucket", "_sum", "_count"],
        };
        assert!(endings.contains(&&sample.name[family.len()..]), "{line}");
        samples.push(sample);
    }
    // No sample is told twice.
    let keys: BTreeSet<_> = samples.iter().map(|it| (&it.name, &it.labels)).collect();
    assert_eq!(keys.len(), samples.len());
    // Buckets ascend, and the last one has all.
    let buckets: Vec<_> = samples
        .iter()
        .filter(|it| it.name.ends_with("_bucket"))
        .collect();
    assert!(buckets.windows(2).all(|two| two[0].value <= two[1].value));
    let last = buckets.last().unwrap();
    assert_eq!(last.labels["le"], "+Inf");
    let count = samples
        .iter()
        .find(|it| it.name.ends_with("_seconds_count"));
    assert_eq!(count.unwrap().value, last.value);
    // Unknown paths are one, whatever they are.
    let calls = samples
        .iter()
        .filter(|it| it.name == "antelope_http_calls_total");
    let calls: BTreeSet<_> = calls.map(|it| it.labels["call"].as_str()).collect();
    assert_eq!(calls, BTreeSet::from(["chain/get_account", "unknown"]));
}

#[test]
fn what_is_supported_is_there_and_listed_in_order() {
    for development in [false, true] {
        let (_api, server) = server(Options {
            development,
            ..Options::default()
        });
        let list = ask(server.address(), &post("/v1/node/get_supported_apis", "")).unwrap();
        let list = list.json()["apis"].as_array().unwrap().clone();
        let list: Vec<&str> = list.iter().map(|path| path.as_str().unwrap()).collect();
        assert!(list.is_sorted(), "{list:?}");
        let dev = list
            .iter()
            .filter(|path| path.starts_with("/v1/dev/"))
            .count();
        assert_eq!(dev, if development { 10 } else { 0 });
        for path in list {
            let answer = ask(server.address(), &post(path, "")).unwrap();
            assert!(!answer.body.contains("Unknown Endpoint"), "{path}");
        }
    }
}
