//! A real node and ours, which begin with the same blocks: ours makes them, the real one replays them.

use crate::client::local::local_node;
use antelope_rpc_client::Client;
use coop_node::Node;
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Whom the sessions may vote for: the real node makes blocks in turn for those who are elected, as
/// ours does for everybody.
const PRODUCERS: [&str; 6] = ["eosio", "ann", "ben", "cat", "dan", "eve"];

/// Both, with the system contracts. They end with it.
pub(super) struct Pair {
    ours: Node,
    real: antelope_node::Node,
    _folder: TempDir,
}

impl Pair {
    pub(super) fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let ours = local_node(folder.path());
        let head = || Client::new(ours.url()).and_then(|client| client.get_info());
        let begun = head().expect("its head").head_block_num;
        // Until all that it has begun with is irreversible, and in the file.
        let begin = Instant::now();
        while head().expect("its head").last_irreversible_block_num <= begun {
            assert!(begin.elapsed() < Duration::from_secs(60), "no blocks");
            sleep(Duration::from_millis(100));
        }
        ours.stop().expect("it ends");
        let mut arguments = [
            "--transaction-finality-status-max-storage-size-gb=1",
            "--enable-account-queries=true",
        ]
        .map(str::to_owned)
        .to_vec();
        arguments.extend(PRODUCERS.map(|name| format!("--producer-name={name}")));
        let real = antelope_node::NodeOptions {
            key: Some(antelope_chain::DEVELOPMENT_KEY),
            blocks: Some(folder.path().join("chain/blocks.log")),
            arguments: arguments.into_iter().map(Into::into).collect(),
            ..antelope_node::NodeOptions::default()
        };
        let real = antelope_node::Node::start(real).unwrap_or_else(|e| panic!("{e}"));
        Self {
            ours: local_node(folder.path()),
            real,
            _folder: folder,
        }
    }

    pub(super) fn url(&self) -> &str {
        self.ours.url()
    }

    pub(super) fn real_url(&self) -> &str {
        self.real.url()
    }
}
