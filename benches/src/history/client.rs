//! An indexer that reads as fast as it is sent to: as much of a websocket client as that needs.
//!
//! Its messages are below 126 bytes. Results come in one frame or in several.

use crate::Failed;
use antelope_history::{GetBlocks, Request};
use antelope_types::Encode;
use std::io::{BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};

/// The first byte of a frame that is a whole binary message.
const BINARY: u8 = 0x82;
/// The bit of the second byte that says that a mask follows; clients must send one.
const MASKED: u8 = 0x80;
/// The bit of the first byte that says that a message is complete.
const LAST: u8 = 0x80;
/// The bit of the first byte of frames that are no part of a message.
const CONTROL: u8 = 0x08;

/// Bytes of a result before its block: the tag, head, last irreversible block, this and the one before.
const POSITIONS: usize = 1 + 36 + 36 + 37 + 37;

/// What was read.
pub struct Told {
    /// Bytes of all results.
    pub bytes: u64,
    /// A digest of what follows the positions in each, if it was asked for; the positions differ by
    /// when the server was asked.
    pub digest: u64,
}

/// A session, after its ABI has come.
pub struct Session {
    reader: BufReader<TcpStream>,
    writer: TcpStream,
    message: Vec<u8>,
}

impl Session {
    pub fn open(address: SocketAddr) -> Result<Self, Failed> {
        let mut writer = TcpStream::connect(address)?;
        writer.set_nodelay(true)?;
        let request = "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
            Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n";
        writer.write_all(request.as_bytes())?;
        let mut reader = BufReader::with_capacity(1 << 18, writer.try_clone()?);
        let mut answer = Vec::new();
        while !answer.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            reader.read_exact(&mut byte)?;
            answer.extend(byte);
        }
        if !answer.starts_with(b"HTTP/1.1 101 ") {
            return Err("state history did not answer a handshake".into());
        }
        let mut session = Self {
            reader,
            writer,
            message: Vec::new(),
        };
        session.receive()?;
        Ok(session)
    }

    /// Reads the results of these blocks, and acknowledges each where only some may be in flight.
    pub fn read(
        &mut self,
        first: u32,
        last: u32,
        in_flight: u32,
        digested: bool,
    ) -> Result<Told, Failed> {
        self.send(&Request::GetBlocks(GetBlocks {
            start_block_num: first,
            end_block_num: last + 1,
            max_messages_in_flight: in_flight,
            fetch_block: true,
            fetch_traces: true,
            fetch_deltas: true,
            ..GetBlocks::default()
        }))?;
        let mut told = Told {
            bytes: 0,
            // FNV-1a.
            digest: 0xcbf2_9ce4_8422_2325,
        };
        for _ in first..=last {
            self.receive()?;
            told.bytes += self.message.len() as u64;
            if digested {
                for byte in self.message.iter().skip(POSITIONS) {
                    told.digest = (told.digest ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
                }
            }
            if in_flight < last - first {
                self.send(&Request::Ack(1))?;
            }
        }
        Ok(told)
    }

    fn send(&mut self, request: &Request) -> Result<(), Failed> {
        let message = request.to_bytes();
        // A mask of zeros leaves the message as it is.
        let mut frame = vec![BINARY, MASKED | message.len() as u8, 0, 0, 0, 0];
        frame.extend(message);
        self.writer.write_all(&frame)?;
        Ok(())
    }

    /// Reads the next message into the buffer. Pings are not answered: nobody waits that long here.
    fn receive(&mut self) -> Result<(), Failed> {
        self.message.clear();
        loop {
            let [first, length] = self.bytes()?;
            let length = match length {
                126 => u64::from(u16::from_be_bytes(self.bytes()?)),
                127 => u64::from_be_bytes(self.bytes()?),
                short => u64::from(short),
            };
            let read = (&mut self.reader)
                .take(length)
                .read_to_end(&mut self.message)?;
            if read as u64 != length {
                return Err("state history has ended a session".into());
            }
            if first & CONTROL != 0 {
                self.message.truncate(self.message.len() - read);
            } else if first & LAST != 0 {
                return Ok(());
            }
        }
    }

    fn bytes<const N: usize>(&mut self) -> Result<[u8; N], Failed> {
        let mut bytes = [0; N];
        self.reader.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}
