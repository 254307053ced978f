//! What is on a desk beside signed documents: files, or where the desk is sealed, in the store.

use super::files::{content, own_folder};
use super::{Desk, own_file, unreadable, unwritten};
use antelope_cli::Fallible;
use antelope_types::{Checksum256, Name};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What a paper is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::coop) enum Pile {
    /// Signed documents whose transaction may be on its way, see `drafts`.
    Drafts,
    /// Papers that others have to sign.
    Joint,
    /// Descriptions of things, by their hashes.
    Things,
}

impl Pile {
    /// The folder of the pile, and what is around a paper's name in the name of its file.
    pub(super) fn folder(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Drafts => ("documents", "draft-", ".json"),
            Self::Joint => ("drafts", "", ""),
            Self::Things => ("things", "", ".txt"),
        }
    }

    /// The name of the paper that is in the file of this name.
    pub(super) fn name_of(self, file: &str) -> Option<&str> {
        let (_, before, behind) = self.folder();
        file.strip_prefix(before)?.strip_suffix(behind)
    }
}

impl Desk {
    /// The file of a paper.
    pub(in crate::coop) fn file(&self, pile: Pile, name: &str) -> PathBuf {
        let (folder, before, behind) = pile.folder();
        self.folder
            .join(folder)
            .join(format!("{before}{name}{behind}"))
    }

    /// Puts a paper about an account on a pile.
    ///
    /// # Errors
    /// `desk.write`; those of the store.
    pub(in crate::coop) fn lay(
        &self,
        pile: Pile,
        name: &str,
        account: Name,
        content: &[u8],
    ) -> Fallible<()> {
        if let Some(store) = &self.store {
            return store.lay(pile, name, account, content);
        }
        let file = self.file(pile, name);
        let folder = file.parent().unwrap_or(Path::new("."));
        let write = own_folder(folder).and_then(|()| own_file(&file, content));
        write.map_err(|error| unwritten(&self.messages, &file, &error))
    }

    /// A paper; a file goes before the store.
    ///
    /// # Errors
    /// `desk.read`; those of the store.
    pub(in crate::coop) fn paper(&self, pile: Pile, name: &str) -> Fallible<Option<Vec<u8>>> {
        let file = self.file(pile, name);
        match (content(&file), &self.store) {
            (Ok(bytes), _) => Ok(Some(bytes)),
            (Err(error), _) if error.kind() != io::ErrorKind::NotFound => {
                Err(unreadable(&self.messages, &file, &error))
            }
            (_, Some(store)) => store.paper(pile, name),
            (_, None) => Ok(None),
        }
    }

    /// The names of the papers of a pile.
    ///
    /// # Errors
    /// Those of the store.
    pub(in crate::coop) fn pile(&self, pile: Pile) -> Fallible<Vec<String>> {
        let files = fs::read_dir(self.folder.join(pile.folder().0));
        let files = files.into_iter().flatten().flatten();
        let mut names: Vec<_> = files
            .filter_map(|file| {
                let file = file.file_name();
                pile.name_of(&file.to_string_lossy()).map(str::to_owned)
            })
            .collect();
        if let Some(store) = &self.store {
            names.extend(store.pile(pile)?);
        }
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// Takes a paper away. One that stays is offered once more.
    pub(in crate::coop) fn take_away(&self, pile: Pile, name: &str) {
        let _ = fs::remove_file(self.file(pile, name));
        if let Some(store) = &self.store {
            let _ = store.take_away(pile, name);
        }
    }

    /// Keeps the description of a thing, under its hash.
    ///
    /// # Errors
    /// As [`Desk::lay`].
    pub(in crate::coop) fn keep_thing(
        &self,
        hash: Checksum256,
        description: &str,
        owner: Name,
    ) -> Fallible<()> {
        let name = hash.to_string();
        self.lay(Pile::Things, &name, owner, description.as_bytes())
    }

    /// The description of the thing with this hash, and the file that should have it.
    ///
    /// # Errors
    /// The file, where it is not there or has another text.
    pub(in crate::coop) fn thing(&self, hash: Checksum256) -> Result<String, PathBuf> {
        let name = hash.to_string();
        let found = self.paper(Pile::Things, &name).ok().flatten();
        let text = String::from_utf8(found.unwrap_or_default()).unwrap_or_default();
        // An editor may have added the end of the line.
        let texts = [text.as_str(), text.trim_end()];
        let is_it = |text: &&str| Checksum256::sha256(text.as_bytes()) == hash;
        let found = texts.into_iter().find(is_it);
        found
            .map(str::to_owned)
            .ok_or_else(|| self.file(Pile::Things, &name))
    }

    /// What a new paper that others have to sign is called: a file, or where the desk is sealed, a bare name.
    pub(in crate::coop) fn joint(&self, hash: Checksum256) -> PathBuf {
        let name = format!("{}.json", &hash.to_string()[..12]);
        match self.store {
            Some(_) => PathBuf::from(name),
            None => self.file(Pile::Joint, &name),
        }
    }

    /// A paper that several sign: the file that is named, or what the sealed desk has under that name.
    ///
    /// # Errors
    /// Of reading the file; those of the store.
    pub(in crate::coop) fn read_joint(&self, path: &Path) -> Fallible<io::Result<Vec<u8>>> {
        let absent = match fs::read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => error,
            read => return Ok(read),
        };
        match (&self.store, bare(path)) {
            (Some(store), Some(name)) => Ok(store.paper(Pile::Joint, name)?.ok_or(absent)),
            _ => Ok(Err(absent)),
        }
    }

    /// Writes a paper that several sign to where it was read from.
    ///
    /// # Errors
    /// `desk.write`; those of the store.
    pub(in crate::coop) fn write_joint(
        &self,
        path: &Path,
        account: Name,
        content: &[u8],
    ) -> Fallible<()> {
        match (&self.store, bare(path)) {
            (Some(store), Some(name)) if !path.exists() => {
                store.lay(Pile::Joint, name, account, content)
            }
            _ => {
                let folder = path.parent().filter(|it| it.starts_with(&self.folder));
                let made = folder.map_or(Ok(()), own_folder);
                let write = made.and_then(|()| own_file(path, content));
                write.map_err(|error| unwritten(&self.messages, path, &error))
            }
        }
    }
}

/// A name without a folder.
fn bare(path: &Path) -> Option<&str> {
    let name = path.file_name()?.to_str()?;
    (path == Path::new(name)).then_some(name)
}
