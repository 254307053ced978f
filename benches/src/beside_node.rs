//! The server over the embedded chain beside nodeos, by the same client, in one interleaved run.
//!
//! | command | what it does |
//! |---|---|
//! | `node [--rounds N] [--number N] [--soak N] [--json]` | all, and the table of ratios |
//! | `node serve memory\|FOLDER` | our server alone, until its standard input ends; prints its address |
//! | `node load URL CLIENTS NUMBER CALL` | one load against such a server, for profilers |
//! | `node machine NUMBER [--json]` | so many verified transfers in process, beside the machine's limit |
//! | `node restart` | how soon a chain of 100 000 rows is open again |
//! | `node recording` | what recording the history costs |
//!
//! Three servers run at a time, each in a process of its own: ours in memory, ours in a folder with
//! [`Durability::Block`](antelope_chain::Durability::Block), which is what nodeos does or more (it
//! does not wait for the disk for a transaction), and nodeos. All have the token of the node package,
//! blocks every 500 ms, and a block limit of 500 ms of CPU, so that it is not the limit that is
//! measured: with the default of 200 ms, 4000 transfers a second fill the blocks, and both keep what is
//! more for the next block.

mod http;
mod load;
mod machine;
pub mod processor;
mod recording;
mod restart;
mod served;
pub(crate) mod soak;
mod world;

use crate::goals;
use crate::rounds::{Medians, median};
use crate::{Failed, peers};
use antelope_node::{Node, NodeOptions};
use load::{CALLS, Call};
use processor::processor_us;
use serde_json::{Map, Value};
use served::Served;
use std::collections::BTreeMap;
use std::process::Command;
use world::World;

/// Transfers before the first round.
const WARM_UP: usize = 300;

struct Options {
    rounds: usize,
    /// Transfers of one load; reads are twice as many.
    number: usize,
    /// Transfers of the soak; 0 for none.
    soak: usize,
    json: bool,
}

pub fn run(arguments: &[String]) -> Result<(), Failed> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["serve", place] => served::serve(place),
        ["load", url, clients, number, call] => {
            let world = World::ours(url)?;
            let call = Call::named(call, clients.parse()?)?;
            for (what, value) in call.measure(&world, number.parse()?)? {
                println!("{what} {value:.1}");
            }
            Ok(())
        }
        ["machine", number] => {
            let mut figures = Figures::default();
            let found = numbers(machine::measure(number.parse()?)?);
            figures.add("machine", found);
            let told = goals::told(&[goals::MACHINE], &figures.medians(), false);
            println!("{told}");
            Ok(())
        }
        ["machine", number, "--json"] => {
            println!("{}", Value::Object(machine::measure(number.parse()?)?));
            Ok(())
        }
        ["restart"] => restart::run(),
        ["recording"] => recording::run(),
        _ => all(&options(&arguments)?),
    }
}

fn options(arguments: &[&str]) -> Result<Options, Failed> {
    let mut options = Options {
        rounds: 5,
        number: 2000,
        soak: 100_000,
        json: false,
    };
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let mut value = || rest.next().ok_or(format!("{argument} needs a value"));
        match *argument {
            "--rounds" => options.rounds = value()?.parse::<usize>()?.clamp(1, 100),
            "--number" => options.number = value()?.parse::<usize>()?.clamp(200, 20_000),
            "--soak" => options.soak = value()?.parse::<usize>()?.min(10_000_000),
            "--json" => options.json = true,
            _ => {
                let expected = "expected --rounds, --number, --soak or --json";
                return Err(format!("unknown argument '{argument}', {expected}").into());
            }
        }
    }
    Ok(options)
}

