//! What `veche history verify` says of the nodes' block logs.

use super::delegates::{Delegates, object};
use crate::cli::{Said, veche_at};
use serde_json::Value;
use std::collections::BTreeMap;

/// What was found of a question: which action, how often.
pub(super) type Found = BTreeMap<String, usize>;

impl Delegates {
    /// Verifies and compares the logs of these nodes, and looks for a hash in the first.
    pub(super) fn verify(&self, nodes: &[&str], hash: &str) -> Said {
        let folders = nodes
            .iter()
            .map(|node| self.data(node).display().to_string());
        let folders: Vec<_> = folders.collect();
        let words = [
            "history", "verify", "--json", "--lang", "en", "--find", hash,
        ];
        let words = words.into_iter().chain(folders.iter().map(String::as_str));
        let config = self.data("api");
        veche_at("http://127.0.0.1:1", &config, words)
    }

    /// The same of logs that are as they were written, the same, and have the hash: how often each action.
    pub(super) fn verified(&self, nodes: &[&str], hash: &str) -> Found {
        let said = self.verify(nodes, hash);
        assert_eq!(said.code, 0, "{}\n{}", said.out, said.err);
        let data = object(&said)["data"].clone();
        let list = |field: &str| data[field].as_array().cloned().unwrap_or_default();
        let (logs, comparisons) = (list("logs"), list("comparisons"));
        assert_eq!(
            (logs.len(), comparisons.len()),
            (nodes.len(), nodes.len() - 1)
        );
        for log in logs {
            // Every block but the first is signed by its producer.
            assert_eq!(
                log["signatures"].as_u64(),
                log["last"].as_u64().map(|it| it - 1)
            );
            assert_eq!(
                log["producers"].as_object().map(|it| it.len()),
                Some(7),
                "{log}"
            );
        }
        let last = comparisons
            .iter()
            .filter_map(|it| it["last"].as_u64())
            .min();
        println!("the histories are the same up to block {last:?}");
        let mut found = Found::new();
        for finding in list("found") {
            let of = |field: &str| finding[field].as_str().unwrap_or_default().to_owned();
            *found.entry(of("action")).or_default() += 1;
            println!(
                "{} {} by {} ({})",
                finding["block"],
                of("action"),
                finding["actors"],
                of("match")
            );
        }
        found
    }
}

/// The hash of a question on the agenda.
pub(super) fn hash(question: &Value) -> String {
    question["hash"].as_str().expect("a hash").to_owned()
}
