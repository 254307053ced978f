//! A server without contracts, and a client that says what it likes.

use antelope_chain::api::{Api, Production};
use antelope_chain::{Chain, Genesis, NoContracts};
use antelope_node::{Node, NodeError, NodeOptions};
use antelope_rpc::{Options, Server};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Longer than anything that works takes, so that a test ends.
pub const PATIENCE: Duration = Duration::from_secs(60);

pub const GET_INFO: &[u8] = b"POST /v1/chain/get_info HTTP/1.1\r\nHost: localhost\r\n\r\n";

pub fn api() -> Api {
    let chain = Chain::start(Genesis::default(), Arc::new(NoContracts)).unwrap();
    Api::new(chain, Production::PerTransaction)
}

pub fn server(options: Options) -> (Api, Server) {
    let api = api();
    let server = server_of(api.clone(), options);
    (api, server)
}

pub fn server_of(api: Api, options: Options) -> Server {
    Server::start(api, "127.0.0.1:0".parse().unwrap(), options).unwrap()
}

/// Waits until something is so, and panics where it never is.
pub fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// A real node; none where there is no program, which is told. Any other error is one of the test.
pub fn node(test: &str, options: NodeOptions) -> Option<Node> {
    match Node::start(options) {
        Ok(node) => Some(node),
        Err(missing @ NodeError::ProgramMissing { .. }) => {
            let _ = writeln!(std::io::stderr(), "SKIPPED: {test}: {missing}");
            None
        }
        Err(error) => panic!("{test}: {error}"),
    }
}

pub fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.set_nodelay(true).unwrap();
    stream
}

/// An answer: status, head, body.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(':'));
        let found = lines.find(|(found, _)| found.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim())
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// Reads one answer; none where the connection ends before one.
pub fn read(stream: &mut TcpStream) -> Option<Answer> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => head.push(byte[0]),
            _ => return None,
        }
    }
    let head = String::from_utf8(head).unwrap();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let mut answer = Answer {
        status,
        head,
        body: String::new(),
    };
    let length = answer
        .header("content-length")
        .map_or(0, |text| text.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    answer.body = String::from_utf8(body).unwrap();
    Some(answer)
}

pub fn ask(address: SocketAddr, request: &[u8]) -> Option<Answer> {
    let mut stream = connect(address);
    // The server may have refused before everything was sent.
    let _ = stream.write_all(request);
    read(&mut stream)
}

/// A request with a body.
pub fn post(path: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n{body}")
        .into_bytes()
}

/// Whether the server closes the connection.
pub fn is_closed(stream: &mut TcpStream) -> bool {
    let mut rest = Vec::new();
    match stream.read_to_end(&mut rest) {
        Ok(_) => true,
        Err(error) => error.kind() == std::io::ErrorKind::ConnectionReset,
    }
}