/// All rounds, the soak, and the table.
fn all(options: &Options) -> Result<(), Failed> {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    eprintln!("bench: load of the machine before: {}", load.trim());
    let folder = tempfile::tempdir()?;
    let chain = folder.path().join("chain");
    let (memory, disk) = (
        Served::start("memory")?,
        Served::start(&chain.to_string_lossy())?,
    );
    // The largest limits that a node starts with.
    let node = Node::start(NodeOptions {
        max_transaction_cpu_ms: world::MAX_TRANSACTION_CPU_MS,
        ..NodeOptions::default()
    })?;
    node.boot()?;
    let mut servers = vec![
        ("memory", World::ours(memory.url())?, memory.process_id()),
        ("disk", World::ours(disk.url())?, disk.process_id()),
        ("nodeos", World::of(&node)?, node.process_id()),
    ];
    for (who, world, _) in &servers {
        load::send(world, WARM_UP, 1).map_err(|error| format!("{who}: {error}"))?;
    }
    let mut figures = Figures::default();
    for round in 1..=options.rounds {
        eprintln!("bench: round {round} of {}", options.rounds);
        for call in CALLS {
            for (who, world, process) in &servers {
                let before = processor_us(*process)?;
                let found = call.measure(world, options.number);
                figures.add(who, found.map_err(|error| format!("{who}: {error}"))?);
                let each = (processor_us(*process)? - before) / call.requests(options.number);
                figures.add(who, [(format!("{}_cpu_us", call.name()), each)]);
            }
        }
        figures.add_worst(&["memory", "disk", "nodeos"]);
        figures.add("machine", machine(options.number)?);
        // Nobody is always the first after the others.
        servers.rotate_left(1);
    }
    for (who, _, process) in &servers {
        figures.add(who, [("rss_mb".to_owned(), soak::resident_mb(*process)?)]);
    }
    if options.soak > 0 {
        let (_, world, process) = servers
            .iter()
            .find(|(who, ..)| *who == "disk")
            .ok_or("no server in a folder")?;
        figures.add("soak", soak::run(world, *process, options.soak)?);
    }
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    eprintln!("bench: load of the machine after: {}", load.trim());
    println!(
        "{}",
        goals::told(
            &[goals::NODE, goals::MACHINE],
            &figures.medians(),
            options.json
        )
    );
    Ok(())
}

/// What the chain does in process, by a process that does nothing else.
fn machine(number: usize) -> Result<Vec<(String, f64)>, Failed> {
    let output = Command::new(std::env::current_exe()?)
        .args(["node", "machine", &number.to_string(), "--json"])
        .output()?;
    Ok(numbers(peers::figures("the chain in process", &output)?))
}

/// The figures of a JSON object.
fn numbers(found: Map<String, Value>) -> Vec<(String, f64)> {
    let found = found.into_iter();
    found
        .filter_map(|(what, value)| Some((what, value.as_f64()?)))
        .collect()
}

/// Figures of all rounds, by `who.what`.
#[derive(Default)]
struct Figures(BTreeMap<String, Vec<f64>>);

impl Figures {
    fn add(&mut self, who: &str, found: impl IntoIterator<Item = (String, f64)>) {
        for (what, value) in found {
            self.0
                .entry(format!("{who}.{what}"))
                .or_default()
                .push(value);
        }
    }

    /// The longer of the two longest waits of this round.
    fn add_worst(&mut self, servers: &[&str]) {
        for who in servers {
            let last = |what: &str| self.0.get(&format!("{who}.{what}"))?.last().copied();
            let worst = last("send_1_worst_ms").max_of(last("send_4_worst_ms"));
            self.add(who, worst.map(|worst| ("send_worst_ms".to_owned(), worst)));
        }
    }

    fn medians(self) -> Medians {
        let all = self.0.into_iter();
        all.filter_map(|(name, values)| Some((name, median(values)?)))
            .collect()
    }
}

/// The larger of two figures that may be missing.
trait MaxOf {
    fn max_of(self, other: Self) -> Self;
}

impl MaxOf for Option<f64> {
    fn max_of(self, other: Self) -> Self {
        match (self, other) {
            (Some(one), Some(two)) => Some(one.max(two)),
            (one, two) => one.or(two),
        }
    }
}
