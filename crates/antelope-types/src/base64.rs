//! Base64, as much of it as nodes and authenticators need.
//!
//! Nodes answer `get_raw_abi` and `get_raw_code_and_abi` in the standard alphabet; WebAuthn's client
//! data holds the challenge in that of web addresses (RFC 4648, sections 4 and 5).

use alloc::string::String;
use alloc::vec::Vec;

/// The alphabet of RFC 4648, section 4; the place of a character is its value.
const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/// The alphabet of RFC 4648, section 5, without the `+` and `/` that addresses give a meaning of their own.
const URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Bytes of standard base64, padded or not; `None` when it is not.
///
/// Bits of the last digit that belong to no byte are ignored, and so are `=` in any number at the end:
/// nodes of some versions add one too many.
///
/// ```
/// use antelope_types::base64;
/// assert_eq!(base64::decode("Zm8=").as_deref(), Some(&b"fo"[..]));
/// assert_eq!(base64::decode("Zm8"), base64::decode("Zm8="));
/// assert_eq!(base64::decode("Zg-_"), None); // the other alphabet
/// ```
#[must_use]
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let digits = text.trim_end_matches('=').as_bytes();
    let mut out = Vec::with_capacity(digits.len() * 3 / 4);
    for group in digits.chunks(4) {
        let mut bits = 0u32;
        for digit in group {
            bits = bits << 6 | STANDARD.iter().position(|c| c == digit)? as u32;
        }
        let bytes = (bits << (6 * (4 - group.len()))).to_be_bytes();
        match group.len() {
            1 => return None,
            n => out.extend_from_slice(&bytes[1..n]),
        }
    }
    Some(out)
}

/// Standard base64, padded.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    let mut out = encode_by(STANDARD, bytes);
    out.extend(core::iter::repeat_n('=', out.len().wrapping_neg() % 4));
    out
}

/// Base64 in the alphabet of web addresses, without padding.
///
/// The challenge of a WebAuthn signature is written in it.
#[must_use]
pub fn encode_url(bytes: &[u8]) -> String {
    encode_by(URL, bytes)
}

/// Three bytes become four digits of six bits; a rest of one or two bytes, two or three digits.
fn encode_by(alphabet: &[u8; 64], bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let mut padded = [0; 4];
        padded[1..=group.len()].copy_from_slice(group);
        let bits = u32::from_be_bytes(padded);
        for i in 0..=group.len() {
            out.push(alphabet[(bits >> (18 - 6 * i) & 63) as usize] as char);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_the_vectors_of_rfc_4648() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(decode(text).unwrap(), bytes.as_bytes());
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(encode_url(bytes.as_bytes()), text.trim_end_matches('='));
        }
        assert_eq!(decode("+/8=").unwrap(), [0xfb, 0xff]);
        assert_eq!(encode_url(&[0xfb, 0xff]), "-_8");
    }

    #[test]
    fn refuses_other_characters_and_lengths() {
        assert_eq!(decode("Z"), None);
        assert_eq!(decode("Zg-_"), None);
        assert_eq!(decode("Zm9vY"), None);
    }
}
