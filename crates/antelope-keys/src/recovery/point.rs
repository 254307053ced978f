//! The point behind a signature, on any curve.

/// Defines `point` for the curve of this crate, which has this order.
macro_rules! point_behind {
    ($curve:ident, $order:expr) => {
        use $curve::elliptic_curve::ops::Reduce;
        use $curve::elliptic_curve::point::DecompressPoint;
        use $curve::elliptic_curve::sec1::ToSec1Point;
        use $curve::elliptic_curve::subtle::Choice;
        use $curve::{AffinePoint, FieldBytes, ProjectivePoint, Scalar};

        /// The point of the curve, with no check of the numbers but whether there is one: as of OpenSSL's
        /// numbers by `ECDSA_SIG_recover_key_GFp` of fc's elliptic_r1.cpp.
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

/// The sum, where it has a place in as many bytes.
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
