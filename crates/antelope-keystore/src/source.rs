//! Where passphrases come from: never from arguments and never from the environment, which other
//! programs of the machine can list.

use crate::error::KeystoreError;
use crate::files::only_owner;
use crate::keyring::KeyringItem;
use crate::passphrase::{MOST, Passphrase};
use crate::raw::Quiet;
use std::fs::{File, OpenOptions};
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use zeroize::{Zeroize, Zeroizing};

/// What Ctrl-C sends, on a terminal that makes no signal of it.
const CTRL_C: u8 = 3;

/// Where a passphrase comes from.
///
/// | source | |
/// |---|---|
/// | [`Prompt`](Self::Prompt) | typed into the terminal, and not shown; standard input must be one |
/// | [`File`](Self::File) | the one line of a file that only its owner can read |
/// | [`Descriptor`](Self::Descriptor) | the first line from a descriptor that the caller has opened, such as 3 after `3<file` |
/// | [`Agent`](Self::Agent) | none is needed: the agent has the key unlocked, see [`Keystore::signer`](crate::Keystore::signer) |
/// | [`Keyring`](Self::Keyring) | the operating system's keyring, see [`KeyringItem`] |
///
/// A file may also be a pipe, such as `<(pass show alice)` of a shell: it is read to its end. There is no
/// source that is a text of the caller's own, and none that names a variable of the environment, so that
/// nobody writes a passphrase into a script by the shortest way.
///
/// ```
/// use antelope_keystore::PassphraseSource;
/// use std::os::unix::fs::PermissionsExt;
///
/// let folder = tempfile::tempdir()?;
/// let file = folder.path().join("passphrase");
/// std::fs::write(&file, "horse battery staple\n")?;
/// let source = PassphraseSource::File(file.clone());
///
/// std::fs::set_permissions(&file, PermissionsExt::from_mode(0o644))?;
/// let error = source.read("passphrase: ").unwrap_err();
/// assert_eq!(error.code(), "keys.permissions");
///
/// std::fs::set_permissions(&file, PermissionsExt::from_mode(0o600))?;
/// assert!(source.read("passphrase: ").is_ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PassphraseSource {
    /// The terminal. It shows nothing from before the prompt until the line is there, and Ctrl-C ends the
    /// question with an error.
    Prompt,
    /// A file. A line break at its end is not a part of the passphrase.
    File(PathBuf),
    /// The agent on the keystore's own socket.
    Agent,
    /// An open file descriptor. What comes after the first line is not read, and is there for others.
    Descriptor(u32),
    /// The operating system's keyring.
    Keyring(KeyringItem),
}

impl PassphraseSource {
    /// Reads the passphrase of a key that is there. `prompt` is shown on a terminal, such as
    /// `passphrase of alice: `; the other sources do not use it.
    ///
    /// # Errors
    /// [`KeystoreError::NoTerminal`] where it would have to be typed and standard input is not a
    /// terminal; [`KeystoreError::Permissions`] where others can read the file;
    /// [`KeystoreError::PassphraseSource`] where the source cannot be read, is empty, has several lines
    /// or more than 1024 bytes, and always for the agent, which gives no passphrase away;
    /// [`KeystoreError::Keyring`].
    pub fn read(&self, prompt: &str) -> Result<Passphrase, KeystoreError> {
        match self {
            Self::Prompt => typed(prompt, "a passphrase").map(Passphrase::of),
            Self::File(path) => of_file(path),
            Self::Descriptor(number) => of_descriptor(*number),
            Self::Keyring(item) => item.load(),
            Self::Agent => Err(KeystoreError::PassphraseSource {
                from: "the agent".to_owned(),
                problem: "it holds keys and gives no passphrase away".to_owned(),
            }),
        }
    }

    /// Reads a new passphrase: a terminal is asked twice. It is checked by
    /// [`Passphrase::check_new`].
    ///
    /// # Errors
    /// As [`read`](Self::read); [`KeystoreError::PassphraseDiffers`] where the second is another one,
    /// [`KeystoreError::WeakPassphrase`].
    pub fn read_new(&self, prompt: &str) -> Result<Passphrase, KeystoreError> {
        let passphrase = self.read(prompt)?;
        passphrase.check_new()?;
        if *self == Self::Prompt && !passphrase.is(&self.read("the same again: ")?) {
            return Err(KeystoreError::PassphraseDiffers);
        }
        Ok(passphrase)
    }
}

/// A line that is typed into the terminal and not shown. Backspace, Ctrl-U and Ctrl-W correct it, and
/// Ctrl-C ends it; the terminal is then as it was before.
///
/// The prompt goes to the terminal too, and never to standard output or error, which may be a file.
///
/// # Errors
/// [`KeystoreError::NoTerminal`] with `what` where standard input is not a terminal,
/// [`KeystoreError::PassphraseSource`] where nothing can be read from it.
pub(crate) fn typed(prompt: &str, what: &str) -> Result<Zeroizing<String>, KeystoreError> {
    if !io::stdin().is_terminal() {
        let what = what.to_owned();
        return Err(KeystoreError::NoTerminal { what });
    }
    let read = || {
        let mut terminal = OpenOptions::new().read(true).write(true).open("/dev/tty")?;
        let quiet = Quiet::new(terminal.try_clone()?)?;
        terminal.write_all(prompt.as_bytes())?;
        let config = rpassword::ConfigBuilder::new()
            .input_reader(Typed(terminal.try_clone()?))
            .output_discard()
            .build();
        let line = rpassword::read_password_with_config(config).map(Zeroizing::new);
        drop(quiet);
        terminal.write_all(b"\n")?;
        line
    };
    read().map_err(|error: io::Error| failure("the terminal", error.to_string()))
}

