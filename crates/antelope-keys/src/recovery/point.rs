//! The point of the key that made a signature, on any curve.
//!
//! For a signature `(r, s)` of the digest `e`, with `R` the point whose x coordinate is `r`, the
//! key is `(s·R - e·G) / r`. The recovery id says which of the candidates `R` is: bit 0 is the
//! parity of its y coordinate, bit 1 whether its x coordinate was reduced by the order of the
//! curve.

/// Defines `point` for the curve of the crate `$curve`, whose order is `$order`. A macro, because
/// the traits of the two curve crates have no common bound that includes reducing numbers.
macro_rules! point_behind {
    ($curve:ident, $order:expr) => {
        use $curve::elliptic_curve::ops::Reduce;
        use $curve::elliptic_curve::point::DecompressPoint;
        use $curve::elliptic_curve::sec1::ToSec1Point;
        use $curve::elliptic_curve::subtle::Choice;
        use $curve::{AffinePoint, FieldBytes, ProjectivePoint, Scalar};

        /// The compressed point of the key, without any check of `r` and `s` except that a point
        /// exists: equal to `ECDSA_SIG_recover_key_GFp` of fc's `elliptic_r1.cpp`, which uses
        /// OpenSSL.
        pub(crate) fn point(compact: &[u8; 65], digest: &[u8; 32]) -> Option<[u8; 33]> {
            let id = compact[0].wrapping_sub($crate::recovery::COMPACT.start) & 3;
            let number = |bytes: &[u8]| -> Option<[u8; 32]> { bytes.try_into().ok() };
            let (r, s) = (number(&compact[1..33])?, number(&compact[33..])?);
            let x = if id & 2 == 0 {
                r
            } else {
                $crate::recovery::point::sum(r, $order)?
            };
            let nonce = AffinePoint::decompress(&FieldBytes::from(x), Choice::from(id & 1));
            let nonce = ProjectivePoint::from(nonce.into_option()?);
            let [r, s, digest] =
                [r, s, *digest].map(|bytes| Scalar::reduce(&FieldBytes::from(bytes)));
            let inverse = r.invert().into_option()?;
            let key = nonce * (s * inverse) - ProjectivePoint::GENERATOR * (digest * inverse);
            let encoded = key.to_affine().to_sec1_point(true);
            // Infinity has another length.
            encoded.as_bytes().try_into().ok()
        }
    };
}
pub(super) use point_behind;

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
