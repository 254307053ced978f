//! Arithmetic that would cost too much in a contract: protocol features `CRYPTO_PRIMITIVES` and
//! `BLS_PRIMITIVES2`.
//!
//! Functions that can be asked for what has no result return -1 and leave the buffer as it is; 0
//! means success. None of them fails for wrong input. Inputs come from a hostile contract: lengths
//! are checked before anything is computed, points are checked to lie on the curve, and work that
//! depends on lengths is billed by length.
//!
//! | function | input, in bytes | result | instructions |
//! |---|---|---|---|
//! | `bls_g1_add` | 96, 96 | 96 | 30,000 |
//! | `bls_g2_add` | 192, 192 | 192 | 60,000 |
//! | `bls_g1_weighted_sum` | 96 n, 32 n | 96 | 300,000 n |
//! | `bls_g2_weighted_sum` | 192 n, 32 n | 192 | 900,000 n |
//! | `bls_pairing` | 96 n, 192 n | 576 | 1,500,000 + 1,000,000 n |
//! | `bls_g1_map` | 48 | 96 | 200,000 |
//! | `bls_g2_map` | 96 | 192 | 600,000 |
//! | `bls_fp_mod` | 64 | 48 | 1000 |
//! | `bls_fp_mul` | 48, 48 | 48 | 1000 |
//! | `bls_fp_exp` | 48, 64 | 48 | 100,000 |
//! | `alt_bn128_add` | 64, 64 | 64 | 20,000 |
//! | `alt_bn128_mul` | 64, 32 | 64 | 200,000 |
//! | `alt_bn128_pair` | 192 n | 0 or 1 | 1,000,000 + 1,000,000 n |
//! | `mod_exp` | any | as the modulus | by lengths |
//! | `blake2_f` | 64, 128, 8, 8 | 64 | 100 + 100 for a round |
//! | `sha3` | any | 32 | 1000 + 8 for a byte |
//! | `k1_recover` | 65, 32 | 65 | 200,000 |

mod blake2;
mod bls12_381;
mod bn254;
mod curve;
mod mod_exp;

pub(super) use bls12_381::is_g1;

use super::super::arguments::{Slice, SliceMut};
use super::{Call, HostResult};
use secp256k1::ecdsa::{RecoverableSignature, RecoveryId};
use sha3::Digest;

