//! A few scripted HTTP answers, for tests of what real nodes seldom do.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A server on a free port. Its answers are chosen by the path of the request.
pub(crate) struct FakeNode {
    pub(crate) url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

/// What to answer: status and body; no answer at all for `None`.
pub(crate) type Answer = Option<(u16, Vec<u8>)>;

/// A node's answer to a call it does not have.
pub(crate) fn unknown_endpoint() -> Answer {
    let body = br#"{"code":404,"message":"Not Found","error":{"code":0,"name":"exception",
        "what":"unspecified","details":[{"message":"Unknown Endpoint","file":"","line_number":1,
        "method":""}]}}"#;
    Some((404, body.to_vec()))
}

impl FakeNode {
    /// Serves until the test process ends.
    pub(crate) fn new(answer: impl Fn(&str) -> Answer + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let path = read_request(&stream);
                log.lock().unwrap().push(path.clone());
                match answer(&path) {
                    Some((status, body)) => respond(stream, status, &body),
                    None => thread::sleep(Duration::from_secs(5)),
                }
            }
        });
        Self { url, asked }
    }

    /// The paths asked for so far.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn read_request(mut stream: &TcpStream) -> String {
    let mut text = Vec::new();
    let mut byte = [0];
    // Anything but a request, such as the start of TLS, is not waited for to the end.
    while !text.ends_with(b"\r\n\r\n")
        && (text.len() < 4 || text.is_ascii())
        && stream.read_exact(&mut byte).is_ok()
    {
        text.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&text).into_owned();
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse().unwrap())
    });
    stream
        .read_exact(&mut vec![0; length.unwrap_or(0)])
        .unwrap();
    head.split(' ').nth(1).unwrap().to_owned()
}

fn respond(mut stream: TcpStream, status: u16, body: &[u8]) {
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    // A client may stop reading a long answer.
    let _ = stream
        .write_all(head.as_bytes())
        .and_then(|()| stream.write_all(body));
}
