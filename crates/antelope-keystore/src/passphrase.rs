//! Passphrases.

use crate::cost::Cost;
use crate::error::KeystoreError;
use std::fmt;
use zeroize::Zeroizing;

/// Least characters of a new passphrase.
const LEAST: usize = 8;
/// Most bytes of a passphrase.
pub(crate) const MOST: usize = 1024;

/// What unlocks a key. The memory is overwritten on drop, `Debug` shows nothing of it, and there is
/// no `Display`.
///
/// The bytes count, in UTF-8: a letter with an accent that was typed as one character is not the same
/// as the letter and the accent. Whoever moves between systems does best with plain words.
///
/// ```
/// use antelope_keystore::Passphrase;
/// let passphrase = Passphrase::new("horse battery staple".to_owned());
/// assert_eq!(format!("{passphrase:?}"), "Passphrase(…)");
/// assert!(passphrase.check_new().is_ok());
/// assert!(Passphrase::new("horse".to_owned()).check_new().is_err());
/// ```
#[derive(Clone)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// A passphrase as it was typed or read. It is not checked: old keys may have any.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// Whether a key may be encrypted with it: at least 8 characters, at most 1024 bytes, no line
    /// breaks and no other control characters, which no prompt takes.
    ///
    /// Whoever copies the file can try passphrases without anyone noticing, on as many machines as
    /// they pay for. The length does not make a passphrase good, but below eight characters none is.
    ///
    /// # Errors
    /// [`KeystoreError::WeakPassphrase`].
    pub fn check_new(&self) -> Result<(), KeystoreError> {
        let weak = |problem: String| Err(KeystoreError::WeakPassphrase { problem });
        let characters = self.0.chars().count();
        if characters == 0 {
            return weak(
                "the passphrase is empty, expected one: without it the file is the key".into(),
            );
        }
        if characters < LEAST {
            return weak(format!(
                "the passphrase has fewer than {LEAST} characters, expected {LEAST} or more: \
                 whoever copies the file can try all short ones"
            ));
        }
        if self.0.len() > MOST {
            return weak(format!("the passphrase is longer than {MOST} bytes"));
        }
        if self.0.chars().any(char::is_control) {
            return weak(
                "the passphrase has a line break or another control character, which no prompt takes"
                    .into(),
            );
        }
        Ok(())
    }

    /// A key for a cipher of the caller's own, with data that is not a key of a chain: Argon2id with this salt
    /// and the cost of new keys. The same passphrase and salt give the same key.
    ///
    /// # Errors
    /// [`KeystoreError::Memory`] where there is not enough.
    pub fn derive(&self, salt: &[u8; 16]) -> Result<Zeroizing<[u8; 32]>, KeystoreError> {
        Cost::DEFAULT.derive(self.bytes(), salt)
    }

    /// A passphrase in memory that is overwritten already.
    pub(crate) const fn of(text: Zeroizing<String>) -> Self {
        Self(text)
    }

    /// Whether both are the same.
    pub(crate) fn is(&self, other: &Self) -> bool {
        *self.0 == *other.0
    }

    /// The bytes that are hashed.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_passphrase_is_long_enough_for_a_stolen_file() {
        let check = |text: &str| Passphrase::new(text.to_owned()).check_new();
        assert!(check("12345678").is_ok());
        assert!(check("сорок пять").is_ok());
        assert!(check(&"x".repeat(MOST)).is_ok());
        // Seven characters in fourteen bytes.
        for bad in ["", "1234567", "пароль1", "12345678\n", "1234\0 5678"] {
            let error = check(bad).unwrap_err();
            assert_eq!(error.code(), "keys.passphrase-weak");
            assert!(bad.is_empty() || !error.to_string().contains(bad));
        }
        assert!(check(&"x".repeat(MOST + 1)).is_err());
    }
}
