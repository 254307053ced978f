//! A real node, and both programs on it.

use antelope_node::{Node, NodeOptions, find_program};
use antelope_types::{Name, PublicKey};
use serde_json::Value;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A node with a folder for the configuration and the key of all its accounts.
pub struct Place {
    pub node: Node,
    pub folder: TempDir,
}

/// What a program has said.
#[derive(Clone, Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Said {
    /// What it has said.
    pub fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Self {
            code: output.status.code().unwrap_or(-1),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    /// What it has printed, as JSON. cleos prints transactions that it does not send to stderr.
    pub fn json(&self) -> Value {
        let text = if self.out.is_empty() {
            &self.err
        } else {
            &self.out
        };
        let begin = text.find(['{', '[']).unwrap_or_default();
        serde_json::from_str(&text[begin..]).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// What it has done well.
    #[track_caller]
    pub fn well(self) -> Self {
        assert_eq!(self.code, 0, "{self:?}");
        self
    }
}

impl Place {
    /// A node with the system contracts and accounts alice, bob and carol, all of the operator's key.
    pub fn with_system() -> Self {
        let place = Self::of(NodeOptions {
            max_transaction_cpu_ms: 1000,
            // carol and alice are voted for, and the node goes on with their blocks.
            arguments: ["--enable-account-queries=true", "-palice", "-pcarol"]
                .map(Into::into)
                .to_vec(),
            ..NodeOptions::default()
        });
        place.node.boot_system().unwrap_or_else(|e| panic!("{e}"));
        let names = ["alice", "bob", "carol"].map(name);
        let key = place.node.public_key();
        let accounts = names.map(|name| (name, key.clone()));
        place.node.create_accounts(&accounts).unwrap();
        for name in names {
            place.node.fund(name, "1000.0000 SYS").unwrap();
        }
        place
    }

    /// [`Place::with_system`] with eosio.msig.
    pub fn with_msig() -> Self {
        Self::with_privileged("eosio.msig")
    }

    /// [`Place::with_system`] with a contract that may do everything.
    pub fn with_privileged(contract: &str) -> Self {
        let place = Self::with_system();
        let (wasm, abi) = antelope_node::package_contract(contract).unwrap();
        let contract = name(contract);
        place
            .node
            .create_contract_account(contract)
            .and_then(|()| place.node.deploy(contract, &wasm, &abi))
            .unwrap_or_else(|e| panic!("{e}"));
        let client = place.node.client();
        let eosio = antelope_types::PermissionLevel::active(name("eosio"));
        let arguments = serde_json::json!([contract, 1]);
        let privileged = client.action(name("eosio"), name("setpriv"), eosio, &arguments);
        let key = place.node.key();
        client.push(&[privileged.unwrap()], &[key]).unwrap();
        place
    }

    fn of(options: NodeOptions) -> Self {
        let node = Node::start(options).unwrap_or_else(|e| panic!("{e}"));
        let folder = tempfile::tempdir().unwrap();
        let key = node.key().to_legacy_text().unwrap();
        let place = Self { node, folder };
        place.write_secret("keys", &format!("# all accounts\n{key}\n"));
        place
    }

    /// A file that only its owner may read; its path.
    pub fn write_secret(&self, name: &str, text: &str) -> String {
        write_secret(self.folder.path(), name, text)
    }

    /// Waits until what was executed is in blocks. A node forgets what it has executed for the block
    /// after the next until it executes it again, so that what depends on it fails in between.
    pub fn settle(&self) {
        let client = self.node.client();
        let head = client.get_info().unwrap().head_block_num;
        let patience = std::time::Duration::from_secs(60);
        client.wait_for_block(head + 1, patience).unwrap();
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn key(&self) -> PublicKey {
        self.node.public_key()
    }

    /// Runs veche on the node, with the key.
    pub fn veche(&self, line: &str) -> Said {
        let keys = self.path("keys").display().to_string();
        let is_signing = !line.starts_with("get ") && !line.contains("--key-file");
        let mut all = self.words(line);
        if is_signing && signs(&all) {
            all.extend(["--key-file".to_owned(), keys]);
        }
        veche(self, &all)
    }

    /// Runs cleos on the node.
    pub fn cleos(&self, line: &str) -> Said {
        cleos(self.node.url(), &self.words(line))
    }

    /// The words of a line, with what stands in braces.
    pub fn words(&self, line: &str) -> Vec<String> {
        let key = self.key().to_legacy_text().unwrap();
        let folder = self.folder.path().display().to_string();
        words(&line.replace("{key}", &key).replace("{folder}", &folder))
    }
}

/// A file in this folder that only its owner may read; its path.
pub fn write_secret(folder: &Path, name: &str, text: &str) -> String {
    let file = folder.join(name);
    fs::write(&file, text).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    file.display().to_string()
}

/// Whether a command takes keys.
fn signs(words: &[String]) -> bool {
    let word = |number: usize| words.get(number).map_or("", String::as_str);
    match (word(0), word(1)) {
        ("create", "account") | ("transfer" | "sign" | "set" | "wrap", _) => true,
        ("push", second) => second != "transactions",
        ("multisig", second) => second != "review",
        ("system", second) => !second.starts_with("list") && second != "bidnameinfo",
        _ => false,
    }
}

fn veche(place: &Place, words: &[String]) -> Said {
    let url = ["--url", place.node.url()];
    veche_with(place.folder.path(), url, words)
}

/// Runs veche with a folder of its own for the configuration.
pub fn veche_with<A: AsRef<OsStr>, B: AsRef<OsStr>>(
    folder: &Path,
    first: impl IntoIterator<Item = A>,
    words: impl IntoIterator<Item = B>,
) -> Said {
    let output = Command::new(env!("CARGO_BIN_EXE_veche"))
        .args(first)
        .args(words)
        .env("VECHE_CONFIG", folder)
        .env_remove("VECHE_NETWORK")
        .stdin(Stdio::null())
        .output();
    Said::of(output.unwrap())
}

pub fn cleos(url: &str, words: &[String]) -> Said {
    let program = find_program("cleos").unwrap_or_else(|e| panic!("{e}"));
    let output = Command::new(program)
        .args(["--no-auto-keosd", "-u", url])
        .args(words)
        .stdin(Stdio::null())
        .output();
    Said::of(output.unwrap())
}

/// The words of a line as a shell takes them: single quotes keep what is between them together.
pub fn words(line: &str) -> Vec<String> {
    let (mut all, mut word, mut is_quoted, mut is_word) = (Vec::new(), String::new(), false, false);
    let mut signs = line.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\'' => (is_quoted, is_word) = (!is_quoted, true),
            '\\' if !is_quoted => word.extend(signs.next()),
            ' ' if !is_quoted => {
                if is_word || !word.is_empty() {
                    all.push(std::mem::take(&mut word));
                }
                is_word = false;
            }
            sign => word.push(sign),
        }
    }
    if is_word || !word.is_empty() {
        all.push(word);
    }
    all
}

pub fn name(text: &str) -> Name {
    text.parse().unwrap()
}
