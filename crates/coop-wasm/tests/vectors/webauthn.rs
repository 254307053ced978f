//! Answers of authenticators: those of a key in software, and all that can be wrong with them.

use crate::{Draw, answers, hex};
use antelope_keys::{Signer, WebAuthnKey};
use antelope_types::{Checksum256, PublicKey, Signature, UserPresence, WebAuthnSignature, base64};
use serde_json::{Value, json};

const SITE: &str = "coop.example";

/// Half of the curve's order and more is high.
const ORDER: [u8; 32] = *b"\xff\xff\xff\xff\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\
    \xbc\xe6\xfa\xad\xa7\x17\x9e\x84\xf3\xb9\xca\xc2\xfc\x63\x25\x51";

/// A whole number in DER.
fn integer(number: &[u8]) -> Vec<u8> {
    let start = number.iter().position(|byte| *byte != 0).expect("not 0");
    let number = &number[start..];
    let sign = (number[0] >= 0x80).then_some(0);
    let content: Vec<u8> = sign.into_iter().chain(number.iter().copied()).collect();
    [&[2, content.len() as u8], content.as_slice()].concat()
}

/// As authenticators write it, where `s` may be high.
fn der(compact: &[u8; 65], is_high: bool) -> Vec<u8> {
    let mut s: [u8; 32] = compact[33..].try_into().expect("32 bytes");
    if is_high {
        let mut borrow = 0;
        for (digit, of_order) in s.iter_mut().zip(ORDER).rev() {
            let difference = i16::from(of_order) - i16::from(*digit) - borrow;
            borrow = i16::from(difference < 0);
            *digit = difference.rem_euclid(256) as u8;
        }
    }
    let both = [integer(&compact[1..33]), integer(&s)].concat();
    [&[0x30, both.len() as u8], both.as_slice()].concat()
}

fn assertion(signature: &WebAuthnSignature, der: &[u8]) -> Value {
    json!({
        "authenticatorData": hex(&signature.auth_data),
        "clientDataJSON": hex(signature.client_json.as_bytes()),
        "signature": hex(der),
    })
}

fn signed(key: &WebAuthnKey, digest: &Checksum256) -> WebAuthnSignature {
    match key.sign(digest).expect("a signature") {
        Signature::WebAuthn(signature) => signature,
        other => panic!("{other}"),
    }
}

#[test]
fn signatures_of_passkeys_are_those_of_the_chain() {
    let mut draw = Draw::new();
    let mut lines = Vec::new();
    let mut expected = Vec::new();
    for case in 0..40 {
        let key = WebAuthnKey::new(draw.hash().0, SITE, UserPresence::VERIFIED).expect("a key");
        let digest = draw.hash();
        let signature = signed(&key, &digest);
        let der = der(&signature.compact, case % 2 == 0);
        lines.push(json!({
            "run": "passkeySignature", "key": key.public_key().to_text(), "digest": digest,
            "parts": assertion(&signature, &der),
        }));
        expected.push(Signature::WebAuthn(signature).to_string());
    }
    let Some(answers) = answers(&lines) else {
        return;
    };
    for (answer, expected) in answers.iter().zip(&expected) {
        assert_eq!(answer["done"], *expected, "{answer}");
    }
}

#[test]
fn another_digest_key_site_or_presence_is_refused() {
    let mut draw = Draw::new();
    let secret = draw.hash().0;
    let make = |site, presence| WebAuthnKey::new(secret, site, presence).expect("a key");
    let key = make(SITE, UserPresence::VERIFIED);
    let (digest, other) = (draw.hash(), draw.hash());
    let another = WebAuthnKey::new(draw.hash().0, SITE, UserPresence::VERIFIED).expect("a key");
    let cases = [
        (
            &another,
            make(SITE, UserPresence::VERIFIED),
            digest,
            "signature",
        ),
        (&key, make(SITE, UserPresence::VERIFIED), other, "challenge"),
        (
            &key,
            make("evil.example", UserPresence::VERIFIED),
            digest,
            "relying_party",
        ),
        (
            &key,
            make("example", UserPresence::VERIFIED),
            digest,
            "relying_party",
        ),
        (
            &key,
            make(SITE, UserPresence::PRESENT),
            digest,
            "unverified",
        ),
    ];
    let line = |(key, signer, asked, _): &(&WebAuthnKey, WebAuthnKey, Checksum256, &str)| {
        let signature = signed(signer, &digest);
        let der = der(&signature.compact, false);
        json!({
            "run": "passkeySignature", "key": key.public_key().to_text(), "digest": asked,
            "parts": assertion(&signature, &der),
        })
    };
    let lines: Vec<_> = cases.iter().map(line).collect();
    let Some(answers) = answers(&lines) else {
        return;
    };
    for (answer, (.., code)) in answers.iter().zip(&cases) {
        assert_eq!(answer["code"], *code, "{answer}");
    }
}

/// A registration as a browser answers it, with this key in COSE and these flags.
fn registration(cose: &[u8], flags: u8, site: &str, challenge: &Checksum256) -> Value {
    let credential = [7; 16];
    let auth_data = [
        &Checksum256::sha256(site.as_bytes()).0[..],
        &[flags],
        &[0; 4 + 16],
        &[0, credential.len() as u8],
        &credential,
        cose,
    ]
    .concat();
    let length = (auth_data.len() as u16).to_be_bytes();
    let attestation = [
        &b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59"[..],
        &length,
        &auth_data,
    ]
    .concat();
    let client = format!(
        r#"{{"type":"webauthn.create","challenge":"{}","origin":"https://{site}:8443"}}"#,
        base64::encode_url(&challenge.0)
    );
    json!({ "attestationObject": hex(&attestation), "clientDataJSON": hex(client.as_bytes()) })
}

