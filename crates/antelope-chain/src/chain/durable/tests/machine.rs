//! A machine whose disk tests may stop, fill and cut from power.

use crate::store::disk::{Disk, DiskFile};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

/// A disk in memory that knows what has reached the platter and what the system still holds.
#[derive(Clone)]
pub(crate) struct Machine(Arc<Mutex<Inner>>);

struct Inner {
    files: Vec<File>,
    /// What the processes see, and what it was after each change since the last sync of the folder.
    names: Names,
    unsynced_names: Vec<Names>,
    operations: usize,
    stop_at: usize,
    room: u64,
    sync_fails: bool,
    /// Whether the folder's names cannot be synced.
    names_sync_fails: bool,
    /// Whether files cannot be removed.
    remove_fails: bool,
}

type Names = BTreeMap<String, usize>;

#[derive(Clone, Default)]
struct File {
    content: Vec<u8>,
    synced: Vec<u8>,
}

struct Handle(Machine, usize);

/// Numbers without order, but the same ones every time.
pub(crate) struct Numbers(u64);

impl Numbers {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end.max(1)
    }
}

impl Machine {
    pub(crate) fn new() -> Self {
        Self::with(Vec::new(), Names::new())
    }

    fn with(files: Vec<File>, names: Names) -> Self {
        Self(Arc::new(Mutex::new(Inner {
            files,
            unsynced_names: vec![names.clone()],
            names,
            operations: 0,
            stop_at: usize::MAX,
            room: u64::MAX,
            sync_fails: false,
            names_sync_fails: false,
            remove_fails: false,
        })))
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap()
    }

    /// How many changes there have been.
    pub(crate) fn operations(&self) -> usize {
        self.lock().operations
    }

    /// Stops in the middle of this change: it and all later ones fail.
    pub(crate) fn stop_at(&self, operation: usize) {
        self.lock().stop_at = operation;
    }

    /// Leaves room for so many bytes more.
    pub(crate) fn set_room(&self, bytes: u64) {
        self.lock().room = bytes;
    }

    /// Lets every sync fail, or none.
    pub(crate) fn set_sync_fails(&self, fails: bool) {
        self.lock().sync_fails = fails;
    }

    /// Lets every sync of the folder fail, or none.
    pub(crate) fn set_names_sync_fails(&self, fails: bool) {
        self.lock().names_sync_fails = fails;
    }

    /// Lets no file be removed, or each.
    pub(crate) fn set_remove_fails(&self, fails: bool) {
        self.lock().remove_fails = fails;
    }

    /// The machine after its process was killed: what was written is there.
    pub(crate) fn killed(&self) -> Self {
        let inner = self.lock();
        Self::with(inner.files.clone(), inner.names.clone())
    }

    /// The machine after a loss of power: of what was not synced, anything may be there.
    pub(crate) fn without_power(&self, numbers: &mut Numbers) -> Self {
        let inner = self.lock();
        let chosen = numbers.below(inner.unsynced_names.len());
        let names = inner.unsynced_names[chosen].clone();
        let files = inner
            .files
            .iter()
            .map(|file| {
                let content = file.after_loss(numbers);
                File {
                    synced: content.clone(),
                    content,
                }
            })
            .collect();
        Self::with(files, names)
    }

    /// The content of a file, to change.
    pub(crate) fn change(&self, name: &str, change: impl FnOnce(&mut Vec<u8>)) {
        let mut inner = self.lock();
        let file = inner.names[name];
        change(&mut inner.files[file].content);
    }

    pub(crate) fn content(&self, name: &str) -> Vec<u8> {
        let inner = self.lock();
        inner.files[inner.names[name]].content.clone()
    }
}

impl File {
    fn after_loss(&self, numbers: &mut Numbers) -> Vec<u8> {
        let common = (self.synced.iter().zip(&self.content))
            .take_while(|(a, b)| a == b)
            .count();
        if common < self.synced.len() {
            // It was cut: either that has reached the platter, or not.
            if numbers.below(2) == 0 {
                return self.synced.clone();
            }
        }
        let length = common + numbers.below(self.content.len() - common + 1);
        let mut content = self.content[..length].to_vec();
        // The system writes pages in any order: some that it made room for are empty.
        for page in content[common..].chunks_mut(64) {
            if numbers.below(4) == 0 {
                page.fill(0);
            }
        }
        content
    }
}

