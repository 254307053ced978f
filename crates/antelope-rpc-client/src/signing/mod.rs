//! Keys that sign: the curves K1 and R1, and WebAuthn keys in software.

mod curve;
mod webauthn;

pub use webauthn::WebAuthnKey;

use antelope_types::{Checksum256, PrivateKey, PublicKey, Signature};
use curve::Curve;

/// Why a key cannot be made or used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SigningError {
    /// The secret is zero or not below the curve's order.
    #[error("the secret is not a scalar of the curve: expected 1 to its order - 1")]
    Secret,
    /// No key can have made the signature.
    #[error("signature does not belong to any key: {problem}")]
    Recovery {
        /// What is wrong with it.
        problem: &'static str,
    },
    /// The operating system gave no random numbers.
    #[error("no random numbers from the operating system: {problem}")]
    Random {
        /// The system's answer.
        problem: String,
    },
    /// A relying party's name cannot be used.
    #[error("relying party `{rpid}`, expected a host name")]
    RelyingParty {
        /// The name given.
        rpid: String,
    },
    /// A signer outside of this library failed, e.g. a device.
    #[error("{problem}")]
    Device {
        /// In its own words.
        problem: String,
    },
}

/// Something that holds a key and signs digests with it. Devices and key stores implement it.
pub trait Signer: Send + Sync {
    /// The key its signatures belong to.
    fn public_key(&self) -> PublicKey;

    /// Signs a digest the way chains accept it.
    ///
    /// # Errors
    /// [`SigningError`].
    fn sign(&self, digest: &Checksum256) -> Result<Signature, SigningError>;
}

/// Whoever holds a signer in a pointer holds a signer.
macro_rules! pointer_signs {
    ($($pointer:ty),*) => {$(
        impl<T: Signer + ?Sized> Signer for $pointer {
            fn public_key(&self) -> PublicKey {
                (**self).public_key()
            }

            fn sign(&self, digest: &Checksum256) -> Result<Signature, SigningError> {
                (**self).sign(digest)
            }
        }
    )*};
}

pointer_signs!(&T, Box<T>, std::sync::Arc<T>);

impl Signer for PrivateKey {
    /// # Panics
    /// When the secret is no number of the curve: keys of [`generate_k1`], [`generate_r1`] and
    /// [`check`] are.
    fn public_key(&self) -> PublicKey {
        public_key(self).expect("a checked private key")
    }

    fn sign(&self, digest: &Checksum256) -> Result<Signature, SigningError> {
        sign_digest(self, digest)
    }
}

/// A new K1 key from the operating system's random numbers.
///
/// # Errors
/// [`SigningError::Random`].
pub fn generate_k1() -> Result<PrivateKey, SigningError> {
    curve::generate::<k256::Secp256k1>().map(|secret| PrivateKey::K1(*secret))
}

/// A new R1 key from the operating system's random numbers.
///
/// # Errors
/// [`SigningError::Random`].
pub fn generate_r1() -> Result<PrivateKey, SigningError> {
    curve::generate::<p256::NistP256>().map(|secret| PrivateKey::R1(*secret))
}

/// Whether a private key, read from text, is a number of its curve.
///
/// # Errors
/// [`SigningError::Secret`].
pub fn check(key: &PrivateKey) -> Result<(), SigningError> {
    public_key(key).map(drop)
}

/// The public key of a private key.
///
/// # Errors
/// [`SigningError::Secret`].
pub fn public_key(key: &PrivateKey) -> Result<PublicKey, SigningError> {
    match key {
        PrivateKey::K1(secret) => k256::Secp256k1::public(secret).map(PublicKey::K1),
        PrivateKey::R1(secret) => p256::NistP256::public(secret).map(PublicKey::R1),
    }
}

/// Signs a digest: deterministic, low `s`, and canonical as nodes demand it of K1.
///
/// # Errors
/// [`SigningError::Secret`].
pub fn sign_digest(key: &PrivateKey, digest: &Checksum256) -> Result<Signature, SigningError> {
    match key {
        PrivateKey::K1(secret) => k256::Secp256k1::sign(secret, &digest.0).map(Signature::K1),
        PrivateKey::R1(secret) => p256::NistP256::sign(secret, &digest.0).map(Signature::R1),
    }
}

/// The public key a signature of this digest belongs to, as the chain's `recover_key`.
///
/// # Errors
/// [`SigningError::Recovery`].
pub fn recover(digest: &Checksum256, signature: &Signature) -> Result<PublicKey, SigningError> {
    match signature {
        Signature::K1(compact) => k256::Secp256k1::recover(compact, &digest.0).map(PublicKey::K1),
        Signature::R1(compact) => p256::NistP256::recover(compact, &digest.0).map(PublicKey::R1),
        Signature::WebAuthn(signature) => {
            webauthn::recover(digest, signature).map(PublicKey::WebAuthn)
        }
        _ => Err(SigningError::Recovery {
            problem: "unknown kind of signature",
        }),
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
