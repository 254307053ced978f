//! The two curves of Antelope, with the arithmetic that programs are compiled with.

#[cfg(any(test, feature = "small"))]
mod small;

use ecdsa::elliptic_curve::group::CurveAffine;
use ecdsa::elliptic_curve::point::AffineCoordinates;
use ecdsa::elliptic_curve::{AffinePoint, CurveArithmetic};

#[cfg(not(feature = "small"))]
pub(crate) use k256::Secp256k1 as K1;
#[cfg(not(feature = "small"))]
pub(crate) use p256::NistP256 as R1;
#[cfg(feature = "small")]
pub(crate) use small::{K1, R1};

/// A curve of which one coordinate and a parity tell a point.
pub(crate) trait Decompress: CurveArithmetic {
    /// The point with this x coordinate whose y coordinate is odd or is not, if the curve has one.
    fn decompress(x: &[u8; 32], is_odd: bool) -> Option<AffinePoint<Self>>;
}

/// By the crate of the curve.
macro_rules! decompress {
    ($($curve:ty),+) => {$(
        #[cfg(any(test, not(feature = "small")))]
        impl Decompress for $curve {
            fn decompress(x: &[u8; 32], is_odd: bool) -> Option<AffinePoint<Self>> {
                use ecdsa::elliptic_curve::point::DecompressPoint;
                use ecdsa::elliptic_curve::subtle::Choice;

                let x = ecdsa::elliptic_curve::FieldBytes::<Self>::from(*x);
                AffinePoint::<Self>::decompress(&x, Choice::from(u8::from(is_odd))).into_option()
            }
        }
    )+};
}

decompress!(k256::Secp256k1, p256::NistP256);

/// A compressed point: 2 or 3 by parity, then the x coordinate. Infinity has none.
pub(crate) fn compressed<C: CurveArithmetic>(point: &AffinePoint<C>) -> Option<[u8; 33]> {
    let mut out = [0; 33];
    out[0] = 2 + point.y_is_odd().unwrap_u8();
    out[1..].copy_from_slice(&point.x());
    (!bool::from(point.is_identity())).then_some(out)
}
