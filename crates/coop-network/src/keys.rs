//! The private keys of a network: made at `up`, a file each, mode 0600.
//!
//! They are for development. A delegate's producer key, which lies on the node's machine and signs
//! blocks, is apart from the key of the account, which registers and votes.

use crate::error::{During, NetworkError};
use antelope_rpc_client::{ClientError, signing};
use antelope_types::PrivateKey;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// The folder of keys in that of a network.
const FOLDER: &str = "development-keys";

/// Where the key of this owner is: `a.producer`, `a.account`, or the account of a token holder.
pub(crate) fn path(folder: &Path, owner: &str) -> PathBuf {
    folder.join(FOLDER).join(format!("{owner}.key"))
}

/// The key of this owner; a new one where there is none.
pub(crate) fn read_or_make(folder: &Path, owner: &str) -> Result<PrivateKey, NetworkError> {
    let path = path(folder, owner);
    if path.exists() {
        return read(folder, owner);
    }
    let key = signing::generate_k1()
        .map_err(ClientError::from)
        .during(|| format!("make the key of {owner}"))?;
    make_folder(&folder.join(FOLDER))?;
    let mut file = private_file(&path)?;
    writeln!(file, "{}", key.to_text()).during(|| format!("write {}", path.display()))?;
    Ok(key)
}

/// The key of this owner.
pub(crate) fn read(folder: &Path, owner: &str) -> Result<PrivateKey, NetworkError> {
    let path = path(folder, owner);
    let text = fs::read_to_string(&path).during(|| format!("read {}", path.display()))?;
    text.trim().parse().map_err(|_| NetworkError::Damaged {
        path,
        problem: "not a private key".to_owned(),
    })
}

/// Makes a folder that only the owner of the process may enter.
pub(crate) fn make_folder(path: &Path) -> Result<(), NetworkError> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(path);
    made.during(|| format!("create {}", path.display()))
}

/// Makes an empty file that only the owner of the process may read, instead of an older one.
pub(crate) fn private_file(path: &Path) -> Result<File, NetworkError> {
    if path.exists() {
        fs::remove_file(path).during(|| format!("replace {}", path.display()))?;
    }
    let mut options = OpenOptions::new();
    let made = options.write(true).create_new(true).mode(0o600).open(path);
    made.during(|| format!("create {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_key_is_made_once_and_only_its_owner_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let key = read_or_make(folder.path(), "a.producer").unwrap();
        let again = read_or_make(folder.path(), "a.producer").unwrap();
        assert_eq!(key.to_text(), again.to_text());
        let file = fs::metadata(path(folder.path(), "a.producer")).unwrap();
        assert_eq!(file.permissions().mode() & 0o777, 0o600);
        assert!(read(folder.path(), "b.producer").is_err());
    }
}
