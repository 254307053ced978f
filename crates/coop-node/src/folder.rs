//! The folder of a node, or a temporary one where nothing is kept.

use crate::about::About;
use crate::error::{NodeError, io_advice};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// What the names of temporary folders begin with.
const TEMPORARY: &str = "veche-node-";

/// Files that a folder may have without being somebody else's.
const IGNORED: [&str; 2] = ["lost+found", ".gitkeep"];

/// Where a node keeps what it has.
pub(crate) struct NodeFolder {
    path: PathBuf,
    /// Removes it in the end.
    temporary: Option<TempDir>,
}

impl NodeFolder {
    /// This folder, created if it is missing. One that has files and no chain is refused, since it is
    /// somebody else's.
    ///
    /// # Errors
    /// [`NodeError::Folder`].
    pub(crate) fn open(path: &Path) -> Result<Self, NodeError> {
        fs::create_dir_all(path).map_err(|error| Self::failed(path, &error))?;
        let folder = Self {
            path: path.to_owned(),
            temporary: None,
        };
        if folder.chain().exists() {
            return Ok(folder);
        }
        let entries = fs::read_dir(path).map_err(|error| Self::failed(path, &error))?;
        let mut names = entries
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok());
        let own = ["node.json", "node.json.tmp", "documents"];
        match names.find(|name| !IGNORED.iter().chain(&own).any(|known| known == name)) {
            None => Ok(folder),
            Some(name) => Err(NodeError::Folder {
                path: path.to_owned(),
                problem: format!(
                    "it has no chain of this program, but other files, such as `{name}`: choose an \
                     empty folder with --data"
                ),
            }),
        }
    }

    /// A folder that goes with the node. Those of nodes that were killed are removed.
    ///
    /// # Errors
    /// [`NodeError::Folder`].
    pub(crate) fn temporary() -> Result<Self, NodeError> {
        let parent = std::env::temp_dir();
        remove_abandoned(&parent);
        let made = tempfile::Builder::new().prefix(TEMPORARY).tempdir();
        let made = made.map_err(|error| Self::failed(&parent, &error))?;
        Ok(Self {
            path: made.path().to_owned(),
            temporary: Some(made),
        })
    }

    pub(crate) fn is_temporary(&self) -> bool {
        self.temporary.is_some()
    }

    /// Where the chain is.
    pub(crate) fn chain(&self) -> PathBuf {
        self.path.join("chain")
    }

    /// Where papers are.
    pub(crate) fn documents(&self) -> PathBuf {
        self.path.join("documents")
    }

    /// Whether a chain was begun here.
    pub(crate) fn has_chain(&self) -> bool {
        let entries = fs::read_dir(self.chain()).into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let mut files = names.filter(|name| name != "lock" && !name.ends_with(".tmp"));
        files.next().is_some()
    }

    /// What the chain began with; none where that is not known.
    pub(crate) fn about(&self) -> Option<About> {
        let text = fs::read(self.path.join("node.json")).ok()?;
        serde_json::from_slice(&text).ok()
    }

    /// Writes down what the chain is going to begin with.
    ///
    /// # Errors
    /// [`NodeError::Folder`].
    pub(crate) fn write(&self, about: &About) -> Result<(), NodeError> {
        let (temporary, name) = (self.path.join("node.json.tmp"), self.path.join("node.json"));
        let write = || {
            let text = serde_json::to_vec_pretty(about).map_err(io::Error::other)?;
            fs::write(&temporary, text)?;
            fs::File::open(&temporary)?.sync_all()?;
            fs::rename(&temporary, &name)
        };
        write().map_err(|error| Self::failed(&self.path, &error))
    }

    fn failed(path: &Path, error: &io::Error) -> NodeError {
        NodeError::Folder {
            path: path.to_owned(),
            problem: format!("{error}; {}", io_advice(error)),
        }
    }
}

/// Removes temporary folders whose nodes have ended without removing them: nobody holds their locks.
fn remove_abandoned(parent: &Path) {
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    let found = entries.filter(|entry| {
        let name = entry.file_name();
        name.to_string_lossy().starts_with(TEMPORARY)
    });
    for entry in found {
        let folder = entry.path();
        let lock = fs::File::open(folder.join("chain/lock"));
        // One without a lock may have been made a moment ago.
        if lock.is_ok_and(|lock| lock.try_lock().is_ok()) {
            // Another user's stays.
            let _ = fs::remove_dir_all(&folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::beginning::Boot;

    #[test]
    fn a_folder_of_somebody_else_is_refused_by_the_name_of_a_file() {
        let folder = tempfile::tempdir().unwrap();
        assert!(NodeFolder::open(folder.path()).is_ok());
        fs::write(folder.path().join("letter.txt"), "").unwrap();
        let Err(error) = NodeFolder::open(folder.path()) else {
            panic!("it was taken");
        };
        assert!(error.to_string().contains("letter.txt"), "{error}");
        assert!(error.to_string().contains("--data"), "{error}");
    }

    #[test]
    fn what_was_written_down_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let folder = NodeFolder::open(folder.path()).unwrap();
        assert_eq!(folder.about(), None);
        assert!(!folder.has_chain());
        let about = About {
            boot: Boot::Contracts,
            accounts: Vec::new(),
            questions: vec![3],
        };
        folder.write(&about).unwrap();
        assert_eq!(folder.about(), Some(about));
    }

    #[test]
    fn temporary_folders_of_nodes_that_were_killed_are_removed() {
        let parent = tempfile::tempdir().unwrap();
        let (dead, alive) = (
            parent.path().join("veche-node-1"),
            parent.path().join("veche-node-2"),
        );
        for folder in [&dead, &alive] {
            fs::create_dir_all(folder.join("chain")).unwrap();
            fs::write(folder.join("chain/lock"), "").unwrap();
        }
        let lock = fs::File::open(alive.join("chain/lock")).unwrap();
        lock.try_lock().unwrap();
        remove_abandoned(parent.path());
        assert!(!dead.exists() && alive.exists());
    }
}
