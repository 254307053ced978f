//! A session of the state history protocol: as much of a websocket client as it needs.
//!
//! Messages of clients are below 126 bytes, and nodeos sends each of its own in whole frames.

use antelope_history::Request;
use antelope_types::Encode;
use std::io::{Read, Write};
use std::net::TcpStream;

/// The first byte of a frame that is a whole binary message.
const BINARY: u8 = 0x82;
/// The bit of the second byte that says that a mask follows; clients must send one.
const MASKED: u8 = 0x80;
/// The bit of the first byte that says that a message is complete.
const LAST: u8 = 0x80;

pub struct Session {
    stream: TcpStream,
    abi: String,
}

impl Session {
    /// Opens a session, and reads the ABI that the node begins with.
    pub fn open(mut stream: TcpStream) -> Self {
        let request = "GET / HTTP/1.1\r\nHost: node\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
            Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n";
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        while !answer.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            answer.extend(byte);
        }
        assert!(answer.starts_with(b"HTTP/1.1 101 "));
        let abi = String::new();
        let mut session = Self { stream, abi };
        session.abi = String::from_utf8(session.receive()).unwrap();
        session
    }

    /// The text that the session began with.
    pub fn abi(&self) -> &str {
        &self.abi
    }

    /// Sends a request.
    pub fn send(&mut self, request: &Request) {
        let message = request.to_bytes();
        assert!(
            message.len() < 126,
            "a message of more bytes has another length"
        );
        // A mask of zeros leaves the message as it is.
        let mut frame = vec![BINARY, MASKED | message.len() as u8, 0, 0, 0, 0];
        frame.extend(message);
        self.stream.write_all(&frame).unwrap();
    }

    /// The next message.
    pub fn receive(&mut self) -> Vec<u8> {
        let mut message = Vec::new();
        loop {
            let [first, length] = self.bytes();
            let length = match length {
                126 => u64::from(u16::from_be_bytes(self.bytes())),
                127 => u64::from_be_bytes(self.bytes()),
                short => u64::from(short),
            };
            let mut part = vec![0; length as usize];
            self.stream.read_exact(&mut part).unwrap();
            message.extend(part);
            if first & LAST != 0 {
                return message;
            }
        }
    }

    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.stream.read_exact(&mut bytes).unwrap();
        bytes
    }
}
