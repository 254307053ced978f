//! A node with the sample cooperative, and the folder of one user's command line.

use antelope_keystore::Passphrase;
use antelope_rpc_client::Client;
use antelope_types::{Checksum256, PrivateKey, TimePoint};
use coop_demo::{SampleOptions, development_key, found_sample_on};
use coop_node::{Boot, Node, NodeOptions, Production, WallClock};
use coop_private::{MasterSecret, PrivateStore};
use serde_json::{Value, json};
use std::cell::{OnceCell, RefCell};
use std::ffi::OsString;
use std::fs;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// When a node begins whose clock stands still.
const BEGIN: &str = "2026-01-20T07:00:00";

/// How long a transaction may take from a node's answer to a block.
const PATIENCE: Duration = Duration::from_secs(60);

/// The accounts of registrator, soviet and gateway, unless they have others.
const CONTRACTS: [&str; 3] = ["registrator", "soviet", "gateway"];
/// What commands begin with that know no cooperative.
const OF_THE_CHAIN: [&str; 8] = [
    "create", "get", "multisig", "push", "set", "system", "transfer", "wallet",
];

/// What the sample cooperative is on.
pub(crate) enum Host {
    /// A node of this process.
    Embedded(Box<Node>),
    /// A real node.
    Nodeos(antelope_node::Node),
    /// A real node that others run, by its address, and its accounts of registrator, soviet and gateway.
    Elsewhere(String, [&'static str; 3]),
}

/// A node with the sample cooperative, and the folder of one user's command line.
pub(crate) struct Desk {
    host: Host,
    pub(crate) folder: TempDir,
    /// Where the master key comes from, and the store, of a desk that is sealed.
    sealed: OnceCell<(String, RefCell<PrivateStore>)>,
}

/// What a command said, and how it ended.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) code: u8,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Desk {
    /// On the embedded chain, by this machine's clock.
    pub(crate) fn open() -> Self {
        Self::embedded(node_options())
    }

    /// On the embedded chain, which serves its state history.
    pub(super) fn with_history() -> Self {
        Self::embedded(NodeOptions {
            state_history: Some(SocketAddr::from(([127, 0, 0, 1], 0))),
            ..node_options()
        })
    }

    /// The address of the state history of an embedded node that serves it.
    pub(super) fn history_url(&self) -> Option<String> {
        match &self.host {
            Host::Embedded(node) => node.state_history_url(),
            _ => None,
        }
    }

    /// On the embedded chain with the three contracts and without a cooperative.
    pub(super) fn before_the_founding() -> Self {
        Self::embedded(NodeOptions {
            boot: Some(Boot::Contracts),
            ..node_options()
        })
    }

    /// On the embedded chain, where time passes with transactions only: every run is like the others.
    pub(super) fn alike() -> Self {
        Self::alike_after(Boot::Sample)
    }

    /// The same, with what a chain begins with.
    pub(super) fn alike_after(boot: Boot) -> Self {
        let begin: TimePoint = BEGIN.parse().expect("a time");
        Self::embedded(NodeOptions {
            boot: Some(boot),
            production: Production::PerTransaction,
            start_time: Some(begin),
            clock: WallClock::new(move || begin),
            ..node_options()
        })
    }

    fn embedded(options: NodeOptions) -> Self {
        let node = Node::start(&options, &mut std::io::sink()).unwrap_or_else(|e| panic!("{e}"));
        Self::of(Host::Embedded(Box::new(node)))
    }

    /// On a real node, with the same people and keys.
    pub(crate) fn on_nodeos() -> Self {
        let options = antelope_node::NodeOptions {
            key: Some(antelope_chain::DEVELOPMENT_KEY),
            max_transaction_cpu_ms: 400,
            ..antelope_node::NodeOptions::default()
        };
        let node = antelope_node::Node::start(options).unwrap_or_else(|e| panic!("{e}"));
        node.boot().unwrap_or_else(|e| panic!("{e}"));
        let papers = tempfile::tempdir().expect("a folder");
        let options = SampleOptions {
            workspace: PathBuf::from("."),
            contracts: Some(contracts()),
            documents: papers.path().to_owned(),
        };
        let found = found_sample_on(node, &options, &mut std::io::sink());
        let (_, node) = found.unwrap_or_else(|e| panic!("{e}"));
        Self::of(Host::Nodeos(node))
    }

    /// An empty desk on a node.
    pub(crate) fn of(host: Host) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self {
            host,
            folder,
            sealed: OnceCell::new(),
        }
    }

    /// Seals the desk of the sample cooperative in a store, whose master key is in a file.
    pub(super) fn seal(&self) {
        let key = self.folder.path().join("master.key");
        let master = format!("file:{}", key.display());
        for command in ["person init", "desk seal"] {
            let said = self.run(command, &["--coop", "zarechyekoop", "--master", &master]);
            assert_eq!(said.code, 0, "{command}: {}", said.err);
        }
        let digits = fs::read_to_string(key).expect("a master key");
        let secret = MasterSecret::Passphrase(Passphrase::new(digits.trim().to_owned()));
        let store = PrivateStore::open(&self.folder.path().join("registry/zarechyekoop"), &secret);
        let store = RefCell::new(store.expect("a store"));
        assert!(self.sealed.set((master, store)).is_ok());
    }

