//! Private keys as text, from a file or typed in. They are never taken from arguments or from the
//! environment, where other programs see them.

use crate::error::{Doing, KeystoreError};
use crate::files::only_owner;
use crate::source::typed;
use antelope_keys::signing;
use antelope_types::PrivateKey;
use std::fs::File;
use std::io::{self, BufRead, IsTerminal, Read};
use std::path::Path;
use zeroize::Zeroizing;

/// Reads a private key in any of its forms: `PVT_K1_…`, `PVT_R1_…`, or the wallet import format, `5…`,
/// `K…` and `L…`. Spaces around it are cut off. `place` says in errors where the text is from; the text
/// itself is not repeated, since it may be a key with a slip of the pen.
///
/// ```
/// use antelope_keystore::private_key;
/// let key = private_key("PVT_K1_2bfGi9rYsXQSXXTvJbDAPhHLQUojjaNLomdm3cEJ1XTzMqUt3V\n", "stdin")?;
/// assert_eq!(format!("{key:?}"), "PrivateKey::K1(…)");
/// let error = private_key("5KQwrPbwdL", "keys.txt line 3").unwrap_err();
/// assert!(error.to_string().starts_with("keys.txt line 3 is not a private key"));
/// # Ok::<(), antelope_keystore::KeystoreError>(())
/// ```
///
/// # Errors
/// [`KeystoreError::Text`]; [`KeystoreError::Signing`] where the number is none of its curve.
pub fn private_key(text: &str, place: &str) -> Result<PrivateKey, KeystoreError> {
    let key = PrivateKey::parse(text.trim()).map_err(|_| not_a_key(place))?;
    signing::check(&key)?;
    Ok(key)
}

/// Most bytes of a file with private keys; some thousand keys.
const MOST: usize = 64 * 1024;

/// Most bytes of a line that is not typed into a terminal.
const LINE: u64 = 1024;

/// The private keys of a file, one on each line; also of one that `create key --file` or cleos wrote, with
/// `Private key: ` before it and the public key on a line of its own. Empty lines and those that begin with
/// `#` are skipped. Any other line that is not a key fails the whole instead of being skipped: it is
/// probably a key with a mistake.
///
/// # Errors
/// [`KeystoreError::Permissions`] where others than its owner may use it; [`KeystoreError::KeyFile`] where
/// it cannot be read or has more than 64 KiB; [`KeystoreError::Text`] where a line is not a key or there
/// is none; [`KeystoreError::Signing`].
pub fn key_file(path: &Path) -> Result<Vec<PrivateKey>, KeystoreError> {
    let fail = |source: io::Error| KeystoreError::KeyFile {
        path: path.to_owned(),
        source,
    };
    let file = File::open(path).map_err(fail)?;
    only_owner(&file, path, "private keys")?;
    // Of the whole size at once: memory that grows is moved, and leaves copies.
    let mut bytes = Zeroizing::new(Vec::with_capacity(2 * MOST));
    let read = file.take(MOST as u64 + 1).read_to_end(&mut bytes);
    if read.map_err(fail)? > MOST {
        return Err(fail(io::Error::other(format!(
            "it has more than {MOST} bytes"
        ))));
    }
    let Ok(text) = std::str::from_utf8(&bytes) else {
        return Err(not_a_key(&path.display().to_string()));
    };
    let mut keys = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') || line.starts_with("Public key: ") {
            continue;
        }
        let place = format!("{} line {}", path.display(), number + 1);
        let line = line.strip_prefix("Private key: ").unwrap_or(line);
        keys.push(private_key(line, &place)?);
    }
    if keys.is_empty() {
        return Err(not_a_key(&path.display().to_string()));
    }
    Ok(keys)
}

/// A private key from standard input: typed after `prompt` and not shown, where it is a terminal, and
/// otherwise its first line.
///
/// # Errors
/// [`KeystoreError::NoKey`] where standard input is at its end, as in a CI job; [`KeystoreError::Io`] where
/// it cannot be read; as [`private_key`].
pub fn typed_key(prompt: &str) -> Result<PrivateKey, KeystoreError> {
    if io::stdin().is_terminal() {
        let text = typed(prompt, "a private key")?;
        return private_key(&text, "what was typed");
    }
    first_key(io::stdin().lock())
}

