//! The curve BN254, which Antelope calls `alt_bn128`: numbers big-endian, as in Ethereum's
//! precompiles. Protocol feature `CRYPTO_PRIMITIVES`.

use super::curve::{Coordinate, bytes, multiple, point};
use ark_bn254::{Bn254, Fq, Fq2, g1, g2};
use ark_ec::pairing::Pairing;
use ark_ff::{BigInt, PrimeField};

/// Bytes of a field element.
const FP: usize = 32;
/// Bytes of a point of the first group.
const G1: usize = 2 * FP;
/// Bytes of a pair: a point of each group.
pub(super) const PAIR: usize = 6 * FP;

impl Coordinate for Fq {
    const SIZE: usize = FP;

    fn read(bytes: &[u8]) -> Option<Self> {
        Self::from_bigint(BigInt(words(bytes)?))
    }

    fn write(&self, out: &mut Vec<u8>) {
        for word in self.into_bigint().0.iter().rev() {
            out.extend(word.to_be_bytes());
        }
    }
}

impl Coordinate for Fq2 {
    const SIZE: usize = 2 * FP;

    fn read(bytes: &[u8]) -> Option<Self> {
        let (c1, c0) = bytes.split_at_checked(FP)?;
        Some(Self::new(Fq::read(c0)?, Fq::read(c1)?))
    }

    fn write(&self, out: &mut Vec<u8>) {
        self.c1.write(out);
        self.c0.write(out);
    }
}

/// A number of 32 bytes as 64-bit words, least significant first.
fn words(bytes: &[u8]) -> Option<[u64; 4]> {
    let bytes: &[u8; FP] = bytes.try_into().ok()?;
    let mut words = [0; 4];
    for (word, bytes) in words.iter_mut().zip(bytes.as_rchunks::<8>().1.iter().rev()) {
        *word = u64::from_be_bytes(*bytes);
    }
    Some(words)
}

/// The sum of two points; `None` for a wrong length or a point not on the curve.
pub(super) fn add(left: &[u8], right: &[u8]) -> Option<Vec<u8>> {
    Some(bytes::<g1::Config>(
        point(left)? + point::<g1::Config>(right)?,
    ))
}

/// A point times a scalar; `None` as above.
pub(super) fn mul(at: &[u8], scalar: &[u8]) -> Option<Vec<u8>> {
    Some(bytes(multiple(point::<g1::Config>(at)?, &words(scalar)?)))
}

/// Whether the product of the pairings is one: how a proof is verified. `None` for a length that is
/// no multiple of [`PAIR`], and for points that are not of their group. No pairs have the product
/// one.
pub(super) fn pairs_to_one(pairs: &[u8]) -> Option<bool> {
    if !pairs.len().is_multiple_of(PAIR) {
        return None;
    }
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for pair in pairs.chunks(PAIR) {
        let (left, right) = pair.split_at(G1);
        first.push(point::<g1::Config>(left)?);
        let right = point::<g2::Config>(right)?;
        // The curve of the second group has points outside of the group, unlike that of the first;
        // nodes test it here.
        if !right.is_in_correct_subgroup_assuming_on_curve() {
            return None;
        }
        second.push(right);
    }
    Some(Bn254::multi_pairing(first, second) == Default::default())
}
