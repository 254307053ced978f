//! The sample cooperative on a node that keeps its chain in a folder, and the desk of those who work for it.

use crate::support::{KEY, key_file, program, started};
use antelope_rpc_client::Client;
use antelope_types::Checksum256;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Map, Value, json};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

/// The account of the cooperative.
pub const COOP: &str = "zarechyekoop";
pub const CHAIRMAN: &str = "mirodaluvaxe";
/// As many members of the council as its quorum wants.
pub const VOTERS: [&str; 4] = [CHAIRMAN, "kepozanuriso", "basulotimegi", "donavirepuka"];
pub const CASHIER: &str = "gipavudorezo";
pub const MARIA: &str = "nolifarubime";

/// A running node on a folder with the sample cooperative, and a desk.
pub struct Home {
    chain: TempDir,
    node: Child,
    url: String,
    history: String,
    /// The configuration of the command line, with the desk and a file for each key.
    pub desk: TempDir,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Starts a node on a folder; the process, its address, and that of its state history.
fn start(folder: &Path) -> (Child, String, String) {
    let root = root();
    let options = ["--state-history", "127.0.0.1:0", "--boot", "sample"].map(OsStr::new);
    let folders = [
        "--workspace".as_ref(),
        root.as_os_str(),
        "--data".as_ref(),
        folder.as_os_str(),
    ];
    let (node, started) = started(options.into_iter().chain(folders));
    let [url, history] = ["url", "state_history"].map(|it| {
        let address = started[it].as_str();
        address.expect("an address").to_owned()
    });
    (node, url, history)
}

/// A folder with the sample, to be copied: all homes begin alike.
fn sample() -> &'static Path {
    static SAMPLE: OnceLock<TempDir> = OnceLock::new();
    let folder = SAMPLE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let (mut node, _, _) = start(folder.path());
        kill_process(Pid::from_child(&node), Signal::TERM).unwrap();
        node.wait().unwrap();
        folder
    });
    folder.path()
}

pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let to = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &to),
            false => drop(fs::copy(entry.path(), to).unwrap()),
        }
    }
}

impl Home {
    pub fn open() -> Self {
        let chain = tempfile::tempdir().unwrap();
        copy(sample(), chain.path());
        let (node, url, history) = start(chain.path());
        let home = Self {
            chain,
            node,
            url,
            history,
            desk: tempfile::tempdir().unwrap(),
        };
        home.lay_papers();
        home
    }