impl Inner {
    /// Counts a change; `false` for the one in the middle of which the machine stops.
    fn operation(&mut self) -> io::Result<bool> {
        self.operations += 1;
        match self.operations.cmp(&self.stop_at) {
            std::cmp::Ordering::Less => Ok(true),
            std::cmp::Ordering::Equal => Ok(false),
            std::cmp::Ordering::Greater => Err(stopped()),
        }
    }

    fn change_names(&mut self, change: impl FnOnce(&mut Names)) -> io::Result<()> {
        if !self.operation()? {
            return Err(stopped());
        }
        change(&mut self.names);
        self.unsynced_names.push(self.names.clone());
        Ok(())
    }

    fn find(&self, name: &str) -> io::Result<usize> {
        let file = self.names.get(name).copied();
        file.ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

fn stopped() -> io::Error {
    io::Error::other("the machine has stopped")
}

impl Disk for Machine {
    fn path(&self) -> &Path {
        Path::new("disk")
    }

    fn names(&self) -> io::Result<Vec<String>> {
        Ok(self.lock().names.keys().cloned().collect())
    }

    fn len(&self, name: &str) -> io::Result<u64> {
        let inner = self.lock();
        let file = inner.names.get(name);
        Ok(file.map_or(0, |file| inner.files[*file].content.len() as u64))
    }

    fn read(&self, name: &str, from: u64, length: u64) -> io::Result<Vec<u8>> {
        let inner = self.lock();
        let content = &inner.files[inner.find(name)?].content;
        let from = content.len().min(from as usize);
        let to = content.len().min(from.saturating_add(length as usize));
        Ok(content[from..to].to_vec())
    }

    fn create(&self, name: &str) -> io::Result<Arc<dyn DiskFile>> {
        let mut inner = self.lock();
        let file = inner.files.len();
        inner.files.push(File::default());
        inner.change_names(|names| {
            names.insert(name.to_owned(), file);
        })?;
        Ok(Arc::new(Handle(self.clone(), file)))
    }

    fn open(&self, name: &str) -> io::Result<Arc<dyn DiskFile>> {
        let file = self.lock().find(name)?;
        Ok(Arc::new(Handle(self.clone(), file)))
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        let mut inner = self.lock();
        let file = inner.find(from)?;
        inner.change_names(|names| {
            names.remove(from);
            names.insert(to.to_owned(), file);
        })
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        let mut inner = self.lock();
        inner.find(name)?;
        if inner.remove_fails {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        inner.change_names(|names| {
            names.remove(name);
        })
    }

    fn sync(&self) -> io::Result<()> {
        let mut inner = self.lock();
        if !inner.operation()? {
            return Err(stopped());
        }
        if inner.names_sync_fails {
            return Err(io::Error::other("the disk does not answer"));
        }
        inner.unsynced_names = vec![inner.names.clone()];
        Ok(())
    }
}

impl DiskFile for Handle {
    fn append(&self, bytes: &[u8]) -> io::Result<()> {
        let mut inner = self.0.lock();
        let whole = inner.operation()?;
        let room = usize::try_from(inner.room).unwrap_or(usize::MAX);
        let half = if whole { bytes.len() } else { bytes.len() / 2 };
        let written = half.min(room);
        inner.room = inner.room.saturating_sub(written as u64);
        inner.files[self.1].content.extend(&bytes[..written]);
        if written == bytes.len() {
            return Ok(());
        }
        Err(if whole {
            io::ErrorKind::StorageFull.into()
        } else {
            stopped()
        })
    }

    fn truncate(&self, length: u64) -> io::Result<()> {
        let mut inner = self.0.lock();
        if !inner.operation()? {
            return Err(stopped());
        }
        inner.files[self.1].content.resize(length as usize, 0);
        Ok(())
    }

    fn sync(&self) -> io::Result<()> {
        let mut inner = self.0.lock();
        let whole = inner.operation()?;
        if inner.sync_fails {
            return Err(io::Error::other("the disk does not answer"));
        }
        if !whole {
            return Err(stopped());
        }
        let file = &mut inner.files[self.1];
        file.synced = file.content.clone();
        Ok(())
    }

    fn has_name(&self) -> bool {
        self.0.lock().names.values().any(|file| *file == self.1)
    }
}
