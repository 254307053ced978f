//! Names of keys.

use crate::error::KeystoreError;
use std::fmt;
use std::str::FromStr;

/// Most characters of a name.
const MOST: usize = 64;

/// Characters of the shortest text of a private key: WIF of compressed public keys has 52, and somebody
/// may have lost some of them.
const LENGTH_OF_KEYS: usize = 40;

/// What a key is called in a keystore: 1 to 64 of the characters `a`–`z`, `0`–`9`, `.`, `-` and `_`,
/// of which the first is a letter or a digit. It is also the name of the key's file, so there are no
/// capitals, which some file systems do not tell apart, and nothing that leads out of the folder. The
/// name of every Antelope account that does not begin with a dot is one.
///
/// ```
/// use antelope_keystore::KeyName;
/// let name: KeyName = "chairman-2026".parse()?;
/// assert_eq!(name.as_str(), "chairman-2026");
/// assert!("../chairman".parse::<KeyName>().is_err());
/// # Ok::<(), antelope_keystore::KeystoreError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyName(String);

impl KeyName {
    /// A name.
    ///
    /// # Errors
    /// [`KeystoreError::Name`] where the text is not one.
    pub fn new(text: impl Into<String>) -> Result<Self, KeystoreError> {
        let text = text.into();
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let is_good = (1..=MOST).contains(&text.len())
            && text.bytes().next().is_some_and(is_plain)
            && text
                .bytes()
                .all(|byte| is_plain(byte) || b".-_".contains(&byte));
        if is_good {
            Ok(Self(text))
        } else {
            let may_be_a_key = text.len() >= LENGTH_OF_KEYS || text.starts_with("PVT_");
            let name = if may_be_a_key { "…".to_owned() } else { text };
            Err(KeystoreError::Name { name })
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for KeyName {
    type Err = KeystoreError;

    fn from_str(text: &str) -> Result<Self, KeystoreError> {
        Self::new(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_in_the_folder() {
        for good in ["a", "7", "alice", "eosio.token", "a_b-c.1", &"x".repeat(64)] {
            assert_eq!(KeyName::new(good).unwrap().to_string(), good);
        }
        let long = "x".repeat(65);
        for bad in [
            "", ".", "..", ".a", "-a", "_a", "a/b", "a\\b", "A", "ж", "a b", "a\n", "a\0", &long,
        ] {
            let error = KeyName::new(bad).unwrap_err();
            assert_eq!(error.code(), "keys.name", "{bad:?}");
        }
        // Somebody took one for the other.
        for key in [
            "5KQwrPbwdL6PhXujxW37FSSQZ1JiwsST4cqQzDeyXtP79zkvFD3",
            "PVT_K1_2bf",
        ] {
            let error = KeyName::new(key).unwrap_err();
            assert!(!format!("{error} {error:?}").contains(&key[3..]));
        }
    }
}
