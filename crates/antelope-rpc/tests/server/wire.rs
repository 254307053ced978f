//! Requests as bytes, and everything that comes back until the connection ends.

use crate::support::{Answer, PATIENCE};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};

/// Sends bytes, closes this side, and reads to the end.
pub fn exchange(address: SocketAddr, request: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.set_nodelay(true).unwrap();
    // The server may have closed the connection before everything was sent.
    let _ = stream.write_all(request);
    let _ = stream.shutdown(Shutdown::Write);
    let mut answers = Vec::new();
    let mut part = [0; 4096];
    loop {
        match stream.read(&mut part) {
            Ok(0) | Err(_) => return answers,
            Ok(read) => answers.extend_from_slice(&part[..read]),
        }
    }
}

/// The answers in these bytes. `bodiless` says which of them have none in spite of their length, as
/// the answer to HEAD; interim answers (100) do not count.
pub fn answers(mut bytes: &[u8], bodiless: impl Fn(usize) -> bool) -> Vec<Answer> {
    let mut answers: Vec<Answer> = Vec::new();
    let mut finals = 0;
    while let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
        let head = String::from_utf8(bytes[..end + 4].to_vec()).unwrap();
        bytes = &bytes[end + 4..];
        let status: u16 = head.split(' ').nth(1).unwrap().parse().unwrap();
        let mut answer = Answer {
            status,
            head,
            body: String::new(),
        };
        let length = answer.header("content-length");
        let length: usize = length.map_or(0, |text| text.parse().unwrap());
        if status >= 200 {
            if !bodiless(finals) {
                let (body, rest) = bytes.split_at(length.min(bytes.len()));
                answer.body = String::from_utf8(body.to_vec()).unwrap();
                bytes = rest;
            }
            finals += 1;
        }
        answers.push(answer);
    }
    answers
}

/// What of an answer is the same on every chain: the first line, the names of headers with their
/// values where those are not the server's own, and the body of an error without places in the
/// source of nodeos.
#[derive(Debug, PartialEq)]
pub struct Seen {
    pub first_line: String,
    pub headers: Vec<String>,
    pub error: Option<Value>,
}

/// Headers whose values are the server's own.
const OWN: [&str; 2] = ["Server", "Content-Length"];

impl Seen {
    /// What this server says to what is no request: the library's answer, without a body.
    pub fn of_no_request() -> Self {
        Self {
            first_line: "HTTP/1.1 400 Bad Request".to_owned(),
            headers: vec!["Connection: close".to_owned(), "Content-Length".to_owned()],
            error: None,
        }
    }

    /// A refusal of its own, by status and reason.
    pub fn refusal(version: &str, status: &str, what: &str) -> Self {
        let (code, name) = status.split_once(' ').unwrap();
        let code: u16 = code.parse().unwrap();
        let of = json!({ "code": code, "name": name, "what": what, "details": null });
        let headers = [
            "Connection: close",
            "Content-Length",
            "Content-Type: application/json",
            "Server",
        ];
        Self {
            first_line: format!("HTTP/{version} {status}"),
            headers: headers.map(str::to_owned).to_vec(),
            error: Some(json!({ "code": code, "message": name, "error": of })),
        }
    }

    /// Whether it tells the client to go on.
    pub fn is_interim(&self) -> bool {
        self.first_line.contains(" 100 ")
    }

    pub fn of(answer: &Answer) -> Self {
        let mut lines = answer.head.lines();
        let first_line = lines.next().unwrap_or_default().to_owned();
        let mut headers: Vec<String> = lines
            .filter(|line| !line.is_empty())
            .map(|line| {
                let own = |name: &&str| line.starts_with(&format!("{name}: "));
                let own = OWN.iter().find(|name| own(name));
                own.map_or_else(|| line.to_owned(), |name| (*name).to_owned())
            })
            .collect();
        headers.sort();
        let error = (answer.status >= 400 && !answer.body.is_empty()).then(|| {
            let mut error: Value = serde_json::from_str(&answer.body).unwrap();
            // The second and later ones are texts of nodeos's own parser of JSON.
            if let Some(details) = error.pointer_mut("/error/details") {
                *details = details
                    .get(0)
                    .map_or(Value::Null, |first| first["message"].clone());
            }
            error
        });
        Self {
            first_line,
            headers,
            error,
        }
    }
}
