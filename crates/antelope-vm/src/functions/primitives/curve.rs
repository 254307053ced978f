//! What both pairing-friendly curves share: points by affine coordinates, and their multiples.
//!
//! The point at infinity is written as two zero coordinates. A point must lie on the curve but need
//! not be in the subgroup of prime order: nodes do not test it here.

use ark_ec::short_weierstrass::{Affine, Projective, SWCurveConfig};
use ark_ff::{AdditiveGroup, Zero};

/// An element of a field, as contracts write it.
pub(super) trait Coordinate: Sized {
    /// Bytes of an element.
    const SIZE: usize;

    /// The element of these bytes; `None` for a wrong length or a number not below the field's
    /// prime.
    fn read(bytes: &[u8]) -> Option<Self>;

    /// Appends the bytes of the element.
    fn write(&self, out: &mut Vec<u8>);
}

/// The point with these coordinates. `None` for a wrong length, a coordinate out of range, or a
/// point that is not on the curve.
pub(super) fn point<P: SWCurveConfig>(bytes: &[u8]) -> Option<Affine<P>>
where
    P::BaseField: Coordinate,
{
    let (x, y) = bytes.split_at_checked(P::BaseField::SIZE)?;
    let (x, y) = (P::BaseField::read(x)?, P::BaseField::read(y)?);
    if x.is_zero() && y.is_zero() {
        return Some(Affine::identity());
    }
    let point = Affine::new_unchecked(x, y);
    point.is_on_curve().then_some(point)
}

/// The coordinates of a point.
pub(super) fn bytes<P: SWCurveConfig>(point: Projective<P>) -> Vec<u8>
where
    P::BaseField: Coordinate,
{
    let point = Affine::from(point);
    if point.infinity {
        return vec![0; P::BaseField::SIZE * 2];
    }
    let mut out = Vec::with_capacity(P::BaseField::SIZE * 2);
    point.x.write(&mut out);
    point.y.write(&mut out);
    out
}

/// A point times an integer of 64-bit words, least significant first, by doubling and adding. The
/// library's multiplication reduces the integer by the order of the subgroup, which is wrong for a
/// point outside of it. Time depends on the integer, which is public here.
pub(super) fn multiple<P: SWCurveConfig>(point: Affine<P>, by: &[u64]) -> Projective<P> {
    let mut sum = Projective::zero();
    for word in by.iter().rev() {
        for bit in (0..64).rev() {
            sum.double_in_place();
            if word >> bit & 1 == 1 {
                sum += point;
            }
        }
    }
    sum
}