/// Functions of one or two buffers, a count for some, and a result buffer that must have exactly
/// the size of the result; and what each costs in instructions.
macro_rules! exact {
    ($($(#[$doc:meta])* $name:ident($($arg:ident),+ $(; $count:ident)?) = $work:expr, $function:expr;)*) => {
        $($(#[$doc])*
        pub(super) fn $name(
            call: &mut Call<'_, '_>,
            $($arg: Slice<u8>,)+
            $($count: u32,)?
            result: SliceMut<u8>,
        ) -> HostResult<i32> {
            call.work($work)?;
            let value = $function($(call.memory.bytes($arg),)+ $($count)?);
            let value = value.filter(|bytes| bytes.len() == result.count() as usize);
            Ok(answer(call, result, value))
        })*
    };
}

exact! {
    /// Sum of two points of G1 (96 bytes each).
    bls_g1_add(left, right) = 30_000, bls12_381::g1_add;
    /// Sum of two points of G2 (192 bytes each).
    bls_g2_add(left, right) = 60_000, bls12_381::g2_add;
    /// Sum of points of G1 multiplied by 32-byte scalars.
    bls_g1_weighted_sum(points, scalars; count) =
        each(points, bls12_381::G1, 300_000), bls12_381::g1_weighted_sum;
    /// Sum of points of G2 multiplied by 32-byte scalars.
    bls_g2_weighted_sum(points, scalars; count) =
        each(points, bls12_381::G2, 900_000), bls12_381::g2_weighted_sum;
    /// Product of the pairings of points of G1 and G2, an element of 576 bytes.
    bls_pairing(g1, g2; count) =
        1_500_000 + each(g1, bls12_381::G1, 1_000_000), bls12_381::pairing;
    /// A point of G1 for a field element (48 bytes).
    bls_g1_map(element) = 200_000, bls12_381::g1_map;
    /// A point of G2 for an element of the quadratic extension (96 bytes).
    bls_g2_map(element) = 600_000, bls12_381::g2_map;
    /// A number of 64 bytes modulo the field's prime.
    bls_fp_mod(number) = 1000, bls12_381::fp_mod;
    /// Product of two field elements.
    bls_fp_mul(left, right) = 1000, bls12_381::fp_mul;
    /// A field element to the power of a 64-byte number.
    bls_fp_exp(base, exponent) = 100_000, bls12_381::fp_exp;
}

/// What so many items cost: the number of whole items in the buffer times their price. Wrong
/// lengths are billed too, and then refused.
fn each(items: Slice<u8>, size: usize, work: u64) -> u64 {
    u64::from(items.count()) / size as u64 * work
}

/// Sum of two points of 64 bytes each; the result buffer may be larger than the result.
pub(super) fn alt_bn128_add(
    call: &mut Call<'_, '_>,
    left: Slice<u8>,
    right: Slice<u8>,
    result: SliceMut<u8>,
) -> HostResult<i32> {
    call.work(20_000)?;
    let sum = bn254::add(call.memory.bytes(left), call.memory.bytes(right));
    Ok(answer(call, result, sum))
}

/// A point multiplied by a scalar of 32 bytes.
pub(super) fn alt_bn128_mul(
    call: &mut Call<'_, '_>,
    point: Slice<u8>,
    scalar: Slice<u8>,
    result: SliceMut<u8>,
) -> HostResult<i32> {
    call.work(200_000)?;
    let product = bn254::mul(call.memory.bytes(point), call.memory.bytes(scalar));
    Ok(answer(call, result, product))
}

/// Whether the product of pairings is one: 0 if it is, 1 if not, -1 for invalid input. The buffer
/// has 192 bytes for each pair.
pub(super) fn alt_bn128_pair(call: &mut Call<'_, '_>, pairs: Slice<u8>) -> HostResult<i32> {
    call.work(1_000_000 + each(pairs, bn254::PAIR, 1_000_000))?;
    Ok(match bn254::pairs_to_one(call.memory.bytes(pairs)) {
        Some(one) => i32::from(!one),
        None => -1,
    })
}

/// `base ^ exponent mod modulus`, numbers of any length, most significant byte first.
///
/// # Errors
/// `subjective_block_production_exception` (3100006) for lengths that nodes refuse while they
/// produce.
pub(super) fn mod_exp(
    call: &mut Call<'_, '_>,
    base: Slice<u8>,
    exponent: Slice<u8>,
    modulus: Slice<u8>,
    result: SliceMut<u8>,
) -> HostResult<i32> {
    let sizes = [base, exponent, modulus].map(|it| it.count() as usize);
    mod_exp::check(sizes)?;
    call.work(mod_exp::work(sizes))?;
    let [base, exponent, modulus] = [base, exponent, modulus].map(|it| call.memory.bytes(it));
    let power = mod_exp::power(base, exponent, modulus);
    Ok(answer(call, result, power))
}

/// Compresses one block by BLAKE2b: state 64 bytes, message 128 bytes, and the two halves of the
/// counter 8 bytes each. `last` is 1 for the last block.
#[allow(clippy::too_many_arguments)]
pub(super) fn blake2_f(
    call: &mut Call<'_, '_>,
    rounds: u32,
    state: Slice<u8>,
    message: Slice<u8>,
    t0: Slice<u8>,
    t1: Slice<u8>,
    last: i32,
    result: SliceMut<u8>,
) -> HostResult<i32> {
    // Billed by the rounds, of which 2^32 can be asked for; wrong lengths are refused before.
    if [state, message, t0, t1].map(Slice::count) != [64, 128, 8, 8] {
        return Ok(-1);
    }
    call.work(100 + u64::from(rounds) * 100)?;
    let state = blake2::compress(
        rounds,
        call.memory.bytes(state),
        call.memory.bytes(message),
        [t0, t1].map(|it| call.memory.bytes(it)),
        last == 1,
    );
    Ok(answer(call, result, state))
}

/// Writes SHA3-256, or Keccak-256 where `keccak` is 1, as far as the buffer has room.
pub(super) fn sha3(
    call: &mut Call<'_, '_>,
    data: Slice<u8>,
    hash: SliceMut<u8>,
    keccak: i32,
) -> HostResult {
    // Even what is short takes one of its blocks.
    call.work(1000 + u64::from(data.count()) * 8)?;
    let data = call.memory.bytes(data);
    let digest = if keccak == 1 {
        sha3::Keccak256::digest(data)
    } else {
        sha3::Sha3_256::digest(data)
    };
    call.memory.fill(hash, &digest);
    Ok(())
}

/// Recovers an uncompressed public key (65 bytes) from an Ethereum signature: a byte 27 to 34, then
/// 64 bytes.
pub(super) fn k1_recover(
    call: &mut Call<'_, '_>,
    signature: Slice<u8>,
    digest: Slice<u8>,
    key: SliceMut<u8>,
) -> HostResult<i32> {
    call.work(200_000)?;
    let recovered = recover(call.memory.bytes(signature), call.memory.bytes(digest));
    Ok(answer(call, key, recovered))
}

/// Writes the result and returns 0; returns -1 where there is no result or the buffer is too small.
fn answer(call: &mut Call<'_, '_>, result: SliceMut<u8>, value: Option<Vec<u8>>) -> i32 {
    match value {
        Some(bytes) if bytes.len() <= result.count() as usize => {
            call.memory.fill(result, &bytes);
            0
        }
        _ => -1,
    }
}

/// The uncompressed key, or `None` for a signature or digest that is malformed or recovers no key.
fn recover(signature: &[u8], digest: &[u8]) -> Option<Vec<u8>> {
    let (&number, compact) = signature.split_first()?;
    let digest: [u8; 32] = digest.try_into().ok()?;
    let id = (27..35).contains(&number).then(|| (number - 27) & 3)?;
    let id = RecoveryId::try_from(i32::from(id)).ok()?;
    let signature = RecoverableSignature::from_compact(compact, id).ok()?;
    let key = signature
        .recover(secp256k1::Message::from_digest(digest))
        .ok()?;
    Some(key.serialize_uncompressed().to_vec())
}

#[cfg(test)]
mod tests;
