//! How fast an indexer catches up: state history of our server beside nodeos's plugin, over the same
//! blocks.
//!
//! | command | what it does |
//! |---|---|
//! | `history [--blocks N] [--rounds N] [--json]` | all, and the table of ratios |
//! | `history serve FOLDER` | our server alone, until its standard input ends; prints its address |
//!
//! A chain of N blocks with a signed transfer each is made in a folder. nodeos takes its `blocks.log`
//! for its own and executes it anew with its plugin; ours serves the folder. Each is then read from
//! the first transfer to the head, blocks, traces and deltas, by the same client, which counts what it
//! gets and decodes nothing. Before the first round, the bytes of both are compared: blocks apart from
//! their producer's signatures are those of one log, and traces and deltas must be equal.

mod client;
mod ours;

use crate::Failed;
use crate::beside_node::processor::processor_us;
use crate::beside_node::soak::resident_mb;
use crate::rounds::median;
use antelope_node::{Node, NodeOptions};
use client::Session;
use serde_json::json;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// How many results a client lets be on their way.
const IN_FLIGHT: [u32; 3] = [u32::MAX, 10, 1];

/// How long nodeos may take to execute the blocks: some thousands a second, of a million at most.
const EXECUTED_WITHIN: Duration = Duration::from_secs(3600);

struct Options {
    /// Blocks with a transfer each.
    blocks: u32,
    rounds: usize,
    json: bool,
}

/// What is served, and by which process.
struct Server {
    name: &'static str,
    address: SocketAddr,
    process: u32,
}

pub fn run(arguments: &[String]) -> Result<(), Failed> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["serve", folder] => ours::serve(folder),
        _ => all(&options(&arguments)?),
    }
}

fn options(arguments: &[&str]) -> Result<Options, Failed> {
    let mut options = Options {
        blocks: 20_000,
        rounds: 3,
        json: false,
    };
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let mut value = || rest.next().ok_or(format!("{argument} needs a value"));
        match *argument {
            "--blocks" => options.blocks = value()?.parse::<u32>()?.clamp(100, 1_000_000),
            "--rounds" => options.rounds = value()?.parse::<usize>()?.clamp(1, 100),
            "--json" => options.json = true,
            _ => {
                let expected = "expected --blocks, --rounds or --json";
                return Err(format!("unknown argument '{argument}', {expected}").into());
            }
        }
    }
    Ok(options)
}

fn all(options: &Options) -> Result<(), Failed> {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    eprintln!("bench: load of the machine before: {}", load.trim());
    let folder = tempfile::tempdir()?;
    let chain = folder.path().join("chain");
    eprintln!("bench: making {} blocks", options.blocks);
    let (first, last) = ours::make(&chain, options.blocks)?;
    eprintln!("bench: nodeos executes them");
    let node = Node::start(NodeOptions {
        blocks: Some(chain.join("blocks.log")),
        produce: false,
        state_history: true,
        patience: EXECUTED_WITHIN,
        ..NodeOptions::default()
    })?;
    let served = ours::Served::start(&chain)?;
    let mut servers = [
        Server {
            name: "ours",
            address: served.address(),
            process: served.process_id(),
        },
        Server {
            name: "nodeos",
            address: node
                .state_history_address()
                .ok_or("nodeos serves no state history")?,
            process: node.process_id(),
        },
    ];
    let bytes = compare(&servers, first, last)?;
    let mut figures: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for round in 1..=options.rounds {
        eprintln!("bench: round {round} of {}", options.rounds);
        for in_flight in IN_FLIGHT {
            for server in &servers {
                let (seconds, each_us) = read(server, first, last, in_flight)?;
                let mut add = |what: &str, value: f64| {
                    let name = format!("{}.{what}_{}", server.name, named(in_flight));
                    figures.entry(name).or_default().push(value);
                };
                add("seconds", seconds);
                add("blocks_per_second", f64::from(last + 1 - first) / seconds);
                add("cpu_us_per_block", each_us);
            }
        }
        servers.rotate_left(1);
    }
    let mut medians: BTreeMap<String, f64> = figures
        .into_iter()
        .filter_map(|(name, values)| Some((name, median(values)?)))
        .collect();
    for server in &servers {
        let name = format!("{}.rss_mb", server.name);
        medians.insert(name, resident_mb(server.process)?);
    }
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    eprintln!("bench: load of the machine after: {}", load.trim());
    let blocks = last + 1 - first;
    match options.json {
        true => println!(
            "{}",
            json!({ "blocks": blocks, "bytes": bytes, "medians": medians })
        ),
        false => print!("{}", table(blocks, bytes, &medians)),
    }
    Ok(())
}

/// The words for a number of results in flight.
fn named(in_flight: u32) -> String {
    match in_flight {
        u32::MAX => "all".to_owned(),
        some => some.to_string(),
    }
}

/// Fails where the two tell different things; bytes of all results.
fn compare(servers: &[Server], first: u32, last: u32) -> Result<u64, Failed> {
    let mut found = Vec::new();
    for server in servers {
        let mut session = Session::open(server.address)?;
        let told = session.read(first, last, u32::MAX, true)?;
        found.push((told.digest, told.bytes));
    }
    match found[..] {
        [(ours, bytes), (theirs, _)] if ours == theirs => Ok(bytes),
        _ => Err("our server and nodeos tell different histories of the same blocks".into()),
    }
}

/// Reads everything once: seconds, and microseconds of the server's processor time for each block.
fn read(server: &Server, first: u32, last: u32, in_flight: u32) -> Result<(f64, f64), Failed> {
    let mut session = Session::open(server.address)?;
    let before = processor_us(server.process)?;
    let began = Instant::now();
    session.read(first, last, in_flight, false)?;
    let seconds = began.elapsed().as_secs_f64();
    let used = processor_us(server.process)? - before;
    Ok((seconds, used / f64::from(last + 1 - first)))
}

fn table(blocks: u32, bytes: u64, medians: &BTreeMap<String, f64>) -> String {
    let mut out = format!(
        "{blocks} blocks with a transfer each, {:.1} MB of results\n\n{:44} {:>10} {:>10} {:>8}\n",
        bytes as f64 / 1e6,
        "",
        "ours",
        "nodeos",
        "ratio"
    );
    let mut row = |what: String, key: String| {
        let of = |server: &str| medians.get(&format!("{server}.{key}")).copied();
        if let (Some(ours), Some(theirs)) = (of("ours"), of("nodeos")) {
            let ratio = ours / theirs;
            out.push_str(&format!(
                "{what:44} {ours:10.1} {theirs:10.1} {ratio:8.2}\n"
            ));
        }
    };
    for in_flight in IN_FLIGHT {
        let (key, words) = match in_flight {
            u32::MAX => ("all".to_owned(), "all at once".to_owned()),
            some => (some.to_string(), format!("{some} in flight")),
        };
        row(
            format!("{words}, blocks a second"),
            format!("blocks_per_second_{key}"),
        );
        row(format!("{words}, seconds"), format!("seconds_{key}"));
        row(
            format!("{words}, processor time of the server, µs a block"),
            format!("cpu_us_per_block_{key}"),
        );
    }
    row("memory afterwards, MB".to_owned(), "rss_mb".to_owned());
    out
}
