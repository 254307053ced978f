//! The answers of authenticators.
//!
//! Nodes demand that the key's relying party is the exact host of the page, that the page came over
//! https, and that the digest is the challenge. Keys here demand besides that the user was verified.

use super::cbor::Cbor;
use super::der;
use crate::failure::{Cause, Failure};
use crate::value::{Value, bytes, get};
use alloc::string::String;
use alloc::vec::Vec;
use antelope_keys::signing;
use antelope_types::{
    Checksum256, PublicKey, Signature, UserPresence, WebAuthnPublicKey, WebAuthnSignature, base64,
};
use wasm_bindgen::prelude::*;

/// The most bytes of anything that an authenticator answers: nodes refuse signatures that carry more
/// (`maximum-variable-signature-length`).
const MAX_ANSWER: u32 = 16_384;
/// The least authenticator data: 32 bytes of hash, a byte of flags, 4 of a counter.
const AUTH_DATA: usize = 37;
/// The flag that the user was verified.
const VERIFIED: u8 = 4;
/// The flag that the data of a new key follow.
const ATTESTED: u8 = 0x40;
/// Names of COSE (RFC 9052, 9053): the fields of a key, and what they must be.
mod cose {
    pub(super) const KIND: i64 = 1;
    pub(super) const ALGORITHM: i64 = 3;
    pub(super) const CURVE: i64 = -1;
    pub(super) const X: i64 = -2;
    pub(super) const Y: i64 = -3;
    /// A point of an elliptic curve.
    pub(super) const EC2: i64 = 2;
    /// ECDSA with SHA-256.
    pub(super) const ES256: i64 = -7;
    pub(super) const P256: i64 = 1;
}

/// The key of the chain, `PUB_WA_…`, from an authenticator's answer to `navigator.credentials.create`.
///
/// `registration` is the `response` of the credential, and `rpid` the host of the page. The key demands
/// that its user is verified each time. Fails with `algorithm` unless the authenticator made an ES256
/// key, with `relying_party` for another site or a parent domain, with `unverified` where the user was
/// not verified, and with `challenge` if it answered another request.
#[wasm_bindgen(js_name = passkeyKey)]
pub fn passkey_key(
    #[wasm_bindgen(unchecked_param_type = "Registration")] registration: &JsValue,
    rpid: &str,
    #[wasm_bindgen(unchecked_param_type = "string | Uint8Array")] challenge: &JsValue,
) -> Result<String, JsValue> {
    let attestation = part(registration, "attestationObject")?;
    let client = part(registration, "clientDataJSON")?;
    let challenge = bytes(challenge, 1024).map_err(|it| it.within("challenge"))?;
    let client = String::from_utf8(client).map_err(|_| Failure::from(Cause::Authenticator))?;
    check_client(&client, "webauthn.create", &challenge, rpid)?;
    Ok(key_of(&attestation, rpid)?.to_text())
}

/// The signature of the chain, `SIG_WA_…`, from an authenticator's answer to `navigator.credentials.get`.
///
/// `assertion` is the `response` of the credential, whose challenge was the digest. The recovery id,
/// which authenticators do not tell, is found by trying. Fails as [`passkey_key`] does, and with
/// `signature` if another key has signed.
#[wasm_bindgen(js_name = passkeySignature)]
pub fn passkey_signature(
    #[wasm_bindgen(js_name = publicKey)] public_key: &str,
    digest: &str,
    #[wasm_bindgen(unchecked_param_type = "Assertion")] assertion: &JsValue,
) -> Result<String, JsValue> {
    let key = PublicKey::read(&public_key.into()).map_err(|it| it.within("publicKey"))?;
    let PublicKey::WebAuthn(key) = key else {
        return Err(Failure::at(Cause::Value, "publicKey").into());
    };
    let digest = Checksum256::read(&digest.into()).map_err(|it| it.within("digest"))?;
    let auth_data = part(assertion, "authenticatorData")?;
    let client = part(assertion, "clientDataJSON")?;
    let der = part(assertion, "signature")?;
    let client_json = String::from_utf8(client).map_err(|_| Failure::from(Cause::Authenticator))?;
    let signature = signature_of(&key, &digest, auth_data, client_json, &der)?;
    Ok(Signature::WebAuthn(signature).to_text())
}

/// Some bytes of an answer.
fn part(answer: &JsValue, name: &str) -> Result<Vec<u8>, Failure> {
    bytes(&get(answer, name)?, MAX_ANSWER).map_err(|failure| failure.within(name))
}

/// What client data says of itself: that it answers this request, on a page of this host.
fn check_client(text: &str, kind: &str, challenge: &[u8], rpid: &str) -> Result<(), Failure> {
    let object = js_sys::JSON::parse(text).map_err(|_| Cause::Authenticator)?;
    let says = |name: &str| {
        let value = get(&object, name).ok();
        value.and_then(|it| it.as_string()).unwrap_or_default()
    };
    if says("type") != kind || says("challenge") != base64::encode_url(challenge) {
        return Err(Cause::Challenge.into());
    }
    match host(&says("origin")) {
        Some(host) if host == rpid => Ok(()),
        _ => Err(Cause::RelyingParty.into()),
    }
}

