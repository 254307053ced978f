//! The registry as processes: killed at any moment, beside a node that is killed, is restored from an older
//! copy or goes away.

mod forks;
mod kills;
mod service;

use crate::home::{COOP, Home};
use coop_index::{IndexReader, TABLES};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// The program with the home's node, its state history, and the folder of an index.
fn veche(home: &Home, folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(crate::support::program());
    command.args(["--json", "--url", home.url()]).args(words);
    command
        .args(["--lang", "en", "--coop", COOP, "--index"])
        .arg(folder);
    command.env("VECHE_CONFIG", home.desk.path());
    command.env_remove("VECHE_NETWORK").env_remove("RUST_LOG");
    command.stdin(Stdio::null());
    command
}

/// The same with its state history.
fn following(home: &Home, folder: &Path, words: &[&str]) -> Command {
    let mut command = veche(home, folder, words);
    command.args(["--state-history", home.history()]);
    command
}

/// Runs a command; what it gave as JSON.
fn ran(mut command: Command, code: i32) -> Value {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    let said = String::from_utf8_lossy(&stderr);
    assert_eq!(status.code(), Some(code), "{command:?}: {said}");
    serde_json::from_slice(&stdout).unwrap()
}

/// Follows to the head, and ends.
fn caught_up(home: &Home, folder: &Path) -> Value {
    ran(
        following(home, folder, &["index", "run", "--until-head"]),
        0,
    )
}

fn rows(folder: &Path) -> BTreeMap<&'static str, Vec<String>> {
    let mut reader = IndexReader::open(&folder.join("index.db")).unwrap();
    let rows = TABLES.iter().map(|it| (*it, reader.rows(it).unwrap()));
    rows.collect()
}

/// The rows of an index that begins now.
fn rebuilt(home: &Home) -> BTreeMap<&'static str, Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    caught_up(home, folder.path());
    rows(folder.path())
}

/// Waits until it is so.
#[track_caller]
fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < PATIENCE, "waited for {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A process that ends with the test.
struct Run(Child);

impl Run {
    fn start(mut command: Command) -> Self {
        command.stdout(Stdio::null());
        Self(command.spawn().unwrap())
    }

    fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }

    /// Ends it in order; how it ended, and how long that took.
    fn stop(mut self) -> (ExitStatus, Duration) {
        let began = Instant::now();
        kill_process(Pid::from_child(&self.0), Signal::TERM).unwrap();
        (self.0.wait().unwrap(), began.elapsed())
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
