//! Sorted entries in a file, to look blocks up by a key: an index is a few such files.
//!
//! An entry is 20 bytes: a key of 16, and the number of a block, big-endian. A file is a sequence of
//! pages of 4088 bytes: a checksum over the name of the file, the number of the page and its
//! entries, then up to 204 entries. A look-up reads one page for each halving.
//!
//! A file covers a range of blocks and never changes. New blocks get a file of their own, which is
//! merged with the one before it where that is not much larger, so that there are few: their number
//! grows with the logarithm of the entries, and an entry is rewritten as often.
//!
//! ```text
//! transactions-0000000002-0000000900   12,000 entries
//! transactions-0000000901-0000001000    1,500 entries
//! transactions-0000001001-0000001020      200 entries
//! ```
//!
//! Files that a merge made superfluous are removed when no checkpoint names them any more.

use crate::store::disk::Disk;
use crate::store::header::checksum;
use crate::store::{StoreError, io_error};
use antelope_ledger::stored::stored_by_field;

/// Bytes of an entry.
const ENTRY: usize = 20;

/// Entries of a page.
const ENTRIES: u64 = 204;

/// Bytes of a page: the checksum and the entries.
const PAGE: usize = 8 + ENTRIES as usize * ENTRY;

/// How many times larger than the new entries a file may be to be merged with them.
const RATIO: u64 = 2;

/// Pages gathered before they are written.
const CHUNK: usize = 1024 * 1024;

/// A key and the number of a block.
pub(crate) type Entry = [u8; ENTRY];

/// An entry of this key and block.
pub(crate) fn entry(key: [u8; 16], block: u32) -> Entry {
    let mut entry = [0; ENTRY];
    entry[..16].copy_from_slice(&key);
    entry[16..].copy_from_slice(&block.to_be_bytes());
    entry
}

/// The number of the block of an entry.
pub(crate) fn block_of(entry: &Entry) -> u32 {
    u32::from_be_bytes([entry[16], entry[17], entry[18], entry[19]])
}

/// A file of an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// The first block that it covers.
    pub(crate) first: u32,
    /// The last one.
    pub(crate) last: u32,
    /// How many entries it has.
    pub(crate) entries: u64,
}

stored_by_field! {
    Run { first, last, entries }
}

/// The files of an index, the oldest blocks first.
pub(crate) type Runs = Vec<Run>;

/// A file of an index in its folder.
#[derive(Clone, Copy)]
pub(crate) struct RunFile<'a> {
    /// The folder.
    disk: &'a dyn Disk,
    /// What the index is of: `transactions` or `accounts`.
    kind: &'static str,
    /// The file.
    pub(crate) run: Run,
}

impl<'a> RunFile<'a> {
    /// This file, which need not exist yet.
    pub(crate) fn new(disk: &'a dyn Disk, kind: &'static str, run: Run) -> Self {
        Self { disk, kind, run }
    }

    /// Its name: what it is of, and the blocks that it covers.
    pub(crate) fn name(self) -> String {
        let Run { first, last, .. } = self.run;
        format!("{}-{first:010}-{last:010}", self.kind)
    }

