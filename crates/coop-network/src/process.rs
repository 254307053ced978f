//! The processes of nodes: they outlive the command that starts them, and a later command finds them.
//!
//! A process id alone proves nothing, since the system gives it to another process once its own has
//! ended. So a node's file has the id with the time of its start, and the process must have the
//! node's folder on its command line. Signals go through a handle of the process, taken before it is
//! looked at: what is signalled is what was recognized.

use crate::error::{During, NetworkError};
use rustix::fd::OwnedFd;
use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};
use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The file with the process id, in the folder of a node.
const FILE: &str = "process";
/// The log, in the folder of a node.
const LOG: &str = "nodeos.log";

/// A running node.
pub(crate) struct NodeProcess {
    /// Its id.
    pub(crate) id: i32,
    /// The handle that signals go to.
    handle: OwnedFd,
}

impl NodeProcess {
    /// Finds the process of the node in this folder, if it runs.
    pub(crate) fn find(folder: &Path) -> Option<Self> {
        let text = fs::read_to_string(folder.join(FILE)).ok()?;
        let (id, started) = text.trim().split_once(' ')?;
        let id: i32 = id.parse().ok()?;
        let handle = pidfd_open(Pid::from_raw(id)?, PidfdFlags::empty()).ok()?;
        let config = config(folder);
        let is_ours = start_time(id).is_some_and(|found| found.to_string() == started)
            && command_line(id)?
                .split(|byte| *byte == 0)
                .any(|word| word == config.as_os_str().as_bytes());
        is_ours.then_some(Self { id, handle })
    }

    /// Starts nodeos on the folder of a node, with its output at the end of the node's log.
    pub(crate) fn start(
        nodeos: &Path,
        folder: &Path,
        arguments: &[OsString],
        environment: &[(&'static str, OsString)],
    ) -> Result<(), NetworkError> {
        let path = log(folder);
        let mut options = OpenOptions::new();
        let output = options.create(true).append(true).open(&path);
        let output = output.during(|| format!("open {}", path.display()))?;
        let errors = output.try_clone();
        let errors = errors.during(|| format!("share {}", path.display()))?;
        let child = Command::new(nodeos)
            .arg("--config-dir")
            .arg(config(folder))
            .arg("--data-dir")
            .arg(folder.join("data"))
            .args(arguments)
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(errors)
            // An interrupt from the keyboard ends the command and not the nodes.
            .process_group(0)
            .spawn()
            .during(|| format!("start {}", nodeos.display()))?;
        let id = child.id() as i32;
        let started = start_time(id).unwrap_or_default();
        let path = folder.join(FILE);
        fs::write(&path, format!("{id} {started}\n")).during(|| format!("write {}", path.display()))
    }

    /// Sends a signal. That the process has ended meanwhile is no error.
    pub(crate) fn signal(&self, signal: Signal) -> Result<(), NetworkError> {
        match pidfd_send_signal(&self.handle, signal) {
            Err(rustix::io::Errno::SRCH) => Ok(()),
            other => other.during(|| format!("signal process {}", self.id)),
        }
    }
}

/// The folder with `config.ini`, in the folder of a node.
pub(crate) fn config(folder: &Path) -> PathBuf {
    folder.join("config")
}

/// The log, in the folder of a node.
pub(crate) fn log(folder: &Path) -> PathBuf {
    folder.join(LOG)
}

/// The words of a process, each with a zero byte after it. They are empty for the moment in which a
/// process turns into another program, as the script that starts nodeos does; on a busy machine that may be seconds.
fn command_line(id: i32) -> Option<Vec<u8>> {
    for _ in 0..30_000 {
        let line = fs::read(format!("/proc/{id}/cmdline")).ok()?;
        if !line.is_empty() || start_time(id).is_none() {
            return Some(line);
        }
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    None
}

/// When a process was started, in ticks since the machine's start; none for one that has ended, also
/// where its parent has not noticed.
fn start_time(id: i32) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The second field is the program's name in parentheses, and may contain anything.
    let (_, fields) = text.rsplit_once(')')?;
    let mut fields = fields.split_whitespace();
    let state = fields.next()?;
    let started = fields.nth(18)?.parse().ok()?;
    (!matches!(state, "Z" | "X")).then_some(started)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Something that takes nodeos' place, ignores its arguments and runs until it is ended.
    fn sleeper(folder: &Path) -> PathBuf {
        use std::os::unix::fs::PermissionsExt;
        let program = folder.join("sleeper");
        fs::write(&program, "#!/bin/sh\nwhile :; do sleep 0.05; done\n").unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
        program
    }

    #[test]
    fn a_process_is_found_and_one_that_took_its_id_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        assert!(NodeProcess::find(folder).is_none());
        NodeProcess::start(&sleeper(folder), folder, &[], &[]).unwrap();
        let process = NodeProcess::find(folder).expect("it runs");
        // The same id with another time, and a process that has nothing to do with the folder.
        let file = folder.join(FILE);
        let own = fs::read_to_string(&file).unwrap();
        fs::write(&file, format!("{} 1\n", process.id)).unwrap();
        assert!(NodeProcess::find(folder).is_none());
        let me = std::process::id() as i32;
        fs::write(&file, format!("{me} {}\n", start_time(me).unwrap())).unwrap();
        assert!(NodeProcess::find(folder).is_none());
        fs::write(&file, own).unwrap();
        process.signal(Signal::KILL).unwrap();
        while NodeProcess::find(folder).is_some() {
            std::thread::yield_now();
        }
        process.signal(Signal::KILL).unwrap();
    }
}
