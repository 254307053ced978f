//! The sample cooperative on a chain that began in the past and that a real node takes over: it executes
//! every block anew, and goes on with the present. A real node's clock cannot be moved, so this is how days
//! pass on one.

use super::Desk;
use super::desk::{Host, contracts, node_options};
use antelope_chain::api::{Api, Production};
use antelope_chain::wasm::Engine;
use antelope_chain::{Chain, DEVELOPMENT_KEY, Feature, FeatureSet, Genesis, OpenOptions};
use antelope_node::Operator;
use antelope_rpc_client::{native, signing};
use antelope_types::TimePoint;
use coop_demo::{SampleOptions, found_sample};
use coop_node::{Node, NodeOptions, WallClock};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

/// How long a node may take to its first block of its own.
const PATIENCE: Duration = Duration::from_secs(60);

/// A chain in a folder.
pub(super) struct Past {
    folder: TempDir,
}

impl Past {
    /// A chain whose cooperative was founded at this time.
    pub(super) fn since(begin: TimePoint) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let genesis = Genesis {
            initial_key: signing::public_key(&DEVELOPMENT_KEY).expect("a key"),
            // Activated by blocks, as a real node does it.
            features: FeatureSet::NONE,
            ..Genesis::default()
        };
        let engine = Engine::shared().expect("an engine");
        let mut chain = Chain::start(genesis, engine.clone()).expect("a chain");
        chain.set_producer_key(DEVELOPMENT_KEY);
        chain.record_history();
        let api = Api::new(chain, Production::PerTransaction);
        api.jump_to(begin).expect("blocks");
        activate(&api);
        let papers = tempfile::tempdir().expect("a folder");
        let from = SampleOptions {
            workspace: PathBuf::from("."),
            contracts: Some(contracts()),
            documents: papers.path().to_owned(),
        };
        let found = found_sample(&api, &DEVELOPMENT_KEY, &from, &mut std::io::sink());
        found.unwrap_or_else(|e| panic!("{e}"));
        let kept = OpenOptions::new().history(true).template(&api.fork());
        let kept = kept.open(folder.path().join("chain"), engine);
        drop(kept.expect("a chain in a folder"));
        Self { folder }
    }

    /// A desk on the embedded chain at this time, which stands still but for transactions.
    pub(super) fn desk(&self, now: TimePoint) -> Desk {
        Desk::of(Host::Embedded(Box::new(self.node(now))))
    }

    fn node(&self, now: TimePoint) -> Node {
        let options = NodeOptions {
            data: Some(self.folder.path().to_owned()),
            production: coop_node::Production::PerTransaction,
            clock: WallClock::new(move || now),
            ..node_options()
        };
        Node::start(&options, &mut std::io::sink()).unwrap_or_else(|e| panic!("{e}"))
    }

    /// A desk on a real node that has executed the chain; where it does not produce, it stays there.
    pub(super) fn on_nodeos(&self, produce: bool) -> Desk {
        let options = antelope_node::NodeOptions {
            key: Some(DEVELOPMENT_KEY),
            blocks: Some(self.folder.path().join("chain/blocks.log")),
            produce,
            max_transaction_time_ms: 1000,
            arguments: vec!["--force-all-checks".into()],
            ..antelope_node::NodeOptions::default()
        };
        let node = antelope_node::Node::start(options).unwrap_or_else(|e| panic!("{e}"));
        if produce {
            // Its first blocks are of now.
            let head = node.client().get_info().expect("the head").head_block_num;
            let made = node.client().wait_for_block(head + 2, PATIENCE);
            made.expect("blocks");
        }
        Desk::of(Host::Nodeos(node))
    }

    /// Another chain that has been the same until now. Nothing may run on this one.
    pub(super) fn copy(&self) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        copy(self.folder.path(), folder.path());
        Self { folder }
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        match from.is_dir() {
            true => copy(&from, &to),
            false => drop(std::fs::copy(&from, &to).expect("a copy")),
        }
    }
}

/// Activates the protocol features of Leap 4 by blocks, and deploys `eosio.bios`.
fn activate(api: &Api) {
    let operator = Operator::new(api.client(), DEVELOPMENT_KEY);
    let first = [Feature::PREACTIVATE_FEATURE];
    api.with(|chain| chain.activate_features(&first))
        .expect("the first feature");
    api.with(|chain| chain.produce_block()).expect("a block");
    operator.set_bios().unwrap_or_else(|e| panic!("{e}"));
    let mut left: Vec<_> = FeatureSet::LEAP_4.iter().collect();
    left.retain(|it| *it != Feature::PREACTIVATE_FEATURE);
    let mut actions = Vec::new();
    while !left.is_empty() {
        // Each after those that it depends on.
        let waits = |it: &Feature| left.iter().any(|other| it.depends_on().contains(*other));
        let (waiting, ready): (Vec<_>, Vec<_>) = left.iter().copied().partition(waits);
        assert!(!ready.is_empty(), "{left:?}");
        actions.extend(ready.iter().map(|it| native::activate(it.digest)));
        left = waiting;
    }
    let pushed = operator.client().push(&actions, &[operator.key()]);
    pushed.unwrap_or_else(|e| panic!("{e}"));
    api.with(|chain| chain.produce_block()).expect("a block");
}
