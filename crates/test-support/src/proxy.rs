//! Something between a program and a node that spoils calls, as networks and nodes do on bad days.
//!
//! | [`Spoil`] | the node gets the call | the program gets |
//! |---|---|---|
//! | `Nothing` | yes | the answer |
//! | `LostBefore` | no | the end of the connection |
//! | `LostAfter` | yes | the end of the connection |
//! | `SilentBefore` | no | nothing, until it gives up |
//! | `SilentAfter` | yes | nothing, until it gives up |
//! | `Status` | no | a page of a proxy, with this status: 429, 502, 503 |
//! | `StatusAfter` | yes | a page of a proxy, with this status: 504 |
//! | `Unknown` | no | what a node says that has no such call |
//! | `Slow` | yes | the answer, later |
//! | `Cut` | yes | the first half of the answer; the header tells the length of the whole |
//! | `CutUnseen` | yes | the first half of the answer, without a length |
//! | `Garbage` | yes | status 200, and a body that is not JSON |
//! | `OtherChain` | yes | of `get_info` the id of another chain; of other calls the answer |
//! | `Behind` | yes | of `get_info` a head of so many seconds ago; of other calls the answer |
//!
//! A judge decides what becomes of each call. It is given the last part of the path, such as
//! `send_transaction2`, and how often that was called before; it may be called by several threads at once.

use antelope_rpc_client::Client;
use antelope_types::TimePoint;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What becomes of a call; see the table of the [module](self).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoil {
    Nothing,
    LostBefore,
    LostAfter,
    SilentBefore,
    SilentAfter,
    Status(u16),
    StatusAfter(u16),
    Unknown,
    Slow(Duration),
    Cut,
    CutUnseen,
    Garbage,
    OtherChain,
    Behind(i64),
}

impl Spoil {
    /// What it is called in counts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::LostBefore => "lost before it arrives",
            Self::LostAfter => "answer lost",
            Self::SilentBefore => "silence before it arrives",
            Self::SilentAfter => "silence after it arrived",
            Self::Status(_) => "status of a proxy",
            Self::StatusAfter(_) => "proxy gave up",
            Self::Unknown => "no such call",
            Self::Slow(_) => "slow",
            Self::Cut => "answer cut",
            Self::CutUnseen => "answer cut unseen",
            Self::Garbage => "garbage",
            Self::OtherChain => "other chain",
            Self::Behind(_) => "head of another time",
        }
    }

    fn arrives(self) -> bool {
        !matches!(
            self,
            Self::LostBefore | Self::SilentBefore | Self::Status(_) | Self::Unknown
        )
    }
}

/// Whether a call sends a transaction that may last.
pub fn sends(call: &str) -> bool {
    call.starts_with("send_transaction") || call.starts_with("push_transaction")
}

type Judge = dyn Fn(&str, usize) -> Spoil + Send + Sync;
type Change = dyn Fn(&str, &mut Value) + Send + Sync;

/// A running proxy. It ends when it is dropped.
pub struct Proxy {
    port: u16,
    inner: Arc<Inner>,
}

struct Inner {
    node: Mutex<Client>,
    judge: Box<Judge>,
    change: Box<Change>,
    /// The calls until now.
    calls: Mutex<Vec<String>>,
    /// How often calls were spoiled, by how.
    spoiled: Mutex<BTreeMap<&'static str, usize>>,
    /// How many calls have met silence.
    held: AtomicUsize,
    ended: AtomicBool,
}

impl Proxy {
    /// Spoils the calls of the node at `url` as `judge` says.
    pub fn spoiling(
        url: &str,
        judge: impl Fn(&str, usize) -> Spoil + Send + Sync + 'static,
    ) -> Self {
        Self::start(url, Box::new(judge), Box::new(|_, _| {}))
    }

    /// Changes answers: `change` is given the last part of the path and the object.
    pub fn changing(url: &str, change: impl Fn(&str, &mut Value) + Send + Sync + 'static) -> Self {
        Self::start(url, Box::new(|_, _| Spoil::Nothing), Box::new(change))
    }

    /// Spoils the first transaction that is sent, and answers nothing at all from then on.
    pub fn ending_with(url: &str, spoil: Spoil) -> Self {
        let has_ended = AtomicBool::new(false);
        Self::spoiling(url, move |call, _| match has_ended.load(Ordering::SeqCst) {
            true => Spoil::LostBefore,
            false if sends(call) => {
                has_ended.store(true, Ordering::SeqCst);
                spoil
            }
            false => Spoil::Nothing,
        })
    }