/// The key on the first line of standard input.
fn first_key(input: impl BufRead) -> Result<PrivateKey, KeystoreError> {
    let mut line = Zeroizing::new(Vec::with_capacity(2 * LINE as usize));
    let read = input.take(LINE).read_until(b'\n', &mut line);
    if read.doing(|| "read standard input".to_owned())? == 0 {
        return Err(KeystoreError::NoKey);
    }
    let place = "the first line of standard input";
    let text = std::str::from_utf8(&line).map_err(|_| not_a_key(place))?;
    private_key(text, place)
}

fn not_a_key(place: &str) -> KeystoreError {
    let place = place.to_owned();
    KeystoreError::Text { place }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    /// A file of one's own.
    fn write(path: &Path, text: impl AsRef<[u8]>) {
        fs::write(path, text).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
    }

    #[test]
    fn a_file_has_a_key_on_each_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        let (k1, r1) = (
            signing::generate_k1().unwrap(),
            signing::generate_r1().unwrap(),
        );
        let (wif, k1_text) = (k1.to_legacy_text().unwrap(), k1.to_text());
        let text = format!("# of the tests\n\n {wif}\n{k1_text}\r\n{}", r1.to_text());
        write(&path, text);
        assert_eq!(key_file(&path).unwrap(), [k1.clone(), k1.clone(), r1]);
        // As `create key --file` writes it.
        write(&path, format!("Private key: {wif}\nPublic key: EOS6MR…\n"));
        assert_eq!(key_file(&path).unwrap(), [k1]);

        write(&path, format!("{wif}\n{}\n", &wif[..40]));
        let error = key_file(&path).unwrap_err();
        assert_eq!(error.code(), "keys.text");
        assert!(error.to_string().contains("keys line 2"), "{error}");
        assert!(!error.to_string().contains(&wif[..10]), "{error}");
        for text in [&b"# none\n"[..], &[0xff, 0xfe]] {
            write(&path, text);
            assert_eq!(key_file(&path).unwrap_err().code(), "keys.text");
        }
        write(&path, "#".repeat(MOST + 1));
        assert_eq!(key_file(&path).unwrap_err().code(), "keys.file");
        let missing = key_file(&folder.path().join("none")).unwrap_err();
        assert_eq!(missing.code(), "keys.file");
    }

    #[test]
    fn a_file_that_others_may_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        write(&path, signing::generate_k1().unwrap().to_text());
        assert!(key_file(&path).is_ok());
        for mode in [0o644, 0o640, 0o604, 0o620] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            let error = key_file(&path).unwrap_err();
            assert_eq!(error.code(), "keys.permissions", "{mode:o}");
            assert!(error.hint().unwrap().starts_with("chmod 600 "));
        }
    }

    /// A source that fails.
    struct Broken;

    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::ErrorKind::PermissionDenied.into())
        }
    }

    #[test]
    fn the_first_line_of_the_input_is_a_key() {
        let key = signing::generate_k1().unwrap();
        let text = format!("{}\nand more", key.to_text());
        assert_eq!(first_key(text.as_bytes()).unwrap(), key);
        let long = "x".repeat(1 << 20);
        for (input, code) in [
            (&b""[..], "keys.none"),
            (b"\n", "keys.text"),
            (&[0xff, b'\n'], "keys.text"),
            (long.as_bytes(), "keys.text"),
        ] {
            assert_eq!(first_key(input).unwrap_err().code(), code);
        }
        let broken = first_key(io::BufReader::new(Broken)).unwrap_err();
        assert_eq!(broken.code(), "keys.io");
    }

    #[test]
    fn a_number_that_is_none_of_the_curve_is_refused() {
        let zero = PrivateKey::K1([0; 32]).to_text();
        assert_eq!(private_key(&zero, "x").unwrap_err().code(), "keys");
        let error = private_key("PUB_K1_x", "x").unwrap_err();
        assert_eq!(error.code(), "keys.text");
    }
}
