//! The keystore: a folder with a file for each key.

use crate::cost::Cost;
use crate::error::{Doing, KeystoreError};
use crate::files::{self, Writer};
use crate::keyring::KeyringItem;
use crate::name::KeyName;
use crate::passphrase::Passphrase;
use crate::record::Record;
use crate::unlocked::UnlockedKey;
use antelope_keys::signing;
use antelope_types::{PrivateKey, PublicKey, TimePointSec};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};
use zeroize::Zeroizing;

/// What the names of files end with.
const ENDING: &str = ".json";

/// Keys in a folder, each encrypted with a passphrase of its own.
///
/// Several programs may use one folder at the same time: readers see whole files, and writers wait for
/// one another. A crash loses nothing that was there before.
///
/// | to | use | needs the passphrase |
/// |---|---|---|
/// | list keys | [`names`](Self::names), [`entries`](Self::entries) | no |
/// | keep a key | [`add`](Self::add) | a new one |
/// | sign | [`unlock`](Self::unlock), [`signer`](Self::signer) | yes |
/// | change passphrase or name | [`change_passphrase`](Self::change_passphrase), [`rename`](Self::rename) | yes |
/// | print a copy on paper | [`export`](Self::export) | yes |
/// | remove a key | [`remove`](Self::remove) | no |
///
/// ```no_run
/// use antelope_keystore::{Keystore, PassphraseSource};
/// use antelope_keys::{Signer, signing};
///
/// # fn main() -> Result<(), antelope_keystore::KeystoreError> {
/// let keystore = Keystore::open("/home/alice/.local/share/veche/keys")?;
/// let name = "alice".parse()?;
/// let passphrase = PassphraseSource::Prompt.read_new("new passphrase of alice: ")?;
/// keystore.add(&name, &signing::generate_k1()?, &passphrase)?;
/// for entry in keystore.entries()? {
///     println!("{} {}", entry.name, entry.public_key);
/// }
/// let key = keystore.unlock(&name, &passphrase)?;
/// println!("{}", key.public_key());
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
pub struct Keystore {
    folder: PathBuf,
    cost: Cost,
}

/// What is known of a key without its passphrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: KeyName,
    /// Its public key. The passphrase proves that it belongs to the secret; until then it is what the
    /// file says.
    pub public_key: PublicKey,
    /// When it was added. A new passphrase and a new name keep it.
    pub created: TimePointSec,
}

impl Keystore {
    /// The keystore in `folder`, which is made with mode 0700 where it is missing.
    ///
    /// # Errors
    /// [`KeystoreError::Permissions`] where the folder is another user's or others may write into it:
    /// they could exchange files. [`KeystoreError::Io`].
    pub fn open(folder: impl Into<PathBuf>) -> Result<Self, KeystoreError> {
        let folder = folder.into();
        files::own_folder(&folder, 0o022)?;
        let cost = Cost::DEFAULT;
        Ok(Self { folder, cost })
    }

    /// A keystore whose new files are encrypted with the least that Argon2 allows, in microseconds and
    /// 8 KiB: guessing passphrases costs nothing. **For tests only**, behind the cargo feature
    /// `weak-for-tests`.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    #[cfg(any(test, feature = "weak-for-tests"))]
    pub fn open_weak_for_tests(folder: impl Into<PathBuf>) -> Result<Self, KeystoreError> {
        let cost = Cost::WEAK;
        Ok(Self {
            cost,
            ..Self::open(folder)?
        })
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The socket of this keystore's [`Agent`](crate::Agent): `agent/socket` in the folder.
    #[must_use]
    pub fn agent_socket(&self) -> PathBuf {
        self.folder.join("agent").join("socket")
    }

    /// Where the operating system's keyring keeps the passphrase of a key, if the user wants that.
    #[must_use]
    pub fn keyring_item(&self, name: &KeyName) -> KeyringItem {
        // The same item, whatever way leads to the folder and wherever the command runs.
        let folder = fs::canonicalize(&self.folder).unwrap_or_else(|_| self.folder.clone());
        let folder = folder.display().to_string();
        KeyringItem::new(folder, name.as_str().to_owned())
    }

    /// The names of all keys, sorted. Files of other names are passed over.
    ///
    /// # Errors
    /// [`KeystoreError::Io`].
    pub fn names(&self) -> Result<Vec<KeyName>, KeystoreError> {
        let doing = || format!("list {}", self.folder.display());
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.folder).doing(doing)? {
            let name = entry.doing(doing)?.file_name();
            let name = name.to_str().and_then(|name| name.strip_suffix(ENDING));
            names.extend(name.and_then(|name| KeyName::new(name).ok()));
        }
        names.sort();
        Ok(names)
    }

