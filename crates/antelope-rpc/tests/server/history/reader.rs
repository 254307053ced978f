//! A client of state history that says what it likes.

use crate::support::PATIENCE;
use antelope_chain::{Chain, Genesis, LiveChain, NoContracts};
use antelope_history::{Blocks, GetBlocks, Request, Response, Status};
use antelope_rpc::{StateHistory, StateHistoryOptions};
use antelope_types::{Decode, Encode};
use std::io::Write;
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use tokio_tungstenite::tungstenite::client::client_with_config;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
use tokio_tungstenite::tungstenite::protocol::frame::{Frame, FrameHeader};
use tokio_tungstenite::tungstenite::{Error, Message, WebSocket};

/// A chain that records, of so many blocks, and its server.
pub fn recorded(blocks: u32, options: StateHistoryOptions) -> (LiveChain, StateHistory) {
    let mut chain = Chain::start(Genesis::default(), Arc::new(NoContracts)).unwrap();
    chain.record_history();
    while chain.head().number() < blocks {
        chain.produce_block().unwrap();
    }
    let live = LiveChain::new(chain);
    let server = StateHistory::start(&live, "127.0.0.1:0".parse().unwrap(), options).unwrap();
    (live, server)
}

/// What a client sees next.
#[derive(Debug, PartialEq)]
pub enum Seen {
    Status(Box<Status>),
    Blocks(Box<Blocks>),
    /// The session is over, in whatever way.
    Closed,
}

/// A session after its ABI has come.
pub struct Reader {
    socket: WebSocket<TcpStream>,
    /// The text that came first.
    pub abi: String,
}

impl Reader {
    pub fn connect(address: SocketAddr) -> Self {
        Self::over(TcpStream::connect(address).unwrap())
    }

    /// A session over this connection.
    pub fn over(stream: TcpStream) -> Self {
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_nodelay(true).unwrap();
        let config = WebSocketConfig::default()
            .max_message_size(None)
            .max_frame_size(None);
        let (socket, _) = client_with_config("ws://localhost/", stream, Some(config)).unwrap();
        let mut reader = Self {
            socket,
            abi: String::new(),
        };
        match reader.socket.read().unwrap() {
            Message::Text(abi) => reader.abi = abi.to_string(),
            other => panic!("expected the ABI, not {other:?}"),
        }
        reader
    }

    /// The connection below.
    pub fn stream(&mut self) -> &mut TcpStream {
        self.socket.get_mut()
    }

    pub fn socket(&mut self) -> &mut WebSocket<TcpStream> {
        &mut self.socket
    }

    pub fn send(&mut self, request: &Request) {
        self.say(Message::Binary(request.to_bytes().into()));
    }

    /// Sends any message. The server may have closed already.
    pub fn say(&mut self, message: Message) {
        let _ = self.socket.send(message);
    }

    /// Sends bytes that may be no frame at all.
    pub fn raw(&mut self, bytes: &[u8]) {
        let _ = self.stream().write_all(bytes);
    }

    /// Sends a message in fragments of so many bytes, with a ping after each but the last.
    pub fn fragments(&mut self, message: &[u8], bytes: usize, pings: bool) {
        let pieces: Vec<_> = message.chunks(bytes.max(1)).collect();
        for (at, piece) in pieces.iter().enumerate() {
            let is_final = at + 1 == pieces.len();
            let data = match at {
                0 => Data::Binary,
                _ => Data::Continue,
            };
            let header = FrameHeader {
                is_final,
                opcode: OpCode::Data(data),
                ..FrameHeader::default()
            };
            let piece = piece.to_vec();
            self.say(Message::Frame(Frame::from_payload(header, piece.into())));
            if pings && !is_final {
                self.say(Message::Ping(vec![at as u8].into()));
            }
        }
    }

    /// The payload of the next pong; `None` where the session is over.
    pub fn pong(&mut self) -> Option<Vec<u8>> {
        loop {
            match self.socket.read() {
                Ok(Message::Pong(bytes)) => return Some(bytes.to_vec()),
                Ok(_) => {}
                Err(_) => return None,
            }
        }
    }

    pub fn blocks(&mut self, request: &GetBlocks) {
        self.send(&Request::GetBlocks(request.clone()));
    }

    pub fn read(&mut self) -> Seen {
        let mut pings = 0;
        loop {
            let bytes = match self.socket.read() {
                Ok(Message::Binary(bytes)) => bytes,
                Ok(Message::Close(_) | Message::Pong(_)) => continue,
                Ok(Message::Ping(_)) if pings < 3 => {
                    pings += 1;
                    continue;
                }
                Ok(other) => panic!("expected an answer, not {other:?}"),
                Err(Error::Io(error)) if error.kind() == std::io::ErrorKind::WouldBlock => {
                    panic!("no answer came")
                }
                Err(_) => return Seen::Closed,
            };
            return match Response::from_bytes(&bytes).unwrap() {
                Response::Status(status) => Seen::Status(Box::new(status)),
                Response::Blocks(blocks) => Seen::Blocks(Box::new(blocks)),
            };
        }
    }

    /// The next result for a block.
    pub fn next(&mut self) -> Blocks {
        match self.read() {
            Seen::Blocks(blocks) => *blocks,
            other => panic!("expected a block, not {other:?}"),
        }
    }

    /// The numbers of so many results.
    pub fn numbers(&mut self, results: usize) -> Vec<u32> {
        let next = |_| self.next().this_block.map_or(0, |it| it.block_num);
        (0..results).map(next).collect()
    }

    pub fn status(&mut self) -> Status {
        self.send(&Request::GetStatus);
        match self.read() {
            Seen::Status(status) => *status,
            other => panic!("expected a status, not {other:?}"),
        }
    }

    /// All results that come without a new block or an acknowledgement: until six answers to
    /// questions about the status have come one after the other. A node sends at least one result
    /// between two of them, or passes one block that the client has.
    pub fn settle(&mut self) -> Vec<Blocks> {
        let mut results = Vec::new();
        let mut quiet = 0;
        while quiet < 6 {
            self.send(&Request::GetStatus);
            quiet += 1;
            loop {
                match self.read() {
                    Seen::Status(_) => break,
                    Seen::Blocks(blocks) => {
                        results.push(*blocks);
                        quiet = 0;
                    }
                    Seen::Closed => panic!("the session is over after {results:?}"),
                }
            }
        }
        results
    }
}

/// A range with everything in it.
pub fn range(start: u32, end: u32, in_flight: u32) -> GetBlocks {
    GetBlocks {
        start_block_num: start,
        end_block_num: end,
        max_messages_in_flight: in_flight,
        fetch_block: true,
        fetch_traces: true,
        fetch_deltas: true,
        ..GetBlocks::default()
    }
}
