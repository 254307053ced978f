//! An indexer of others, unchanged: `eosio-ship-reader` from npm reads the same from a node's plugin
//! and from this server. It decodes every message, block, trace and row by the ABI that the server
//! sends, and stops at what it cannot decode.

use crate::support::PATIENCE;
use antelope_chain::api::{Api, Production};
use antelope_chain::{Chain, Genesis, NoContracts};
use antelope_node::{Node, NodeOptions, cache_folder};
use antelope_rpc::{Options, Server, StateHistory, StateHistoryOptions};
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

/// The indexer reads from block 1 to this one, which does not exist yet when it begins.
const LAST: u32 = 14;

/// What the indexer tells of each block: number, producer, and how many transactions it has.
fn read(url: &str, history: SocketAddr) -> Option<Vec<String>> {
    let (program, folder) = (
        cache_folder().join("bin/node"),
        cache_folder().join("indexers"),
    );
    if !program.is_file() || !folder.join(".complete").is_file() {
        skipped("no npm could bring eosio-ship-reader, run scripts/setup again to retry");
        return None;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/server/history/reader.mjs");
    let mut child = Command::new(program)
        .arg(script)
        .arg(folder)
        .args([url, &format!("ws://{history}"), &LAST.to_string()])
        .arg(PATIENCE.as_secs().to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    let lines: Vec<_> = output.lines().map(Result::unwrap).collect();
    assert!(child.wait().unwrap().success(), "{lines:#?}");
    Some(lines)
}

fn skipped(why: &str) {
    let _ = writeln!(std::io::stderr(), "SKIPPED: an indexer of others: {why}");
}

#[test]
fn an_indexer_from_npm_reads_the_same_from_a_node_and_from_here() {
    let mut chain = Chain::start(Genesis::default(), Arc::new(NoContracts)).unwrap();
    chain.record_history();
    let api = Api::new(chain, Production::PerTransaction);
    let listen = || "127.0.0.1:0".parse().unwrap();
    let options = StateHistoryOptions::default();
    let history = StateHistory::start(api.live(), listen(), options).unwrap();
    let options = Options {
        state_history: Some(history.counts().clone()),
        ..Options::default()
    };
    let server = Server::start(api.clone(), listen(), options).unwrap();
    let production = api
        .live()
        .produce_every(Duration::from_millis(100))
        .unwrap();
    let Some(ours) = read(&server.url(), history.address()) else {
        return;
    };
    production.stop().unwrap();
    let metrics = crate::support::ask(
        server.address(),
        b"GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n",
    );
    let metrics = metrics.unwrap().body;
    let blocks = format!("antelope_state_history_blocks_total {LAST}\n");
    assert!(metrics.contains(&blocks), "{metrics}");

    let expected: Vec<_> = (1..=LAST)
        .map(|number| match number {
            1 => "1  without traces".to_owned(),
            _ => format!("{number} eosio 0"),
        })
        .collect();
    assert_eq!(ours, expected);
    match Node::start(NodeOptions {
        state_history: true,
        ..NodeOptions::default()
    }) {
        Ok(node) => {
            let address = node.state_history_address().unwrap();
            assert_eq!(read(node.url(), address), Some(expected));
        }
        Err(error) => skipped(&error.to_string()),
    }
}
