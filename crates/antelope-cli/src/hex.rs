//! Bytes as hexadecimal text.

use std::fmt::Write as _;

/// Lower-case digits, two for each byte.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The bytes of such text; `None` where it is anything else.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes().chunks(2);
    let byte = |pair: &[u8]| match pair {
        [_, _] => u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok(),
        _ => None,
    };
    let is_plain = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_plain.then(|| digits.map(byte).collect()).flatten()
}

#[cfg(test)]
mod tests {
    #[test]
    fn bytes_come_back_from_their_text() {
        assert_eq!(super::encode(&[0, 0xAB]), "00ab");
        assert_eq!(super::decode("00aB"), Some(vec![0, 0xAB]));
        for wrong in ["0", "0g", "+1", "é"] {
            assert_eq!(super::decode(wrong), None, "{wrong}");
        }
    }
}
