//! The curve BLS12-381: numbers little-endian, points by affine coordinates. Protocol feature
//! `BLS_PRIMITIVES2`.
//!
//! Each function returns the bytes of its result, or `None` where the contract gets -1: for a wrong
//! length, a coordinate not below the prime, and a point not on the curve.

use super::curve::{Coordinate, bytes, multiple, point};
use ark_bls12_381::{Bls12_381, Fq, Fq2, Fq12, g1, g2};
use ark_ec::hashing::curve_maps::wb::{WBConfig, WBMap};
use ark_ec::hashing::map_to_curve_hasher::MapToCurve;
use ark_ec::pairing::Pairing;
use ark_ec::short_weierstrass::{Projective, SWCurveConfig};
use ark_ff::{BigInt, Field, PrimeField, Zero};

/// The multiplier that moves a point of the curve into G1: 1 - x, where x is the parameter of the
/// curve.
const G1_COFACTOR: u64 = 0xd201_0000_0001_0001;

/// Bytes of a field element.
const FP: usize = 48;
/// Bytes of a point of G1.
pub(super) const G1: usize = 2 * FP;
/// Bytes of a point of G2, whose coordinates are pairs of field elements.
pub(super) const G2: usize = 4 * FP;
/// Bytes of a scalar.
pub(super) const SCALAR: usize = 32;

impl Coordinate for Fq {
    const SIZE: usize = FP;

    fn read(bytes: &[u8]) -> Option<Self> {
        Self::from_bigint(BigInt(words(bytes)?))
    }

    fn write(&self, out: &mut Vec<u8>) {
        for word in self.into_bigint().0 {
            out.extend(word.to_le_bytes());
        }
    }
}

impl Coordinate for Fq2 {
    const SIZE: usize = 2 * FP;

    fn read(bytes: &[u8]) -> Option<Self> {
        let (c0, c1) = bytes.split_at_checked(FP)?;
        Some(Self::new(Fq::read(c0)?, Fq::read(c1)?))
    }

    fn write(&self, out: &mut Vec<u8>) {
        self.c0.write(out);
        self.c1.write(out);
    }
}

/// A number of exactly `N` 64-bit words, or `None`.
fn words<const N: usize>(bytes: &[u8]) -> Option<[u64; N]> {
    let (words, rest) = bytes.as_chunks::<8>();
    let words: [[u8; 8]; N] = words.try_into().ok()?;
    rest.is_empty().then(|| words.map(u64::from_le_bytes))
}

/// The sum of two points.
fn added<P: SWCurveConfig>(left: &[u8], right: &[u8]) -> Option<Vec<u8>>
where
    P::BaseField: Coordinate,
{
    Some(bytes::<P>(point(left)? + point::<P>(right)?))
}

/// Whether the bytes are a point of the curve of G1; used for finalizers' keys.
pub(in super::super) fn is_g1(bytes: &[u8]) -> bool {
    point::<g1::Config>(bytes).is_some()
}

/// Sum of two points of G1.
pub(super) fn g1_add(left: &[u8], right: &[u8]) -> Option<Vec<u8>> {
    added::<g1::Config>(left, right)
}

/// Sum of two points of G2.
pub(super) fn g2_add(left: &[u8], right: &[u8]) -> Option<Vec<u8>> {
    added::<g2::Config>(left, right)
}

/// Sum of `count` points times their scalars. A count of 0 has no result, as on nodes.
fn weighted_sum<P: SWCurveConfig>(points: &[u8], scalars: &[u8], count: u32) -> Option<Vec<u8>>
where
    P::BaseField: Coordinate,
{
    let size = 2 * P::BaseField::SIZE;
    let count = count as usize;
    if count == 0 || points.len() != count * size || scalars.len() != count * SCALAR {
        return None;
    }
    let mut sum = Projective::<P>::zero();
    for (at, scalar) in points.chunks(size).zip(scalars.chunks(SCALAR)) {
        sum += multiple(point::<P>(at)?, &words::<4>(scalar)?);
    }
    Some(bytes(sum))
}

/// The weighted sum in G1.
pub(super) fn g1_weighted_sum(points: &[u8], scalars: &[u8], count: u32) -> Option<Vec<u8>> {
    weighted_sum::<g1::Config>(points, scalars, count)
}

/// The weighted sum in G2.
pub(super) fn g2_weighted_sum(points: &[u8], scalars: &[u8], count: u32) -> Option<Vec<u8>> {
    weighted_sum::<g2::Config>(points, scalars, count)
}

/// The product of `count` pairings: twelve field elements.
pub(super) fn pairing(g1_points: &[u8], g2_points: &[u8], count: u32) -> Option<Vec<u8>> {
    let count = count as usize;
    if count == 0 || g1_points.len() != count * G1 || g2_points.len() != count * G2 {
        return None;
    }
    let g1: Option<Vec<_>> = g1_points.chunks(G1).map(point::<g1::Config>).collect();
    let g2: Option<Vec<_>> = g2_points.chunks(G2).map(point::<g2::Config>).collect();
    let product: Fq12 = Bls12_381::multi_pairing(g1?, g2?).0;
    let mut out = Vec::with_capacity(12 * FP);
    for six in [product.c0, product.c1] {
        for two in [six.c0, six.c1, six.c2] {
            two.write(&mut out);
        }
    }
    Some(out)
}

/// A field element mapped to the curve by the simplified SWU map of RFC 9380, before the cofactor
/// is cleared.
fn mapped<P: WBConfig>(element: &[u8]) -> Option<ark_ec::short_weierstrass::Affine<P>>
where
    P::BaseField: Coordinate,
{
    WBMap::<P>::map_to_curve(P::BaseField::read(element)?).ok()
}

/// A field element mapped into G1.
pub(super) fn g1_map(element: &[u8]) -> Option<Vec<u8>> {
    Some(bytes(multiple(
        mapped::<g1::Config>(element)?,
        &[G1_COFACTOR],
    )))
}

/// An element of the quadratic extension mapped into G2.
pub(super) fn g2_map(element: &[u8]) -> Option<Vec<u8>> {
    let point = mapped::<g2::Config>(element)?;
    Some(bytes(g2::Config::clear_cofactor(&point).into()))
}

/// The bytes of a field element.
fn element(element: Fq) -> Vec<u8> {
    let mut out = Vec::with_capacity(FP);
    element.write(&mut out);
    out
}

/// A 64-byte number reduced.
pub(super) fn fp_mod(number: &[u8]) -> Option<Vec<u8>> {
    (number.len() == 64).then(|| element(Fq::from_le_bytes_mod_order(number)))
}

/// The product of two field elements.
pub(super) fn fp_mul(left: &[u8], right: &[u8]) -> Option<Vec<u8>> {
    Some(element(Fq::read(left)? * Fq::read(right)?))
}

/// The power of a field element by a 64-byte exponent.
pub(super) fn fp_exp(base: &[u8], exponent: &[u8]) -> Option<Vec<u8>> {
    Some(element(Fq::read(base)?.pow(words::<8>(exponent)?)))
}
