//! Requests that are the same to nodeos and to this server, and their answers: status, headers,
//! errors, and whether the connection goes on.
//!
//! What is different on purpose, and by how much, is in [`allowed`]:
//!
//! | request | nodeos | here | because |
//! |---|---|---|---|
//! | `HEAD` | sends the body | sends none | a body there is read as the next answer |
//! | not HTTP/1.0 or 1.1, or malformed | closes without an answer | 400 | the client learns why |
//! | a target that begins with neither `/` nor a scheme | 400, and goes on | 400, and closes | the library for HTTP does |
//! | a header folded onto a second line | takes it | 400 | RFC 9112 says so |
//! | a body above the limit | closes without an answer | 413 | the same |
//! | a body that ends early | closes without an answer | 400 | the same |
//! | `Content-Length` twice or beside `Transfer-Encoding` | closes | as RFC 9112 says: equal ones are one, chunks win | proxies send both |
//! | `Expect: 100-continue` | always 100 | 100 where a body follows and may be sent | |
//! | `CONNECT` | as any method | 400 | success would turn the connection into a tunnel |
//! | `#part` in the target | 404 | is left out | the library for HTTP does |

use crate::requests::{Random, Request};
use crate::support::server;
use crate::wire::{Seen, answers, exchange};
use antelope_node::{Node, NodeOptions};
use antelope_rpc::{Cors, Options};
use std::collections::BTreeMap;
use std::io::Write;
use std::net::SocketAddr;

/// The longest body on both.
const LARGEST: usize = 5000;

/// A node with the same options; none where there is no program.
fn node(arguments: &[&str]) -> Option<(Node, SocketAddr)> {
    let limit = format!("--max-body-size={LARGEST}");
    let arguments = arguments.iter().copied().chain([&*limit]);
    let options = NodeOptions {
        arguments: arguments.map(Into::into).collect(),
        ..NodeOptions::default()
    };
    match Node::start(options) {
        Ok(node) => {
            let address = node.url().trim_start_matches("http://").parse().unwrap();
            Some((node, address))
        }
        Err(error) => {
            let text = format!("SKIPPED: the server beside a node: {error}");
            let _ = writeln!(std::io::stderr(), "{text}");
            None
        }
    }
}

fn options() -> Options {
    Options {
        hosts: None,
        max_body: LARGEST,
        ..Options::default()
    }
}

/// What both do with a request: each final answer, and whether the request after it is answered.
fn both(theirs: SocketAddr, ours: SocketAddr, request: &[u8], is_head: bool) -> [Vec<Seen>; 2] {
    // It is answered with 404 where the connection goes on.
    let marker = b"GET /marker HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let request = [request, marker].concat();
    let seen = |address, bodiless: bool| {
        let bytes = exchange(address, &request);
        let answers = answers(&bytes, |index| is_head && index == 0 && bodiless);
        answers.iter().map(Seen::of).collect()
    };
    let mut theirs: Vec<Seen> = seen(theirs, false);
    let mut ours: Vec<Seen> = seen(ours, true);
    if is_head {
        // Theirs has a body, ours has none.
        for of in [&mut theirs, &mut ours] {
            of.iter_mut().take(1).for_each(|first| first.error = None);
        }
    }
    [theirs, ours]
}

/// Whether a difference is one of the listed ones: `odd` is one thing that the request has.
fn allowed(odd: &str, theirs: &[Seen], ours: &[Seen]) -> bool {
    let status = |of: &[Seen]| -> Vec<u16> {
        let numbers = of.iter().map(|seen| seen.first_line.split(' ').nth(1));
        let numbers = numbers.map(|it| it.unwrap().parse().unwrap());
        // Whether there is an interim answer depends on the body.
        numbers.filter(|status| *status >= 200).collect()
    };
    let (theirs, ours) = (status(theirs), status(ours));
    let refused = |with: u16| theirs.is_empty() && ours == [with];
    match odd {
        "malformed" => refused(400) || theirs.is_empty() && ours.is_empty(),
        // Where even the limit is passed, that is said.
        "early end" => refused(400) || refused(413),
        "large" => theirs.is_empty() && [400, 413].contains(&ours[0]),
        "target" => theirs.first() == Some(&400) && ours == [400],
        "folded" => ours == [400],
        // They refuse; or one of two lengths is enough here; or neither knows what follows.
        "framing" => theirs.is_empty() || theirs == ours || ours == [400],
        "continue" => theirs == ours,
        "fragment" => theirs.first() == Some(&404) && theirs.len() == ours.len(),
        _ => false,
    }
}

const METHODS: [&str; 8] = [
    "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "CONNECT",
];

const TARGETS: [&str; 16] = [
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
    "/v1/chain/get_code_hash",
    "*",
    "localhost:80",
    "http://localhost/v1/chain/get_info",
    "/v1/dev/snapshot",
];

