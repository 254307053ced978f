//! Processes of tests: this program again, with one test that is ignored otherwise.

use antelope_keystore::Keystore;
use std::env;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

/// Says in a process that it is one of these.
const MARK: &str = "KEYSTORE_TEST_PROCESS";
/// What lines begin with that a process says to its test.
const SAID: &str = "SAID ";

/// A running process; it is killed when dropped.
pub(super) struct Process {
    child: Child,
    output: BufReader<ChildStdout>,
}

/// The arguments of this program that make it run an ignored test, such as `crash::it`.
pub(super) fn arguments(test: &str) -> [String; 4] {
    let (ignored, captured) = ("--ignored", "--nocapture");
    [ignored, captured, "--exact", test].map(str::to_owned)
}

/// Starts a test by the end of its name, with paths in its environment.
pub(super) fn start(test: &str, paths: &[(&str, &Path)]) -> Process {
    let module = match test {
        "changes_passphrases" => "crash",
        "serves" | "asks" => "agent",
        _ => "prompt",
    };
    let program = env::current_exe().unwrap();
    let paths = paths.iter().map(|(name, path)| (*name, path.as_os_str()));
    let mut command = Command::new(program);
    spawn(
        command
            .args(arguments(&format!("{module}::{test}")))
            .envs(paths),
    )
}

/// The same as another user, from a copy of the program that this user may run.
pub(super) fn start_as(user: u32, program: &Path, test: &str, path: (&str, &OsStr)) -> Process {
    let mut command = Command::new(program);
    command.args(arguments(test)).env(path.0, path.1);
    spawn(command.uid(user).gid(user))
}

fn spawn(command: &mut Command) -> Process {
    let child = command
        .env(MARK, "1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut child = child.unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    Process { child, output }
}

impl Process {
    /// Reads what it says up to a line that begins so; the rest of that line.
    pub(super) fn wait_for(&mut self, begin: &str) -> String {
        let mut all = String::new();
        loop {
            let mut line = String::new();
            let count = self.output.read_line(&mut line).unwrap();
            assert_ne!(count, 0, "it ended: {all}");
            // The name of the test stands before it in the first line.
            let said = line.split_once(SAID).map(|(_, said)| said.trim_end());
            if let Some(rest) = said.and_then(|said| said.strip_prefix(begin)) {
                return rest.trim_start().to_owned();
            }
            all += &line;
        }
    }

    pub(super) fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
        let mut rest = Vec::new();
        let _ = self.output.read_to_end(&mut rest);
    }
}

/// The side of the process.
pub(super) struct Helper;

impl Helper {
    /// `None` where somebody runs all ignored tests.
    pub(super) fn new() -> Option<Self> {
        env::var_os(MARK).map(|_| Self)
    }

    pub(super) fn path(&self, variable: &str) -> PathBuf {
        env::var_os(variable).unwrap().into()
    }

    pub(super) fn keystore(&self) -> Keystore {
        Keystore::open_weak_for_tests(self.path("FOLDER")).unwrap()
    }

    pub(super) fn say(&self, line: &str) {
        let mut output = std::io::stdout();
        writeln!(output, "{SAID}{line}").unwrap();
        output.flush().unwrap();
    }
}
