//! A real node and ours, which begin with the same blocks: ours makes them, the real one replays them.

use antelope_node::find_program;
use antelope_rpc_client::{Client, signing};
use coop_node::{Boot, Node, NodeOptions};
use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Both, with the system contracts. They end with it.
pub(super) struct Pair {
    ours: Node,
    real: Child,
    address: SocketAddr,
    _folder: TempDir,
}

impl Pair {
    pub(super) fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let options = NodeOptions {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            data: Some(folder.path().join("ours")),
            boot: Some(Boot::System),
            ..NodeOptions::default()
        };
        let start =
            || Node::start(&options, &mut std::io::sink()).unwrap_or_else(|e| panic!("{e}"));
        let made = folder.path().join("ours/chain/blocks.log");
        let ours = start();
        let head = || Client::new(ours.url()).and_then(|client| client.get_info());
        let begun = head().expect("its head").head_block_num;
        // Until all that it has begun with is irreversible, and in the file.
        let begin = Instant::now();
        while head().expect("its head").last_irreversible_block_num <= begun {
            assert!(begin.elapsed() < Duration::from_secs(60), "no blocks");
            sleep(Duration::from_millis(100));
        }
        ours.stop().expect("it ends");
        let blocks = folder.path().join("data/blocks");
        fs::create_dir_all(&blocks).expect("a folder");
        fs::copy(made, blocks.join("blocks.log")).expect("the blocks");
        let ours = start();
        let (real, address) = nodeos(&folder);
        let _folder = folder;
        Self {
            ours,
            real,
            address,
            _folder,
        }
    }

    pub(super) fn url(&self) -> &str {
        self.ours.url()
    }

    pub(super) fn real_url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Pair {
    fn drop(&mut self) {
        let _ = self.real.kill();
        let _ = self.real.wait();
    }
}

/// A real node that replays the blocks in the folder and goes on from there.
fn nodeos(folder: &TempDir) -> (Child, SocketAddr) {
    let free = || TcpListener::bind("127.0.0.1:0").and_then(|port| port.local_addr());
    let (address, others) = (free().expect("a port"), free().expect("a port"));
    let key = antelope_chain::DEVELOPMENT_KEY;
    let public = signing::public_key(&key).expect("a public key");
    // A key that everybody knows, in a file as keys ought to be.
    let config = format!(
        "signature-provider = {}=KEY:{}\n",
        public.to_legacy_text().expect("a K1 key"),
        key.to_legacy_text().expect("a K1 key")
    );
    fs::create_dir_all(folder.path().join("config")).expect("a folder");
    fs::write(folder.path().join("config/config.ini"), config).expect("a configuration");
    let log = fs::File::create(folder.path().join("log")).expect("a log");
    let mut real = Command::new(find_program("nodeos").unwrap_or_else(|e| panic!("{e}")))
        .current_dir(folder.path())
        .args([
            "--data-dir=data",
            "--config-dir=config",
            "--hard-replay-blockchain",
        ])
        .args(["--enable-stale-production", "--producer-name=eosio"])
        .args(
            ["chain_api", "http", "producer", "trace_api"]
                .map(|it| format!("--plugin=eosio::{it}_plugin")),
        )
        .args([
            "--trace-no-abis",
            "--contracts-console",
            "--verbose-http-errors",
        ])
        .args([
            "--http-validate-host=false",
            "--chain-state-db-size-mb=1024",
        ])
        .args([
            "--max-transaction-time=1000",
            "--abi-serializer-max-time-ms=1000",
        ])
        .arg("--transaction-finality-status-max-storage-size-gb=1")
        .arg("--enable-account-queries=true")
        .arg("--resource-monitor-not-shutdown-on-threshold-exceeded")
        .arg(format!("--http-server-address={address}"))
        .arg(format!("--p2p-listen-endpoint={others}"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .expect("nodeos runs");
    let client = Client::new(&format!("http://{address}")).expect("a client");
    let start = Instant::now();
    while client.get_info().is_err() {
        let log = || fs::read_to_string(folder.path().join("log")).unwrap_or_default();
        let ended = real.try_wait().expect("its state");
        assert!(
            ended.is_none() && start.elapsed() < Duration::from_secs(60),
            "{}",
            log()
        );
        sleep(Duration::from_millis(50));
    }
    (real, address)
}
