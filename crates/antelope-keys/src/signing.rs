//! Keys that sign: private keys of the curves K1 and R1, WebAuthn keys in software, and whatever
//! implements [`Signer`].
//!
//! Private keys are read from and written as text by `antelope-types`, which does not know the
//! curves. [`check`] a key that comes from outside before you use it.

pub(crate) mod curve;
mod webauthn;

pub use webauthn::WebAuthnKey;

use crate::curves::{K1, R1};
use crate::recovery;
use antelope_types::{Checksum256, PrivateKey, PublicKey, Signature};
use curve::Curve;

/// Why a key cannot be made or used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SigningError {
    /// The secret is zero, or not below the order of the curve.
    #[error("the secret is not a scalar of the curve, expected a number from 1 to its order - 1")]
    Secret,
    /// No key can have made the signature.
    #[error("no key can have made this signature: {problem}")]
    Recovery {
        /// What is wrong with it, in the words of a node.
        problem: String,
    },
    /// The operating system gave no random numbers.
    #[error("the operating system gave no random numbers: {problem}")]
    Random {
        /// The reason that the system gives.
        problem: String,
    },
    /// The name of a relying party is not a host name.
    #[error("`{rpid}` is not a relying party, expected a host name such as coop.example")]
    RelyingParty {
        /// The name.
        rpid: String,
    },
    /// A signer outside of this library failed, such as a device or a key store.
    #[error("{problem}")]
    Device {
        /// Its own message.
        problem: String,
    },
}

/// Something that holds a key and signs digests with it. Devices and key stores implement it, so
/// that clients need not see the secret.
///
/// ```
/// use antelope_keys::{Signer, SigningError};
/// use antelope_types::{Checksum256, PrivateKey, PublicKey, Signature};
///
/// /// Asks before each signature.
/// struct Confirmed(PrivateKey, fn(&Checksum256) -> bool);
///
/// impl Signer for Confirmed {
///     fn public_key(&self) -> PublicKey {
///         self.0.public_key()
///     }
///
///     fn sign(&self, digest: &Checksum256) -> Result<Signature, SigningError> {
///         if !(self.1)(digest) {
///             return Err(SigningError::Device { problem: "the user refused to sign".to_owned() });
///         }
///         self.0.sign(digest)
///     }
/// }
///
/// let key = antelope_keys::signing::generate_r1()?;
/// let refused = Confirmed(key, |_| false).sign(&Checksum256::ZERO);
/// assert_eq!(refused.unwrap_err().to_string(), "the user refused to sign");
/// # Ok::<(), SigningError>(())
/// ```
pub trait Signer: Send + Sync {
    /// The public key of the signatures that it makes.
    fn public_key(&self) -> PublicKey;

    /// Signs a digest in the form that chains accept: canonical for K1, with a low `s` for R1.
    ///
    /// # Errors
    /// [`SigningError::Device`] if a device or key store refuses, [`SigningError::Secret`] for a
    /// private key that is not one of its curve.
    fn sign(&self, digest: &Checksum256) -> Result<Signature, SigningError>;
}

/// Implements [`Signer`] for pointers to signers.
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
    /// If the secret is not a number of the curve. Keys from [`generate_k1`] and [`generate_r1`] are,
    /// and keys that passed [`check`].
    fn public_key(&self) -> PublicKey {
        public_key(self)
            .expect("a private key from outside is checked with `signing::check` before it is used")
    }

    fn sign(&self, digest: &Checksum256) -> Result<Signature, SigningError> {
        sign_digest(self, digest)
    }
}

/// A new K1 key, from the random numbers of the operating system.
///
/// # Errors
/// [`SigningError::Random`].
pub fn generate_k1() -> Result<PrivateKey, SigningError> {
    curve::generate::<K1>().map(|secret| PrivateKey::K1(*secret))
}

/// A new R1 key, from the random numbers of the operating system.
///
/// # Errors
/// [`SigningError::Random`].
pub fn generate_r1() -> Result<PrivateKey, SigningError> {
    curve::generate::<R1>().map(|secret| PrivateKey::R1(*secret))
}

/// Checks that a private key, for example one read from text, is a number of its curve.
///
/// # Errors
/// [`SigningError::Secret`] if it is 0 or not below the order of the curve.
pub fn check(key: &PrivateKey) -> Result<(), SigningError> {
    public_key(key).map(drop)
}

/// The public key of a private key.
///
/// # Errors
/// [`SigningError::Secret`] if the private key is not a number of its curve.
pub fn public_key(key: &PrivateKey) -> Result<PublicKey, SigningError> {
    match key {
        PrivateKey::K1(secret) => public_k1(secret),
        PrivateKey::R1(secret) => R1::public(secret).map(PublicKey::R1),
    }
}

/// Signs a digest. The same key and digest always give the same signature (RFC 6979), with a low
/// `s`, and in the canonical form that nodes require of K1.
///
/// # Errors
/// [`SigningError::Secret`] if the private key is not a number of its curve.
pub fn sign_digest(key: &PrivateKey, digest: &Checksum256) -> Result<Signature, SigningError> {
    match key {
        PrivateKey::K1(secret) => sign_k1(secret, digest),
        PrivateKey::R1(secret) => R1::sign(secret, &digest.0).map(Signature::R1),
    }
}

/// The public key of a secret number of K1, for programs that have no other keys and are not to contain
/// the code for them.
///
/// # Errors
/// [`SigningError::Secret`] if it is not a number of the curve.
pub fn public_k1(secret: &[u8; 32]) -> Result<PublicKey, SigningError> {
    K1::public(secret).map(PublicKey::K1)
}

/// Signs a digest with a secret number of K1, as [`sign_digest`] does.
///
/// # Errors
/// [`SigningError::Secret`] if it is not a number of the curve.
pub fn sign_k1(secret: &[u8; 32], digest: &Checksum256) -> Result<Signature, SigningError> {
    K1::sign(secret, &digest.0).map(Signature::K1)
}

/// The public key that a signature of this digest belongs to, by the rules of a node: what the host
/// function `recover_key` refuses is refused here.
///
/// Any other digest gives another key, so this alone proves nothing: compare the key with the
/// expected one.
///
/// # Errors
/// [`SigningError::Recovery`] if no key can have made the signature.
pub fn recover(digest: &Checksum256, signature: &Signature) -> Result<PublicKey, SigningError> {
    recovery::key_of(digest, signature).map_err(|refused| SigningError::Recovery {
        problem: refused.message.to_owned(),
    })
}

/// As [`recover`], for callers that need no reason: `None` if no key can have made the signature.
pub fn key_of(digest: &Checksum256, signature: &Signature) -> Option<PublicKey> {
    recovery::key_of(digest, signature).ok()
}

/// The compressed point of R1 with these coordinates, in which authenticators write their keys; `None`
/// if the curve has no such point.
///
/// ```
/// assert_eq!(antelope_keys::signing::r1_point(&[1; 32], &[1; 32]), None);
/// ```
pub fn r1_point(x: &[u8; 32], y: &[u8; 32]) -> Option<[u8; 33]> {
    curve::point::<R1>(x, y)
}

#[cfg(test)]
mod tests;
