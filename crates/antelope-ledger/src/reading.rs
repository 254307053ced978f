//! Decoding the bytes that contracts and users pass in, with the errors that a node reports.
//!
//! A node reads such bytes with `fc::raw::unpack`, which differs from strict decoding: it ignores
//! bytes after the value, accepts numbers written with more bytes than they need, and limits the
//! length of lists. [`Decoder::as_node`] reads by these rules; the functions here turn its errors
//! into those of the place where the bytes came from.

use antelope_types::{Action, ChainError, Decode, DecodeError, Decoder, ErrorKind};

/// The value at the beginning of the bytes. Bytes after it are ignored.
///
/// # Errors
/// `out_of_range_exception` (8) if the bytes end before the value does, and `assert_exception` (10)
/// if they are not such a value or a list in it is longer than a node accepts.
pub fn read<T: for<'a> Decode<'a>>(bytes: &[u8]) -> Result<T, ChainError> {
    T::decode(&mut Decoder::as_node(bytes)).map_err(unreadable)
}

/// The error for bytes that a host function could not decode; see [`read`] for its kinds.
pub fn unreadable(error: DecodeError) -> ChainError {
    let kind = match error {
        DecodeError::UnexpectedEnd => ErrorKind::OutOfRange,
        _ => ErrorKind::Assert,
    };
    ChainError::new(kind, format!("error unpacking: {error}"))
}

/// The text that a node makes of bytes: sequences that are not UTF-8 are left out, not replaced.
pub fn text(bytes: &[u8]) -> String {
    bytes.utf8_chunks().map(|chunk| chunk.valid()).collect()
}

/// The arguments of a native action, decoded from its data. Bytes after them are ignored.
///
/// # Errors
/// `out_of_range_exception` (8) if the data end too early, `assert_exception` (10) if a list is
/// longer than a node accepts or a WebAuthn key has no site, `std_exception` (13) for anything else. The message names the action
/// and the position in its data.
pub fn arguments<'a, T: Decode<'a>>(action: &'a Action) -> Result<T, ChainError> {
    let mut input = Decoder::as_node(&action.data);
    T::decode(&mut input).map_err(|error| {
        let kind = match error {
            DecodeError::UnexpectedEnd => ErrorKind::OutOfRange,
            DecodeError::LengthTooLarge => ErrorKind::Assert,
            // A condition of its own, whose words name no C++ type.
            DecodeError::KeyWithoutSite => {
                return ChainError::new(ErrorKind::Assert, error.to_string());
            }
            _ => ErrorKind::Std,
        };
        let length = action.data.len();
        let at = input.position();
        ChainError::new(
            kind,
            format!(
                "data of {}::{} of length {length}, at {at}: {error}",
                action.account, action.name
            ),
        )
    })
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
        // Of bytes, 20 times as many.
        let kind_of_bytes = |bytes: &[u8]| read::<Vec<u8>>(bytes).unwrap_err().kind();
        assert_eq!(
            kind_of_bytes(&[0x80, 0x80, 0x80, 0x0a]),
            ErrorKind::OutOfRange
        );
        assert_eq!(kind_of_bytes(&[0x81, 0x80, 0x80, 0x0a]), ErrorKind::Assert);
        let variant = read::<antelope_types::PublicKey>(&[9; 34]).unwrap_err();
        assert_eq!(variant.kind(), ErrorKind::Assert);
    }
}
