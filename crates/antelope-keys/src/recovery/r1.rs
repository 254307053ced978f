//! Recovery on the curve secp256r1.

use super::{Refused, unspecified};
use crate::curves::R1;

/// The order of the curve, big-endian.
const ORDER: [u8; 32] = *b"\xff\xff\xff\xff\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\
    \xbc\xe6\xfa\xad\xa7\x17\x9e\x84\xf3\xb9\xca\xc2\xfc\x63\x25\x51";
/// Half of the order, rounded down: the greatest low `s`.
const HALF: [u8; 32] = *b"\x7f\xff\xff\xff\x80\0\0\0\x7f\xff\xff\xff\xff\xff\xff\xff\
    \xde\x73\x7d\x56\xd3\x8b\xcf\x42\x79\xdc\xe5\x61\x7e\x31\x92\xa8";

/// The compressed point of the key that made a signature, which must have a low `s`: for each
/// signature the one with the negated `s` would be valid too.
///
/// # Errors
/// `exception` (0) for a high `s` and for a signature that no key can have made.
pub(super) fn recover(compact: &[u8; 65], digest: &[u8; 32]) -> Result<[u8; 33], Refused> {
    super::check_first_byte(compact)?;
    if compact[33..] > HALF[..] {
        return Err(unspecified(
            "invalid high s-value encountered in r1 signature",
        ));
    }
    point(compact, digest).ok_or_else(super::no_key)
}

/// As [`recover`], without its checks.
pub(super) fn point(compact: &[u8; 65], digest: &[u8; 32]) -> Option<[u8; 33]> {
    super::point::point::<R1>(compact, digest, ORDER)
}
