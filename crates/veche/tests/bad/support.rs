//! A node with the system contracts as a process of its own, and who uses it.

use antelope_rpc_client::{Client, native};
use antelope_types::{Authority, Name, PrivateKey, name};
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;

/// The key of all accounts, which everybody knows.
pub const KEY: PrivateKey = PrivateKey::K1([
    0xd2, 0x65, 0x3f, 0xf7, 0xcb, 0xb2, 0xd8, 0xff, 0x12, 0x9a, 0xc2, 0x7e, 0xf5, 0x78, 0x1c, 0xe6,
    0x8b, 0x25, 0x58, 0xc4, 0x1a, 0x74, 0xaf, 0x1f, 0x2d, 0xdc, 0xa6, 0x35, 0xcb, 0xee, 0xf0, 0x7d,
]);

/// A node, and the folder of one user.
pub struct Place {
    node: Child,
    url: String,
    pub folder: TempDir,
    /// Memos, so that each test has transfers of its own.
    made: AtomicU32,
}

/// What a run has said.
#[derive(Clone, Debug)]
pub struct Said {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// Starts a node of the program with these options; the process, and what it says first.
pub fn started(options: impl IntoIterator<Item = impl AsRef<OsStr>>) -> (Child, Value) {
    let mut node = Command::new(program())
        .args(["node", "--json", "--listen", "127.0.0.1:0", "--dev"])
        .args(options)
        .env_remove("RUST_LOG")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut events = BufReader::new(node.stdout.take().unwrap());
    events.read_line(&mut line).unwrap();
    // Whoever reads no more events makes the node wait.
    std::thread::spawn(move || events.lines().map_while(Result::ok).for_each(drop));
    (node, serde_json::from_str(&line).expect(&line))
}

/// Writes a key to a file that only its owner can read.
pub fn key_file(file: &Path, key: &PrivateKey) -> PathBuf {
    fs::write(file, format!("{}\n", key.to_legacy_text().unwrap())).unwrap();
    fs::set_permissions(file, fs::Permissions::from_mode(0o600)).unwrap();
    file.to_owned()
}

impl Said {
    fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Self {
            code: output.status.code(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    /// Ended with this code and said these words on stderr.
    #[track_caller]
    pub fn says(&self, code: i32, words: &[&str]) {
        assert_eq!(self.code, Some(code), "{self:?}");
        for word in words {
            assert!(self.err.contains(word), "{word}: {self:?}");
        }
    }
}

impl Place {
    /// Nothing where the node's package, which the system contracts are from, is not on this machine.
    pub fn open() -> Option<Self> {
        antelope_node::package_contract("eosio.system").ok()?;
        let (node, started) = started(["--state-history", "off", "--boot", "system"]);
        let url = started["url"].as_str().expect("an address").to_owned();
        let folder = tempfile::tempdir().unwrap();
        key_file(&folder.path().join("all.key"), &KEY);
        let place = Self {
            node,
            url,
            folder,
            made: AtomicU32::new(0),
        };
        place.set_up();
        Some(place)
    }

    /// Account bob, of the same key.
    fn set_up(&self) {
        let key = antelope_rpc_client::signing::public_key(&KEY).unwrap();
        let authority = Authority::from_key(key);
        let create = native::new_account(EOSIO, name!("bob"), authority.clone(), authority);
        let client = self.client();
        let eosio = antelope_types::PermissionLevel::active(EOSIO);
        let buy = json!({ "payer": EOSIO, "receiver": "bob", "bytes": 16_384 });
        let buy = client.action(EOSIO, name!("buyrambytes"), eosio, &buy);
        let staked = json!({
            "from": EOSIO, "receiver": "bob", "transfer": false,
            "stake_net_quantity": "10.0000 SYS", "stake_cpu_quantity": "10.0000 SYS",
        });
        let stake = client.action(EOSIO, name!("delegatebw"), eosio, &staked);
        let actions = [create, buy.unwrap(), stake.unwrap()];
        client.push(&actions, &[&KEY]).unwrap();
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn client(&self) -> Client {
        Client::new(&self.url).unwrap()
    }

    /// What bob has, in ten thousandths.
    pub fn balance(&self) -> i64 {
        let request = json!({ "code": "eosio.token", "account": "bob", "symbol": "SYS" });
        let path = "/v1/chain/get_currency_balance";
        let found: Vec<String> = self.client().call(path, &request).unwrap();
        let first = found.first().map_or("0.0000 SYS", String::as_str);
        first
            .trim_end_matches(" SYS")
            .replace('.', "")
            .parse()
            .unwrap()
    }

    /// The words of a transfer of 1.0000 SYS to bob that no other test makes.
    pub fn transfer(&self) -> Vec<String> {
        let memo = format!("memo {}", self.made.fetch_add(1, Ordering::Relaxed));
        ["transfer", "eosio", "bob", "1.0000 SYS", &memo]
            .map(str::to_owned)
            .to_vec()
    }

    /// The program with addresses and a folder, and nothing else.
    pub fn command(&self, urls: &[&str]) -> Command {
        let mut command = Command::new(program());
        for url in urls {
            command.args(["--url", url]);
        }
        command.env("VECHE_CONFIG", self.folder.path());
        command.env_remove("VECHE_NETWORK").env_remove("RUST_LOG");
        command.stdin(Stdio::null());
        command
    }

    /// Runs it with the key.
    pub fn veche(&self, urls: &[&str], words: &[String]) -> Said {
        let keys = self.folder.path().join("all.key");
        let mut command = self.command(urls);
        Said::of(
            command
                .args(words)
                .arg("--key-file")
                .arg(keys)
                .output()
                .unwrap(),
        )
    }

    /// The transactions whose fate is not known.
    pub fn unfinished(&self) -> usize {
        let found = fs::read_dir(self.folder.path().join("unfinished"));
        let found = found.into_iter().flatten().flatten();
        // Whoever was killed leaves the file of a lock, which nobody holds any more.
        found
            .filter(|it| it.path().extension().is_some_and(|it| it == "json"))
            .count()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = self.node.kill();
        let _ = self.node.wait();
    }
}

/// Gives the network of a place the name `known`, with these options.
pub fn add_network(place: &Place, options: &[&str]) {
    let words = ["net", "add", "known", place.url()];
    let output = place.command(&[]).args(words).args(options).output();
    let output = output.unwrap();
    assert!(output.status.success(), "{output:?}");
}

pub const EOSIO: Name = name!("eosio");

/// The program: that of these tests, or `$VECHE_PROGRAM`.
pub fn program() -> PathBuf {
    let given = std::env::var_os("VECHE_PROGRAM");
    given.map_or_else(|| env!("CARGO_BIN_EXE_veche").into(), PathBuf::from)
}
