//! A session: one websocket, from the ABI that the node begins with to the end.
//!
//! It knows messages and time, and nothing of blocks that follow each other. After any error it is of no
//! use: part of a message may have been read. All reads have a time limit, so that the follower's thread
//! always comes back.

use super::StateHistoryWindow;
use crate::error::FollowError;
use antelope_history::{Request, Response, Status};
use antelope_types::{Decode, Encode};
use std::io::ErrorKind;
use std::net::{TcpStream, ToSocketAddrs};
use std::time::{Duration, Instant};
use tungstenite::client::client_with_config;
use tungstenite::error::CapacityError;
use tungstenite::protocol::WebSocketConfig;
use tungstenite::{Error, Message, WebSocket};

/// The shortest time that a read waits: none at all is refused by the system.
const SHORTEST: Duration = Duration::from_millis(1);

/// A connection to a node that has sent its ABI.
#[derive(Debug)]
pub(super) struct Session {
    socket: WebSocket<TcpStream>,
    address: String,
    /// How long the node may say nothing.
    patience: Duration,
    /// When the node said something last, pings included, or was asked for its status after a silence.
    heard: Instant,
    /// Whether it owes an answer: it was asked since its last message.
    is_asked: bool,
    /// How many blocks came that are not acknowledged.
    unacknowledged: u32,
    /// How long a read waits now.
    timeout: Duration,
}

/// Host and port of `ws://HOST:PORT`, or of the same without `ws://`.
pub(super) fn address_of(url: &str) -> Result<String, FollowError> {
    let address = url.strip_prefix("ws://").unwrap_or(url);
    let address = address.strip_suffix('/').unwrap_or(address);
    let port = address.rsplit_once(':').and_then(|(host, port)| {
        let port: u16 = port.parse().ok()?;
        (!host.is_empty() && !host.contains('/')).then_some(port)
    });
    match port {
        Some(_) => Ok(address.to_owned()),
        None => Err(FollowError::Address {
            address: url.to_owned(),
        }),
    }
}

impl Session {
    /// Connects, and reads the ABI. It is not interpreted: the messages are those of nodeos 4.1, which later
    /// versions still answer in.
    pub(super) fn connect(address: &str, window: &StateHistoryWindow) -> Result<Self, FollowError> {
        let lost = |problem: String| FollowError::Connection {
            address: address.to_owned(),
            problem,
        };
        let stream = dial(address, window.patience).map_err(|error| lost(error.to_string()))?;
        let config = WebSocketConfig::default()
            .max_message_size(Some(window.message_bytes))
            .max_frame_size(Some(window.message_bytes));
        let url = format!("ws://{address}/");
        let (socket, _) = client_with_config(url.as_str(), stream, Some(config))
            .map_err(|error| lost(error.to_string()))?;
        let mut session = Self {
            socket,
            address: address.to_owned(),
            patience: window.patience,
            heard: Instant::now(),
            is_asked: true,
            unacknowledged: 0,
            timeout: window.patience,
        };
        match session.message(window.patience)? {
            Some(Message::Text(abi)) if abi.contains("get_blocks_result_v0") => Ok(session),
            Some(_) => Err(session.malformed("it does not begin with the ABI of state history")),
            None => Err(lost(
                "it accepts the connection and says nothing".to_owned(),
            )),
        }
    }

