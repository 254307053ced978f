//! Options of the node that change what it answers, and where.

use crate::support::{Running, program, veche, wait_until};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::Command;

/// What a session of state history begins with.
const HELLO: &str = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
    Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

/// The answer to a request over a socket in the file system.
fn asked(path: &Path, target: &str) -> String {
    let mut stream = UnixStream::connect(path).unwrap();
    write!(stream, "GET {target} HTTP/1.0\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_socket_in_the_file_system_answers_and_is_removed_at_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("node.sock");
    let mut command = veche();
    command
        .args(["--boot", "empty", "--unix-socket"])
        .arg(&path);
    let node = Running::start(command);
    let answer = asked(&path, "/v1/chain/get_info");
    assert!(answer.starts_with("HTTP/1.0 200 OK\r\n"), "{answer}");
    assert!(answer.contains("head_block_num"), "{answer}");
    node.stop();
    assert!(!path.exists(), "it stays");
}

#[test]
fn a_socket_that_cannot_be_made_keeps_the_node_from_starting() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = veche();
    let path = folder.path().join("none/node.sock");
    command
        .args(["--boot", "empty", "--unix-socket"])
        .arg(&path);
    let failed = Running::try_start(command).err().unwrap();
    failed.says(&["none/node.sock"]);
}

#[test]
fn terse_errors_have_their_first_message_only() {
    let messages = |options: &[&str]| {
        let mut command = veche();
        command.args(["--boot", "empty"]).args(options);
        let node = Running::start(command);
        let (status, body) = node.page("/v1/chain/send_transaction");
        assert_eq!(status, 400, "{body}");
        let request = json!({ "unrelated": 1 }).to_string();
        let client = node.client();
        let answer = client.post("/v1/chain/send_transaction", request.as_bytes());
        let body: Value = serde_json::from_slice(&answer.unwrap().body).unwrap();
        let details = body["error"]["details"].as_array().unwrap();
        let text = |detail: &Value| detail["message"].as_str().unwrap().to_owned();
        details.iter().map(text).collect::<Vec<_>>()
    };
    let all = [
        "Missing signatures",
        "Failed to deserialize variant",
        "Invalid packed transaction",
    ];
    assert_eq!(messages(&[]), all);
    assert_eq!(messages(&["--terse-errors"]), all[..1]);
}

#[test]
fn sessions_of_indexers_are_among_the_metrics() {
    let mut command = veche();
    command.args(["--boot", "empty"]);
    let node = Running::start(command);
    let sessions = |page: &str| {
        let mut lines = page.lines();
        let line = lines.find_map(|line| line.strip_prefix("antelope_state_history_sessions "));
        line.map(str::to_owned)
    };
    assert_eq!(sessions(&node.page("/metrics").1).as_deref(), Some("0"));
    let address = node.started["state_history"].as_str().unwrap();
    let mut indexer = TcpStream::connect(address.strip_prefix("ws://").unwrap()).unwrap();
    indexer.write_all(HELLO.as_bytes()).unwrap();
    // The session has begun once the server has answered.
    let mut said = [0; 12];
    indexer.read_exact(&mut said).unwrap();
    assert_eq!(&said, b"HTTP/1.1 101");
    wait_until("a session in the metrics", || {
        sessions(&node.page("/metrics").1).as_deref() == Some("1")
    });
    drop(indexer);
    wait_until("no session in the metrics", || {
        sessions(&node.page("/metrics").1).as_deref() == Some("0")
    });

    let mut command = Command::new(program());
    command.args(["node", "--json", "--listen", "127.0.0.1:0"]);
    command.args(["--boot", "empty", "--state-history", "off"]);
    let node = Running::start(command);
    assert_eq!(sessions(&node.page("/metrics").1), None);
}

/// The time of `onblock` in a block that has nothing else, in microseconds, as state history tells it.
fn time_of_onblock(node: &Running, block: u32) -> i64 {
    let address = node.started["state_history"].as_str().unwrap();
    let mut indexer = TcpStream::connect(address.strip_prefix("ws://").unwrap()).unwrap();
    indexer.write_all(HELLO.as_bytes()).unwrap();
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\n") {
        answer.push(byte(&mut indexer));
    }
    // Traces of the block: tag, range, credit, no positions, and what is wanted.
    let mut request = vec![0x82, 0x80 | 18, 0, 0, 0, 0, 1];
    for number in [block, block + 1, 1] {
        request.extend(number.to_le_bytes());
    }
    request.extend([0, 0, 0, 1, 0]);
    indexer.write_all(&request).unwrap();
    let _abi = frame(&mut indexer);
    let result = frame(&mut indexer);
    // After positions and no block, traces with their length: one, its version, id, status, CPU and
    // NET, and then its time.
    let at = 1 + 36 + 36 + 37 + 37 + 1 + 1 + 2 + 1 + 1 + 32 + 1 + 4 + 1;
    i64::from_le_bytes(result[at..at + 8].try_into().unwrap())
}

fn byte(stream: &mut TcpStream) -> u8 {
    let mut byte = [0];
    stream.read_exact(&mut byte).unwrap();
    byte[0]
}

/// The payload of a frame of the server.
fn frame(stream: &mut TcpStream) -> Vec<u8> {
    byte(stream);
    let length = match byte(stream) {
        126 => usize::from(byte(stream)) << 8 | usize::from(byte(stream)),
        127 => (0..8).fold(0, |length, _| length << 8 | usize::from(byte(stream))),
        short => usize::from(short),
    };
    let mut payload = vec![0; length];
    stream.read_exact(&mut payload).unwrap();
    payload
}

#[test]
fn traces_have_their_times_in_debug_mode() {
    let time = |options: &[&str]| {
        let mut command = veche();
        // The system contract has work in `onblock`; without a contract it takes less than 1 µs.
        command.args(["--boot", "system"]).args(options);
        let node = Running::start(command);
        let head = || node.client().get_info().unwrap().head_block_num;
        let block = head() + 2;
        wait_until("a few blocks", || head() > block);
        time_of_onblock(&node, block)
    };
    assert_eq!(time(&[]), 0);
    assert!(time(&["--trace-history-debug-mode"]) > 0);
}
