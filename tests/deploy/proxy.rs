//! A proxy in front of a node that stops when a transaction is sent through it.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{park, spawn};

/// When the sender is interrupted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    /// The node does not get the transaction.
    Before,
    /// The node has executed it, and the sender does not hear of that.
    After,
}

/// Passes requests on to a node, except for the first that sends a transaction: that is answered by
/// silence, and told here.
pub(super) struct Proxy {
    pub(super) url: String,
    pub(super) sent: Receiver<()>,
}

impl Proxy {
    pub(super) fn before(url: &str, moment: Moment) -> Self {
        let node = url.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("its address"));
        let (tell, sent) = channel();
        // It ends with the tests.
        spawn(move || {
            for client in listener.incoming().flatten() {
                let (node, tell) = (node.clone(), tell.clone());
                spawn(move || serve(client, &node, moment, &tell));
            }
        });
        Self { url, sent }
    }
}

fn serve(client: TcpStream, node: &str, moment: Moment, tell: &Sender<()>) {
    let mut client = BufReader::new(client);
    while let Some((line, request)) = message(&mut client) {
        let sends = line.contains("/send_transaction");
        if !sends || moment == Moment::After {
            let mut upstream = TcpStream::connect(node).expect("the node");
            upstream.write_all(&request).expect("the node listens");
            let (_, answer) = message(&mut BufReader::new(upstream)).expect("an answer");
            if !sends {
                if client.get_mut().write_all(&answer).is_err() {
                    return;
                }
                continue;
            }
        }
        // Whoever waits for it may have gone.
        let _ = tell.send(());
        loop {
            park();
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
