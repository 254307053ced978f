//! Files that only their owner can read, and what is said when one cannot be read or written.

use antelope_cli::{Failure, Fallible};
use coop_language::{Messages, Words};
use serde::de::DeserializeOwned;
use std::fs;
use std::io::{self, Write};
#[cfg(unix)]
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

/// A file that cannot be written; what it was for is not sent.
pub(in crate::coop) fn unwritten(
    messages: &Messages,
    path: &Path,
    error: &io::Error,
) -> Box<Failure> {
    let words = Words::of("folder.unwritten")
        .with("file", path.display())
        .with("problem", error);
    Failure::new("desk.write", words.say(messages)).hint(messages.text("folder.unsent"))
}

/// A file that cannot be read.
pub(in crate::coop) fn unreadable(
    messages: &Messages,
    path: &Path,
    error: &io::Error,
) -> Box<Failure> {
    let words = Words::of("folder.unreadable")
        .with("file", path.display())
        .with("problem", error);
    Failure::new("desk.read", words.say(messages))
}

/// A file whose content is not what it should be.
pub(in crate::coop) fn malformed(messages: &Messages, path: &Path, problem: &str) -> Box<Failure> {
    let words = Words::of("folder.malformed")
        .with("file", path.display())
        .with("problem", problem);
    Failure::new("desk.parse", words.say(messages))
}

/// Makes a folder that only its owner can read, if it is not there.
pub(super) fn own_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    builder.mode(0o700);
    builder.create(folder)
}

/// Writes a file that only its owner can read.
pub(in crate::coop) fn own_file(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    options.mode(0o600);
    options.open(path)?.write_all(content)
}

/// Writes a file that only its owner can read, in place of one that may be there: whatever fails, that one stays.
#[cfg(feature = "registry")]
pub(in crate::coop) fn own_file_instead(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let beside = path.with_file_name(name);
    let write = || {
        own_file(&beside, content)?;
        fs::File::open(&beside)?.sync_all()?;
        fs::rename(&beside, path)
    };
    let written = write();
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

/// The bytes of a file of the desk. One that was overwritten, and not removed before the program ended, is not there.
pub(super) fn content(path: &Path) -> io::Result<Vec<u8>> {
    let bytes = fs::read(path)?;
    match is_overwritten(&bytes) {
        true => Err(io::ErrorKind::NotFound.into()),
        false => Ok(bytes),
    }
}

/// Whether a file was overwritten with zeros.
pub(super) fn is_overwritten(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(|byte| *byte == 0)
}

/// What a file of the desk says.
///
/// # Errors
/// `desk.parse`.
pub(in crate::coop) fn parsed<T: DeserializeOwned>(
    messages: &Messages,
    path: &Path,
    bytes: &[u8],
) -> Fallible<T> {
    serde_json::from_slice(bytes).map_err(|error| {
        let words = match error.is_data() {
            true => return malformed(messages, path, &error.to_string()),
            false => Words::of("folder.no_json")
                .with("line", error.line())
                .with("column", error.column()),
        };
        malformed(messages, path, &words.say(messages))
    })
}
