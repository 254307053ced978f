//! The master key, which wraps the keys of people: made from a passphrase or from a signature.

use crate::error::PrivateError;
use crate::seal::SealKey;
use antelope_keys::Signer;
use antelope_keystore::Passphrase;
use antelope_types::Checksum256;
use std::fmt;
use zeroize::Zeroizing;

/// What the master key is made from.
///
/// | from | how |
/// |---|---|
/// | a passphrase, or a file that holds one | Argon2id with the salt of the key ring; a file may hold 64 random digits |
/// | a signature | SHA-256 over the signature of the salt, by a key of a chain that an agent holds unlocked |
///
/// A signature serves because the same key gives the same signature of the same digest (RFC 6979), and nobody
/// without the key can tell it. The digest belongs to the key ring alone, so no transaction is ever signed by it.
pub enum MasterSecret {
    /// A passphrase.
    Passphrase(Passphrase),
    /// A key that signs.
    Signer(Box<dyn Signer>),
    /// The master key itself, 32 random bytes.
    Key(Zeroizing<[u8; 32]>),
}

impl MasterSecret {
    /// How a key ring writes down what its master key is made from.
    pub(crate) fn kind(&self) -> u8 {
        match self {
            Self::Key(_) => 0,
            Self::Passphrase(_) => 1,
            Self::Signer(_) => 2,
        }
    }

    /// The master key for a key ring with this salt.
    ///
    /// # Errors
    /// [`PrivateError::Keystore`] where there is not enough memory, [`PrivateError::Signing`].
    pub(crate) fn key(&self, salt: &[u8; 16]) -> Result<SealKey, PrivateError> {
        match self {
            Self::Key(key) => Ok(key.clone()),
            Self::Passphrase(passphrase) => Ok(passphrase.derive(salt)?),
            Self::Signer(signer) => of_signature(&**signer, salt),
        }
    }
}

/// A line of 64 random hexadecimal digits, for a file that holds a passphrase.
///
/// # Errors
/// [`PrivateError::Random`].
pub fn random_digits() -> Result<Zeroizing<String>, PrivateError> {
    let bytes = crate::seal::new_key()?;
    Ok(Zeroizing::new(crate::seal::hex(&*bytes) + "\n"))
}

/// The key from a signature, which must be the same each time.
fn of_signature(signer: &dyn Signer, salt: &[u8; 16]) -> Result<SealKey, PrivateError> {
    let failed = |problem: String| PrivateError::Signing(problem);
    let digest = Checksum256::sha256(&[b"coop-private master key ", &salt[..]].concat());
    let sign = || signer.sign(&digest).map_err(|it| failed(it.to_string()));
    let text = Zeroizing::new(sign()?.to_string());
    if *text != sign()?.to_string() {
        let problem =
            "the key signs the same digest differently each time, expected a K1 or R1 key";
        return Err(failed(problem.to_owned()));
    }
    Ok(Zeroizing::new(Checksum256::sha256(text.as_bytes()).0))
}

impl fmt::Debug for MasterSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterSecret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_keys::signing::generate_k1;

    #[test]
    fn the_same_secret_gives_the_same_key_for_the_same_ring() {
        let secret = generate_k1().unwrap();
        let signer = || MasterSecret::Signer(Box::new(secret.clone()));
        let passphrase = || MasterSecret::Passphrase(Passphrase::new("horse battery".to_owned()));
        for secret in [&signer as &dyn Fn() -> MasterSecret, &passphrase] {
            let key = secret().key(&[1; 16]).unwrap();
            assert_eq!(key, secret().key(&[1; 16]).unwrap());
            assert_ne!(key, secret().key(&[2; 16]).unwrap());
        }
        assert_eq!(format!("{:?}", passphrase()), "MasterSecret(…)");
    }
}
