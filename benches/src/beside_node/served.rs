//! Our server, in a process of its own as nodeos is.

use super::world::{MAX_BLOCK_CPU_US, MAX_TRANSACTION_CPU_MS};
use crate::Failed;
use antelope_chain::api::{Api, Production};
use antelope_chain::wasm::Engine;
use antelope_chain::{Chain, Durability, LiveChain, OpenOptions};
use antelope_rpc::{Options, Server};
use antelope_types::TimePoint;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, SystemTime};

/// Serves a chain until standard input ends; the first line of the output is the address.
pub fn serve(place: &str) -> Result<(), Failed> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    let chain = Chain::builder()
        .time(TimePoint::from_micros(now.as_micros() as i64))
        .config(|config| {
            config.max_block_cpu_usage = MAX_BLOCK_CPU_US;
            config.max_transaction_cpu_usage = MAX_TRANSACTION_CPU_MS * 1000;
        })
        .build()?;
    let chain = match place {
        "memory" => chain,
        folder => {
            let options = OpenOptions::new()
                .template(&chain)
                .durability(Durability::Block);
            options.open(folder, Engine::shared()?)?
        }
    };
    let live = LiveChain::new(chain);
    let production = live.produce_every(Duration::from_millis(500))?;
    let api = Api::over(live.clone(), Production::OnDemand);
    let server = Server::start(api, "127.0.0.1:0".parse()?, Options::default())?;
    println!("{}", server.url());
    std::io::stdout().flush()?;
    std::io::stdin().read_to_end(&mut Vec::new())?;
    server.shut_down();
    production.stop()?;
    live.close()?;
    Ok(())
}

/// The process, which ends with this.
pub struct Served {
    process: Child,
    url: String,
}

impl Served {
    /// Starts one with its chain in memory, or in the folder with this path.
    pub fn start(place: &str) -> Result<Self, Failed> {
        let mut process = Command::new(std::env::current_exe()?)
            .args(["node", "serve", place])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut url = String::new();
        if let Some(output) = &mut process.stdout {
            BufReader::new(output).read_line(&mut url)?;
        }
        let served = Self {
            process,
            url: url.trim().to_owned(),
        };
        if served.url.is_empty() {
            return Err("our server did not start".into());
        }
        Ok(served)
    }

    pub fn url(&self) -> &str {
        &self.url
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
