//! Numbers and bytes as digits, without the formatting code of the standard library, which is larger
//! than all that is here.

use alloc::string::String;
use alloc::vec::Vec;

/// The bytes of hexadecimal digits.
pub(crate) fn from_hex(digits: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let pair = |pair: &[u8]| match pair {
        [high, low] => Some((digit(*high)? << 4 | digit(*low)?) as u8),
        _ => None,
    };
    digits.as_bytes().chunks(2).map(pair).collect()
}

/// Lower-case hexadecimal digits, as nodes write them.
pub(crate) fn to_hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half & 15)]);
    let pairs = bytes.iter();
    pairs
        .flat_map(|byte| [digit(byte >> 4), digit(*byte)])
        .collect()
}

/// The number that decimal digits make.
pub(crate) fn decimal(text: &str) -> Option<u64> {
    let mut number = (!text.is_empty()).then_some(0u64)?;
    for byte in text.bytes() {
        let digit = char::from(byte).to_digit(10)?;
        number = number.checked_mul(10)?.checked_add(digit.into())?;
    }
    Some(number)
}

/// The decimal digits of a number.
pub(crate) fn digits(mut number: u64) -> String {
    let mut digits = Vec::new();
    while number > 0 || digits.is_empty() {
        digits.push(char::from(b'0' + (number % 10) as u8));
        number /= 10;
    }
    digits.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_from_digits_up_to_64_bits() {
        assert_eq!(decimal("18446744073709551615"), Some(u64::MAX));
        for text in ["18446744073709551616", "", "1a", "-1", "+1"] {
            assert_eq!(decimal(text), None, "{text}");
        }
        assert_eq!(digits(u64::MAX), "18446744073709551615");
        assert_eq!(digits(0), "0");
    }

    #[test]
    fn bytes_and_hexadecimal_digits_are_two_forms_of_one_thing() {
        assert_eq!(to_hex(&[0, 0xab, 0xff]), "00abff");
        assert_eq!(from_hex("00abFF"), Some(vec![0, 0xab, 0xff]));
        for text in ["0", "0g", "00a"] {
            assert_eq!(from_hex(text), None, "{text}");
        }
    }
}
