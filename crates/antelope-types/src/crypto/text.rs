//! Text forms of keys and signatures: base58 with a checksum.
//!
//! | text | base58 of | checksum: the first four bytes of |
//! |---|---|---|
//! | `EOS…` | 33 bytes | RIPEMD-160 of the bytes |
//! | `PUB_K1_…`, `SIG_R1_…` and the like | the bytes | RIPEMD-160 of the bytes and the kind, such as `K1` |
//! | `5…`, `K…`, `L…` | 0x80 and 32 bytes, and 1 for `K…` and `L…` | SHA-256 of the SHA-256 of the bytes |

use super::base58;
use crate::error::error_text;
use alloc::string::String;
use alloc::vec::Vec;
use ripemd::Ripemd160;
use sha2::{Digest, Sha256};

/// Why text is not a key or a signature.
///
/// ```
/// use antelope_types::{KeyError, PublicKey};
/// let mistyped = "EOS6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeABhJRim";
/// assert_eq!(mistyped.parse::<PublicKey>(), Err(KeyError::Checksum));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyError {
    /// The text begins with none of the known prefixes.
    /// A wallet import format whose version byte is not 0x80 is one of these, too.
    UnknownPrefix,
    /// There is a character outside the base58 alphabet, or far too much text.
    BadBase58,
    /// Another number of bytes than expected.
    Length {
        /// How many bytes were expected, the checksum included.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// The checksum does not belong to the bytes: something was mistyped.
    Checksum,
    /// The bytes behind a correct checksum are no key or signature of the kind.
    /// It arises for WebAuthn, whose bytes have a structure of their own.
    Malformed,
}

impl KeyError {
    /// What was wrong.
    pub const fn text(self) -> &'static str {
        match self {
            Self::UnknownPrefix => "unknown prefix of a key or signature",
            Self::BadBase58 => "not base58",
            Self::Length { .. } => "wrong length of a key or signature",
            Self::Checksum => "checksum does not match, the text was mistyped",
            Self::Malformed => "malformed key or signature",
        }
    }
}

error_text!(KeyError);

/// The longest text that is looked at, in characters, the prefix not counted.
///
/// The longest that a transaction carries is a WebAuthn signature with 16 384 bytes of data, to
/// which nodes limit it (`maximum-variable-signature-length`): with the point, two lengths and the
/// checksum these are 16 459 bytes, and base58 has 138 characters for 100 bytes at most. A node has
/// no limit of its own here; reading time grows with the square of the length.
const MAX_TEXT: usize = (65 + 2 * 3 + 16_384 + CHECKSUM).div_ceil(100) * 138;
/// The bytes of a checksum.
const CHECKSUM: usize = 4;

/// `prefix` and the base58 of `bytes`, with the checksum of the kind named by `suffix`.
pub(super) fn encode(prefix: &str, suffix: &str, bytes: &[u8]) -> String {
    let mut data = bytes.to_vec();
    data.extend_from_slice(&ripemd(bytes, suffix));
    // Programs for browsers write keys without `core::fmt`, which is larger than they are.
    let mut text = String::from(prefix);
    text.push_str(&base58::encode(&data));
    text
}

/// The bytes behind the base58 of `text`, whose checksum was made with `suffix`.
pub(super) fn decode(text: &str, suffix: &str) -> Result<Vec<u8>, KeyError> {
    let (bytes, found) = split(text)?;
    if ripemd(&bytes, suffix) != found {
        return Err(KeyError::Checksum);
    }
    Ok(bytes)
}

/// As [`decode`], for `N` bytes.
pub(super) fn decode_array<const N: usize>(text: &str, suffix: &str) -> Result<[u8; N], KeyError> {
    let bytes = decode(text, suffix)?;
    <[u8; N]>::try_from(bytes.as_slice()).map_err(|_| KeyError::Length {
        expected: N + CHECKSUM,
        found: bytes.len() + CHECKSUM,
    })
}

/// The wallet import format: a version byte and a checksum of double SHA-256.
pub(super) fn encode_wif(secret: &[u8; 32]) -> String {
    let mut data = [0; 37];
    data[0] = WIF_VERSION;
    data[1..33].copy_from_slice(secret);
    let checksum = double_sha256(&data[..33]);
    data[33..].copy_from_slice(&checksum);
    base58::encode(&data)
}

/// The secret number behind the wallet import format.
pub(super) fn decode_wif(text: &str) -> Result<[u8; 32], KeyError> {
    let (bytes, found) = split(text)?;
    if double_sha256(&bytes) != found {
        return Err(KeyError::Checksum);
    }
    match bytes.split_first() {
        // A one at the end marks that the public key is compressed, which it always is here.
        Some((&WIF_VERSION, [secret @ .., 1])) if secret.len() == 32 => {
            secret.try_into().map_err(|_| KeyError::Malformed)
        }
        Some((&WIF_VERSION, secret)) => secret.try_into().map_err(|_| KeyError::Length {
            expected: 37,
            found: bytes.len() + CHECKSUM,
        }),
        _ => Err(KeyError::UnknownPrefix),
    }
}

/// The first byte of the wallet import format: that of Bitcoin's main network, which nodes kept.
const WIF_VERSION: u8 = 0x80;

/// The bytes behind base58, and the checksum in their last four.
///
/// # Errors
/// [`KeyError::BadBase58`] and, for fewer than four bytes, [`KeyError::Length`].
fn split(text: &str) -> Result<(Vec<u8>, [u8; CHECKSUM]), KeyError> {
    if text.len() > MAX_TEXT {
        return Err(KeyError::BadBase58);
    }
    let bytes = base58::decode(text).ok_or(KeyError::BadBase58)?;
    match bytes.split_last_chunk() {
        Some((bytes, checksum)) => Ok((bytes.to_vec(), *checksum)),
        None => Err(KeyError::Length {
            expected: CHECKSUM,
            found: bytes.len(),
        }),
    }
}

/// The checksum of the kinds of keys; `suffix` is empty for the legacy form.
fn ripemd(bytes: &[u8], suffix: &str) -> [u8; CHECKSUM] {
    let digest = Ripemd160::new()
        .chain_update(bytes)
        .chain_update(suffix.as_bytes())
        .finalize();
    head(&digest)
}

/// The checksum of the wallet import format.
fn double_sha256(bytes: &[u8]) -> [u8; CHECKSUM] {
    head(&Sha256::digest(Sha256::digest(bytes)))
}

/// The first four bytes of a digest.
fn head(digest: &[u8]) -> [u8; CHECKSUM] {
    core::array::from_fn(|at| digest[at])
}

/// Gives a key or signature its `Display` and `Debug` by the method that writes the text of nodes, and its
/// `FromStr` by `parse`.
macro_rules! key_text {
    ($type:ty, $write:ident) => {
        impl ::core::fmt::Display for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(&self.$write())
            }
        }

        impl ::core::fmt::Debug for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(&self.$write())
            }
        }

        impl ::core::str::FromStr for $type {
            type Err = $crate::KeyError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }
    };
}

pub(super) use key_text;