    /// The papers of the cooperative, from the example of the demo.
    fn lay_papers(&self) {
        let folder = self.desk.path().join("desk").join(COOP);
        fs::create_dir_all(folder.join("people")).unwrap();
        let example = fs::read(root().join("examples/cooperative.json")).unwrap();
        let example: Value = serde_json::from_slice(&example).unwrap();
        let only = |from: &Value, fields: &[&str]| {
            let fields = fields.iter().filter(|it| !from[**it].is_null());
            let fields = fields.map(|it| ((*it).to_owned(), from[*it].clone()));
            Value::Object(fields.collect::<Map<_, _>>()).to_string()
        };
        let about = ["name", "short_name", "address", "timezone"];
        let about = only(&example["cooperative"], &about);
        fs::write(folder.join("cooperative.json"), about).unwrap();
        let [council, candidates] =
            ["council", "candidates"].map(|it| example[it].as_array().unwrap());
        let fields = [
            "last_name",
            "first_name",
            "middle_name",
            "birth_date",
            "address",
            "phone",
            "email",
        ];
        for person in council
            .iter()
            .chain(candidates)
            .chain([&example["cashier"]])
        {
            let file = format!("people/{}.json", person["account"].as_str().unwrap());
            fs::write(folder.join(file), only(person, &fields)).unwrap();
        }
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// Where its state history is.
    pub fn history(&self) -> &str {
        &self.history
    }

    /// The folder of its chain.
    pub fn chain(&self) -> &Path {
        self.chain.path()
    }

    pub fn client(&self) -> Client {
        Client::new(&self.url).unwrap()
    }

    /// Ends the node by `kill -9`.
    pub fn kill(&mut self) {
        self.node.kill().unwrap();
        self.node.wait().unwrap();
    }

    /// Ends the node in order.
    pub fn stop(&mut self) {
        kill_process(Pid::from_child(&self.node), Signal::TERM).unwrap();
        self.node.wait().unwrap();
    }

    /// Starts the node that was killed, at another address.
    pub fn restart(&mut self) {
        (self.node, self.url, self.history) = start(self.chain.path());
    }

    pub fn pass(&self, seconds: u64) {
        let request = json!({ "seconds": seconds });
        let passed = self
            .client()
            .call::<Value>("/v1/dev/advance_time", &request);
        passed.unwrap();
    }

    pub fn chain_id(&self) -> Checksum256 {
        self.client().chain_id().unwrap()
    }

    /// A file with the development key of an account.
    pub fn key(&self, account: &str) -> PathBuf {
        let key = match account {
            "eosio" => KEY,
            other => coop_node::development_key(other.parse().unwrap()),
        };
        key_file(&self.desk.path().join(format!("{account}.key")), &key)
    }

    /// The program with addresses, the folder, and the words of a command by somebody.
    pub fn command(&self, urls: &[String], who: &str, words: &[String]) -> Command {
        let mut command = Command::new(program());
        command.args(urls.iter().flat_map(|url| ["--url", url]));
        command.args(words).args(["--lang", "en", "--as", who]);
        command.arg("--key-file").arg(self.key(who));
        command.env("VECHE_CONFIG", self.desk.path());
        command.env_remove("VECHE_NETWORK").env_remove("RUST_LOG");
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        // A file is never full, which a pipe that nobody reads is.
        command.stderr(fs::File::create(self.said()).unwrap());
        command
    }

    /// Where the last command has said what it said on the way.
    pub fn said(&self) -> PathBuf {
        self.desk.path().join("stderr")
    }

    /// The rows of a table of one of the contracts.
    pub fn rows(&self, contract: &str, scope: &str, table: &str) -> Vec<Value> {
        let request = json!({
            "json": true, "code": contract, "scope": scope, "table": table, "limit": 1000,
        });
        let answer = self
            .client()
            .call::<Value>("/v1/chain/get_table_rows", &request);
        let mut answer = answer.unwrap();
        assert_eq!(answer["more"], false, "{table}");
        match answer["rows"].take() {
            Value::Array(rows) => rows,
            other => panic!("{other}"),
        }
    }

    /// All rows of the three contracts, without ids and times, in an order that does not depend on them.
    pub fn lasting(&self) -> Value {
        let mut all = Map::new();
        for contract in ["registrator", "soviet", "gateway"] {
            let request = json!({ "code": contract, "limit": 1000 });
            let scopes = self
                .client()
                .call::<Value>("/v1/chain/get_table_by_scope", &request);
            for scope in scopes.unwrap()["rows"].as_array().unwrap() {
                let [scope, table] = ["scope", "table"].map(|it| scope[it].as_str().unwrap());
                let rows = Value::from(self.rows(contract, scope, table));
                all.insert(
                    format!("{contract} {scope} {table}"),
                    without_moments(&rows),
                );
            }
        }
        Value::Object(all)
    }

    /// The transactions whose fate is not known.
    pub fn unfinished(&self) -> usize {
        let found = fs::read_dir(self.desk.path().join("unfinished"));
        let found = found.into_iter().flatten().flatten();
        found
            .filter(|it| it.path().extension().is_some_and(|it| it == "json"))
            .count()
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = self.node.kill();
        let _ = self.node.wait();
    }
}

fn without_moments(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.iter();
            let fields = fields.map(|(name, value)| (name.clone(), without_moments(value)));
            Value::Object(fields.collect())
        }
        Value::Array(items) => {
            let mut items: Vec<_> = items.iter().map(without_moments).collect();
            items.sort_by_key(Value::to_string);
            Value::Array(items)
        }
        Value::String(text) => {
            let is_id = text.len() >= 16 && text.bytes().all(|it| it.is_ascii_hexdigit());
            let is_time = text.len() >= 19 && text.as_bytes()[10] == b'T' && text.contains(':');
            match (is_id, is_time) {
                (true, _) => "<id>".into(),
                (_, true) => "<time>".into(),
                _ => value.clone(),
            }
        }
        _ => value.clone(),
    }
}
