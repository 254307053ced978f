//! A client that costs as little as possible: a connection that stays open, requests made beforehand.

use crate::Failed;
use std::io::{Read, Write};
use std::net::TcpStream;

/// One connection, one request at a time.
pub struct Connection {
    stream: TcpStream,
    /// What has been read of the answer.
    buffer: Vec<u8>,
}

/// An answer: its status and its body.
pub struct Answer<'a> {
    pub status: u16,
    pub body: &'a [u8],
}

impl Connection {
    /// Connects to an address such as `127.0.0.1:8888`.
    pub fn open(address: &str) -> Result<Self, Failed> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            buffer: Vec::with_capacity(1 << 16),
        })
    }

    /// Sends a request and reads its whole answer.
    pub fn ask(&mut self, request: &[u8]) -> Result<Answer<'_>, Failed> {
        self.stream.write_all(request)?;
        self.buffer.clear();
        let head = loop {
            self.read()?;
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                break end + 4;
            }
        };
        let text = std::str::from_utf8(&self.buffer[..head])?;
        let status = text.get(9..12).ok_or("no status")?.parse()?;
        let length = text.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length")
                .then_some(value.trim())
        });
        let length: usize = length.ok_or("an answer without a length")?.parse()?;
        while self.buffer.len() < head + length {
            self.read()?;
        }
        Ok(Answer {
            status,
            body: &self.buffer[head..],
        })
    }

    fn read(&mut self) -> Result<(), Failed> {
        let mut part = [0; 1 << 14];
        let count = self.stream.read(&mut part)?;
        if count == 0 {
            return Err("the server has closed the connection".into());
        }
        self.buffer.extend_from_slice(&part[..count]);
        Ok(())
    }
}

impl Answer<'_> {
    /// Whether the body contains this text.
    pub fn has(&self, text: &str) -> bool {
        find(self.body, text.as_bytes()).is_some()
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

/// A request with a body of JSON.
pub fn post(address: &str, path: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}
