//! The registry of the cooperative beside the network: `veche serve --no-api`, which follows one node and then
//! another.

use super::delegates::{CONTRACTS, Delegates, program, until};
use coop_index::{IndexReader, TABLES};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use std::collections::BTreeMap;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// A process that follows into a folder.
pub(super) struct Followed {
    folder: TempDir,
    process: Child,
}

impl Drop for Followed {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// `veche` at a node, with the folder of an index.
fn veche(url: &str, folder: &Path, words: &[&str]) -> Command {
    let mut command = program();
    command.args(["--json", "--url", url]).args(words);
    command.args([
        "--lang",
        "en",
        "--coop",
        "zarechyekoop",
        "--soviet",
        CONTRACTS[1],
    ]);
    command.arg("--index").arg(folder.join("index"));
    command.env("VECHE_CONFIG", folder);
    command.env_remove("VECHE_NETWORK").env_remove("RUST_LOG");
    command.stdin(Stdio::null()).stderr(Stdio::null());
    command
}

/// Starts `veche serve` at a node.
fn serve(url: &str, folder: &Path) -> Child {
    let port = TcpListener::bind("127.0.0.1:0").and_then(|it| it.local_addr());
    let listen = port.expect("a port").to_string();
    let words = [
        "serve",
        "--no-api",
        "--no-keeper",
        "--listen",
        &listen,
        "--check-every",
        "0",
    ];
    let mut command = veche(url, folder, &words);
    command.stdout(Stdio::null()).spawn().expect("veche runs")
}

/// The rows of an index.
fn rows(folder: &Path) -> BTreeMap<&'static str, Vec<String>> {
    let mut reader = IndexReader::open(&folder.join("index/index.db")).expect("an index");
    let rows = TABLES
        .iter()
        .map(|it| (*it, reader.rows(it).expect("rows")));
    rows.collect()
}

/// The newest block of an index; 0 before there is one.
fn head(url: &str, folder: &Path) -> u64 {
    let output = veche(url, folder, &["index", "status"])
        .output()
        .expect("veche runs");
    let said: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    said["data"]["head"].as_u64().unwrap_or(0)
}

impl Followed {
    /// Begins to follow at a node, by its trace API.
    pub(super) fn from(delegates: &Delegates, node: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let process = serve(&delegates.url(node), folder.path());
        Self { folder, process }
    }

    /// Waits until the index has this block, which the trace API gives once it is irreversible.
    pub(super) fn until(&self, delegates: &Delegates, block: u32) {
        let url = delegates.url("api");
        until("the index to have the block", || {
            head(&url, self.folder.path()) >= u64::from(block)
        });
    }

    /// Ends in order, and goes on at another node.
    pub(super) fn moved(mut self, delegates: &Delegates, node: &str) -> Self {
        kill_process(Pid::from_child(&self.process), Signal::TERM).expect("it runs");
        let status = self.process.wait().expect("it ends");
        assert_eq!(status.code(), Some(0));
        self.process = serve(&delegates.url(node), self.folder.path());
        self
    }

    /// Whether the rows are those of an index that was made from the beginning, at a third node.
    pub(super) fn equals_a_rebuild(mut self, delegates: &Delegates, node: &str) {
        kill_process(Pid::from_child(&self.process), Signal::TERM).expect("it runs");
        assert_eq!(self.process.wait().expect("it ends").code(), Some(0));
        let folder = tempfile::tempdir().expect("a folder");
        let (url, words) = (delegates.url(node), ["index", "run", "--until-head"]);
        let made = veche(&url, folder.path(), &words)
            .output()
            .expect("veche runs");
        assert_eq!(
            made.status.code(),
            Some(0),
            "{}",
            String::from_utf8_lossy(&made.stdout)
        );
        // Both have all that happened in the cooperative: nothing did since.
        let (followed, rebuilt) = (rows(self.folder.path()), rows(folder.path()));
        for table in TABLES {
            assert_eq!(followed[table], rebuilt[table], "{table}");
        }
        assert!(followed["votes"].len() > 10, "{}", followed["votes"].len());
    }
}
