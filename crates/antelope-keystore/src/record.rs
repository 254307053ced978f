//! The file of a key: JSON of one form, and the encryption of the secret in it.
//!
//! | field | |
//! |---|---|
//! | `version` | 1 |
//! | `name` | of the key; the file is `NAME.json` |
//! | `public_key` | `PUB_K1_…` or `PUB_R1_…`, in clear |
//! | `created` | when the key was added, UTC |
//! | `kdf` | `algorithm`, `memory_kib`, `passes`, `lanes`, `salt` |
//! | `cipher` | `algorithm`, `nonce`, `ciphertext` |
//!
//! The ciphertext is the secret number, 32 bytes, and the tag, 16 bytes. Everything else in the file is
//! its associated data, so that no part can be changed or exchanged for that of another file.

use crate::cost::Cost;
use crate::error::KeystoreError;
use crate::name::KeyName;
use crate::passphrase::Passphrase;
use crate::stack::leaving_nothing;
use crate::unlocked::UnlockedKey;
use antelope_keys::signing;
use antelope_types::json::bytes;
use antelope_types::{PrivateKey, PublicKey, TimePointSec};
use chacha20poly1305::aead::AeadInOut;
use chacha20poly1305::{KeyInit, Tag, XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use std::path::Path;
use zeroize::Zeroizing;

/// The version of the format that this library writes.
const VERSION: u64 = 1;
/// Argon2id, of whose versions 0x13 is meant.
const KDF: &str = "argon2id";
/// The cipher.
const CIPHER: &str = "xchacha20-poly1305";
/// Bytes of the secret, and then of the tag.
const SECRET: usize = 32;
const TAG: usize = 16;

/// A key as its file has it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Record {
    version: u64,
    name: String,
    public_key: String,
    created: String,
    kdf: Kdf,
    cipher: Cipher,
}

/// How the passphrase becomes the key of the cipher.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kdf {
    algorithm: String,
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    salt: String,
}

/// The encrypted secret.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cipher {
    algorithm: String,
    nonce: String,
    ciphertext: String,
}

/// What of a file can be read without the passphrase, checked.
#[derive(Debug)]
pub(crate) struct Clear {
    pub(crate) public: PublicKey,
    pub(crate) created: TimePointSec,
    cost: Cost,
    salt: [u8; 16],
    nonce: [u8; 24],
    sealed: [u8; SECRET + TAG],
}

impl Record {
    /// Encrypts a key with a fresh salt and nonce.
    ///
    /// # Errors
    /// [`KeystoreError::Random`], [`KeystoreError::Memory`], [`KeystoreError::Signing`] for a secret that
    /// is not of its curve.
    pub(crate) fn seal(
        name: &KeyName,
        key: &PrivateKey,
        created: TimePointSec,
        passphrase: &Passphrase,
        cost: Cost,
    ) -> Result<Self, KeystoreError> {
        let public = signing::public_key(key)?;
        let salt: [u8; 16] = random()?;
        let nonce: [u8; 24] = random()?;
        let mut record = Self {
            version: VERSION,
            name: name.as_str().to_owned(),
            public_key: public.to_text(),
            created: created.to_string(),
            kdf: Kdf {
                algorithm: KDF.to_owned(),
                memory_kib: cost.memory_kib,
                passes: cost.passes,
                lanes: cost.lanes,
                salt: bytes::text(&salt),
            },
            cipher: Cipher {
                algorithm: CIPHER.to_owned(),
                nonce: bytes::text(&nonce),
                ciphertext: String::new(),
            },
        };
        let sealed = leaving_nothing(|| {
            let cipher_key = cost.derive(passphrase.bytes(), &salt)?;
            record.encrypt(key, &cipher_key, nonce)
        });
        record.cipher.ciphertext = sealed?;
        Ok(record)
    }

    /// The ciphertext and its tag, in hexadecimal.
    fn encrypt(
        &self,
        key: &PrivateKey,
        cipher_key: &[u8; 32],
        nonce: [u8; 24],
    ) -> Result<String, KeystoreError> {
        let mut secret = Zeroizing::new(*key.secret());
        let cipher = XChaCha20Poly1305::new(cipher_key.into());
        let data = self.associated_data();
        let tag = cipher.encrypt_inout_detached(
            &XNonce::from(nonce),
            data.as_bytes(),
            secret.as_mut_slice().into(),
        );
        // The cipher refuses only what is longer than 256 GiB.
        let tag = tag.map_err(|_| KeystoreError::Memory { mib: 0 })?;
        Ok(bytes::text(secret.as_slice()) + &bytes::text(&tag))
    }

    /// Reads the bytes of a file. Only the form in which this library writes is taken, byte for byte.
    ///
    /// # Errors
    /// [`KeystoreError::Version`], [`KeystoreError::Damaged`].
    pub(crate) fn read(bytes: &[u8], path: &Path) -> Result<Self, KeystoreError> {
        #[derive(Deserialize)]
        struct OfAnyVersion {
            version: u64,
        }
        let damaged = |problem: String| KeystoreError::Damaged {
            path: path.to_owned(),
            problem,
        };
        if let Ok(OfAnyVersion { version }) = serde_json::from_slice(bytes)
            && version != VERSION
        {
            return Err(KeystoreError::Version {
                path: path.to_owned(),
                version,
            });
        }
        let record: Self = serde_json::from_slice(bytes).map_err(|e| damaged(e.to_string()))?;
        if record.to_bytes() != bytes {
            return Err(damaged(
                "it was edited, expected the form in which it was written".into(),
            ));
        }
        Ok(record)
    }

