//! `manifest.json`: what a backup consists of.

use crate::error::{Doing, PrivateError};
use crate::seal::hex;
use antelope_types::Name;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The file's name.
const MANIFEST: &str = "manifest.json";
/// The version of the format.
pub(crate) const FORMAT: u32 = 1;
/// The most bytes of a manifest.
const MOST: u64 = 64 * 1024;
/// How many bytes are hashed at once.
const CHUNK: usize = 1 << 16;

/// What a backup consists of. It has no personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackupManifest {
    /// The version of the format, 1.
    pub format: u32,
    /// The id of the backup, random.
    pub id: String,
    /// The cooperative; `None` for an index of several.
    pub cooperative: Option<Name>,
    /// The chain that the index follows, where there is an index.
    pub chain: Option<String>,
    /// The id of the key ring, where there is a store of personal data.
    pub ring: Option<String>,
    /// How many bytes the key ring has.
    pub ring_bytes: u64,
    /// When it was made, in UTC.
    pub made_at: String,
    /// The databases. The key ring is not among them: erasures change it.
    pub files: Vec<BackupFile>,
}

/// A file of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackupFile {
    /// Its name.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// The SHA-256 of its content, hexadecimal.
    pub sha256: String,
}

impl BackupManifest {
    /// Reads the manifest of a backup. The files are not looked at.
    ///
    /// # Errors
    /// [`PrivateError::Backup`].
    pub fn read(folder: &Path) -> Result<Self, PrivateError> {
        let refuse = |problem: String| PrivateError::Backup {
            folder: folder.to_owned(),
            problem,
        };
        let path = folder.join(MANIFEST);
        let mut bytes = Vec::new();
        let file = File::open(&path).map_err(|error| refuse(format!("{MANIFEST}: {error}")))?;
        let read = file.take(MOST).read_to_end(&mut bytes);
        read.map_err(|error| refuse(format!("{MANIFEST}: {error}")))?;
        let manifest: Self = serde_json::from_slice(&bytes)
            .map_err(|error| refuse(format!("{MANIFEST} is damaged: {error}")))?;
        match manifest.format {
            FORMAT => Ok(manifest),
            found => Err(refuse(format!(
                "it has format {found}, and this program knows {FORMAT}: use the newer program"
            ))),
        }
    }

    /// The bytes of the manifest.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        // Texts, numbers and lists are always JSON.
        serde_json::to_vec_pretty(self).unwrap_or_default()
    }

    /// Where it is in a folder.
    pub(crate) fn path(folder: &Path) -> std::path::PathBuf {
        folder.join(MANIFEST)
    }

    /// The file of this name.
    pub(crate) fn file(&self, name: &str) -> Option<&BackupFile> {
        self.files.iter().find(|file| file.name == name)
    }
}

impl BackupFile {
    /// What a file is.
    pub(crate) fn of(path: &Path, name: &str) -> Result<Self, PrivateError> {
        let doing = || format!("read {}", path.display());
        let mut file = File::open(path).doing(doing)?;
        let mut hash = Sha256::new();
        let mut chunk = vec![0; CHUNK];
        let mut bytes = 0;
        loop {
            let count = file.read(&mut chunk).doing(doing)?;
            if count == 0 {
                break;
            }
            hash.update(&chunk[..count]);
            bytes += count as u64;
        }
        Ok(Self {
            name: name.to_owned(),
            bytes,
            sha256: hex(&hash.finalize()),
        })
    }
}
