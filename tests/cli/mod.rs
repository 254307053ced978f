//! The command line as people use it, on the sample cooperative.

mod clerk;
mod cooperative;
mod keeper;
mod office;

use coop_demo::development_key;
use coop_node::{Boot, Node, NodeOptions};
use serde_json::Value;
use std::ffi::OsString;
use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use tempfile::TempDir;

/// A node with the sample cooperative, and the folder of one user's command line.
struct Desk {
    node: Node,
    folder: TempDir,
}

/// What a command said, and how it ended.
struct Said {
    code: u8,
    out: String,
    err: String,
}

impl Desk {
    fn open() -> Self {
        Self::booted(Boot::Sample)
    }

    /// A node that begins with this.
    fn booted(boot: Boot) -> Self {
        let options = NodeOptions {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            boot: Some(boot),
            contracts: Some(contracts()),
            development: true,
            ..NodeOptions::default()
        };
        let node = Node::start(&options, &mut std::io::sink()).unwrap_or_else(|e| panic!("{e}"));
        let folder = tempfile::tempdir().expect("a folder");
        Self { node, folder }
    }

    /// A file with the development key of an account.
    fn key(&self, account: &str) -> String {
        let file = self.folder.path().join(format!("{account}.key"));
        let key = match account {
            "eosio" => antelope_chain::DEVELOPMENT_KEY,
            other => development_key(other.parse().expect("an account")),
        };
        let text = key.to_legacy_text().expect("a K1 key");
        fs::write(&file, text).expect("a file");
        file.display().to_string()
    }

    /// Runs `veche` with these words, which are separated by spaces, and `more` as they are.
    fn run(&self, words: &str, more: &[&str]) -> Said {
        let config = self.folder.path().display().to_string();
        let given = words.split_whitespace().chain(more.iter().copied());
        let all = ["veche", "--url", self.node.url(), "--config", &config];
        let arguments = all.into_iter().chain(given).map(OsString::from);
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let code = veche::run(arguments, &mut out, &mut err);
        let [out, err] = [out, err].map(|it| String::from_utf8(it).expect("text"));
        Said { code, out, err }
    }

    /// The data of a command that must succeed.
    fn data(&self, words: &str) -> Value {
        let said = self.run(words, &["--json"]);
        assert_eq!(said.code, 0, "{words}: {}", said.err);
        let object: Value = serde_json::from_str(&said.out).expect("an object");
        assert_eq!(object["success"], true);
        object["data"].clone()
    }

    /// Moves the chain's clock.
    fn pass(&self, seconds: u64) {
        let client = antelope_rpc_client::Client::new(self.node.url()).expect("a client");
        let request = serde_json::json!({ "seconds": seconds });
        let passed = client.call::<Value>("/v1/dev/advance_time", &request);
        passed.expect("the time passes");
    }
}

/// The contracts as they were built for the tests.
fn contracts() -> PathBuf {
    for package in ["registrator", "soviet", "gateway"] {
        veche_tests::built(package);
    }
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/antelope")
}
