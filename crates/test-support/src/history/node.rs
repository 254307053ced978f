//! A node that executes the blocks of a chain anew and keeps their history.

use super::session::Session;
use crate::onerror;
use antelope_chain::{Chain, Detail, OpenOptions, wasm};
use antelope_node::{Node, NodeError, NodeOptions, find_program};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longer than a node takes for anything here.
const PATIENCE: Duration = Duration::from_secs(600);

/// `O_NONBLOCK` of Linux.
const WITHOUT_WAITING: i32 = 0o4000;

/// A node that is ended with the test.
pub struct Replaying {
    process: Child,
    port: u16,
}

impl Drop for Replaying {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Replaying {
    /// Gives a node the chain's blocks, and waits until it has taken them. `None` where there is no
    /// node on this machine. It tells traces in this detail.
    pub fn start(chain: &Chain, folder: &Path, detail: Detail) -> Option<Self> {
        let nodeos = match find_program("nodeos") {
            Err(NodeError::ProgramMissing { .. }) => return None,
            found => found.unwrap(),
        };
        let own = folder.join("chain");
        let copy = OpenOptions::new().template(chain);
        let mut copy = copy.open(&own, wasm::Engine::shared().unwrap()).unwrap();
        copy.checkpoint().unwrap();
        copy.close().unwrap();
        let blocks = folder.join("data/blocks");
        std::fs::create_dir_all(&blocks).unwrap();
        std::fs::copy(own.join("blocks.log"), blocks.join("blocks.log")).unwrap();
        // The node waits for its configuration until its `onerror` is in order.
        let config = folder.join("config/config.ini");
        std::fs::create_dir_all(folder.join("config")).unwrap();
        let made = Command::new("mkfifo").arg(&config).status().unwrap();
        assert!(made.success(), "mkfifo: {made}");
        let port = free_port();
        let log = std::fs::File::create(folder.join("log")).unwrap();
        let process = Command::new(nodeos)
            .current_dir(folder)
            .args(["--data-dir=data", "--config-dir=config"])
            .arg("--hard-replay-blockchain")
            .arg("--plugin=eosio::state_history_plugin")
            .args([
                "--trace-history",
                "--chain-state-history",
                "--disable-replay-opts",
            ])
            .arg(format!("--state-history-endpoint=127.0.0.1:{port}"))
            // The default is port 9876, where a second node on the machine could not start.
            .arg("--p2p-listen-endpoint=127.0.0.1:0")
            .args((detail == Detail::Debug).then_some("--trace-history-debug-mode"))
            .arg("--contracts-console")
            .arg("--resource-monitor-not-shutdown-on-threshold-exceeded")
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut node = Self { process, port };
        // Without a reader it cannot be opened.
        let mut options = std::fs::OpenOptions::new();
        options.write(true).custom_flags(WITHOUT_WAITING);
        let pipe = node.wait(folder, || options.open(&config).ok());
        onerror::works(node.process.id());
        drop(pipe);
        // The plugin listens once the blocks have been executed.
        node.wait(folder, || TcpStream::connect(("127.0.0.1", port)).ok());
        Some(node)
    }

    /// Waits for something that the node brings about.
    fn wait<T>(&mut self, folder: &Path, mut there: impl FnMut() -> Option<T>) -> T {
        let start = Instant::now();
        loop {
            if let Some(found) = there() {
                return found;
            }
            if self.process.try_wait().unwrap().is_some() {
                let log = std::fs::read_to_string(folder.join("log")).unwrap();
                panic!("the node ended: {log}");
            }
            assert!(start.elapsed() < PATIENCE, "the node takes too long");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// A session of its state history.
    pub fn session(&self) -> Session {
        Session::open(TcpStream::connect(("127.0.0.1", self.port)).unwrap())
    }
}

/// A node that makes blocks itself and keeps their history from the first one on, with a session of
/// it. `None` where there is no node on this machine.
pub fn producing() -> Option<(Node, Session)> {
    if let Err(NodeError::ProgramMissing { .. }) = find_program("nodeos") {
        return None;
    }
    let options = NodeOptions {
        state_history: true,
        ..NodeOptions::default()
    };
    let node = Node::start(options).unwrap();
    let stream = TcpStream::connect(node.state_history_address().unwrap()).unwrap();
    Some((node, Session::open(stream)))
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}