    /// All keys, sorted by name, without their passphrases.
    ///
    /// # Errors
    /// As [`entry`](Self::entry) for the first file that cannot be used.
    pub fn entries(&self) -> Result<Vec<Entry>, KeystoreError> {
        let mut entries = Vec::new();
        for name in self.names()? {
            match self.entry(&name) {
                // Removed in between.
                Err(KeystoreError::Missing { .. }) => {}
                entry => entries.push(entry?),
            }
        }
        Ok(entries)
    }

    /// One key, without its passphrase.
    ///
    /// # Errors
    /// [`KeystoreError::Missing`]; [`KeystoreError::Damaged`], [`KeystoreError::Version`],
    /// [`KeystoreError::Bounds`] and [`KeystoreError::Permissions`] where the file cannot be used;
    /// [`KeystoreError::Io`].
    pub fn entry(&self, name: &KeyName) -> Result<Entry, KeystoreError> {
        let (record, path) = self.record(name)?;
        let clear = record.clear(name, &path)?;
        Ok(Entry {
            name: name.clone(),
            public_key: clear.public,
            created: clear.created,
        })
    }

    /// Encrypts a key and keeps it. It takes the time and the memory of one guess: some 0.2 s and 64 MiB.
    ///
    /// # Errors
    /// [`KeystoreError::Exists`] where the name is taken, by whatever key; the file is not touched.
    /// [`KeystoreError::WeakPassphrase`], [`KeystoreError::Signing`] for a key that is not one of its
    /// curve, [`KeystoreError::Memory`], [`KeystoreError::Random`], [`KeystoreError::Io`].
    pub fn add(
        &self,
        name: &KeyName,
        key: &PrivateKey,
        passphrase: &Passphrase,
    ) -> Result<(), KeystoreError> {
        signing::check(key)?;
        passphrase.check_new()?;
        if fs::symlink_metadata(self.path(name)).is_ok() {
            return Err(self.exists(name));
        }
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let seconds = now.map_or(0, |now| now.as_secs());
        let created = TimePointSec::from_seconds(u32::try_from(seconds).unwrap_or(u32::MAX));
        // Outside of the lock: it takes long.
        let record = Record::seal(name, key, created, passphrase, self.cost)?;
        self.write_new(&Writer::lock(&self.folder)?, name, &record)
    }

    /// Decrypts a key, so that it can sign until it is dropped. It takes the time of one guess.
    ///
    /// # Errors
    /// As [`entry`](Self::entry); [`KeystoreError::WrongPassphrase`], [`KeystoreError::Memory`].
    pub fn unlock(
        &self,
        name: &KeyName,
        passphrase: &Passphrase,
    ) -> Result<UnlockedKey, KeystoreError> {
        let (record, path) = self.record(name)?;
        record.unseal(name, &path, passphrase)
    }

    /// Encrypts a key with another passphrase. Copies of the old file, such as those of backups, keep
    /// the old one.
    ///
    /// # Errors
    /// As [`unlock`](Self::unlock) with the old passphrase and [`add`](Self::add) with the new one; the
    /// file is then as before.
    pub fn change_passphrase(
        &self,
        name: &KeyName,
        old: &Passphrase,
        new: &Passphrase,
    ) -> Result<(), KeystoreError> {
        new.check_new()?;
        let writer = Writer::lock(&self.folder)?;
        let (record, path) = self.record(name)?;
        let key = record.unseal(name, &path, old)?;
        let created = record.clear(name, &path)?.created;
        let record = Record::seal(name, key.private_key(), created, new, self.cost)?;
        writer.write(&path, &record.to_bytes())
    }

