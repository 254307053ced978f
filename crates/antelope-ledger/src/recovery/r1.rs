//! Keys of the curve secp256r1.

use super::unspecified;
use antelope_types::ChainError;
use p256::elliptic_curve::ops::Reduce;
use p256::elliptic_curve::point::DecompressPoint;
use p256::elliptic_curve::sec1::ToSec1Point;
use p256::elliptic_curve::subtle::Choice;
use p256::{AffinePoint, FieldBytes, ProjectivePoint, Scalar};

/// The order of the curve, and half of it.
const ORDER: [u8; 32] = *b"\xff\xff\xff\xff\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\
    \xbc\xe6\xfa\xad\xa7\x17\x9e\x84\xf3\xb9\xca\xc2\xfc\x63\x25\x51";
const HALF: [u8; 32] = *b"\x7f\xff\xff\xff\x80\0\0\0\x7f\xff\xff\xff\xff\xff\xff\xff\
    \xde\x73\x7d\x56\xd3\x8b\xcf\x42\x79\xdc\xe5\x61\x7e\x31\x92\xa8";

/// The compressed point behind a signature, which must have the lower of the two numbers that `s` may
/// be.
pub(super) fn recover(compact: &[u8; 65], digest: &[u8; 32]) -> Result<[u8; 33], ChainError> {
    super::check_first_byte(compact)?;
    if compact[33..] > HALF[..] {
        return Err(unspecified(
            "invalid high s-value encountered in r1 signature",
        ));
    }
    point(compact, digest).ok_or_else(super::no_key)
}

/// The point of the curve, with no check of the numbers but whether there is one: as of OpenSSL's
/// numbers by `ECDSA_SIG_recover_key_GFp` of fc's elliptic_r1.cpp.
pub(super) fn point(compact: &[u8; 65], digest: &[u8; 32]) -> Option<[u8; 33]> {
    let id = compact[0].wrapping_sub(super::COMPACT.start) & 3;
    let number = |bytes: &[u8]| -> Option<[u8; 32]> { bytes.try_into().ok() };
    let (r, s) = (number(&compact[1..33])?, number(&compact[33..])?);
    let x = if id & 2 == 0 { r } else { sum(r, ORDER)? };
    let nonce = AffinePoint::decompress(&FieldBytes::from(x), Choice::from(id & 1));
    let nonce = ProjectivePoint::from(nonce.into_option()?);
    let [r, s, digest] = [r, s, *digest].map(|bytes| Scalar::reduce(&FieldBytes::from(bytes)));
    let inverse = r.invert().into_option()?;
    let key = nonce * (s * inverse) - ProjectivePoint::GENERATOR * (digest * inverse);
    let encoded = key.to_affine().to_sec1_point(true);
    // Infinity has another length.
    encoded.as_bytes().try_into().ok()
}

/// The sum, where it has a place in as many bytes.
fn sum(left: [u8; 32], right: [u8; 32]) -> Option<[u8; 32]> {
    let mut out = [0; 32];
    let mut carry = 0;
    for place in (0..32).rev() {
        let digit = u16::from(left[place]) + u16::from(right[place]) + carry;
        out[place] = digit as u8;
        carry = digit >> 8;
    }
    (carry == 0).then_some(out)
}
