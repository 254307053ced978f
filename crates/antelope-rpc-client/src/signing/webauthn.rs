//! A WebAuthn authenticator in software: for tests, and for checking what browsers signed.

use super::curve::{self, Curve};
use super::{Signer, SigningError};
use antelope_types::{
    Checksum256, PublicKey, Signature, UserPresence, WebAuthnPublicKey, WebAuthnSignature,
};
use p256::NistP256;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::fmt;
use zeroize::Zeroizing;

/// Authenticator flag: the user was present.
const PRESENT: u8 = 1;
/// Authenticator flag: the user has proved who they are.
const VERIFIED: u8 = 4;
/// Shortest authenticator data: hash of the relying party, flags, counter.
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
}

impl Signer for WebAuthnKey {
    fn public_key(&self) -> PublicKey {
        PublicKey::WebAuthn(self.public.clone())
    }

    fn sign(&self, digest: &Checksum256) -> Result<Signature, SigningError> {
        let client_json = format!(
            r#"{{"type":"webauthn.get","challenge":"{}","origin":"https://{}","crossOrigin":false}}"#,
            crate::base64::encode_url(&digest.0),
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
        let compact = NistP256::sign(&self.secret, &signed_digest(&auth_data, &client_json))?;
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

/// The key that made a WebAuthn signature of `digest`, by the rules of nodes.
pub(super) fn recover(
    digest: &Checksum256,
    signature: &WebAuthnSignature,
) -> Result<WebAuthnPublicKey, SigningError> {
    #[derive(Deserialize)]
    struct ClientData {
        #[serde(rename = "type")]
        kind: String,
        challenge: String,
        origin: String,
    }
    let fail = |problem| SigningError::Recovery { problem };
    let client: ClientData = serde_json::from_str(&signature.client_json)
        .map_err(|_| fail("client data is not JSON with type, challenge and origin"))?;
    if client.kind != "webauthn.get" {
        return Err(fail("client data's type, expected webauthn.get"));
    }
    if client.challenge.trim_end_matches('=') != crate::base64::encode_url(&digest.0) {
        return Err(fail("client data's challenge is not the digest"));
    }
    let origin = client.origin.strip_prefix("https://");
    let origin = origin.ok_or(fail("client data's origin, expected https://"))?;
    let rpid = origin.split([':', '/']).next().unwrap_or_default();
    if rpid.is_empty() {
        return Err(fail("client data's origin has no host"));
    }
    if signature.auth_data.len() < AUTH_DATA {
        return Err(fail("authenticator data, expected at least 37 bytes"));
    }
    if signature.auth_data[..32] != Sha256::digest(rpid)[..] {
        return Err(fail("authenticator data is of another relying party"));
    }
    let flags = signature.auth_data[32];
    let user_presence = match flags {
        _ if flags & VERIFIED != 0 => UserPresence::Verified,
        _ if flags & PRESENT != 0 => UserPresence::Present,
        _ => UserPresence::None,
    };
    let signed = signed_digest(&signature.auth_data, &signature.client_json);
    let point = NistP256::recover(&signature.compact, &signed)?;
    Ok(WebAuthnPublicKey {
        point,
        user_presence,
        rpid: rpid.to_owned(),
    })
}
