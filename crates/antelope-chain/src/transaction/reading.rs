//! Values that contracts give as bytes, and what is said of bytes that are none.

use crate::error::{ChainError, ErrorKind};
use antelope_types::{Decode, DecodeError, Decoder};

/// The most items that nodes look for in a list: `MAX_NUM_ARRAY_ELEMENTS`.
const MAX_ITEMS: u64 = 1024 * 1024;

/// A value at the beginning of the bytes; nodes ignore what follows.
///
/// # Errors
/// `out_of_range_exception` where the bytes end too early, `assert_exception` where they are none.
pub(crate) fn read<T: for<'a> Decode<'a>>(bytes: &[u8]) -> Result<T, ChainError> {
    let failed = |bytes: &[u8]| {
        let mut input = Decoder::new(bytes);
        let error = T::decode(&mut input).err()?;
        Some((error, input.position()))
    };
    let mut input = Decoder::new(bytes);
    let error = match T::decode(&mut input) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    let end = input.position().min(bytes.len());
    if error == DecodeError::LengthTooLarge && last_number(&bytes[..end]) <= MAX_ITEMS {
        // A node reads the items there are, of which one may be wrong, before it finds the end.
        let mut longer = bytes.to_vec();
        longer.resize(bytes.len() + MAX_ITEMS as usize, 0);
        return Err(match failed(&longer) {
            Some((error, end)) if end <= bytes.len() => unreadable(error, &bytes[..end]),
            _ => unreadable(DecodeError::UnexpectedEnd, bytes),
        });
    }
    Err(unreadable(error, &bytes[..end]))
}

/// What is said of bytes that are no value, of which so much was read.
pub(super) fn unreadable(error: DecodeError, read: &[u8]) -> ChainError {
    let short = match error {
        DecodeError::UnexpectedEnd | DecodeError::TrailingBytes => true,
        DecodeError::LengthTooLarge => last_number(read) <= MAX_ITEMS,
        _ => false,
    };
    let kind = if short {
        ErrorKind::OutOfRange
    } else {
        ErrorKind::Assert
    };
    ChainError::new(kind, format!("error unpacking: {error}"))
}

/// A number of variable length: after five bytes no more are read, and bits that have no place in 32
/// are lost.
pub(super) fn varint(input: &mut Decoder<'_>) -> Result<u32, DecodeError> {
    let mut value = 0;
    for place in [0, 7, 14, 21, 28] {
        let byte = u8::decode(input)?;
        value |= u32::from(byte & 0x7f) << place;
        if byte < 0x80 {
            break;
        }
    }
    Ok(value)
}

/// The text that nodes make of bytes: what is not UTF-8 is left out.
pub(crate) fn text(bytes: &[u8]) -> String {
    bytes.utf8_chunks().map(|chunk| chunk.valid()).collect()
}

/// The number of variable length that the bytes end with.
fn last_number(bytes: &[u8]) -> u64 {
    let before = bytes.iter().rev().skip(1).take(4);
    let more = before.take_while(|byte| **byte >= 0x80).count();
    let start = bytes.len().saturating_sub(more + 1);
    let digits = bytes[start..].iter().rev();
    digits.fold(0, |number, byte| number << 7 | u64::from(byte & 0x7f))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_tells_bytes_that_end_from_bytes_that_are_wrong() {
        let kind = |bytes: &[u8]| read::<Vec<u64>>(bytes).unwrap_err().kind();
        assert_eq!(kind(&[]), ErrorKind::OutOfRange);
        assert_eq!(kind(&[2, 0]), ErrorKind::OutOfRange);
        // 1 048 576 items are looked for, one more is not.
        assert_eq!(kind(&[0x80, 0x80, 0x40]), ErrorKind::OutOfRange);
        assert_eq!(kind(&[0x81, 0x80, 0x40]), ErrorKind::Assert);
        let variant = read::<antelope_types::PublicKey>(&[9; 34]).unwrap_err();
        assert_eq!(variant.kind(), ErrorKind::Assert);
    }
}
