//! Requests that are the same to nodeos and to this server, and their answers: status, type of
//! content, and the body where it does not depend on the chain.

use crate::support::{Answer, ask, server};
use antelope_node::{Node, NodeOptions};
use antelope_rpc::Options;
use std::io::Write;
use std::net::SocketAddr;

const METHODS: [&str; 7] = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];

const TARGETS: [&str; 12] = [
    "/",
    "/v1",
    "/v1/chain",
    "/v1/chain/",
    "/v1/chain/get_info",
    "/v1/chain/get_info/",
    "/v1/chain/get_info?a=b",
    "/v1//chain/get_info",
    "/V1/chain/get_info",
    "/v1/chain/../chain/get_info",
    "/v1/chain/get%5finfo",
    "/v1/chain/get_account",
];

const BODIES: [&str; 6] = [
    "",
    "{}",
    "[]",
    "\0\0",
    "{\"account_name\":\"eosio\"}",
    "{\"account_name\":1,}",
];

#[test]
fn requests_are_answered_with_the_status_of_a_node() {
    let node = match Node::start(NodeOptions::default()) {
        Ok(node) => node,
        Err(error) => {
            let _ = writeln!(
                std::io::stderr(),
                "SKIPPED: the server beside a node: {error}"
            );
            return;
        }
    };
    let theirs: SocketAddr = node.url().trim_start_matches("http://").parse().unwrap();
    let (_api, ours) = server(Options {
        hosts: None,
        ..Options::default()
    });
    let mut compared = 0;
    let mut differences = Vec::new();
    for method in METHODS {
        for target in TARGETS {
            for body in BODIES {
                for version in ["1.0", "1.1"] {
                    let length = body.len();
                    let request = format!(
                        "{method} {target} HTTP/{version}\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
                    );
                    let [theirs, ours] = [theirs, ours.address()]
                        .map(|address| seen(ask(address, request.as_bytes()), target));
                    compared += 1;
                    if theirs != ours {
                        differences
                            .push(format!("{request:?}\n  node {theirs:?}\n  ours {ours:?}"));
                    }
                }
            }
        }
    }
    assert!(compared > 1000);
    assert!(
        differences.is_empty(),
        "{} of {compared}:\n{}",
        differences.len(),
        differences.join("\n")
    );
}

/// What of an answer is the same on every chain.
fn seen(answer: Option<Answer>, target: &str) -> Option<(u16, Option<String>, String)> {
    let answer = answer?;
    let kind = answer.header("content-type").map(str::to_owned);
    let of_the_chain = target.starts_with("/v1/chain/get_") && answer.status == 200;
    let body = if of_the_chain {
        String::new()
    } else {
        answer.body
    };
    Some((answer.status, kind, body))
}
