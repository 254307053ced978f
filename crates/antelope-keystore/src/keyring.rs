//! The operating system's keyring, for the passphrase of a key and never for the key.
//!
//! It is reached by `secret-tool` of libsecret, where that is installed. The crate `keyring` 4 would do
//! the same with 70 crates more on Linux, most of them for D-Bus. `secret-tool` is in the packages of
//! every distribution, speaks to whatever offers the Secret Service, such as GNOME Keyring, KWallet and
//! KeePassXC, and takes the passphrase from its standard input.

use crate::error::KeystoreError;
use crate::passphrase::Passphrase;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use zeroize::Zeroizing;

/// Most bytes that are read of the answer.
const MOST: u64 = 4096;

/// Where the passphrase of one key lies in the operating system's keyring; from
/// [`Keystore::keyring_item`](crate::Keystore::keyring_item).
///
/// While the session is open, every program of the user can read the keyring: it is for those who
/// trust the programs that they run and would otherwise write the passphrase into a file.
///
/// ```no_run
/// use antelope_keystore::{Keystore, PassphraseSource};
///
/// # fn main() -> Result<(), antelope_keystore::KeystoreError> {
/// let keystore = Keystore::open("/home/alice/.local/share/veche/keys")?;
/// let name = "alice".parse()?;
/// let item = keystore.keyring_item(&name);
/// item.store(&PassphraseSource::Prompt.read("passphrase of alice: ")?)?;
/// let key = keystore.signer(&name, &PassphraseSource::Keyring(item))?;
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyringItem {
    /// `secret-tool`, or what stands for it.
    program: PathBuf,
    /// The keystore.
    folder: String,
    /// The key.
    name: String,
}

impl KeyringItem {
    /// The item of a key of the keystore in `folder`.
    pub(crate) fn new(folder: String, name: String) -> Self {
        let program = PathBuf::from("secret-tool");
        Self {
            program,
            folder,
            name,
        }
    }

    /// The same item by another program, which takes the arguments and the input of `secret-tool`.
    #[cfg(test)]
    #[must_use]
    pub(crate) fn by_program(mut self, program: impl Into<PathBuf>) -> Self {
        self.program = program.into();
        self
    }

    /// Keeps the passphrase, in place of the one that was kept before. The system may ask the user to
    /// unlock the keyring, and this waits for it.
    ///
    /// # Errors
    /// [`KeystoreError::Keyring`] where `secret-tool` is not installed or there is no keyring.
    pub fn store(&self, passphrase: &Passphrase) -> Result<(), KeystoreError> {
        let label = format!("--label=Passphrase of the key {}", self.name);
        self.run(&["store", &label], passphrase.bytes()).map(drop)
    }

    /// The passphrase that was kept.
    ///
    /// # Errors
    /// As [`store`](Self::store); and where none was kept.
    pub fn load(&self) -> Result<Passphrase, KeystoreError> {
        let bytes = self.run(&["lookup"], &[])?;
        let problem = match std::str::from_utf8(&bytes) {
            Ok("") => "no passphrase is kept for this key".to_owned(),
            Ok(text) => return Ok(Passphrase::new(text.to_owned())),
            Err(_) => "what is kept for this key is not UTF-8 text".to_owned(),
        };
        Err(KeystoreError::Keyring { problem })
    }

    /// Forgets the passphrase; nothing happens where none was kept.
    ///
    /// # Errors
    /// As [`store`](Self::store).
    pub fn forget(&self) -> Result<(), KeystoreError> {
        self.run(&["clear"], &[]).map(drop)
    }

    /// Runs the program with the attributes of the item; what it writes.
    fn run(&self, command: &[&str], input: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeystoreError> {
        let fail = |problem: String| KeystoreError::Keyring { problem };
        let program = self.program.display();
        let broken = |error: std::io::Error| fail(format!("{program}: {error}"));
        let mut child = Command::new(&self.program)
            .args(command)
            .args(["service", "antelope-keystore", "folder", &self.folder])
            .args(["key", &self.name])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(broken)?;
        if let Some(mut stdin) = child.stdin.take() {
            // A program that does not want its input may have ended.
            let _ = stdin.write_all(input);
        }
        let mut output = Zeroizing::new(Vec::with_capacity(8192));
        if let Some(stdout) = child.stdout.take() {
            let read = stdout.take(MOST).read_to_end(&mut output);
            read.map_err(broken)?;
        }
        let mut told = String::new();
        if let Some(stderr) = child.stderr.take() {
            let _ = stderr.take(MOST).read_to_string(&mut told);
        }
        let status = child.wait().map_err(broken)?;
        let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
        // `lookup` and `clear` end with 1 and say nothing where there is no such item.
        let is_missing =
            told.is_empty() && command.first() != Some(&"store") && status.code() == Some(1);
        if status.success() || is_missing {
            return Ok(output);
        }
        Err(fail(format!("{program}: {told} ({status})")))
    }
}

#[cfg(test)]
mod tests;
