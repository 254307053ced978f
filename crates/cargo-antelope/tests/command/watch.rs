//! `watch` goes on until it is stopped: it builds and tests again after each change, also after one that
//! does not compile, and Ctrl-C leaves nothing behind.

use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, ChildStderr, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use super::*;

const TEST: &str = "tests/greeting.rs";

/// A running `watch` in a process group of its own, as a terminal gives it one.
struct Watching {
    process: Child,
    told: BufReader<ChildStderr>,
}

impl Watching {
    fn start(project: &Path) -> Self {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("watch");
        // Shells start what runs in the background with SIGINT ignored, and children inherit that.
        let mut process = Command::new("env")
            .arg("--default-signal=INT")
            .arg(env!("CARGO_BIN_EXE_cargo-antelope"))
            .args(["antelope", "watch", "--offline", "--target-dir"])
            .arg(target)
            .current_dir(project)
            .env_remove("CARGO_TARGET_DIR")
            .process_group(0)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        let told = BufReader::new(process.stderr.take().expect("a pipe"));
        Self { process, told }
    }

    /// All that it tells up to a line that ends so.
    fn until(&mut self, end: &str) -> String {
        let mut told = String::new();
        loop {
            let begin = told.len();
            let read = self.told.read_line(&mut told).expect("text");
            assert!(read > 0, "it ended early: {told}");
            if told[begin..].trim_end().ends_with(end) {
                return told;
            }
        }
    }

    fn group(&self) -> String {
        format!("-{}", self.process.id())
    }

    /// Ctrl-C reaches the whole group; how it ends.
    fn interrupt(mut self) -> (ExitStatus, String) {
        let group = self.group();
        let sent = Command::new("kill").args(["-INT", "--", &group]).status();
        assert!(sent.expect("kill").success());
        let patience = Instant::now() + Duration::from_secs(20);
        let status = loop {
            if let Some(status) = self.process.try_wait().expect("a status") {
                break status;
            }
            assert!(Instant::now() < patience, "it does not end");
            std::thread::sleep(Duration::from_millis(20));
        };
        let mut stdout = String::new();
        let mut pipe = self.process.stdout.take().expect("a pipe");
        pipe.read_to_string(&mut stdout).expect("text");
        let is_empty = || {
            let left = Command::new("kill").args(["-0", "--", &group]).output();
            !left.expect("kill").status.success()
        };
        while !is_empty() {
            assert!(Instant::now() < patience, "a process of it is left");
            std::thread::sleep(Duration::from_millis(20));
        }
        (status, stdout)
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let group = self.group();
        if matches!(self.process.try_wait(), Ok(None)) {
            let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
            let _ = self.process.wait();
        }
    }
}

#[test]
fn it_goes_on_after_errors_until_it_is_interrupted() {
    let home = tempfile::tempdir().expect("a folder");
    let project = project(home.path(), "greeter");
    // The embedded chain takes minutes to compile, and is not what is tested here.
    let manifest = fs::read_to_string(project.join("Cargo.toml")).expect("the manifest");
    let (manifest, _) = manifest.split_once("[dev-dependencies]").expect("tests");
    fs::write(project.join("Cargo.toml"), manifest).expect("the manifest");
    let write = |path: &str, text: &str| fs::write(project.join(path), text).expect("a file");
    let passes = "#[test]\nfn good() {}\n";
    write(TEST, passes);
    let source = fs::read_to_string(project.join("src/lib.rs")).expect("the source");

    let mut watching = Watching::start(&project);
    let told = watching.until("all is well; waiting");
    assert!(told.contains("test good ... ok"), "{told}");

    write("src/lib.rs", &format!("{source}\nfn broken( {{}}\n"));
    let told = watching.until("failed; waiting");
    assert!(told.contains("src/lib.rs:"), "{told}");
    assert!(
        !told.contains("test good"),
        "what was not built is not tested: {told}"
    );

    write("src/lib.rs", &source);
    let told = watching.until("all is well; waiting");
    assert!(told.contains("test good ... ok"), "{told}");

    write(TEST, "#[test]\nfn bad() { panic!(\"no good\") }\n");
    let told = watching.until("failed; waiting");
    assert!(told.contains("no good"), "{told}");

    let (status, stdout) = watching.interrupt();
    assert_eq!(status.signal(), Some(2), "{status}");
    assert_eq!(stdout, "");

    // In the midst of a test that never ends.
    write(
        TEST,
        "#[test]\nfn slow() { eprintln!(\"begun\"); std::thread::sleep(std::time::Duration::MAX) }\n",
    );
    let mut watching = Watching::start(&project);
    watching.until("running 1 test");
    let (status, _) = watching.interrupt();
    assert_eq!(status.signal(), Some(2), "{status}");

    // What it has left behind can be built.
    write(TEST, passes);
    let mut watching = Watching::start(&project);
    watching.until("all is well; waiting");
    watching.interrupt();
}