    /// The bytes of the file.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        // A struct of texts and numbers is always JSON.
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// The clear part, checked as far as it can be without the passphrase.
    ///
    /// # Errors
    /// [`KeystoreError::Damaged`] where the file is another key's, or a field is not what it should be;
    /// [`KeystoreError::Bounds`].
    pub(crate) fn clear(&self, name: &KeyName, path: &Path) -> Result<Clear, KeystoreError> {
        let damaged = |problem: &str| KeystoreError::Damaged {
            path: path.to_owned(),
            problem: problem.to_owned(),
        };
        if self.name != name.as_str() {
            return Err(damaged(
                "it is the file of another key, expected the name of the file",
            ));
        }
        if self.kdf.algorithm != KDF || self.cipher.algorithm != CIPHER {
            return Err(damaged(
                "unknown algorithm, expected argon2id and xchacha20-poly1305",
            ));
        }
        let public = PublicKey::parse(&self.public_key)
            .ok()
            .filter(|key| matches!(key, PublicKey::K1(_) | PublicKey::R1(_)))
            .filter(|key| key.to_text() == self.public_key);
        let created = self.created.parse::<TimePointSec>();
        let cost = Cost {
            memory_kib: self.kdf.memory_kib,
            passes: self.kdf.passes,
            lanes: self.kdf.lanes,
        };
        cost.check(path)?;
        Ok(Clear {
            public: public.ok_or_else(|| damaged("`public_key` is not PUB_K1_… or PUB_R1_…"))?,
            created: created.map_err(|_| damaged("`created` is not a moment"))?,
            cost,
            salt: of_hex(&self.kdf.salt).ok_or_else(|| damaged("`salt` is not 16 bytes"))?,
            nonce: of_hex(&self.cipher.nonce).ok_or_else(|| damaged("`nonce` is not 24 bytes"))?,
            sealed: of_hex(&self.cipher.ciphertext)
                .ok_or_else(|| damaged("`ciphertext` is not 48 bytes"))?,
        })
    }

    /// Decrypts the key.
    ///
    /// # Errors
    /// As [`clear`](Self::clear); [`KeystoreError::WrongPassphrase`], also where anything was changed;
    /// [`KeystoreError::Memory`].
    pub(crate) fn unseal(
        &self,
        name: &KeyName,
        path: &Path,
        passphrase: &Passphrase,
    ) -> Result<UnlockedKey, KeystoreError> {
        let clear = self.clear(name, path)?;
        leaving_nothing(|| self.decrypt(&clear, name, passphrase))
    }

    /// The part of [`unseal`](Self::unseal) that computes with secrets.
    fn decrypt(
        &self,
        clear: &Clear,
        name: &KeyName,
        passphrase: &Passphrase,
    ) -> Result<UnlockedKey, KeystoreError> {
        let wrong = || KeystoreError::WrongPassphrase {
            name: name.as_str().to_owned(),
        };
        let key = clear.cost.derive(passphrase.bytes(), &clear.salt)?;
        let cipher = XChaCha20Poly1305::new((&*key).into());
        let mut secret = Zeroizing::new([0; SECRET]);
        let (ciphertext, tag) = clear.sealed.split_at(SECRET);
        secret.copy_from_slice(ciphertext);
        let tag = Tag::try_from(tag).map_err(|_| wrong())?;
        let data = self.associated_data();
        cipher
            .decrypt_inout_detached(
                &XNonce::from(clear.nonce),
                data.as_bytes(),
                secret.as_mut_slice().into(),
                &tag,
            )
            .map_err(|_| wrong())?;
        UnlockedKey::new(&clear.public, &secret).ok_or_else(wrong)
    }

    /// All that is in clear, one line each; the texts have no line breaks once they are checked. The
    /// nonce has its own way into the cipher.
    fn associated_data(&self) -> String {
        let Self {
            version,
            name,
            public_key,
            created,
            kdf,
            cipher,
        } = self;
        format!(
            "antelope-keystore {version}\n{name}\n{public_key}\n{created}\n{} {} {} {} {}\n{}\n",
            kdf.algorithm, kdf.memory_kib, kdf.passes, kdf.lanes, kdf.salt, cipher.algorithm
        )
    }
}

/// Bytes that nobody can guess.
pub(crate) fn random<const LENGTH: usize>() -> Result<[u8; LENGTH], KeystoreError> {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes).map_err(|error| KeystoreError::Random {
        problem: error.to_string(),
    })?;
    Ok(bytes)
}

/// Exactly so many bytes, of lower-case digits.
fn of_hex<const LENGTH: usize>(text: &str) -> Option<[u8; LENGTH]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let mut bytes = [0; LENGTH];
    let pairs = text.as_bytes().chunks(2);
    if text.len() != 2 * LENGTH {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(pairs) {
        *byte = digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests;
