//! The way to a node that spoils something.

use serde_json::json;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

/// What is spoiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spoils {
    /// The calls that tell of history are not there.
    History,
    /// Transactions arrive, and their answers are lost.
    Answers,
}

/// The address of the way to this node.
pub(super) fn relay(node: &str, spoils: Spoils) -> String {
    let node = node.trim_start_matches("http://").to_owned();
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let node = node.clone();
            thread::spawn(move || one(&stream, &node, spoils));
        }
    });
    format!("http://{address}")
}

/// One request and its answer.
fn one(stream: &TcpStream, node: &str, spoils: Spoils) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let (mut request, mut length) = (Vec::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let lower = line.to_ascii_lowercase();
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
        if line.trim().is_empty() {
            request.extend(b"Connection: close\r\n\r\n");
            break;
        }
        if !lower.starts_with("connection:") {
            request.extend(line.as_bytes());
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let first = String::from_utf8_lossy(request.split(|it| *it == b'\n').next()?).into_owned();
    let is_history = first.contains("/v1/history/") || first.contains("/v1/trace_api/");
    let answer = if spoils == Spoils::History && is_history {
        unknown()
    } else {
        request.extend(body);
        let mut there = TcpStream::connect(node).ok()?;
        there.write_all(&request).ok()?;
        let mut answer = Vec::new();
        there.read_to_end(&mut answer).ok()?;
        answer
    };
    if spoils == Spoils::Answers && first.contains("send_transaction") {
        return None;
    }
    let mut stream = stream;
    stream.write_all(&answer).ok()
}

/// What a node answers to a call that it does not have.
fn unknown() -> Vec<u8> {
    let body = json!({
        "code": 404, "message": "Not Found",
        "error": {
            "code": 0, "name": "exception", "what": "unspecified",
            "details": [{ "message": "Unknown Endpoint", "file": "", "line_number": 0, "method": "" }],
        },
    });
    let body = body.to_string();
    let length = body.len();
    format!("HTTP/1.1 404 Not Found\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}")
        .into_bytes()
}
