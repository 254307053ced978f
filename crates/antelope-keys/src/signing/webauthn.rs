//! A WebAuthn authenticator in software: for tests.

use super::curve::{self, Curve};
use super::{Signer, SigningError};
use antelope_types::{
    Checksum256, PublicKey, Signature, UserPresence, WebAuthnPublicKey, WebAuthnSignature,
};
use p256::NistP256;
use sha2::{Digest, Sha256};
use std::fmt;
use zeroize::Zeroizing;

/// Authenticator flag: the user was present.
const PRESENT: u8 = 1;
/// Authenticator flag: the user has proved who they are.
const VERIFIED: u8 = 4;
/// Bytes of authenticator data: hash of the relying party, flags, counter.
const AUTH_DATA: usize = 32 + 1 + 4;

/// A WebAuthn key whose secret is in this process.
#[derive(Clone)]
pub struct WebAuthnKey {
    secret: Zeroizing<[u8; 32]>,
    public: WebAuthnPublicKey,
}

impl WebAuthnKey {
    /// A new key for the site `rpid`, e.g. `coop.example`.
    ///
    /// # Errors
    /// [`SigningError::RelyingParty`] when that is no host name, [`SigningError::Random`].
    pub fn generate(rpid: &str, user_presence: UserPresence) -> Result<Self, SigningError> {
        Self::new(*curve::generate::<NistP256>()?, rpid, user_presence)
    }

    /// The key with this secret number.
    ///
    /// # Errors
    /// [`SigningError::RelyingParty`] when `rpid` is no host name, [`SigningError::Secret`].
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
        let point = NistP256::public(&secret)?;
        let public = WebAuthnPublicKey {
            point,
            user_presence,
            rpid: rpid.to_owned(),
        };
        Ok(Self { secret, public })
    }

    /// Signs what an authenticator signs: its data, and what a client says.
    pub(super) fn sign_client(
        &self,
        auth_data: &[u8],
        client_json: &str,
    ) -> Result<[u8; 65], SigningError> {
        NistP256::sign(&self.secret, &signed_digest(auth_data, client_json))
    }
}

impl Signer for WebAuthnKey {
    fn public_key(&self) -> PublicKey {
        PublicKey::WebAuthn(self.public.clone())
    }

    fn sign(&self, digest: &Checksum256) -> Result<Signature, SigningError> {
        let client_json = format!(
            r#"{{"type":"webauthn.get","challenge":"{}","origin":"https://{}","crossOrigin":false}}"#,
            antelope_types::base64::encode_url(&digest.0),
            self.public.rpid,
        );
        let mut auth_data = Vec::with_capacity(AUTH_DATA);
        auth_data.extend_from_slice(&Sha256::digest(&self.public.rpid));
        auth_data.push(match self.public.user_presence {
            UserPresence::None => 0,
            UserPresence::Present => PRESENT,
            UserPresence::Verified => PRESENT | VERIFIED,
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
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebAuthnKey")
            .field("public", &self.public)
            .finish_non_exhaustive()
    }
}

/// What an authenticator signs: its data and the hash of the client's.
fn signed_digest(auth_data: &[u8], client_json: &str) -> [u8; 32] {
    let client = Sha256::digest(client_json);
    Sha256::new()
        .chain_update(auth_data)
        .chain_update(client)
        .finalize()
        .into()
}
