//! Keys and signatures in bytes, as a node takes them (`libraries/libfc/src/crypto`).
//!
//! The kind is a varint, as both are a `static_variant` of C++: 0 for K1, 1 for R1, 2 for WebAuthn.
//! Points are not checked to lie on their curve; neither does a node when it only shows them.

use crate::cursor::Cursor;
use crate::limits::{MAX_BYTES, MAX_ITEMS};
use alloc::string::String;
use antelope_types::{PublicKey, Signature, UserPresence, WebAuthnPublicKey, WebAuthnSignature};

/// A public key: its kind and 33 bytes; for WebAuthn also the user presence and the site.
///
/// # Errors
/// What is wrong with the bytes.
pub(crate) fn public_key(input: &mut Cursor<'_>) -> Result<PublicKey, &'static str> {
    let kind = input.unsigned().ok_or(ENDED)?;
    let point = input.array().ok_or(ENDED);
    match kind {
        0 => point.map(PublicKey::K1),
        1 => point.map(PublicKey::R1),
        2 => {
            let point = point?;
            let user_presence = UserPresence(input.byte().ok_or(ENDED)?);
            let rpid = text(input)?;
            if rpid.is_empty() {
                return Err("a WebAuthn key without a site");
            }
            let key = WebAuthnPublicKey {
                point,
                user_presence,
                rpid,
            };
            Ok(PublicKey::WebAuthn(key))
        }
        _ => Err(UNKNOWN),
    }
}

/// A signature: its kind and 65 bytes; for WebAuthn also what the authenticator has signed.
///
/// # Errors
/// What is wrong with the bytes.
pub(crate) fn signature(input: &mut Cursor<'_>) -> Result<Signature, &'static str> {
    let kind = input.unsigned().ok_or(ENDED)?;
    let compact = input.array().ok_or(ENDED);
    match kind {
        0 => compact.map(Signature::K1),
        1 => compact.map(Signature::R1),
        2 => {
            let compact = compact?;
            let auth_data = bytes(input, MAX_ITEMS)?.into();
            let client_json = text(input)?;
            let signature = WebAuthnSignature {
                compact,
                auth_data,
                client_json,
            };
            Ok(Signature::WebAuthn(signature))
        }
        _ => Err(UNKNOWN),
    }
}

pub(crate) const ENDED: &str = "the bytes end before the value";
const UNKNOWN: &str = "unknown kind of key or signature";

/// Bytes behind their number.
pub(crate) fn bytes<'a>(input: &mut Cursor<'a>, most: usize) -> Result<&'a [u8], &'static str> {
    let count = input.unsigned().ok_or(ENDED)? as usize;
    if count > most {
        return Err("more bytes than nodes read");
    }
    input
        .take(count)
        .ok_or("fewer bytes than their number says")
}

fn text(input: &mut Cursor<'_>) -> Result<String, &'static str> {
    let bytes = bytes(input, MAX_BYTES)?;
    String::from_utf8(bytes.into()).map_err(|_| "text is not utf-8")
}
