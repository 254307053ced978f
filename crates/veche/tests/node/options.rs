//! Options of the node that change what it answers, and where.

use crate::support::{Running, veche};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::net::UnixStream;

/// The first line of an answer that comes over a socket in the file system.
fn asked(path: &std::path::Path, target: &str) -> String {
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
    let all = ["Missing signatures", "Invalid packed transaction"];
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
    let hello = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
                 Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    indexer.write_all(hello.as_bytes()).unwrap();
    // The session has begun once the server has answered.
    let mut said = [0; 12];
    indexer.read_exact(&mut said).unwrap();
    assert_eq!(&said, b"HTTP/1.1 101");
    crate::support::wait_until("a session in the metrics", || {
        sessions(&node.page("/metrics").1).as_deref() == Some("1")
    });
    drop(indexer);
    crate::support::wait_until("no session in the metrics", || {
        sessions(&node.page("/metrics").1).as_deref() == Some("0")
    });

    let mut command = veche();
    command.args(["--boot", "empty", "--state-history", "off"]);
    let node = Running::start(command);
    assert_eq!(sessions(&node.page("/metrics").1), None);
}