const BODIES: [&str; 6] = [
    "",
    "{}",
    "[]",
    "\0\0",
    "{\"account_name\":\"eosio\"}",
    "{\"account_name\":1,}",
];

/// Every method, target, body and version, with the headers that browsers are given.
#[test]
fn requests_are_answered_as_by_a_node() {
    let arguments = [
        "--access-control-allow-origin=https://desk.example",
        "--access-control-allow-headers=Content-Type",
        "--access-control-max-age=60",
        "--access-control-allow-credentials",
    ];
    let Some((_node, theirs)) = node(&arguments) else {
        return;
    };
    let cors = Cors {
        allow_origin: Some("https://desk.example".to_owned()),
        allow_headers: Some("Content-Type".to_owned()),
        max_age: Some("60".to_owned()),
        allow_credentials: true,
    };
    let (_api, ours) = server(Options { cors, ..options() });
    let mut compared = 0;
    let mut differences = Vec::new();
    for method in METHODS {
        for target in TARGETS {
            for body in BODIES {
                for version in ["1.0", "1.1"] {
                    let length = body.len();
                    let request = format!(
                        "{method} {target} HTTP/{version}\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n{body}"
                    );
                    let head = method == "HEAD";
                    let [theirs, ours] = both(theirs, ours.address(), request.as_bytes(), head);
                    compared += 1;
                    // Theirs is 200 where the target is one of theirs; ours would be a tunnel.
                    let tunnel = method == "CONNECT" && target.starts_with('/');
                    let refused = || ours[0].first_line.ends_with("400 Bad Request");
                    if theirs != ours && !(tunnel && refused()) {
                        differences
                            .push(format!("{request:?}\n  node {theirs:#?}\n  ours {ours:#?}"));
                    }
                }
            }
        }
    }
    assert_eq!(compared, 8 * 16 * 6 * 2);
    assert!(
        differences.is_empty(),
        "{} of {compared}:\n{}",
        differences.len(),
        differences[..differences.len().min(20)].join("\n")
    );
}

/// Requests made at random: equal answers, or one of the listed differences.
#[test]
fn random_requests_are_answered_as_by_a_node() {
    let Some((_node, theirs)) = node(&[]) else {
        return;
    };
    let (_api, ours) = server(options());
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut differences = Vec::new();
    for seed in 1..=2000u64 {
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let request = Request::random(&mut random, LARGEST);
        let Request {
            bytes,
            is_head,
            odd,
        } = &request;
        let [theirs, ours] = both(theirs, ours.address(), bytes, *is_head);
        if theirs == ours {
            *counts.entry("equal").or_default() += 1;
        } else if let Some(odd) = odd.iter().find(|odd| allowed(odd, &theirs, &ours)) {
            *counts.entry(odd).or_default() += 1;
        } else {
            let text = String::from_utf8_lossy(&bytes[..bytes.len().min(500)]);
            differences.push(format!(
                "seed {seed}, {odd:?}: {text:?}\n  node {theirs:#?}\n  ours {ours:#?}"
            ));
        }
    }
    assert!(
        differences.is_empty(),
        "{}; {counts:?}:\n{}",
        differences.len(),
        differences[..differences.len().min(20)].join("\n")
    );
    assert!(counts["equal"] >= 1000, "{counts:?}");
    let _ = writeln!(std::io::stderr(), "{counts:?}");
}

/// `Host` where it is validated: addresses of the connection with any port, and given names. Nodes
/// before Spring compare names with their ports and addresses with theirs, those since without.
#[test]
fn hosts_are_refused_as_by_a_node() {
    let arguments = ["--http-validate-host=true", "--http-alias=node.example"];
    let Some((_node, theirs)) = node(&arguments) else {
        return;
    };
    let (_api, ours) = server(Options {
        hosts: Some(vec!["node.example".to_owned()]),
        ..options()
    });
    let mut compared = 0;
    for host in [
        "Host: evil.example\r\n",
        "Host: evil.example:80\r\n",
        "Host: 127.0.0.1\r\n",
        "Host: 127.0.0.1:1\r\n",
        "Host: 127.0.0.2\r\n",
        "Host: [::1]:80\r\n",
        "Host: 127.0.0.1.example\r\n",
        "Host: node.example\r\n",
        "Host: node.example:80\r\n",
        "Host:\r\n",
        "",
        "host: 127.0.0.1\r\nHost: evil.example\r\n",
    ] {
        for version in ["1.0", "1.1"] {
            let request = format!("GET /v1/chain/get_info HTTP/{version}\r\n{host}\r\n");
            let bytes = request.as_bytes();
            let [theirs, ours] = [theirs, ours.address()].map(|address| {
                let answers = answers(&exchange(address, bytes), |_| false);
                answers.iter().map(Seen::of).collect::<Vec<_>>()
            });
            assert_eq!(theirs, ours, "{request:?}");
            compared += 1;
        }
    }
    assert_eq!(compared, 24);
}
