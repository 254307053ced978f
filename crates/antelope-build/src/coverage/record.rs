//! What test processes write down, and who adds it up.
//!
//! Every process writes for each contract that it builds, into one folder:
//!
//! | file | what it holds |
//! |---|---|
//! | `<name>.map.json` | the [`LineMap`] |
//! | `<name>.hits` | how often each place was executed: 8 bytes each, little-endian |
//! | `<name>.diverged` | why a second run of a transaction failed that succeeded, if one did |
//! | `<name>.error` | why the contract does not build for coverage; then there is nothing else |

use super::LineMap;
use crate::error::BuildError;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Writes how often one process executes each place of one contract. Can be shared by threads.
#[derive(Debug)]
pub struct CoverageRecorder {
    /// The file of counts; the other files have the same name with another extension.
    path: PathBuf,
    /// The file and the counts.
    hits: Mutex<Hits>,
}

/// Counts and the file that they are written to.
#[derive(Debug)]
struct Hits {
    /// The file, which is overwritten as a whole.
    file: File,
    /// How often each place was executed.
    counts: Vec<u64>,
}

impl CoverageRecorder {
    /// Begins to record into new files in this folder.
    ///
    /// # Errors
    /// If the files cannot be written.
    pub fn create(folder: &Path, map: &LineMap) -> io::Result<Self> {
        let (path, mut file) = file(folder, &map.package, "hits")?;
        let counts = vec![0; map.places.len()];
        file.write_all(&vec![0; counts.len() * 8])?;
        fs::write(path.with_extension("map.json"), serde_json::to_vec(map)?)?;
        Ok(Self {
            path,
            hits: Mutex::new(Hits { file, counts }),
        })
    }

    /// Adds the counts of one action. They are in the file when this returns, because processes of
    /// tests may end at any time.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn add(&self, hits: &[u64]) -> io::Result<()> {
        let mut all = self.hits.lock().unwrap_or_else(PoisonError::into_inner);
        let Hits { file, counts } = &mut *all;
        for (count, more) in counts.iter_mut().zip(hits) {
            *count = count.saturating_add(*more);
        }
        let bytes: Vec<u8> = counts
            .iter()
            .flat_map(|count| count.to_le_bytes())
            .collect();
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&bytes)
    }

    /// Records why the module for coverage failed a transaction in which the deployed one
    /// succeeded: then the counts are incomplete.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn diverged(&self, why: &str) -> io::Result<()> {
        fs::write(self.path.with_extension("diverged"), why)
    }
}

/// Records that a contract could not be built for coverage.
///
/// # Errors
/// If the file cannot be written.
pub fn record_failure(folder: &Path, package: &str, error: &BuildError) -> io::Result<()> {
    let (_, mut file) = file(folder, package, "error")?;
    file.write_all(error.to_string().as_bytes())
}

/// Creates a file for this process. Process numbers are used again by the system, so the name gets
/// a number that is free.
fn file(folder: &Path, package: &str, extension: &str) -> io::Result<(PathBuf, File)> {
    for number in 0u32.. {
        let name = format!("{package}-{}-{number}.{extension}", std::process::id());
        let path = folder.join(name);
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(file) => return Ok((path, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("no name is left"))
}

/// What one process has recorded of one contract.
#[derive(Debug, Clone)]
pub struct RecordedCoverage {
    /// The lines of the places.
    pub map: LineMap,
    /// How often each place was executed.
    pub hits: Vec<u64>,
    /// Why the module for coverage failed a transaction in which the deployed one succeeded, if it
    /// ever did.
    pub diverged: Option<String>,
}

/// Everything that was recorded in a folder.
#[derive(Debug, Clone, Default)]
pub struct CoverageRecords {
    /// The records of processes and contracts, in no particular order.
    pub recorded: Vec<RecordedCoverage>,
    /// Why contracts could not be built for coverage, each reason once.
    pub failures: Vec<String>,
}

/// Reads what the processes of tests have recorded in this folder. Files with other extensions are
/// ignored; a file of counts whose length is not a multiple of 8 loses the rest, which happens if a
/// process was killed while it wrote.
///
/// # Errors
/// If a file cannot be read, or a map is not one.
pub fn read_records(folder: &Path) -> io::Result<CoverageRecords> {
    let mut records = CoverageRecords::default();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        match path.extension().and_then(|it| it.to_str()) {
            Some("error") => records.failures.push(fs::read_to_string(&path)?),
            Some("hits") => records.recorded.push(read_one(&path)?),
            _ => {}
        }
    }
    records.failures.sort();
    records.failures.dedup();
    Ok(records)
}

/// Reads the files of one process and contract.
fn read_one(path: &Path) -> io::Result<RecordedCoverage> {
    let map = fs::read(path.with_extension("map.json"))?;
    let bytes = fs::read(path)?;
    let counts = bytes.chunks_exact(8);
    let diverged = match fs::read_to_string(path.with_extension("diverged")) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    Ok(RecordedCoverage {
        map: serde_json::from_slice(&map)?,
        hits: counts
            .map(|bytes| <[u8; 8]>::try_from(bytes).map_or(0, u64::from_le_bytes))
            .collect(),
        diverged,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coverage::{CompiledFunction, PlaceLine};

    #[test]
    fn what_is_recorded_is_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = |line| PlaceLine {
            file: 0,
            line,
            function: 0,
            entry: line == 3,
        };
        let map = LineMap {
            package: "shop".to_owned(),
            folder: "/shop".into(),
            files: vec!["/shop/src/lib.rs".into()],
            functions: vec![CompiledFunction {
                name: "buy".to_owned(),
                file: 0,
                line: 3,
            }],
            places: vec![place(3), place(4)],
        };
        let one = CoverageRecorder::create(folder.path(), &map).expect("files");
        let other = CoverageRecorder::create(folder.path(), &map).expect("files");
        one.add(&[1, 0]).expect("a file");
        one.add(&[2, u64::MAX]).expect("a file");
        other.diverged("why").expect("a file");
        let read = read_records(folder.path()).expect("records");
        let mut hits: Vec<_> = read.recorded.iter().map(|it| it.hits.clone()).collect();
        hits.sort();
        assert_eq!(hits, [vec![0, 0], vec![3, u64::MAX]]);
        assert!(read.recorded.iter().all(|it| it.map == map));
        let diverged = read.recorded.iter().filter_map(|it| it.diverged.clone());
        assert_eq!(diverged.collect::<Vec<_>>(), ["why"]);
    }
}
