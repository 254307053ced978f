//! One step of a session, by cleos, with a keosd of its own.

use antelope_node::{find_program, package_contract};
use antelope_rpc_client::{Client, signing};
use antelope_types::{Checksum256, PrivateKey};
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// What a step wrote, and how it ended.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) code: i32,
    pub(super) out: String,
    pub(super) errors: String,
}

/// Where the commands are typed: a node, and a keosd that ends with it.
pub(super) struct Desk {
    url: String,
    keosd: Child,
    folder: TempDir,
}

impl Desk {
    pub(super) fn open(url: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().display();
        let config = format!("http-server-address =\nunix-socket-path = {path}/keosd.sock\n");
        fs::write(folder.path().join("config.ini"), config).expect("a configuration");
        let log = fs::File::create(folder.path().join("log")).expect("a log");
        let program = find_program("keosd").unwrap_or_else(|e| panic!("{e}"));
        let keosd = Command::new(program)
            .args([
                "--data-dir",
                ".",
                "--config-dir",
                ".",
                "--wallet-dir",
                "wallets",
            ])
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("a log"))
            .stderr(log)
            .spawn()
            .expect("keosd runs");
        let socket = folder.path().join("keosd.sock");
        let start = Instant::now();
        while !socket.exists() {
            let log = || fs::read_to_string(folder.path().join("log")).unwrap_or_default();
            assert!(start.elapsed() < Duration::from_secs(20), "{}", log());
            sleep(Duration::from_millis(20));
        }
        let url = url.to_owned();
        Self { url, keosd, folder }
    }

    /// Does a step; `None` for one that waits.
    pub(super) fn run(&self, step: &str) -> Option<Said> {
        if step == "wait" {
            self.wait();
            return None;
        }
        let command = self.filled(step.strip_prefix("! ").unwrap_or(step));
        let (command, file) = split(&command, " > ");
        let (command, typed) = split(command, " < ");
        let socket = self.path("keosd.sock");
        let mut child = Command::new(find_program("cleos").unwrap_or_else(|e| panic!("{e}")))
            .args(["--no-auto-keosd", "--url", &self.url])
            .args(["--wallet-url", &format!("unix://{}", socket.display())])
            .args(words(command))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("cleos runs");
        if let (Some(mut stdin), Some(typed)) = (child.stdin.take(), typed) {
            writeln!(stdin, "{typed}").expect("cleos reads");
        }
        let output = child.wait_with_output().expect("cleos ends");
        let text = |bytes: &[u8]| {
            let folder = self.folder.path().display().to_string();
            String::from_utf8_lossy(bytes).replace(&folder, "{folder}")
        };
        if let Some(file) = file {
            fs::write(file, &output.stdout).expect("a file");
        }
        Some(Said {
            code: output.status.code().unwrap_or(-1),
            out: text(&output.stdout),
            errors: text(&output.stderr),
        })
    }

    /// Waits until the chain is in another second, with other irreversible blocks. cleos expires a
    /// transaction 30 s after the head block and refers to an irreversible one, so what is sent again
    /// before that is a duplicate. How long it takes depends on the node.
    fn wait(&self) {
        let client = Client::new(&self.url).expect("a client");
        let now = || {
            let info = client.get_info().expect("the node answers");
            let second = info.head_block_time.micros() / 1_000_000;
            (second, info.last_irreversible_block_num)
        };
        let ((second, irreversible), start) = (now(), Instant::now());
        loop {
            sleep(Duration::from_millis(100));
            let after = now();
            if after.0 > second && after.1 > irreversible {
                return;
            }
            assert!(start.elapsed() < Duration::from_secs(30), "no blocks");
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The step with what stands for its places in braces.
    fn filled(&self, step: &str) -> String {
        let mut step = step.to_owned();
        for who in ["alice", "bob", "eosio"] {
            let key = match who {
                "eosio" => antelope_chain::DEVELOPMENT_KEY,
                _ => PrivateKey::K1(Checksum256::sha256(who.as_bytes()).0),
            };
            let public = signing::public_key(&key).expect("a public key");
            step = step
                .replace(
                    &format!("{{key {who}}}"),
                    &key.to_legacy_text().expect("a K1 key"),
                )
                .replace(
                    &format!("{{public {who}}}"),
                    &public.to_legacy_text().expect("a K1 key"),
                );
        }
        if step.contains("{token}") {
            let (wasm, _) = package_contract("eosio.token").unwrap_or_else(|e| panic!("{e}"));
            let folder = wasm.parent().expect("a folder").display().to_string();
            step = step.replace("{token}", &folder);
        }
        if step.contains("{password}") {
            let password = fs::read_to_string(self.path("password")).expect("a password");
            step = step.replace("{password}", password.trim());
        }
        if step.contains("{sent}") {
            let sent = fs::read(self.path("sent.json")).expect("a transaction");
            let sent: Value = serde_json::from_slice(&sent).expect("JSON");
            step = step.replace(
                "{sent}",
                sent["transaction_id"].as_str().unwrap_or_default(),
            );
        }
        step.replace("{folder}", &self.folder.path().display().to_string())
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.keosd.kill();
        let _ = self.keosd.wait();
    }
}

/// What is before and after the mark.
fn split<'a>(text: &'a str, mark: &str) -> (&'a str, Option<&'a str>) {
    match text.rsplit_once(mark) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

/// The words of a command; what is between `'` is one.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (number, part) in command.split('\'').enumerate() {
        match number % 2 {
            0 => words.extend(part.split_whitespace().map(str::to_owned)),
            _ => words.push(part.to_owned()),
        }
    }
    words
}
