//! A copy of the repository, beside what cargo builds for tests.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::root;

/// The copy. It stays from one run to the next, so that little is compiled again.
pub(crate) struct Copy {
    /// Its folder.
    pub(crate) root: PathBuf,
    target: PathBuf,
}

impl Copy {
    /// Copies every file that git knows or would add, but the file `changed` with this text; `None`
    /// without git.
    pub(crate) fn of_repository(changed: (&str, &str)) -> Option<Self> {
        let from = root();
        let list = Command::new("git")
            .args([
                "ls-files",
                "-z",
                "--cached",
                "--others",
                "--exclude-standard",
            ])
            .current_dir(&from)
            .stderr(Stdio::null())
            .output()
            .ok()
            .filter(|output| output.status.success())?;
        let list = String::from_utf8(list.stdout).expect("names of files are text");
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stale");
        let copy = Self {
            root: folder.join("repository"),
            target: folder.join("target"),
        };
        let mut kept = BTreeSet::new();
        for name in list.split_terminator('\0') {
            let Ok(bytes) = fs::read(from.join(name)) else {
                continue;
            };
            let is_changed = name == changed.0;
            copy.write(
                name,
                if is_changed {
                    changed.1.as_bytes()
                } else {
                    &bytes
                },
            );
            kept.insert(copy.root.join(name));
        }
        remove_others(&copy.root, &kept);
        Some(copy)
    }

    /// The text of a file.
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.root.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// Files that are the same stay untouched, so that cargo need not compile them again.
    fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.root.join(name);
        if fs::read(&path).is_ok_and(|present| present == bytes) {
            return;
        }
        let folder = path.parent().expect("a file has a folder");
        fs::create_dir_all(folder).expect("a folder");
        fs::write(&path, bytes).unwrap_or_else(|e| panic!("{name}: {e}"));
    }

    /// Runs the generator of the copy; returns what it prints.
    pub(crate) fn generate(&self, command: &str) -> String {
        let output = Command::new(env!("CARGO"))
            .args(["run", "--offline", "--quiet", "-p", "coop-texts", "--"])
            .arg(command)
            .arg(&self.root)
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", &self.target)
            .output()
            .expect("cargo runs");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).expect("text")
    }
}

/// Removes files that are in the copy only.
fn remove_others(folder: &Path, kept: &BTreeSet<PathBuf>) {
    for path in folder.read_dir().into_iter().flatten().flatten() {
        let path = path.path();
        if path.is_dir() {
            remove_others(&path, kept);
            // Only a folder that is empty goes: cargo takes an empty one for a package without a manifest.
            let _ = fs::remove_dir(&path);
        } else if !kept.contains(&path) {
            fs::remove_file(&path).expect("a file of the copy");
        }
    }
}
