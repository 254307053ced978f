//! Recovery for WebAuthn: signatures of browsers and security keys.
//!
//! The format is explained in `signing::webauthn`. Nodes check the client data before they recover
//! the key: type, challenge, origin, and that the authenticator data belong to the origin. They
//! check the curve without the rule of a low `s`, and require a first byte for compressed keys.

use super::client_data::ClientData;
use super::{Refused, assertion, no_key, r1, unspecified};
use antelope_types::{Checksum256, UserPresence, WebAuthnPublicKey, WebAuthnSignature};

/// The least length of authenticator data: 32 bytes of hash, a byte of flags, 4 of counter.
const AUTH_DATA: usize = 37;
/// The flag that the user was present.
const PRESENT: u8 = 1;
/// The flag that the user was verified.
const VERIFIED: u8 = 4;

/// The key of a signature. What is checked, in which order and with which messages, is as in fc's
/// `elliptic_webauthn.cpp`.
///
/// # Errors
/// `assert_exception` (10) for client or authenticator data that do not fit, and `exception` (0)
/// for a challenge of another length and for a signature that no key can have made.
pub(super) fn recover(
    digest: &Checksum256,
    signature: &WebAuthnSignature,
) -> Result<WebAuthnPublicKey, Refused> {
    let client = ClientData::read(&signature.client_json);
    let client = client.ok_or_else(|| assertion("Failed to parse client data JSON"))?;
    if client.kind != b"webauthn.get" {
        return Err(assertion("webauthn signature type not an assertion"));
    }
    let challenge = decode(&client.challenge)?;
    if challenge.len() != digest.0.len() {
        return Err(unspecified("sha256: size mismatch"));
    }
    if challenge != digest.0 {
        return Err(assertion("Wrong webauthn challenge"));
    }
    let rpid = relying_party(&client.origin)?;
    let Some(flags) = signature
        .auth_data
        .get(32)
        .filter(|_| signature.auth_data.len() >= AUTH_DATA)
    else {
        return Err(assertion("auth_data not as large as required"));
    };
    if signature.auth_data[..32] != Checksum256::sha256(rpid).0 {
        return Err(assertion("webauthn rpid hash doesn't match origin"));
    }
    // Text is UTF-8 here; half of a pair may have been written as an escape.
    let rpid = String::from_utf8(rpid.to_vec());
    let rpid = rpid.map_err(|_| assertion("webauthn rpid is not UTF-8"))?;
    let user_presence = match flags {
        _ if flags & VERIFIED != 0 => UserPresence::VERIFIED,
        _ if flags & PRESENT != 0 => UserPresence::PRESENT,
        _ => UserPresence::NONE,
    };
    let client = Checksum256::sha256(signature.client_json.as_bytes());
    let signed = Checksum256::sha256(&[&signature.auth_data[..], &client.0].concat());
    let is_compressed = (31..35).contains(&signature.compact[0]);
    let point = is_compressed
        .then(|| r1::point(&signature.compact, &signed.0))
        .flatten();
    Ok(WebAuthnPublicKey {
        point: point.ok_or_else(no_key)?,
        user_presence,
        rpid,
    })
}

/// The host of an origin, without its port.
///
/// # Errors
/// `assert_exception` (10) unless the origin begins with `https://`.
fn relying_party(origin: &[u8]) -> Result<&[u8], Refused> {
    let rest = origin.strip_prefix(b"https://");
    let rest = rest.ok_or_else(|| assertion("webauthn origin must begin with https://"))?;
    let port = rest.iter().rposition(|byte| *byte == b':');
    Ok(&rest[..port.unwrap_or(rest.len())])
}

/// Decodes Base64 for URLs, up to the first padding character.
///
/// # Errors
/// `assert_exception` (10) for a character that is not one of Base64.
fn decode(text: &[u8]) -> Result<Vec<u8>, Refused> {
    let (mut out, mut bits, mut count) = (Vec::new(), 0u32, 0);
    for character in text.iter().take_while(|character| **character != b'=') {
        let digit = match *character {
            b'A'..=b'Z' => *character - b'A',
            b'a'..=b'z' => *character - b'a' + 26,
            b'0'..=b'9' => *character - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return Err(assertion("encountered non-base64 character")),
        };
        bits = bits << 6 | u32::from(digit);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relying_party_is_an_origin_without_port() {
        assert_eq!(relying_party(b"https://a.example").unwrap(), b"a.example");
        assert_eq!(
            relying_party(b"https://a.example:8443").unwrap(),
            b"a.example"
        );
        assert!(relying_party(b"http://a.example").is_err());
    }

    #[test]
    fn padding_ends_a_challenge() {
        assert_eq!(decode(b"_-8").unwrap(), [0xff, 0xef]);
        assert_eq!(decode(b"_-8=AAAA").unwrap(), [0xff, 0xef]);
        assert!(decode(b"a+b").is_err());
    }
}