    /// Where the node is, and which blocks it has. For a session that has not asked for blocks yet: those
    /// that come first would be lost.
    pub(super) fn status(&mut self) -> Result<Status, FollowError> {
        self.send(&Request::GetStatus)?;
        let until = Instant::now() + self.patience;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match self.receive(left)? {
                Some(Response::Status(status)) => return Ok(status),
                Some(Response::Blocks(_)) => {}
                None if Instant::now() >= until => {
                    return Err(self.lost("it does not tell its status"));
                }
                None => {}
            }
        }
    }

    pub(super) fn send(&mut self, request: &Request) -> Result<(), FollowError> {
        let sent = self.socket.send(Message::Binary(request.to_bytes().into()));
        sent.map_err(|error| self.lost(&error.to_string()))
    }

    /// Counts a block; acknowledges when half a window has come.
    pub(super) fn acknowledge(&mut self, window: u32) -> Result<(), FollowError> {
        self.unacknowledged += 1;
        if self.unacknowledged < window.div_ceil(2) {
            return Ok(());
        }
        let count = std::mem::take(&mut self.unacknowledged);
        self.send(&Request::Ack(count))
    }

    /// The next answer, if one comes in time. A node that says nothing for long is asked for its status, and
    /// given up when it does not answer.
    pub(super) fn receive(&mut self, wait: Duration) -> Result<Option<Response>, FollowError> {
        match self.message(wait)? {
            Some(Message::Binary(bytes)) => {
                let response = Response::from_bytes(&bytes);
                let response = response.map_err(|error| self.malformed(&error.to_string()))?;
                Ok(Some(response))
            }
            Some(_) => Err(self.malformed("expected an answer in binary")),
            None if self.heard.elapsed() < self.patience => Ok(None),
            None if self.is_asked => Err(self.lost("it has stopped answering")),
            None => {
                self.heard = Instant::now();
                self.is_asked = true;
                self.send(&Request::GetStatus)?;
                Ok(None)
            }
        }
    }

    /// The next message with contents, if one comes in time.
    fn message(&mut self, wait: Duration) -> Result<Option<Message>, FollowError> {
        let until = Instant::now() + wait;
        loop {
            self.wait_at_most(until.saturating_duration_since(Instant::now()))?;
            match self.socket.read() {
                Ok(Message::Close(frame)) => {
                    let reason = frame.map(|frame| frame.reason.to_string());
                    return Err(self.lost(&format!("it closed: {}", reason.unwrap_or_default())));
                }
                Ok(message @ (Message::Binary(_) | Message::Text(_))) => {
                    self.heard = Instant::now();
                    self.is_asked = false;
                    return Ok(Some(message));
                }
                // Pings are answered by the next read or write.
                Ok(_) => self.heard = Instant::now(),
                Err(Error::Io(error)) if is_timeout(&error) => {
                    if Instant::now() >= until {
                        return Ok(None);
                    }
                }
                Err(Error::Capacity(CapacityError::MessageTooLong { size, max_size })) => {
                    return Err(FollowError::TooLong {
                        address: self.address.clone(),
                        bytes: size,
                        limit: max_size,
                    });
                }
                Err(error) => return Err(self.lost(&error.to_string())),
            }
        }
    }

    /// Lets reads wait so long, or somewhat shorter: rounded down to a power of two, so that the system is not told
    /// again for each message.
    fn wait_at_most(&mut self, time: Duration) -> Result<(), FollowError> {
        let millis = u64::try_from(time.max(SHORTEST).as_millis()).unwrap_or(u64::MAX);
        let timeout = Duration::from_millis(1 << millis.ilog2());
        if timeout != self.timeout {
            let set = self.socket.get_ref().set_read_timeout(Some(timeout));
            set.map_err(|error| self.lost(&error.to_string()))?;
            self.timeout = timeout;
        }
        Ok(())
    }

    fn lost(&self, problem: &str) -> FollowError {
        FollowError::Connection {
            address: self.address.clone(),
            problem: problem.to_owned(),
        }
    }

    fn malformed(&self, problem: &str) -> FollowError {
        FollowError::Protocol {
            address: self.address.clone(),
            problem: problem.to_owned(),
        }
    }
}

/// Connects to the first address of a host that accepts.
fn dial(address: &str, patience: Duration) -> std::io::Result<TcpStream> {
    let mut last = std::io::Error::new(ErrorKind::NotFound, "the host has no address");
    for found in address.to_socket_addrs()? {
        match TcpStream::connect_timeout(&found, patience) {
            Ok(stream) => {
                stream.set_nodelay(true)?;
                stream.set_read_timeout(Some(patience))?;
                stream.set_write_timeout(Some(patience))?;
                return Ok(stream);
            }
            Err(error) => last = error,
        }
    }
    Err(last)
}

fn is_timeout(error: &std::io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_a_host_and_a_port() {
        for good in ["ws://127.0.0.1:8080", "ws://node:8080/", "[::1]:80"] {
            assert!(address_of(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "ws://",
            "node",
            "http://node:80",
            "ws://node:99999",
            "node:80/x",
        ] {
            let error = address_of(bad).unwrap_err().to_string();
            assert!(error.contains("ws://HOST:PORT"), "{error}");
        }
    }
}
