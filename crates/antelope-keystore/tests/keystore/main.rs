//! A keystore as its users have it: folders, files, processes, and a real keosd.
#![allow(clippy::unwrap_used)]

mod agent;
mod crash;
mod folder;
mod helpers;
mod keosd;
mod known;
mod prompt;

use antelope_keys::signing;
use antelope_keystore::{KeyName, Keystore, Passphrase};
use antelope_types::PrivateKey;
use std::path::Path;
use tempfile::TempDir;

/// The passphrase of the tests, and another one.
const TEXT: &str = "horse battery";
const OTHER: &str = "staple correct";

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned())
}

fn name(text: &str) -> KeyName {
    KeyName::new(text).unwrap()
}

/// A keystore in a folder that goes with it, whose passphrases cost nothing.
struct World {
    folder: TempDir,
    keystore: Keystore,
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keystore = Keystore::open_weak_for_tests(folder.path().join("keys")).unwrap();
        Self { folder, keystore }
    }

    /// Adds a new key.
    fn add(&self, of: &str) -> PrivateKey {
        let key = signing::generate_k1().unwrap();
        self.keystore
            .add(&name(of), &key, &passphrase(TEXT))
            .unwrap();
        key
    }

    fn path(&self) -> &Path {
        self.keystore.folder()
    }
}
