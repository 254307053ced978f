//! The process of a node: started in a process group of its own, stopped by SIGTERM, never left
//! behind.
//!
//! A node that is killed by SIGKILL leaves its state dirty, and a test that is killed leaves its
//! node running. So a second process, the watchman, is started with each node: a shell that reads
//! from a pipe whose other end this program holds. When the program ends, in whatever way, the pipe
//! closes, and the watchman stops the node and removes its folder.
//!
//! | how this program ends | what happens to the node |
//! |---|---|
//! | `Process::stop` | SIGTERM, at most 30 s, SIGKILL |
//! | panic, `exit`, SIGKILL | the watchman does the same and removes the folder |
//! | after `Process::release` | the node goes on |

use crate::error::{Doing, NodeError};
use rustix::process::{Pid, Signal, kill_process_group};
use std::fs::File;
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long a node may take after SIGTERM to write its state, before it is killed.
const PATIENCE: Duration = Duration::from_secs(30);

/// The watchman's script. `$1` is the process group, `$2` the folder to remove or nothing. It ends
/// without doing anything when it reads `release`; at the end of its input it sends SIGTERM, waits
/// for 30 s, sends SIGKILL, and removes the folder.
const WATCHMAN: &str = r#"
read -r word && [ "$word" = release ] && exit 0
kill -s TERM -- "-$1" 2>/dev/null
n=0
while [ $n -lt 300 ] && kill -s 0 -- "-$1" 2>/dev/null; do
    n=$((n + 1)); sleep 0.1
done
kill -s KILL -- "-$1" 2>/dev/null
[ -z "$2" ] || rm -rf -- "$2"
"#;

/// A running process group with its watchman.
pub(crate) struct Process {
    /// The leader of the group.
    child: Child,
    /// The group, to which signals are sent: a node may have helper processes.
    group: Pid,
    /// The watchman and its input; `None` once released.
    watchman: Option<(Child, ChildStdin)>,
}

impl Process {
    /// Starts a command with standard output and error in the file `log`. `remove` is the folder
    /// that the watchman removes if this program ends without stopping the process.
    ///
    /// # Errors
    /// [`NodeError::Io`]; the process is stopped again where the watchman cannot be started.
    pub(crate) fn start(
        command: &mut Command,
        log: &Path,
        remove: Option<&Path>,
    ) -> Result<Self, NodeError> {
        let name = command.get_program().to_string_lossy().into_owned();
        let output = File::create(log).doing(|| format!("create {}", log.display()))?;
        let errors = output
            .try_clone()
            .doing(|| format!("share {}", log.display()))?;
        let child = command
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(errors)
            .process_group(0)
            .spawn()
            .doing(|| format!("start {name}"))?;
        let group = Pid::from_child(&child);
        let mut process = Self {
            child,
            group,
            watchman: None,
        };
        match watch(group, remove) {
            Ok(watchman) => process.watchman = Some(watchman),
            Err(source) => {
                process.stop();
                let what = "start the watchman".to_owned();
                return Err(NodeError::Io { what, source });
            }
        }
        Ok(process)
    }

    /// The process id of the leader.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// The exit status of the leader, if it has ended.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Stops the group and waits for the leader: SIGTERM first, SIGKILL after 30 s.
    pub(crate) fn stop(&mut self) {
        let _ = kill_process_group(self.group, Signal::TERM);
        let asked = Instant::now();
        while self.ended().is_none() {
            if asked.elapsed() > PATIENCE {
                let _ = kill_process_group(self.group, Signal::KILL);
                let _ = self.child.wait();
            }
            sleep(Duration::from_millis(10));
        }
        // Its helpers, watchers of an optimizing compiler, keep nothing: no need to wait for them.
        let _ = kill_process_group(self.group, Signal::KILL);
        self.release();
    }

    /// Ends the watchman without stopping the group, which then outlives this program.
    pub(crate) fn release(&mut self) {
        if let Some((mut watchman, mut input)) = self.watchman.take() {
            let _ = input.write_all(b"release\n");
            drop(input);
            let _ = watchman.wait();
        }
    }
}

/// Starts the watchman of a process group.
fn watch(group: Pid, remove: Option<&Path>) -> Result<(Child, ChildStdin), std::io::Error> {
    let mut watchman = Command::new("/bin/sh")
        .args([
            "-c",
            WATCHMAN,
            "watchman",
            &group.as_raw_nonzero().to_string(),
        ])
        .arg(remove.unwrap_or(Path::new("")))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // A group of its own, so that an interrupt from the keyboard, which goes to the group in
        // the foreground, does not end the watchman before it has done its work.
        .process_group(0)
        .spawn()?;
    let input = watchman
        .stdin
        .take()
        .ok_or(std::io::ErrorKind::BrokenPipe)?;
    Ok((watchman, input))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sleeper(log: &Path, remove: Option<&Path>) -> Process {
        Process::start(Command::new("sleep").arg("60"), log, remove).unwrap()
    }

    #[test]
    fn stopping_takes_no_longer_than_the_process() {
        let folder = tempfile::tempdir().unwrap();
        let mut process = sleeper(&folder.path().join("log"), None);
        assert!(process.ended().is_none());
        let start = Instant::now();
        process.stop();
        assert!(start.elapsed() < Duration::from_secs(5));
        assert!(process.ended().is_some());
    }

    #[test]
    fn the_watchman_ends_the_group_and_removes_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state");
        std::fs::create_dir(&state).unwrap();
        let mut process = sleeper(&folder.path().join("log"), Some(&state));
        // What the system does when the owner ends in whatever way.
        let (mut watchman, input) = process.watchman.take().unwrap();
        drop(input);
        assert!(
            process.child.wait().unwrap().code().is_none(),
            "ended by a signal"
        );
        assert!(watchman.wait().is_ok());
        assert!(!state.exists());
    }

    #[test]
    fn a_released_process_lives_on() {
        let folder = tempfile::tempdir().unwrap();
        let mut process = sleeper(&folder.path().join("log"), Some(folder.path()));
        process.release();
        assert!(process.ended().is_none() && folder.path().exists());
        process.stop();
    }
}
