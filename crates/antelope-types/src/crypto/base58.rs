//! Base58, in the alphabet of Bitcoin.
//!
//! Bytes and text are two ways to write one number, and each leading zero byte is a `1` besides.
//! The time grows with the square of the length. Working on 32 bits and five characters at a time
//! reads the longest signature that a transaction may carry, 22 000 characters, in milliseconds.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// The characters, by the digits that they stand for.
const ALPHABET: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// The characters that are converted together.
const GROUP: usize = 5;

/// 58 to the power of [`GROUP`], which fits into 32 bits.
const GROUP_BASE: u64 = 58u64.pow(GROUP as u32);

/// What a digit of 32 bits counts to.
const WORD_BASE: u64 = 1 << 32;

/// Multiplies a number by `factor` and adds `term`; both are at most 2³². The number's digits to
/// the base `BASE` are in `digits`, the lowest first.
fn multiply_and_add<const BASE: u64>(digits: &mut Vec<u32>, factor: u64, term: u64) {
    let mut carry = term;
    for digit in digits.iter_mut() {
        let sum = u64::from(*digit) * factor + carry;
        *digit = (sum % BASE) as u32;
        carry = sum / BASE;
    }
    while carry > 0 {
        digits.push((carry % BASE) as u32);
        carry /= BASE;
    }
}

/// The text of these bytes.
pub(super) fn encode(bytes: &[u8]) -> String {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    let mut groups = Vec::new();
    for word in bytes[zeros..].chunks(4) {
        let value = word
            .iter()
            .fold(0, |value, byte| value << 8 | u64::from(*byte));
        multiply_and_add::<GROUP_BASE>(&mut groups, 1 << (8 * word.len()), value);
    }
    // The lowest character first; the highest group may have fewer than five.
    let mut text = Vec::with_capacity(zeros + groups.len() * GROUP);
    for mut group in groups {
        for _ in 0..GROUP {
            text.push(ALPHABET[(group % 58) as usize]);
            group /= 58;
        }
    }
    while text.last() == Some(&ALPHABET[0]) {
        text.pop();
    }
    text.resize(text.len() + zeros, ALPHABET[0]);
    text.iter().rev().copied().map(char::from).collect()
}

/// The bytes behind a text; `None` if it has a character outside of the alphabet.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let zeros = text.bytes().take_while(|byte| *byte == ALPHABET[0]).count();
    let mut words = Vec::new();
    for group in text.as_bytes()[zeros..].chunks(GROUP) {
        let mut value = 0;
        for character in group {
            value = value * 58 + u64::from(digit(*character)?);
        }
        multiply_and_add::<WORD_BASE>(&mut words, 58u64.pow(group.len() as u32), value);
    }
    let mut bytes = vec![0; zeros];
    let number = words.iter().rev().flat_map(|word| word.to_be_bytes());
    // The highest word may have leading zeros, which are not part of the number.
    bytes.extend(number.skip_while(|byte| *byte == 0));
    Some(bytes)
}

/// The digit that a character stands for.
fn digit(character: u8) -> Option<u8> {
    let digit = match character {
        b'1'..=b'9' => character - b'1',
        b'A'..=b'H' => character - b'A' + 9,
        b'J'..=b'N' => character - b'J' + 17,
        b'P'..=b'Z' => character - b'P' + 22,
        b'a'..=b'k' => character - b'a' + 33,
        b'm'..=b'z' => character - b'm' + 44,
        _ => return None,
    };
    Some(digit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_character_stands_for_its_place_in_the_alphabet() {
        for character in 0..=u8::MAX {
            let place = ALPHABET.iter().position(|it| *it == character);
            assert_eq!(digit(character).map(usize::from), place);
        }
    }

    #[test]
    fn zeros_in_front_are_ones() {
        for (bytes, text) in [
            (&[][..], ""),
            (&[0], "1"),
            (&[0, 0, 0], "111"),
            (&[0, 57], "1z"),
            (&[58], "21"),
            (b"Hello World!", "2NEpo7TZRRrLZSi2U"),
        ] {
            assert_eq!(encode(bytes), text);
            assert_eq!(decode(text).as_deref(), Some(bytes));
        }
        assert_eq!(decode("0"), None);
        assert_eq!(decode("11l"), None);
    }

    proptest! {
        /// Held against another implementation.
        #[test]
        fn bytes_and_texts_are_those_of_bs58(bytes in proptest::collection::vec(0u8..=255, 0..300), zeros in 0usize..6) {
            let bytes = [vec![0; zeros], bytes].concat();
            let text = encode(&bytes);
            prop_assert_eq!(&text, &bs58::encode(&bytes).into_string());
            prop_assert_eq!(decode(&text), Some(bytes));
        }

        #[test]
        fn any_text_is_read_as_by_bs58(text in "[1-9A-Za-z]{0,60}") {
            prop_assert_eq!(decode(&text), bs58::decode(&text).into_vec().ok());
        }
    }
}
