//! Private keys as text, from a file or typed in. They are never taken from arguments or from the
//! environment, where other programs see them.

use crate::error::KeystoreError;
use crate::source::typed;
use antelope_keys::signing;
use antelope_types::PrivateKey;
use std::fs;
use std::io::{self, BufRead, IsTerminal};
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

/// The private keys of a file, one on each line. Empty lines and those that begin with `#` are skipped.
/// A line that is not a key fails the whole instead of being skipped: it is probably one with a mistake.
///
/// # Errors
/// [`KeystoreError::KeyFile`] where it cannot be read; [`KeystoreError::Text`] where a line is not a key
/// or there is none; [`KeystoreError::Signing`].
pub fn key_file(path: &Path) -> Result<Vec<PrivateKey>, KeystoreError> {
    let text = fs::read_to_string(path).map_err(|source| KeystoreError::KeyFile {
        path: path.to_owned(),
        source,
    })?;
    let text = Zeroizing::new(text);
    let mut keys = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if !line.is_empty() && !line.starts_with('#') {
            let place = format!("{} line {}", path.display(), number + 1);
            keys.push(private_key(line, &place)?);
        }
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
/// [`KeystoreError::NoKey`] where standard input is at its end, as in a CI job; as [`private_key`].
pub fn typed_key(prompt: &str) -> Result<PrivateKey, KeystoreError> {
    if io::stdin().is_terminal() {
        let text = typed(prompt, "a private key")?;
        return private_key(&text, "what was typed");
    }
    let mut line = Zeroizing::new(String::with_capacity(1024));
    match io::stdin().lock().read_line(&mut line) {
        Ok(0) | Err(_) => Err(KeystoreError::NoKey),
        Ok(_) => private_key(&line, "what was typed"),
    }
}

fn not_a_key(place: &str) -> KeystoreError {
    let place = place.to_owned();
    KeystoreError::Text { place }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        fs::write(&path, text).unwrap();
        assert_eq!(key_file(&path).unwrap(), [k1.clone(), k1, r1]);

        fs::write(&path, format!("{wif}\n{}\n", &wif[..40])).unwrap();
        let error = key_file(&path).unwrap_err();
        assert_eq!(error.code(), "keys.text");
        assert!(error.to_string().contains("keys line 2"), "{error}");
        assert!(!error.to_string().contains(&wif[..10]), "{error}");
        fs::write(&path, "# none\n").unwrap();
        assert_eq!(key_file(&path).unwrap_err().code(), "keys.text");
        let missing = key_file(&folder.path().join("none")).unwrap_err();
        assert_eq!(missing.code(), "keys.file");
    }

    #[test]
    fn a_number_that_is_none_of_the_curve_is_refused() {
        let zero = PrivateKey::K1([0; 32]).to_text();
        assert_eq!(private_key(&zero, "x").unwrap_err().code(), "keys");
        let error = private_key("PUB_K1_x", "x").unwrap_err();
        assert_eq!(error.code(), "keys.text");
    }
}