    /// Whether it is there with all its pages, as far as its length and its last page tell: what a
    /// loss of power takes from a file it takes from its end. The others are verified when they are
    /// read.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub(crate) fn is_whole(self) -> Result<bool, StoreError> {
        let name = self.name();
        let length = self.disk.len(&name);
        let length = length.map_err(io_error(self.disk, "read", &name))?;
        let pages = self.run.entries.div_ceil(ENTRIES);
        let Some(last) = pages.checked_sub(1) else {
            return Ok(true);
        };
        if length != pages * PAGE as u64 {
            return Ok(false);
        }
        match self.page(last) {
            Ok(_) => Ok(true),
            Err(StoreError::Damaged { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// How many entries are less than this one.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where a page does not have its checksum; [`StoreError::Io`].
    pub(crate) fn rank(self, entry: &Entry) -> Result<u64, StoreError> {
        let (mut low, mut high) = (0, self.run.entries.div_ceil(ENTRIES));
        // The last page whose first entry is less has the place, or the next one begins with it.
        while low < high {
            let middle = low + (high - low) / 2;
            match self.page(middle)?.first() {
                Some(first) if first < entry => low = middle + 1,
                _ => high = middle,
            }
        }
        let Some(page) = low.checked_sub(1) else {
            return Ok(0);
        };
        let below = self.page(page)?.partition_point(|found| found < entry);
        Ok(page * ENTRIES + below as u64)
    }

    /// The entries from this place on.
    pub(crate) fn from(self, place: u64) -> impl Iterator<Item = Result<Entry, StoreError>> + 'a {
        let pages = (place / ENTRIES)..self.run.entries.div_ceil(ENTRIES);
        let entries = pages.flat_map(move |number| {
            let (page, error) = match self.page(number) {
                Ok(page) => (page, None),
                Err(error) => (Vec::new(), Some(Err(error))),
            };
            error.into_iter().chain(page.into_iter().map(Ok))
        });
        entries.skip((place % ENTRIES) as usize)
    }

    /// The entries of a page.
    fn page(self, number: u64) -> Result<Vec<Entry>, StoreError> {
        let name = self.name();
        let position = number * PAGE as u64;
        let page = self.disk.read(&name, position, PAGE as u64);
        let page = page.map_err(io_error(self.disk, "read", &name))?;
        let whole = page.split_at_checked(8).filter(|(own, content)| {
            content.len() == PAGE - 8 && *own == sum(&name, number, content)
        });
        let Some((_, content)) = whole else {
            return Err(StoreError::Damaged {
                path: self.disk.path().join(&name),
                position,
                problem: "the checksum of a page does not match".to_owned(),
            });
        };
        let count = self
            .run
            .entries
            .saturating_sub(number * ENTRIES)
            .min(ENTRIES);
        let (entries, _) = content.as_chunks();
        Ok(entries[..count as usize].to_vec())
    }

    /// Writes the file with these entries, which ascend and are as many as it is to have.
    ///
    /// # Errors
    /// [`StoreError::Io`], or the error of an entry.
    fn write(
        self,
        entries: impl Iterator<Item = Result<Entry, StoreError>>,
    ) -> Result<(), StoreError> {
        let name = self.name();
        let temporary = format!("{name}.tmp");
        let failed = || io_error(self.disk, "write", &name);
        let file = self.disk.create(&temporary).map_err(failed())?;
        let (mut chunk, mut page, mut number) = (Vec::new(), Vec::new(), 0);
        let mut entries = entries.peekable();
        while let Some(entry) = entries.next() {
            page.extend(entry?);
            if page.len() == PAGE - 8 || entries.peek().is_none() {
                page.resize(PAGE - 8, 0);
                chunk.extend(sum(&name, number, &page));
                chunk.append(&mut page);
                number += 1;
            }
            if chunk.len() >= CHUNK {
                file.append(&chunk).map_err(failed())?;
                chunk.clear();
            }
        }
        let write = || {
            file.append(&chunk)?;
            file.sync()?;
            self.disk.rename(&temporary, &name)
        };
        write().map_err(failed())
    }
}

/// Adds the entries of these blocks to an index, after those that it has. Returns its files; those
/// that are not among them any more are not removed.
///
/// # Errors
/// [`StoreError`]; the index is unchanged then.
pub(crate) fn add(
    disk: &dyn Disk,
    kind: &'static str,
    runs: &Runs,
    (first, last): (u32, u32),
    mut entries: Vec<Entry>,
) -> Result<Runs, StoreError> {
    let mut runs = runs.clone();
    if entries.is_empty() {
        return Ok(runs);
    }
    entries.sort_unstable();
    let mut run = Run {
        first,
        last,
        entries: entries.len() as u64,
    };
    let mut merged = Vec::new();
    while let Some(before) = runs.pop_if(|before| before.entries <= RATIO * run.entries) {
        run.first = before.first;
        run.entries += before.entries;
        merged.push(RunFile::new(disk, kind, before).from(0));
    }
    let mut sources: Vec<Box<dyn Iterator<Item = Result<Entry, StoreError>> + '_>> =
        vec![Box::new(entries.into_iter().map(Ok))];
    for source in merged {
        sources.push(Box::new(source));
    }
    RunFile::new(disk, kind, run).write(merge(sources))?;
    runs.push(run);
    Ok(runs)
}

/// The entries of all sources in ascending order. Errors come as soon as they are met.
fn merge<'a>(
    sources: Vec<Box<dyn Iterator<Item = Result<Entry, StoreError>> + 'a>>,
) -> impl Iterator<Item = Result<Entry, StoreError>> + 'a {
    let mut sources: Vec<_> = sources.into_iter().map(Iterator::peekable).collect();
    std::iter::from_fn(move || {
        let mut least: Option<(usize, Entry)> = None;
        for (index, source) in sources.iter_mut().enumerate() {
            match source.peek() {
                None => {}
                Some(Err(_)) => return source.next(),
                Some(Ok(entry)) if least.is_none_or(|(_, least)| *entry < least) => {
                    least = Some((index, *entry));
                }
                Some(Ok(_)) => {}
            }
        }
        let (index, _) = least?;
        sources[index].next()
    })
}

/// The checksum of a page.
fn sum(name: &str, number: u64, content: &[u8]) -> [u8; 8] {
    checksum(&[name.as_bytes(), &number.to_le_bytes(), content])
}