    fn start(url: &str, judge: Box<Judge>, change: Box<Change>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let inner = Arc::new(Inner {
            node: Mutex::new(Client::new(url).unwrap()),
            judge,
            change,
            calls: Mutex::default(),
            spoiled: Mutex::default(),
            held: AtomicUsize::new(0),
            ended: AtomicBool::new(false),
        });
        let shared = Arc::clone(&inner);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if shared.ended.load(Ordering::Relaxed) {
                    return;
                }
                let shared = Arc::clone(&shared);
                thread::spawn(move || shared.serve(stream));
            }
        });
        Self { port, inner }
    }

    /// The node behind it answers at another address from now on.
    pub fn lead_to(&self, url: &str) {
        *self.inner.node.lock().unwrap() = Client::new(url).unwrap();
    }

    /// Its address on this machine.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The same address in a form that is not taken for one on this machine, whose time is not doubted.
    pub fn far_url(&self) -> String {
        format!("http://0.0.0.0:{}", self.port)
    }

    /// How often a call came.
    pub fn calls(&self, call: &str) -> usize {
        let calls = self.inner.calls.lock().unwrap();
        calls.iter().filter(|it| *it == call).count()
    }

    /// How many calls wait for an answer that never comes. Of `SilentAfter` the node has answered.
    pub fn held(&self) -> usize {
        self.inner.held.load(Ordering::SeqCst)
    }

    /// How often calls were spoiled, by how.
    pub fn spoiled(&self) -> BTreeMap<&'static str, usize> {
        self.inner.spoiled.lock().unwrap().clone()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.inner.ended.store(true, Ordering::Relaxed);
        // The next connection ends the thread.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

impl Inner {
    /// One request of one connection.
    fn serve(&self, mut stream: TcpStream) -> Option<()> {
        let mut reader = BufReader::new(stream.try_clone().ok()?);
        let (path, body) = request(&mut reader)?;
        let call = path.rsplit('/').next()?.to_owned();
        let before = {
            let mut calls = self.calls.lock().ok()?;
            calls.push(call.clone());
            calls.iter().filter(|it| **it == call).count() - 1
        };
        let spoil = (self.judge)(&call, before);
        if spoil != Spoil::Nothing {
            let mut spoiled = self.spoiled.lock().ok()?;
            *spoiled.entry(spoil.name()).or_default() += 1;
        }
        let (mut status, mut answer) = (200, Vec::new());
        if spoil.arrives() {
            let node = self.node.lock().ok()?.clone();
            let answered = node.post(&path, &body).ok()?;
            status = answered.status;
            answer = self.changed(&call, spoil, answered.body);
        }
        let mut length = answer.len();
        match spoil {
            Spoil::LostBefore | Spoil::LostAfter => return None,
            Spoil::SilentBefore | Spoil::SilentAfter => {
                self.held.fetch_add(1, Ordering::SeqCst);
                // Until the other side gives up.
                let _ = reader.read(&mut [0]);
                return None;
            }
            Spoil::Status(of_proxy) | Spoil::StatusAfter(of_proxy) => {
                (status, answer) = (of_proxy, b"<html>no node here</html>".to_vec());
                length = answer.len();
            }
            Spoil::Unknown => {
                (status, answer) = (404, unknown());
                length = answer.len();
            }
            Spoil::Slow(time) => thread::sleep(time),
            Spoil::Cut | Spoil::CutUnseen => answer.truncate(length / 2),
            Spoil::Garbage => {
                (status, answer) = (200, b"\x00\xff{]".to_vec());
                length = answer.len();
            }
            Spoil::Nothing | Spoil::OtherChain | Spoil::Behind(_) => {}
        }
        let length = match spoil {
            Spoil::CutUnseen => String::new(),
            _ => format!("Content-Length: {length}\r\n"),
        };
        let head = format!(
            "HTTP/1.1 {status} Spoiled\r\nContent-Type: application/json\r\n{length}\
             Connection: close\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).ok()?;
        stream.write_all(&answer).ok()
    }

    fn changed(&self, call: &str, spoil: Spoil, body: Vec<u8>) -> Vec<u8> {
        let Ok(mut answer) = serde_json::from_slice::<Value>(&body) else {
            return body;
        };
        (self.change)(call, &mut answer);
        if call == "get_info" {
            match spoil {
                Spoil::OtherChain => answer["chain_id"] = Value::from("11".repeat(32)),
                Spoil::Behind(seconds) => shift(&mut answer, -seconds),
                _ => {}
            }
        }
        answer.to_string().into_bytes()
    }
}

/// What a node answers to a call that it does not have.
fn unknown() -> Vec<u8> {
    let details = json!([
        { "message": "Unknown Endpoint", "file": "", "line_number": 0, "method": "" },
    ]);
    let error = json!({
        "code": 0, "name": "exception", "what": "unspecified", "details": details,
    });
    let answer = json!({ "code": 404, "message": "Not Found", "error": error });
    answer.to_string().into_bytes()
}

/// Shifts the time of the head in an answer of `get_info`.
fn shift(info: &mut Value, seconds: i64) {
    let time = info["head_block_time"].as_str();
    if let Some(time) = time.and_then(|it| it.parse::<TimePoint>().ok()) {
        let shifted = TimePoint::from_micros(time.micros() + seconds * 1_000_000);
        info["head_block_time"] = json!(shifted);
    }
}

/// The path and the body of a request.
fn request(reader: &mut impl BufRead) -> Option<(String, Vec<u8>)> {
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let path = line.split(' ').nth(1)?.to_owned();
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        if header.trim().is_empty() {
            break;
        }
        let (name, value) = header.split_once(':')?;
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((path, body))
}
