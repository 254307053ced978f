//! Private keys.

#[cfg(feature = "hash")]
use super::text::{self, KeyError};
#[cfg(feature = "hash")]
use alloc::string::String;

/// A private key: a secret number of 32 bytes and its curve.
///
/// It has no `Display`, and its `Debug` shows the curve only. The memory is overwritten on drop, as
/// far as safe code can.
///
/// ```
/// use antelope_types::PrivateKey;
/// // The development key that every Antelope node knows.
/// let text = "5KQwrPbwdL6PhXujxW37FSSQZ1JiwsST4cqQzDeyXtP79zkvFD3";
/// let key: PrivateKey = text.parse()?;
/// assert_eq!(key.to_legacy_text().as_deref(), Some(text));
/// assert_eq!(key.to_text(), "PVT_K1_2bfGi9rYsXQSXXTvJbDAPhHLQUojjaNLomdm3cEJ1XTzMqUt3V");
/// # Ok::<(), antelope_types::KeyError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub enum PrivateKey {
    /// secp256k1.
    K1([u8; 32]),
    /// secp256r1.
    R1([u8; 32]),
}

impl PrivateKey {
    /// The secret number, big-endian.
    ///
    /// A copy of it is not overwritten on drop.
    pub const fn secret(&self) -> &[u8; 32] {
        match self {
            Self::K1(secret) | Self::R1(secret) => secret,
        }
    }
}

#[cfg(feature = "hash")]
impl PrivateKey {
    /// Reads any text form: the wallet import format, `5…` or, with the mark of compressed public
    /// keys, `K…` and `L…`; `PVT_K1_…`, `PVT_R1_…`.
    ///
    /// Whether the number is one that the curve allows is for those to say who sign with it.
    ///
    /// # Errors
    /// [`KeyError`].
    ///
    /// ```
    /// use antelope_types::{KeyError, PrivateKey};
    /// let text = "PVT_K1_2bfGi9rYsXQSXXTvJbDAPhHLQUojjaNLomdm3cEJ1XTzMqUt3V";
    /// assert_eq!(format!("{:?}", PrivateKey::parse(text)?), "PrivateKey::K1(…)");
    /// assert_eq!(PrivateKey::parse("alice"), Err(KeyError::UnknownPrefix));
    /// # Ok::<(), KeyError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        if let Some(base58) = text.strip_prefix("PVT_K1_") {
            text::decode_array(base58, "K1").map(Self::K1)
        } else if let Some(base58) = text.strip_prefix("PVT_R1_") {
            text::decode_array(base58, "R1").map(Self::R1)
        } else if text.starts_with(['5', 'K', 'L']) {
            text::decode_wif(text).map(Self::K1)
        } else {
            Err(KeyError::UnknownPrefix)
        }
    }

    /// The new text form: `PVT_K1_…`, `PVT_R1_…`.
    ///
    /// It is the secret itself, in a string that is not overwritten when dropped.
    pub fn to_text(&self) -> String {
        match self {
            Self::K1(secret) => text::encode("PVT_K1_", "K1", secret),
            Self::R1(secret) => text::encode("PVT_R1_", "R1", secret),
        }
    }

    /// The wallet import format, which only K1 keys have.
    ///
    /// It begins with `5`: the mark of compressed public keys is read, but never written.
    pub fn to_legacy_text(&self) -> Option<String> {
        match self {
            Self::K1(secret) => Some(text::encode_wif(secret)),
            Self::R1(_) => None,
        }
    }
}

#[cfg(feature = "hash")]
impl core::str::FromStr for PrivateKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        Self::parse(text)
    }
}

impl core::fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::K1(_) => "PrivateKey::K1(…)",
            Self::R1(_) => "PrivateKey::R1(…)",
        })
    }
}

impl Drop for PrivateKey {
    fn drop(&mut self) {
        let (Self::K1(secret) | Self::R1(secret)) = self;
        secret.fill(0);
        core::hint::black_box(secret);
    }
}