/// The host of an https origin, without its port, as nodes read it.
fn host(origin: &str) -> Option<&str> {
    let rest = origin.strip_prefix("https://")?;
    Some(rest.rsplit_once(':').map_or(rest, |(host, _)| host))
}

/// The key in an attestation object, whose statement is not looked at: who made the device is nobody's
/// concern here.
fn key_of(attestation: &[u8], rpid: &str) -> Result<PublicKey, Failure> {
    let mut input = Cbor::new(attestation);
    let mut auth_data = None;
    for _ in 0..input.map().ok_or(Cause::Authenticator)? {
        if input.text().ok_or(Cause::Authenticator)? == b"authData" {
            auth_data = Some(input.bytes().ok_or(Cause::Authenticator)?);
        } else {
            input.skip().ok_or(Cause::Authenticator)?;
        }
    }
    let auth_data = auth_data.ok_or(Cause::Authenticator)?;
    if auth_data.len() < AUTH_DATA || auth_data[32] & ATTESTED == 0 {
        return Err(Cause::Authenticator.into());
    }
    if auth_data[..32] != Checksum256::sha256(rpid.as_bytes()).0 || rpid.is_empty() {
        return Err(Cause::RelyingParty.into());
    }
    // Of the model 16 bytes, of the credential's id its length in two, and the id.
    let rest = auth_data
        .get(AUTH_DATA + 16..)
        .ok_or(Cause::Authenticator)?;
    let (length, rest) = rest.split_first_chunk().ok_or(Cause::Authenticator)?;
    let length = usize::from(u16::from_be_bytes(*length));
    let point = point_of(rest.get(length..).ok_or(Cause::Authenticator)?)?;
    if auth_data[32] & VERIFIED == 0 {
        return Err(Cause::Unverified.into());
    }
    Ok(PublicKey::WebAuthn(WebAuthnPublicKey {
        point,
        user_presence: UserPresence::VERIFIED,
        rpid: rpid.into(),
    }))
}

/// The compressed point of a COSE key.
fn point_of(key: &[u8]) -> Result<[u8; 33], Failure> {
    let mut input = Cbor::new(key);
    let (mut kind, mut algorithm, mut curve) = (0, 0, 0);
    let (mut x, mut y) = (None, None);
    for _ in 0..input.map().ok_or(Cause::Authenticator)? {
        let read = match input.integer().ok_or(Cause::Authenticator)? {
            cose::KIND => input.integer().map(|value| kind = value),
            cose::ALGORITHM => input.integer().map(|value| algorithm = value),
            // A key of RSA has bytes under this number.
            cose::CURVE if kind == cose::EC2 => input.integer().map(|value| curve = value),
            cose::X if kind == cose::EC2 => input.bytes().map(|value| x = Some(value)),
            cose::Y if kind == cose::EC2 => input.bytes().map(|value| y = Some(value)),
            _ => input.skip(),
        };
        read.ok_or(Cause::Authenticator)?;
    }
    if (kind, algorithm, curve) != (cose::EC2, cose::ES256, cose::P256) {
        return Err(Cause::Algorithm.into());
    }
    let (x, y) = x.zip(y).ok_or(Cause::Authenticator)?;
    let (x, y) = x
        .try_into()
        .ok()
        .zip(y.try_into().ok())
        .ok_or(Cause::Authenticator)?;
    signing::r1_point(x, y).ok_or_else(|| Cause::Authenticator.into())
}

/// The signature of the chain for what an authenticator signed.
fn signature_of(
    key: &WebAuthnPublicKey,
    digest: &Checksum256,
    auth_data: Vec<u8>,
    client_json: String,
    der: &[u8],
) -> Result<WebAuthnSignature, Failure> {
    check_client(&client_json, "webauthn.get", &digest.0, &key.rpid)?;
    if auth_data.len() < AUTH_DATA {
        return Err(Cause::Authenticator.into());
    }
    if auth_data[..32] != Checksum256::sha256(key.rpid.as_bytes()).0 {
        return Err(Cause::RelyingParty.into());
    }
    if auth_data[32] & VERIFIED == 0 && key.user_presence == UserPresence::VERIFIED {
        return Err(Cause::Unverified.into());
    }
    let mut signature = WebAuthnSignature {
        compact: [0; 65],
        auth_data,
        client_json,
    };
    signature.compact[1..].copy_from_slice(&der::compact(der).ok_or(Cause::Authenticator)?);
    for id in 0..4 {
        signature.compact[0] = 31 + id;
        let tried = Signature::WebAuthn(signature.clone());
        // With the rules of a node, so that what passes here passes there.
        if let Some(PublicKey::WebAuthn(found)) = signing::key_of(digest, &tried)
            && found == *key
        {
            return Ok(signature);
        }
    }
    Err(Cause::Signature.into())
}