    /// The store of a desk that is sealed.
    pub(super) fn store(&self) -> Option<&RefCell<PrivateStore>> {
        self.sealed.get().map(|it| &it.1)
    }

    /// The address of the node.
    pub(crate) fn url(&self) -> &str {
        match &self.host {
            Host::Embedded(node) => node.url(),
            Host::Nodeos(node) => node.url(),
            Host::Elsewhere(url, _) => url,
        }
    }

    /// The accounts of registrator, soviet and gateway.
    pub(crate) fn contracts(&self) -> [&'static str; 3] {
        match &self.host {
            Host::Elsewhere(_, contracts) => *contracts,
            _ => CONTRACTS,
        }
    }

    pub(super) fn client(&self) -> Client {
        Client::new(self.url()).expect("a client")
    }

    /// A file with the development key of an account.
    pub(crate) fn key(&self, account: &str) -> String {
        let file = self.folder.path().join(format!("{account}.key"));
        let key: PrivateKey = match account {
            "eosio" => antelope_chain::DEVELOPMENT_KEY,
            other => development_key(other.parse().expect("an account")),
        };
        let text = key.to_legacy_text().expect("a K1 key");
        fs::write(&file, text).expect("a file");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("a file of its owner");
        file.display().to_string()
    }

    /// Runs `veche` with these words, which are separated by spaces, and `more` as they are.
    pub(crate) fn run(&self, words: &str, more: &[&str]) -> Said {
        let given = words.split_whitespace().chain(more.iter().copied());
        let mut given: Vec<_> = given.collect();
        let [_, soviet, _] = self.contracts();
        let knows_it = |first: &&str| !OF_THE_CHAIN.contains(first);
        if soviet != CONTRACTS[1] && given.first().is_some_and(knows_it) {
            given.extend(["--soviet", soviet]);
        }
        let is_of_coop = given.first().is_some_and(knows_it);
        if let (Some((master, _)), true) = (self.sealed.get(), is_of_coop) {
            given.extend(["--master", master]);
        }
        let said = veche_at(self.url(), self.folder.path(), given);
        self.settle(&said);
        said
    }

    /// The data of a command that must succeed.
    pub(crate) fn data(&self, words: &str) -> Value {
        let said = self.run(words, &["--json"]);
        assert_eq!(said.code, 0, "{words}: {}", said.err);
        let object: Value = serde_json::from_str(&said.out).expect("an object");
        assert_eq!(object["success"], true);
        object["data"].clone()
    }

    /// Waits until what a command has sent is in a block. Before that a real node forgets it for a
    /// moment, between two blocks, so that a command right after it may not find it.
    fn settle(&self, said: &Said) {
        if let Host::Embedded(_) = self.host {
            return;
        }
        let client = self.client();
        // In either language the first line begins with what was done, and then has its id.
        let first = said.out.lines().next();
        let id = first.and_then(|line| line.split_whitespace().nth(1));
        let ids = id.and_then(|id| id.parse::<Checksum256>().ok()).into_iter();
        for id in ids {
            let start = Instant::now();
            while client.get_transaction(id).is_err() {
                assert!(start.elapsed() < PATIENCE, "{id} is in no block");
                sleep(Duration::from_millis(20));
            }
        }
    }

    /// Ends an embedded node in order.
    pub(super) fn stop(self) {
        if let Host::Embedded(node) = self.host {
            node.stop().unwrap_or_else(|e| panic!("{e}"));
        }
    }

    /// Moves the clock of an embedded chain.
    pub(super) fn pass(&self, seconds: u64) {
        let request = json!({ "seconds": seconds });
        let passed = self
            .client()
            .call::<Value>("/v1/dev/advance_time", &request);
        passed.expect("the time passes");
    }
}

/// Runs `veche` on a node, with a folder for its configuration.
pub(crate) fn veche_at<'w>(
    url: &str,
    folder: &Path,
    words: impl IntoIterator<Item = &'w str>,
) -> Said {
    let config = folder.display().to_string();
    let mut arguments = ["veche", "--url", url, "--config", &config]
        .map(OsString::from)
        .to_vec();
    arguments.extend(words.into_iter().map(OsString::from));
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = veche::run(arguments, &mut out, &mut err);
    let [out, err] = [out, err].map(|it| String::from_utf8(it).expect("text"));
    Said { code, out, err }
}

/// How an embedded node with the sample cooperative is started.
pub(super) fn node_options() -> NodeOptions {
    NodeOptions {
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        boot: Some(Boot::Sample),
        contracts: Some(contracts()),
        development: true,
        ..NodeOptions::default()
    }
}

/// The contracts as they were built for the tests.
pub(super) fn contracts() -> PathBuf {
    for package in ["registrator", "soviet", "gateway"] {
        veche_tests::built(package);
    }
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/antelope")
}