    /// Gives a key another name. The passphrase is needed because the name is part of what is
    /// encrypted. A crash in between leaves the key under both names.
    ///
    /// # Errors
    /// As [`unlock`](Self::unlock) and [`add`](Self::add).
    pub fn rename(
        &self,
        from: &KeyName,
        to: &KeyName,
        passphrase: &Passphrase,
    ) -> Result<(), KeystoreError> {
        let writer = Writer::lock(&self.folder)?;
        let (record, path) = self.record(from)?;
        let key = record.unseal(from, &path, passphrase)?;
        let created = record.clear(from, &path)?.created;
        // The passphrase of an old key stays good enough.
        let record = Record::seal(to, key.private_key(), created, passphrase, self.cost)?;
        self.write_new(&writer, to, &record)?;
        writer.remove(&path)
    }

    /// Removes a key for good. No passphrase is needed: whoever may remove the file can do it anyway.
    /// Ask the user first.
    ///
    /// # Errors
    /// [`KeystoreError::Missing`], [`KeystoreError::Io`].
    pub fn remove(&self, name: &KeyName) -> Result<(), KeystoreError> {
        let writer = Writer::lock(&self.folder)?;
        let path = self.path(name);
        if fs::symlink_metadata(&path).is_err() {
            return Err(self.missing(name));
        }
        writer.remove(&path)
    }

    /// The secret itself as `PVT_K1_…` or `PVT_R1_…`, to print it on paper. It is overwritten on drop;
    /// what the caller does with it is not.
    ///
    /// ```
    /// use antelope_keystore::{Keystore, Passphrase, private_key};
    /// use antelope_keys::signing;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let folder = tempfile::tempdir()?;
    /// let keystore = Keystore::open(folder.path())?;
    /// let (old, new) = ("alice".parse()?, "alice-again".parse()?);
    /// let passphrase = Passphrase::new("horse battery staple".to_owned());
    /// keystore.add(&old, &signing::generate_r1()?, &passphrase)?;
    ///
    /// let paper = keystore.export(&old, &passphrase)?;
    /// // The passphrase is lost, and the paper is not.
    /// let passphrase = Passphrase::new("five or six random words".to_owned());
    /// keystore.add(&new, &private_key(&paper, "the paper")?, &passphrase)?;
    /// assert_eq!(keystore.entry(&old)?.public_key, keystore.entry(&new)?.public_key);
    /// keystore.remove(&old)?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// As [`unlock`](Self::unlock).
    pub fn export(
        &self,
        name: &KeyName,
        passphrase: &Passphrase,
    ) -> Result<Zeroizing<String>, KeystoreError> {
        let key = self.unlock(name, passphrase)?;
        Ok(Zeroizing::new(key.private_key().to_text()))
    }

    /// Writes the file of a key whose name is free.
    fn write_new(
        &self,
        writer: &Writer<'_>,
        name: &KeyName,
        record: &Record,
    ) -> Result<(), KeystoreError> {
        let path = self.path(name);
        if fs::symlink_metadata(&path).is_ok() {
            return Err(self.exists(name));
        }
        writer.write(&path, &record.to_bytes())
    }

    /// The file of a key, read, with its path.
    fn record(&self, name: &KeyName) -> Result<(Record, PathBuf), KeystoreError> {
        let path = self.path(name);
        let bytes = files::read(&path)?.ok_or_else(|| self.missing(name))?;
        Ok((Record::read(&bytes, &path)?, path))
    }

    fn path(&self, name: &KeyName) -> PathBuf {
        self.folder.join(format!("{name}{ENDING}"))
    }

    fn missing(&self, name: &KeyName) -> KeystoreError {
        KeystoreError::Missing {
            name: name.as_str().to_owned(),
            folder: self.folder.clone(),
        }
    }

    fn exists(&self, name: &KeyName) -> KeystoreError {
        KeystoreError::Exists {
            name: name.as_str().to_owned(),
        }
    }
}
