//! How fast the registry is built, beside what the node can deliver: a reader of the same state history, with the
//! same window, that only acknowledges.
//!
//! `veche-bench-index URL [ROUNDS]`: in each round both read all blocks that the node has, in turn. The table shows
//! medians of blocks a second, and their ratio. `scripts/bench-index` makes the chain and starts the nodes.

use antelope_follow::{BlockSource, StateHistorySource, StateHistoryWindow};
use antelope_history::{GetBlocks, Request, Response, Status};
use antelope_types::{Decode, Encode, name};
use coop_client::Contracts;
use coop_index::{Follower, IndexScope, IndexWriter, Stepped};
use std::error::Error;
use std::net::TcpStream;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use tungstenite::client::client_with_config;
use tungstenite::protocol::WebSocketConfig;
use tungstenite::{Message, WebSocket};

type Failed = Box<dyn Error>;

/// How long nothing comes at the head of a node that makes no blocks.
const QUIET: Duration = Duration::from_millis(300);

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), Failed> {
    let (url, rounds) = match arguments {
        [url] => (url, 5),
        [url, rounds] => (url, rounds.parse::<usize>()?.clamp(1, 100)),
        _ => return Err("expected URL [ROUNDS]".into()),
    };
    let (mut bare, mut index) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        // Each is first in every second round.
        for turn in 0..2 {
            match (round + turn) % 2 {
                0 => bare.push(acknowledge(url)?),
                _ => index.push(build(url)?),
            }
        }
    }
    let (bare, index) = (median(bare), median(index));
    println!(
        "blocks a second: {bare:.0} acknowledged, {index:.0} indexed; ratio {:.2}",
        index / bare
    );
    Ok(())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// Builds an index of all blocks; blocks a second.
fn build(url: &str) -> Result<f64, Failed> {
    let folder = tempfile::tempdir()?;
    let chain_id = StateHistorySource::new(url, Default::default())?.chain_id()?;
    let scope = IndexScope {
        contracts: Contracts {
            chain_id,
            registrator: name!("registrator"),
            soviet: name!("soviet"),
            gateway: name!("gateway"),
        },
        cooperative: Some(name!("zarechyekoop")),
    };
    let writer = IndexWriter::open(&folder.path().join("index.db"), scope)?;
    let mut follower = Follower::new(StateHistorySource::new(url, scope.interest())?, writer);
    let (began, mut last) = (Instant::now(), Instant::now());
    let mut blocks = 0u32;
    loop {
        match follower.step(QUIET)? {
            Stepped::Applied(_) => {
                blocks += 1;
                last = Instant::now();
            }
            Stepped::Nothing => break,
            _ => {}
        }
    }
    // What was gathered is committed within the wait for more, which is not counted; it is one transaction.
    Ok(f64::from(blocks) / (last - began).as_secs_f64())
}

/// Reads all blocks, and only acknowledges; blocks a second.
fn acknowledge(url: &str) -> Result<f64, Failed> {
    let window = StateHistoryWindow::default();
    let address = url.trim_start_matches("ws://");
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    let config = WebSocketConfig::default()
        .max_message_size(Some(window.message_bytes))
        .max_frame_size(Some(window.message_bytes));
    let began = Instant::now();
    let (mut socket, _) = client_with_config(url, stream, Some(config))?;
    socket.read()?;
    send(&mut socket, &Request::GetStatus)?;
    let status = loop {
        if let Message::Binary(bytes) = socket.read()?
            && let Response::Status(status) = Response::from_bytes(&bytes)?
        {
            break status;
        }
    };
    let Status {
        head,
        chain_state_begin_block: first,
        ..
    } = status;
    send(
        &mut socket,
        &Request::GetBlocks(GetBlocks {
            start_block_num: first,
            end_block_num: head.block_num + 1,
            max_messages_in_flight: window.blocks,
            fetch_block: true,
            fetch_traces: true,
            fetch_deltas: true,
            ..GetBlocks::default()
        }),
    )?;
    let mut waiting = 0;
    for _ in first..=head.block_num {
        while !matches!(socket.read()?, Message::Binary(_)) {}
        waiting += 1;
        if waiting >= window.blocks.div_ceil(2) {
            send(&mut socket, &Request::Ack(waiting))?;
            waiting = 0;
        }
    }
    let blocks = f64::from(head.block_num + 1 - first);
    Ok(blocks / began.elapsed().as_secs_f64())
}

fn send(socket: &mut WebSocket<TcpStream>, request: &Request) -> Result<(), Failed> {
    Ok(socket.send(Message::Binary(request.to_bytes().into()))?)
}
