//! Requests that are the same to nodeos and to this server, and their answers: status, headers,
//! errors, and whether the connection goes on.
//!
//! What is different is listed with its reason in `docs/chain.md` ("HTTP itself"). For each kind there is
//! one answer of either server that is allowed, whole: status, headers and body. So [`Expected`] says of
//! every request that is made at random what both do with it, and none is compared loosely.
//!
//! | kind | the node | this server |
//! |---|---|---|
//! | [`Odd::Malformed`], [`Odd::BadLength`] | closes | the library's 400, closes |
//! | [`Odd::Folded`], [`Odd::Target`], [`Odd::OldChunks`] | answers | the library's 400, closes |
//! | [`Odd::Large`] | closes, after 100 where that was asked for | 413, closes |
//! | [`Odd::EarlyEnd`] | closes | 400, closes |
//! | [`Odd::TwoLengths`] | closes | what the node answers to one length |
//! | [`Odd::LengthAndChunks`] | closes | what it answers to the chunks, then closes |
//! | [`Odd::Fragment`] | 404 | what it answers to the path |
//! | [`Odd::Continue`] | 100, if it is the first expectation | 100, if a body is to come that is taken |

use crate::requests::{Odd, Random, Request};
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
    let node = crate::support::node("the server beside a node", options)?;
    let address = node.url().trim_start_matches("http://").parse().unwrap();
    Some((node, address))
}

fn options() -> Options {
    Options {
        hosts: None,
        max_body: LARGEST,
        ..Options::default()
    }
}

/// It is answered with 404 where the connection goes on.
const MARKER: &[u8] = b"GET /marker HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

/// What a node does with a request and a marker after it.
fn theirs(address: SocketAddr, request: &[u8], is_head: bool) -> Vec<Seen> {
    // It sends a body to HEAD as well.
    seen(address, request, is_head, false)
}

/// What this server does with them.
fn ours(address: SocketAddr, request: &[u8], is_head: bool) -> Vec<Seen> {
    seen(address, request, is_head, true)
}

fn seen(address: SocketAddr, request: &[u8], is_head: bool, bodiless: bool) -> Vec<Seen> {
    let bytes = exchange(address, &[request, MARKER].concat());
    let answers = answers(&bytes, |index| is_head && index == 0 && bodiless);
    let mut seen: Vec<Seen> = answers.iter().map(Seen::of).collect();
    if is_head {
        // Theirs has a body, ours has none.
        let first = seen.iter_mut().find(|seen| !seen.is_interim());
        first.into_iter().for_each(|first| first.error = None);
    }
    seen
}

/// Where the two differ: what each of them does with a request that is odd in one of the ways of the
/// table above, exactly. A request may be odd in several; then what is noticed first decides.
struct Expected {
    /// None where it is what a node does that is not told to go on.
    theirs: Option<Vec<Seen>>,
    ours: Vec<Seen>,
    /// Whether the request is one, and its body not too large.
    is_called: bool,
}

impl Expected {
    fn of(request: &Request, plain: impl Fn() -> Vec<Seen>) -> Self {
        let is = |odds: &[Odd]| odds.iter().any(|odd| request.odd.contains(odd));
        let refused = is(&[
            Odd::Malformed,
            Odd::BadLength,
            Odd::TwoLengths,
            Odd::LengthAndChunks,
            Odd::Large,
            Odd::EarlyEnd,
        ]);
        let theirs = refused.then(Vec::new);
        let refusal = |status: &str, what: &str| {
            let version = if request.is_old { "1.0" } else { "1.1" };
            let mut seen = Seen::refusal(version, status, what);
            seen.error = seen.error.filter(|_| !request.is_head);
            vec![seen]
        };
        let head = [
            Odd::Malformed,
            Odd::BadLength,
            Odd::Folded,
            Odd::Target,
            Odd::OldChunks,
        ];
        let (ours, is_called) = if is(&head) {
            (vec![Seen::of_no_request()], false)
        } else if is(&[Odd::Large]) {
            let what = format!("expected a body of at most {LARGEST} bytes");
            (refusal("413 Payload Too Large", &what), false)
        } else if is(&[Odd::EarlyEnd]) {
            let what = "end of file before message length reached";
            (refusal("400 Bad Request", what), true)
        } else {
            (plain(), true)
        };
        Self {
            theirs,
            ours,
            is_called,
        }
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
                    let theirs = super::beside_node::theirs(theirs, request.as_bytes(), head);
                    let ours = super::beside_node::ours(ours.address(), request.as_bytes(), head);
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

/// How many requests are made at random.
const SWEEP: u64 = 6000;

/// Requests made at random: equal answers, or exactly the listed difference.
#[test]
fn random_requests_are_answered_as_by_a_node() {
    let Some((_node, node)) = node(&[]) else {
        return;
    };
    let (_api, server) = server(options());
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut differences = Vec::new();
    for seed in 1..=SWEEP {
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let request = Request::random(&mut random, LARGEST);
        let bytes = &request.bytes;
        let theirs = theirs(node, bytes, request.is_head);
        let ours = ours(server.address(), bytes, request.is_head);
        if theirs == ours {
            *counts.entry("equal".to_owned()).or_default() += 1;
            continue;
        }
        if let Some(why) = difference(&request, node, theirs, ours) {
            let text = String::from_utf8_lossy(&bytes[..bytes.len().min(500)]);
            differences.push(format!("seed {seed}, {:?}: {text:?}\n{why}", request.odd));
        } else {
            *counts.entry(format!("{:?}", request.odd)).or_default() += 1;
        }
    }
    let _ = writeln!(std::io::stderr(), "{counts:#?}");
    assert!(
        differences.is_empty(),
        "{} of {SWEEP}:\n{}",
        differences.len(),
        differences[..differences.len().min(20)].join("\n")
    );
    assert!(counts["equal"] >= 3000, "{counts:?}");
}

/// How a difference is another one than is listed.
fn difference(
    request: &Request,
    node: SocketAddr,
    mut theirs: Vec<Seen>,
    mut ours: Vec<Seen>,
) -> Option<String> {
    if request.odd.is_empty() {
        return Some(format!("  node {theirs:#?}\n  ours {ours:#?}"));
    }
    let is = |odd| request.odd.contains(&odd);
    let plain = || super::beside_node::theirs(node, &request.plain, request.is_head);
    let mut expected = Expected::of(request, plain);
    if is(Odd::Continue) {
        // The node tells everybody to go on whose first expectation it is; this server whoever has
        // something to send that it takes.
        let told = [&mut theirs, &mut ours].map(|seen| {
            let interim = seen.first().is_some_and(Seen::is_interim);
            seen.drain(..usize::from(interim));
            interim
        });
        let goes_on = request.has_body && !request.is_old && expected.is_called;
        let theirs_go_on = expected.theirs.is_none() && !request.expects_other;
        if told != [theirs_go_on, goes_on] {
            return Some(format!("  told to go on: {told:?}"));
        }
    }
    if is(Odd::LengthAndChunks) && expected.ours.len() > 1 {
        // What follows may be meant for somebody else, so that the connection ends.
        expected.ours.truncate(1);
        expected.ours[0]
            .headers
            .push("Connection: close".to_owned());
        expected.ours[0].headers.sort();
    }
    let theirs_are = expected.theirs.is_none_or(|expected| theirs == expected);
    let ours_are = ours == expected.ours;
    (!theirs_are || !ours_are).then(|| {
        format!(
            "  node {theirs:#?} {theirs_are}\n  ours {ours:#?}\n  not {:#?}",
            expected.ours
        )
    })
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
