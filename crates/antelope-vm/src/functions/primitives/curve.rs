//! What both pairing-friendly curves share: points of coordinates, and their multiples.

use ark_ec::short_weierstrass::{Affine, Projective, SWCurveConfig};
use ark_ff::{AdditiveGroup, Zero};

/// A field element as contracts write it.
pub(super) trait Coordinate: Sized {
    /// How many bytes it takes.
    const SIZE: usize;

    /// `None` for bytes that are not the least form of an element.
    fn read(bytes: &[u8]) -> Option<Self>;

    fn write(&self, out: &mut Vec<u8>);
}

/// A point of two coordinates, both zero for the one at infinity; `None` where it is not on the
/// curve. Nodes do not look at the subgroup here.
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

/// The bytes of a point.
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

/// A multiple of a point by an integer, lowest word first. The libraries' own multiplication reduces
/// by the order of the subgroup, which the point need not be in.
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
