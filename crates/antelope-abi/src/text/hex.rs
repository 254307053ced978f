//! Bytes as hexadecimal digits.

use alloc::string::String;
use alloc::vec::Vec;

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// Digits in lower case.
pub(crate) fn write(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    push(bytes, &mut out);
    out
}

/// Digits in lower case, behind what is there.
pub(crate) fn push(bytes: &[u8], out: &mut String) {
    for byte in bytes {
        out.push(DIGITS[usize::from(byte >> 4)].into());
        out.push(DIGITS[usize::from(byte & 15)].into());
    }
}

/// Bytes of digits in either case; none where their number is odd or one is not a digit.
pub(crate) fn read(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) {
        return None;
    }
    let digit = |at: u8| char::from(at).to_digit(16).map(|digit| digit as u8);
    let pairs = text.as_bytes().chunks_exact(2);
    pairs
        .map(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?))
        .collect()
}
