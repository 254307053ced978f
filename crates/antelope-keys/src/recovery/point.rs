//! The point of the key that made a signature, on any curve.
//!
//! For a signature `(r, s)` of the digest `e`, with `R` the point whose x coordinate is `r`, the
//! key is `(s·R - e·G) / r`. The recovery id says which of the candidates `R` is: bit 0 is the
//! parity of its y coordinate, bit 1 whether its x coordinate was reduced by the order of the
//! curve.

use crate::curves::{Decompress, compressed};
use ecdsa::elliptic_curve::ops::{Invert, Reduce};
use ecdsa::elliptic_curve::{CurveGroup, FieldBytes, Group, ProjectivePoint, Scalar};

/// The compressed point of the key, without any check of `r` and `s` except that a point exists: equal
/// to `ECDSA_SIG_recover_key_GFp` of fc's `elliptic_r1.cpp`, which uses OpenSSL. `order` is that of the
/// curve, whose numbers have 32 bytes.
pub(crate) fn point<C: Decompress>(
    compact: &[u8; 65],
    digest: &[u8; 32],
    order: [u8; 32],
) -> Option<[u8; 33]> {
    let id = compact[0].wrapping_sub(super::COMPACT.start) & 3;
    let (r, s) = compact[1..].split_at(32);
    let number = |bytes: &[u8]| FieldBytes::<C>::try_from(bytes).ok();
    let x = match id & 2 {
        0 => r.try_into().ok()?,
        _ => sum(r.try_into().ok()?, order)?,
    };
    let nonce = ProjectivePoint::<C>::from(C::decompress(&x, id & 1 == 1)?);
    let scalar = |bytes: &[u8]| Some(Scalar::<C>::reduce(&number(bytes)?));
    let inverse = scalar(r)?.invert().into_option()?;
    let key = nonce * (scalar(s)? * inverse)
        - ProjectivePoint::<C>::generator() * (scalar(digest)? * inverse);
    compressed::<C>(&key.to_affine())
}

/// The sum of two big-endian numbers, or `None` if it exceeds 32 bytes.
pub(super) fn sum(left: [u8; 32], right: [u8; 32]) -> Option<[u8; 32]> {
    let mut out = [0; 32];
    let mut carry = 0;
    for place in (0..32).rev() {
        let digit = u16::from(left[place]) + u16::from(right[place]) + carry;
        out[place] = digit as u8;
        carry = digit >> 8;
    }
    (carry == 0).then_some(out)
}
