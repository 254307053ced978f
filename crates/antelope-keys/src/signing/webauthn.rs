//! A WebAuthn authenticator in software, for tests and for services that stand in for a browser.
//!
//! An authenticator does not sign the digest itself. The digest goes into *client data*, a JSON
//! text with the origin of the page, as its challenge; what is signed is `SHA-256(authenticator
//! data ++ SHA-256(client data))`. Both are part of the signature on chain, so that nodes can check
//! them.
//!
//! The authenticator data are 37 bytes: the SHA-256 of the relying party's name, a byte of flags,
//! and a counter of 4 bytes, which stays 0 here.

use super::curve::{self, Curve};
use super::{Signer, SigningError};
use crate::curves::R1;
use antelope_types::{
    Checksum256, PublicKey, Signature, UserPresence, WebAuthnPublicKey, WebAuthnSignature,
};
use sha2::{Digest, Sha256};
use std::fmt;
use zeroize::Zeroizing;

/// The flag that the user was present.
const PRESENT: u8 = 1;
/// The flag that the user was verified, for example by a fingerprint.
const VERIFIED: u8 = 4;
/// The length of authenticator data: hash of the relying party, flags, counter.
const AUTH_DATA: usize = 32 + 1 + 4;

/// A WebAuthn key whose secret is in this process.
///
/// ```
/// use antelope_keys::{Signer, WebAuthnKey, signing};
/// use antelope_types::{Checksum256, UserPresence};
///
/// # fn main() -> Result<(), signing::SigningError> {
/// let key = WebAuthnKey::generate("coop.example", UserPresence::VERIFIED)?;
/// let digest = Checksum256::sha256(b"what is signed");
/// let signature = key.sign(&digest)?;
/// assert_eq!(signing::recover(&digest, &signature)?, key.public_key());
/// assert!(key.public_key().to_string().starts_with("PUB_WA_"));
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct WebAuthnKey {
    /// The secret number, overwritten in memory when the key is dropped.
    secret: Zeroizing<[u8; 32]>,
    /// The public key: a point of R1, the required presence, and the relying party.
    public: WebAuthnPublicKey,
}

impl WebAuthnKey {
    /// A new key for the relying party `rpid`, the host name of a site such as `coop.example`.
    ///
    /// # Errors
    /// [`SigningError::RelyingParty`] if `rpid` is not a host name, and [`SigningError::Random`].
    pub fn generate(rpid: &str, user_presence: UserPresence) -> Result<Self, SigningError> {
        Self::new(*curve::generate::<R1>()?, rpid, user_presence)
    }

    /// The key with this secret number.
    ///
    /// # Errors
    /// [`SigningError::RelyingParty`] if `rpid` is not a host name, and [`SigningError::Secret`].
    pub fn new(
        secret: [u8; 32],
        rpid: &str,
        user_presence: UserPresence,
    ) -> Result<Self, SigningError> {
        let secret = Zeroizing::new(secret);
        let host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        if rpid.is_empty() || !rpid.chars().all(host) {
            return Err(SigningError::RelyingParty {
                rpid: rpid.to_owned(),
            });
        }
        let point = R1::public(&secret)?;
        let public = WebAuthnPublicKey {
            point,
            user_presence,
            rpid: rpid.to_owned(),
        };
        Ok(Self { secret, public })
    }

    /// Signs these authenticator and client data, whatever they say. Tests use it for damaged ones.
    pub(super) fn sign_client(
        &self,
        auth_data: &[u8],
        client_json: &str,
    ) -> Result<[u8; 65], SigningError> {
        R1::sign(&self.secret, &signed_digest(auth_data, client_json))
    }
}

impl Signer for WebAuthnKey {
    fn public_key(&self) -> PublicKey {
        PublicKey::WebAuthn(self.public.clone())
    }

    /// Makes the client and authenticator data that a browser at `https://RPID` would, and signs
    /// them.
    fn sign(&self, digest: &Checksum256) -> Result<Signature, SigningError> {
        let client_json = format!(
            r#"{{"type":"webauthn.get","challenge":"{}","origin":"https://{}","crossOrigin":false}}"#,
            antelope_types::base64::encode_url(&digest.0),
            self.public.rpid,
        );
        let mut auth_data = Vec::with_capacity(AUTH_DATA);
        auth_data.extend_from_slice(&Sha256::digest(&self.public.rpid));
        auth_data.push(match self.public.user_presence {
            UserPresence::NONE => 0,
            UserPresence::PRESENT => PRESENT,
            // No signature belongs to a key with another number than that of VERIFIED.
            _ => PRESENT | VERIFIED,
        });
        auth_data.extend_from_slice(&[0; 4]);
        let compact = self.sign_client(&auth_data, &client_json)?;
        Ok(Signature::WebAuthn(WebAuthnSignature {
            compact,
            auth_data,
            client_json,
        }))
    }
}

impl fmt::Debug for WebAuthnKey {
    /// Shows the public key only.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebAuthnKey")
            .field("public", &self.public)
            .finish_non_exhaustive()
    }
}

/// What an authenticator signs: the hash of its data and of the hash of the client data.
fn signed_digest(auth_data: &[u8], client_json: &str) -> [u8; 32] {
    let client = Sha256::digest(client_json);
    Sha256::new()
        .chain_update(auth_data)
        .chain_update(client)
        .finalize()
        .into()
}
