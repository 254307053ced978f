//! HTTP over a unix socket, as much of it as keosd speaks.
//!
//! Each call is a connection of its own. The answer must say how long it is, which keosd's do, or end
//! with the connection.

use antelope_rpc_client::{Answer, ClientError, Transport};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::time::Duration;
use zeroize::Zeroizing;

/// How long each read and write may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// Most bytes of the head of an answer, and of its body.
const MOST_HEAD: u64 = 16 << 10;
const MOST_BODY: u64 = 1 << 20;

/// The way to a keosd by its socket.
#[derive(Debug)]
pub(super) struct Socket {
    address: String,
    path: PathBuf,
}

impl Socket {
    /// The socket at `path`; `address` is what errors call it.
    pub(super) fn new(address: &str, path: &str) -> Self {
        Self {
            address: address.to_owned(),
            path: PathBuf::from(path),
        }
    }

    fn exchange(&self, path: &str, body: &[u8]) -> io::Result<Answer> {
        let mut stream = UnixStream::connect(&self.path)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        // The body may have the password of a wallet.
        let mut request = Zeroizing::new(Vec::with_capacity(head.len() + body.len()));
        request.extend_from_slice(head.as_bytes());
        request.extend_from_slice(body);
        stream.write_all(&request)?;
        read_answer(BufReader::new(stream))
    }
}

/// Reads the status, the headers and the body.
fn read_answer(mut from: impl BufRead) -> io::Result<Answer> {
    let wrong = |problem: &str| io::Error::new(io::ErrorKind::InvalidData, problem);
    let mut head = from.by_ref().take(MOST_HEAD);
    let mut line = String::new();
    head.read_line(&mut line)?;
    let status = line
        .strip_prefix("HTTP/1.")
        .and_then(|rest| rest.split(' ').nth(1))
        .and_then(|status| status.trim().parse().ok())
        .ok_or_else(|| wrong("the answer is not HTTP"))?;
    let mut length = None;
    loop {
        line.clear();
        head.read_line(&mut line)?;
        if !line.ends_with('\n') {
            return Err(wrong("the headers of the answer do not end"));
        }
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        if name.eq_ignore_ascii_case("content-length") {
            let value = value.trim().parse::<u64>();
            length = Some(value.map_err(|_| wrong("the answer has no length"))?);
        } else if name.eq_ignore_ascii_case("transfer-encoding") {
            return Err(wrong("the answer is in parts, expected it whole"));
        }
    }
    let most = length.unwrap_or(MOST_BODY + 1);
    if length.is_some() && most > MOST_BODY {
        return Err(wrong("the answer is longer than 1 MiB"));
    }
    let mut body = Vec::new();
    let read = from.take(most).read_to_end(&mut body)?;
    let is_whole = length.is_none_or(|length| read as u64 == length);
    if !is_whole || read as u64 > MOST_BODY {
        return Err(wrong("the answer is not whole, or longer than 1 MiB"));
    }
    Ok(Answer { status, body })
}

impl Transport for Socket {
    fn address(&self) -> &str {
        &self.address
    }

    fn post(&self, path: &str, body: &[u8]) -> Result<Answer, ClientError> {
        self.exchange(path, body).map_err(|error| {
            let is_late = matches!(
                error.kind(),
                io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut
            );
            ClientError::Transport {
                url: format!("{}{path}", self.address),
                problem: error.to_string(),
                timed_out: is_late,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> io::Result<Answer> {
        read_answer(text.as_bytes())
    }

    #[test]
    fn answers_with_and_without_a_length_are_read() {
        let answer = read("HTTP/1.1 201 Created\r\nContent-length: 2\r\n\r\n{}").unwrap();
        assert_eq!((answer.status, answer.body.as_slice()), (201, &b"{}"[..]));
        let answer = read("HTTP/1.0 500 Oh\r\nX: y\r\n\r\n{\"a\":1}").unwrap();
        assert_eq!((answer.status, answer.body.len()), (500, 7));
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        let long = format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n", "x".repeat(20_000));
        for bad in [
            "",
            "SSH-2.0\r\n\r\n",
            "HTTP/1.1 two\r\n\r\n",
            "HTTP/1.1 200 OK\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{}",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n{}",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            &long,
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
