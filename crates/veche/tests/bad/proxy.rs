//! Something between a user and a node that spoils calls.

use antelope_rpc_client::Client;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// What becomes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoil {
    /// It is answered.
    Nothing,
    /// It never arrives: the connection ends.
    Before,
    /// It arrives, and its answer is lost.
    After,
    /// It arrives, and its answer never comes.
    Hold,
    /// A proxy's own answer that the node is not there.
    Unavailable,
}

type Judge = dyn Fn(&str, usize) -> Spoil + Send + Sync;
type Change = dyn Fn(&str, &mut Value) + Send + Sync;

/// A running proxy.
pub struct Proxy {
    port: u16,
    inner: Arc<Inner>,
}

struct Inner {
    node: Client,
    judge: Box<Judge>,
    change: Box<Change>,
    /// The calls until now.
    calls: Mutex<Vec<String>>,
    ended: AtomicBool,
}

impl Proxy {
    /// Spoils calls: `judge` is asked with the last part of the path and how often that was called before.
    pub fn spoiling(
        node: Client,
        judge: impl Fn(&str, usize) -> Spoil + Send + Sync + 'static,
    ) -> Self {
        Self::start(node, Box::new(judge), Box::new(|_, _| {}))
    }

    /// Changes answers: `change` is given the last part of the path and the object.
    pub fn changing(
        node: Client,
        change: impl Fn(&str, &mut Value) + Send + Sync + 'static,
    ) -> Self {
        Self::start(node, Box::new(|_, _| Spoil::Nothing), Box::new(change))
    }

    fn start(node: Client, judge: Box<Judge>, change: Box<Change>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let inner = Arc::new(Inner {
            node,
            judge,
            change,
            calls: Mutex::default(),
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
        let call = path.rsplit('/').next()?.to_owned();
        let before = {
            let mut calls = self.calls.lock().ok()?;
            calls.push(call.clone());
            calls.iter().filter(|it| **it == call).count() - 1
        };
        let spoil = (self.judge)(&call, before);
        let (status, answer) = match spoil {
            Spoil::Before => return None,
            Spoil::Unavailable => (503, b"<html>no node here</html>".to_vec()),
            _ => {
                let answer = self.node.post(&path, &body).ok()?;
                (answer.status, self.changed(&call, answer.body))
            }
        };
        match spoil {
            Spoil::After => return None,
            Spoil::Hold => {
                // Until the other side gives up.
                let _ = reader.read(&mut [0]);
                return None;
            }
            _ => {}
        }
        let head = format!(
            "HTTP/1.1 {status} Spoiled\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n",
            answer.len()
        );
        stream.write_all(head.as_bytes()).ok()?;
        stream.write_all(&answer).ok()
    }

    fn changed(&self, call: &str, body: Vec<u8>) -> Vec<u8> {
        match serde_json::from_slice::<Value>(&body) {
            Ok(mut answer) => {
                (self.change)(call, &mut answer);
                answer.to_string().into_bytes()
            }
            Err(_) => body,
        }
    }
}