/// The generator of the curve as an ES256 key in COSE.
fn es256() -> Vec<u8> {
    let x = b"\x6b\x17\xd1\xf2\xe1\x2c\x42\x47\xf8\xbc\xe6\xe5\x63\xa4\x40\xf2\
        \x77\x03\x7d\x81\x2d\xeb\x33\xa0\xf4\xa1\x39\x45\xd8\x98\xc2\x96";
    let y = b"\x4f\xe3\x42\xe2\xfe\x1a\x7f\x9b\x8e\xe7\xeb\x4a\x7c\x0f\x9e\x16\
        \x2b\xce\x33\x57\x6b\x31\x5e\xce\xcb\xb6\x40\x68\x37\xbf\x51\xf5";
    [
        &[0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 0x20][..],
        x,
        &[0x22, 0x58, 0x20],
        y,
    ]
    .concat()
}

/// An RS256 key in COSE: algorithm -257, modulus and exponent.
fn rs256() -> Vec<u8> {
    let head = [0xa4, 1, 3, 3, 0x39, 1, 0, 0x20, 0x59, 1, 0];
    [&head[..], &[0xc5; 256], &[0x21, 0x43, 1, 0, 1]].concat()
}

#[test]
fn keys_of_passkeys_are_read_or_refused_with_a_code() {
    const FLAGS: u8 = 0x45;
    let mut draw = Draw::new();
    let challenge = draw.hash();
    let mut off_the_curve = es256();
    *off_the_curve.last_mut().expect("a byte") ^= 1;
    let cases = [
        (es256(), FLAGS, SITE, challenge, ""),
        (rs256(), FLAGS, SITE, challenge, "algorithm"),
        (off_the_curve, FLAGS, SITE, challenge, "authenticator"),
        (es256(), 0x41, SITE, challenge, "unverified"),
        (es256(), 0x05, SITE, challenge, "authenticator"),
        (es256(), FLAGS, "example", challenge, "relying_party"),
        (es256(), FLAGS, SITE, draw.hash(), "challenge"),
    ];
    let lines: Vec<_> = cases
        .iter()
        .map(|(cose, flags, site, asked, _)| {
            json!({
                "run": "passkeyKey", "parts": registration(cose, *flags, site, &challenge),
                "rpid": SITE, "challenge": asked,
            })
        })
        .collect();
    let Some(answers) = answers(&lines) else {
        return;
    };
    for (answer, (.., code)) in answers.iter().zip(&cases) {
        if code.is_empty() {
            let text = answer["done"].as_str().expect("a key");
            let PublicKey::WebAuthn(key) = text.parse().expect("a key") else {
                panic!("{text}");
            };
            assert_eq!(
                (key.point[0], &key.point[1..4]),
                (3, &[0x6b, 0x17, 0xd1][..])
            );
            assert_eq!(
                (key.rpid.as_str(), key.user_presence),
                (SITE, UserPresence::VERIFIED)
            );
        } else {
            assert_eq!(answer["code"], *code, "{answer}");
        }
    }
}

/// Bytes that are missing or others give a code, and never a trap.
#[test]
fn damaged_answers_are_refused_with_a_code() {
    let mut draw = Draw::new();
    let challenge = draw.hash();
    let whole = registration(&es256(), 0x45, SITE, &challenge);
    let key = WebAuthnKey::generate(SITE, UserPresence::VERIFIED).expect("a key");
    let digest = draw.hash();
    let signature = signed(&key, &digest);
    let signed = assertion(&signature, &der(&signature.compact, false));
    let mut lines = Vec::new();
    let mut damage = |parts: &Value, name: &str, line: &dyn Fn(Value) -> Value| {
        let text = parts[name].as_str().expect("digits").to_owned();
        for case in 0..60 {
            let at = draw.number() as usize % (text.len() / 2);
            let mut damaged = text.clone();
            if case % 2 == 0 {
                damaged.truncate(2 * at);
            } else {
                let byte = format!("{:02x}", draw.number() as u8);
                damaged.replace_range(2 * at..2 * at + 2, &byte);
            }
            let mut parts = parts.clone();
            parts[name] = damaged.into();
            lines.push(line(parts));
        }
    };
    for name in ["attestationObject", "clientDataJSON"] {
        damage(
            &whole,
            name,
            &|parts| json!({ "run": "passkeyKey", "parts": parts, "rpid": SITE, "challenge": challenge }),
        );
    }
    for name in ["authenticatorData", "clientDataJSON", "signature"] {
        damage(&signed, name, &|parts| {
            json!({
                "run": "passkeySignature", "key": key.public_key().to_text(), "digest": digest,
                "parts": parts,
            })
        });
    }
    let Some(answers) = answers(&lines) else {
        return;
    };
    let refused = answers.iter().filter(|answer| answer["code"].is_string());
    // What is not looked at, such as the model of a device, may be anything.
    assert!(refused.count() > lines.len() / 2);
}
