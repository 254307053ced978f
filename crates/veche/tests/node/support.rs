//! A node as a process of its own, and who talks to it.

use antelope_rpc_client::{Client, native};
use antelope_types::{Action, Authority, Name, PermissionLevel, PrivateKey, name};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The key of `eosio` on chains of these tests.
pub const KEY: PrivateKey = PrivateKey::K1([
    0xd2, 0x65, 0x3f, 0xf7, 0xcb, 0xb2, 0xd8, 0xff, 0x12, 0x9a, 0xc2, 0x7e, 0xf5, 0x78, 0x1c, 0xe6,
    0x8b, 0x25, 0x58, 0xc4, 0x1a, 0x74, 0xaf, 0x1f, 0x2d, 0xdc, 0xa6, 0x35, 0xcb, 0xee, 0xf0, 0x7d,
]);

/// The program: that of these tests, or `$VECHE_PROGRAM`, such as one that was built for release.
pub fn program() -> PathBuf {
    let given = std::env::var_os("VECHE_PROGRAM");
    given.map_or_else(|| env!("CARGO_BIN_EXE_veche").into(), PathBuf::from)
}

/// The program with a free port and events as JSON.
pub fn veche() -> Command {
    let mut command = Command::new(program());
    command.args(["node", "--json", "--listen", "127.0.0.1:0"]);
    command.args(["--state-history", "127.0.0.1:0"]);
    command.env_remove("RUST_LOG");
    command
}

/// The root of the checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A running node, killed with the test.
pub struct Running {
    pub child: Child,
    pub started: Value,
    events: BufReader<ChildStdout>,
    log: TempDir,
}

impl Running {
    /// Starts it, and returns when it answers.
    pub fn start(command: Command) -> Self {
        Self::try_start(command).unwrap_or_else(|failed| panic!("{failed:?}"))
    }

    /// Starts it with a folder and these arguments.
    pub fn on(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = veche();
        command.arg("--data").arg(folder).args(arguments);
        Self::start(command)
    }

    /// Starts it; what it said and how it ended where it did not.
    pub fn try_start(mut command: Command) -> Result<Self, Failed> {
        let log = tempfile::tempdir().unwrap();
        let errors = File::create(log.path().join("log")).unwrap();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(errors)
            .spawn()
            .unwrap();
        let mut events = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        events.read_line(&mut line).unwrap();
        let started: Value = serde_json::from_str(&line).unwrap_or_default();
        let mut running = Self {
            child,
            started,
            events,
            log,
        };
        if running.started["event"] == "started" {
            return Ok(running);
        }
        let status = running.child.wait().unwrap();
        Err(Failed {
            status,
            event: running.started.clone(),
            log: running.log(),
        })
    }

    pub fn url(&self) -> &str {
        self.started["url"].as_str().unwrap()
    }

    pub fn client(&self) -> Client {
        Client::new(self.url()).unwrap()
    }

    /// What it has logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.log.path().join("log")).unwrap()
    }

    /// Waits until the log has this text.
    pub fn wait_for(&self, text: &str) {
        wait_until(&format!("{text:?} in the log"), || {
            self.log().contains(text)
        });
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// Waits for its end: how it ended, and the events it told.
    pub fn ended(&mut self) -> (ExitStatus, Vec<Value>) {
        let mut rest = String::new();
        self.events.read_to_string(&mut rest).unwrap();
        let events = rest.lines().map(|line| serde_json::from_str(line).unwrap());
        let events = events.collect();
        (self.child.wait().unwrap(), events)
    }

    /// Ends it in order.
    pub fn stop(mut self) {
        self.signal(Signal::TERM);
        let (status, _) = self.ended();
        assert!(status.success(), "{status}: {}", self.log());
    }

    /// Ends it in no order.
    pub fn kill(mut self) {
        self.signal(Signal::KILL);
        self.child.wait().unwrap();
    }

    /// The status and body of a page of the server.
    pub fn page(&self, path: &str) -> (u16, String) {
        let answer = self.client().post(path, b"").unwrap();
        (answer.status, String::from_utf8(answer.body).unwrap())
    }

    /// Time that processors have spent on the process, of its threads together, which other processes
    /// of the machine hardly change.
    pub fn processor_time(&self) -> Duration {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        let (_, fields) = stat.rsplit_once(") ").unwrap();
        let ticks = fields.split(' ').skip(11).take(2);
        let ticks: u64 = ticks.map(|it| it.parse::<u64>().unwrap()).sum();
        Duration::from_millis(ticks * 10)
    }

    /// Memory of the process in bytes.
    pub fn resident(&self) -> u64 {
        let statm = std::fs::read_to_string(format!("/proc/{}/statm", self.child.id())).unwrap();
        statm.split(' ').nth(1).unwrap().parse::<u64>().unwrap() * 4096
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits for something that must happen, and gives up after a minute.
pub fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(
            began.elapsed() < Duration::from_secs(60),
            "waited for {what}"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A node that did not start.
#[derive(Debug)]
pub struct Failed {
    pub status: ExitStatus,
    pub event: Value,
    pub log: String,
}

impl Failed {
    /// Asserts that it failed with these words on stderr and the same in its event.
    pub fn says(&self, words: &[&str]) {
        assert_eq!(self.status.code(), Some(1), "{self:?}");
        assert_eq!(self.event["event"], "failed", "{self:?}");
        let message = self.event["error"]["message"].as_str().unwrap();
        assert!(self.log.contains(message), "{self:?}");
        for word in words {
            assert!(message.contains(word), "{word}: {message}");
        }
    }
}

/// The action that makes an account.
pub fn new_account(account: Name) -> Action {
    let key = antelope_rpc_client::signing::public_key(&KEY).unwrap();
    let authority = Authority::from_key(key);
    native::new_account(name!("eosio"), account, authority.clone(), authority)
}

/// A name made of a number.
pub fn numbered(number: u64) -> Name {
    let mut letters = *b"veche1111111";
    let mut rest = number;
    for letter in letters[5..].iter_mut().rev() {
        *letter = b'a' + (rest % 26) as u8;
        rest /= 26;
    }
    Name::parse(std::str::from_utf8(&letters).unwrap()).unwrap()
}

/// A transfer of the core token to itself with a memo.
pub fn transfer(client: &Client, memo: &str) -> Action {
    let arguments = json!({
        "from": "eosio", "to": "eosio.stake", "quantity": "0.0001 SYS", "memo": memo,
    });
    let eosio = PermissionLevel::active(name!("eosio"));
    client
        .action(name!("eosio.token"), name!("transfer"), eosio, &arguments)
        .unwrap()
}

/// A folder with a chain that has the system contracts, to be copied.
pub fn system() -> Option<&'static Path> {
    static FOLDER: OnceLock<Option<TempDir>> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        if antelope_node::package_contract("eosio.system").is_err() {
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        Running::on(folder.path(), &["--boot", "system"]).stop();
        Some(folder)
    });
    folder.as_ref().map(TempDir::path)
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}