/// The terminal, on which Ctrl-C is an error.
struct Typed(File);

impl Read for Typed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.0.read(buffer)?;
        match buffer.get(..count) {
            Some(typed) if typed.contains(&CTRL_C) => Err(io::Error::other("interrupted")),
            _ => Ok(count),
        }
    }
}

/// The only line of a file.
fn of_file(path: &Path) -> Result<Passphrase, KeystoreError> {
    let from = path.display().to_string();
    let fail = |error: io::Error| failure(&from, error.to_string());
    let file = File::open(path).map_err(fail)?;
    only_owner(&file, path, "a passphrase")?;
    let mut bytes = bounded(file, &from)?;
    if bytes.ends_with(b"\n") {
        bytes.pop();
    }
    if bytes.ends_with(b"\r") {
        bytes.pop();
    }
    if bytes.contains(&b'\n') {
        return Err(failure(
            &from,
            "it has several lines, expected one".to_owned(),
        ));
    }
    text(&bytes, &from)
}

/// The first line that comes from a descriptor, without waiting for its end.
fn of_descriptor(number: u32) -> Result<Passphrase, KeystoreError> {
    let from = format!("descriptor {number}");
    let fail = |error: io::Error| failure(&from, error.to_string());
    let mut file = File::open(format!("/dev/fd/{number}")).map_err(fail)?;
    let mut line = Zeroizing::new(Vec::with_capacity(MOST + 1));
    let mut byte = [0];
    while line.len() <= MOST && file.read(&mut byte).map_err(fail)? == 1 && byte[0] != b'\n' {
        line.push(byte[0]);
    }
    byte.zeroize();
    if line.ends_with(b"\r") {
        line.pop();
    }
    text(&line, &from)
}

/// At most one byte more than a passphrase may have, in memory that is not moved while it grows.
fn bounded(source: impl Read, from: &str) -> Result<Zeroizing<Vec<u8>>, KeystoreError> {
    // Room for a line break of two bytes, and for one byte that is too many.
    let most = MOST + 3;
    let mut bytes = Zeroizing::new(Vec::with_capacity(2 * most));
    let limit = u64::try_from(most).unwrap_or(u64::MAX);
    let read = source.take(limit).read_to_end(&mut bytes);
    read.map_err(|error| failure(from, error.to_string()))?;
    Ok(bytes)
}

/// The passphrase of these bytes.
fn text(bytes: &[u8], from: &str) -> Result<Passphrase, KeystoreError> {
    let problem = match std::str::from_utf8(bytes) {
        Ok("") => "it is empty".to_owned(),
        Ok(text) if text.len() <= MOST => return Ok(Passphrase::new(text.to_owned())),
        Ok(_) => format!("it has more than {MOST} bytes"),
        Err(_) => "it is not UTF-8 text".to_owned(),
    };
    Err(failure(from, problem))
}

fn failure(from: &str, problem: String) -> KeystoreError {
    KeystoreError::PassphraseSource {
        from: from.to_owned(),
        problem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    fn read(content: &[u8]) -> Result<Passphrase, KeystoreError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("passphrase");
        fs::write(&path, content).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        PassphraseSource::File(path).read("")
    }

    #[test]
    fn a_file_has_one_line() {
        for content in ["horse battery", "horse battery\n", "horse battery\r\n"] {
            let passphrase = read(content.as_bytes()).unwrap();
            assert_eq!(passphrase.bytes(), b"horse battery");
        }
        assert_eq!(
            read(b" horse ").unwrap().bytes(),
            b" horse ",
            "spaces count"
        );
        assert!(read("x".repeat(MOST).as_bytes()).is_ok());
        let long = "x".repeat(MOST + 1);
        for bad in ["", "\n", "horse\nbattery", "horse\n\n", &long] {
            let error = read(bad.as_bytes()).unwrap_err();
            assert_eq!(error.code(), "keys.passphrase-source", "{bad:?}");
            assert!(!error.to_string().contains("horse"), "{error}");
        }
        assert!(read(&[0xff, 0xfe]).is_err());
    }

    #[test]
    fn a_file_of_others_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("passphrase");
        fs::write(&path, "horse battery").unwrap();
        for mode in [0o640, 0o604, 0o620, 0o602] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            let error = PassphraseSource::File(path.clone()).read("").unwrap_err();
            assert_eq!(error.code(), "keys.permissions", "{mode:o}");
            assert!(error.hint().unwrap().starts_with("chmod 600 "));
        }
        let missing = PassphraseSource::File(folder.path().join("none"));
        assert_eq!(
            missing.read("").unwrap_err().code(),
            "keys.passphrase-source"
        );
    }

    #[test]
    fn a_descriptor_gives_its_first_line() {
        use std::os::fd::AsRawFd;
        let (mut one, mut two) = (tempfile::tempfile().unwrap(), tempfile::tempfile().unwrap());
        io::Write::write_all(&mut one, b"horse battery\nof another use").unwrap();
        io::Write::write_all(&mut two, &[b'x'; MOST + 1]).unwrap();
        let source = |file: &File| PassphraseSource::Descriptor(file.as_raw_fd().unsigned_abs());
        let passphrase = source(&one).read_new("").unwrap();
        assert_eq!(passphrase.bytes(), b"horse battery");
        assert!(source(&two).read("").is_err());
        let error = PassphraseSource::Descriptor(9999).read("").unwrap_err();
        assert_eq!(error.code(), "keys.passphrase-source");
    }

    #[test]
    fn the_agent_gives_no_passphrase() {
        let error = PassphraseSource::Agent.read("").unwrap_err();
        assert_eq!(error.code(), "keys.passphrase-source");
    }
}
