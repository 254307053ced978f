//! Our side: a chain of transfers in a folder, and a process that serves its history.

use crate::Failed;
use crate::world::World;
use antelope_chain::wasm::Engine;
use antelope_chain::{Chain, Durability, FeatureSet, Genesis, LiveChain, OpenOptions};
use antelope_rpc::{StateHistory, StateHistoryOptions};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Makes a chain with so many blocks of a transfer each; the numbers of the first and the last of
/// them. It begins as chains of nodes do, without protocol features.
pub fn make(folder: &Path, blocks: u32) -> Result<(u32, u32), Failed> {
    let genesis = Genesis {
        features: FeatureSet::NONE,
        ..Genesis::default()
    };
    let mut chain = Chain::start(genesis, Engine::shared()?)?;
    chain.record_history();
    let mut world = World::simple_on(chain)?;
    world.chain.produce_block()?;
    let options = OpenOptions::new()
        .template(&world.chain)
        .history(true)
        .durability(Durability::Process);
    world.chain = options.open(folder, Engine::shared()?)?;
    let first = world.chain.head().number() + 1;
    for number in 0..blocks {
        let signed = world.signed(number as usize)?;
        world.chain.push_packed(&signed)?;
        world.chain.produce_block()?;
    }
    let last = world.chain.head().number();
    world.chain.close()?;
    Ok((first, last))
}

/// Serves the history of a folder until standard input ends; the first line of the output is the
/// address.
pub fn serve(folder: &str) -> Result<(), Failed> {
    let options = OpenOptions::new()
        .history(true)
        .durability(Durability::Process);
    let live = LiveChain::new(options.open(folder, Engine::shared()?)?);
    let listen = "127.0.0.1:0".parse()?;
    let history = StateHistory::start(&live, listen, StateHistoryOptions::default())?;
    println!("{}", history.address());
    std::io::stdout().flush()?;
    std::io::stdin().read_to_end(&mut Vec::new())?;
    history.shut_down();
    live.close()?;
    Ok(())
}

/// The process, which ends with this.
pub struct Served {
    process: Child,
    address: SocketAddr,
}

impl Served {
    pub fn start(folder: &Path) -> Result<Self, Failed> {
        let mut process = Command::new(std::env::current_exe()?)
            .args(["history", "serve"])
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        if let Some(output) = &mut process.stdout {
            BufReader::new(output).read_line(&mut line)?;
        }
        let address = line.trim().parse();
        let address = address.map_err(|_| "our server did not start".to_owned())?;
        Ok(Self { process, address })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn process_id(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // The end of its input ends it.
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}
