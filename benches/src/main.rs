//! The embedded chain beside its peers: every round runs each of them once, and the table at the end shows medians
//! of rounds and what they are to one another.
//!
//! | command | what it does |
//! |---|---|
//! | `veche-bench [--rounds N] [--number N] [--vert FOLDER] [--json]` | the chain beside ChainTester, VeRT and nodeos |
//! | `veche-bench us NUMBER WASM ABI` | one run of the embedded chain, in a process of its own as the peers have, which also deploys that contract |
//! | `veche-bench pause [NUMBER]` | how long the chain is held at the end of a block of NUMBER transfers (4000) |
//! | `veche-bench node …` | the server beside nodeos: see `beside_node` |
//! | `veche-bench history …` | state history beside nodeos's plugin: see `history` |

mod beside_node;
mod contracts;
mod goals;
mod history;
mod nodeos;
mod pause;
mod peers;
mod rounds;
mod us;
mod world;

use contracts::Files;
use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

/// The allocator of `veche` with its node.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What can go wrong here ends the program and is told.
type Failed = Box<dyn Error>;

/// How to run.
struct Options {
    rounds: usize,
    /// Transfers a round.
    number: usize,
    /// A folder with VeRT in its `node_modules`.
    vert: Option<PathBuf>,
    json: bool,
}

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
    if let [command, number, wasm, abi] = arguments
        && command == "us"
    {
        let soviet = Files {
            wasm: wasm.into(),
            abi: abi.into(),
        };
        println!("{}", us::measure(number.parse()?, &soviet)?);
        return Ok(());
    }
    if let Some((command, rest)) = arguments.split_first()
        && command == "pause"
    {
        let number = rest.first().map_or(Ok(4000), |text| text.parse())?;
        return pause::run(number);
    }
    if let Some((command, rest)) = arguments.split_first()
        && command == "node"
    {
        return beside_node::run(rest);
    }
    if let Some((command, rest)) = arguments.split_first()
        && command == "history"
    {
        return history::run(rest);
    }
    let options = options(arguments)?;
    let medians = rounds::run(&options)?;
    let told = goals::told(&[goals::CHAIN], &medians, options.json);
    println!("{told}");
    Ok(())
}

fn options(arguments: &[String]) -> Result<Options, Failed> {
    let mut options = Options {
        rounds: 5,
        number: 2000,
        vert: None,
        json: false,
    };
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let mut value = || rest.next().ok_or(format!("{argument} needs a value"));
        match argument.as_str() {
            "--rounds" => options.rounds = value()?.parse::<usize>()?.clamp(1, 100),
            "--number" => options.number = value()?.parse::<usize>()?.clamp(200, 100_000),
            "--vert" => options.vert = Some(value()?.into()),
            "--json" => options.json = true,
            _ => {
                return Err(format!(
                    "unknown argument '{argument}', expected --rounds, --number, --vert or --json"
                )
                .into());
            }
        }
    }
    Ok(options)
}
