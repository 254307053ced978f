//! A proxy in front of a node that loses answers.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Passes requests on to a node. The node executes a transaction that is sent through it, and the one
/// who sent it never hears of that: the connection ends.
pub struct Proxy {
    pub url: String,
    /// Whether it also refuses every request after that.
    ends: Arc<AtomicBool>,
}

impl Proxy {
    pub fn before(url: &str) -> Self {
        let node = url.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("its address"));
        let ends = Arc::new(AtomicBool::new(false));
        let (asked, lost) = (Arc::clone(&ends), Arc::new(AtomicBool::new(false)));
        // It ends with the tests.
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let (node, asked, lost) = (node.clone(), Arc::clone(&asked), Arc::clone(&lost));
                std::thread::spawn(move || serve(client, &node, &asked, &lost));
            }
        });
        Self { url, ends }
    }

    /// From the next lost answer on it answers nothing at all.
    pub fn and_then_end(&self) {
        self.ends.store(true, Ordering::SeqCst);
    }
}

fn serve(client: TcpStream, node: &str, ends: &AtomicBool, lost: &AtomicBool) {
    let mut client = BufReader::new(client);
    while let Some((line, request)) = message(&mut client) {
        if ends.load(Ordering::SeqCst) && lost.load(Ordering::SeqCst) {
            return;
        }
        let mut upstream = TcpStream::connect(node).expect("the node");
        upstream.write_all(&request).expect("the node listens");
        let (_, answer) = message(&mut BufReader::new(upstream)).expect("an answer");
        if line.contains("/send_transaction") {
            lost.store(true, Ordering::SeqCst);
            return;
        }
        if client.get_mut().write_all(&answer).is_err() {
            return;
        }
    }
}

/// The first line of a message and all of it; none where the connection has ended.
fn message(from: &mut impl BufRead) -> Option<(String, Vec<u8>)> {
    let mut head = String::new();
    let mut length = 0;
    loop {
        let begin = head.len();
        if from.read_line(&mut head).ok()? == 0 {
            return None;
        }
        let line = head[begin..].trim().to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().expect("a number");
        }
        if line.is_empty() {
            break;
        }
    }
    let first = head.lines().next().unwrap_or_default().to_owned();
    let mut all = head.into_bytes();
    let begin = all.len();
    all.resize(begin + length, 0);
    from.read_exact(&mut all[begin..]).ok()?;
    Some((first, all))
}
