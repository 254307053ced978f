//! nodeos over the blocks of our chain, which it executes anew, with its state history plugin.

use crate::Failed;
use antelope_node::find_program;
use std::fs::File;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The process, which ends with this.
pub struct Replaying {
    process: Child,
    address: SocketAddr,
}

impl Replaying {
    /// Gives a node the blocks of the chain in this folder, and waits until it has executed them.
    pub fn start(chain: &Path, folder: &Path) -> Result<Self, Failed> {
        let blocks = folder.join("data/blocks");
        std::fs::create_dir_all(&blocks)?;
        std::fs::copy(chain.join("blocks.log"), blocks.join("blocks.log"))?;
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let log = folder.join("log");
        let process = Command::new(find_program("nodeos")?)
            .current_dir(folder)
            .args([
                "--data-dir=data",
                "--config-dir=config",
                "--hard-replay-blockchain",
            ])
            .args(["--plugin=eosio::state_history_plugin", "--trace-history"])
            .args(["--chain-state-history", "--disable-replay-opts"])
            .arg(format!("--state-history-endpoint={address}"))
            .arg("--resource-monitor-not-shutdown-on-threshold-exceeded")
            .stdout(Stdio::null())
            .stderr(File::create(&log)?)
            .spawn()?;
        let mut node = Self { process, address };
        // The plugin listens once the blocks have been executed.
        while TcpStream::connect(address).is_err() {
            if node.process.try_wait()?.is_some() {
                let log = std::fs::read_to_string(&log)?;
                let from = log.len().saturating_sub(2000);
                let end = log.get(from..).unwrap_or_default();
                return Err(format!("nodeos ended: {end}").into());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(node)
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn process_id(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Replaying {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
