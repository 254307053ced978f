//! Arithmetic that would cost too much in a contract: the protocol features `CRYPTO_PRIMITIVES` and
//! `BLS_PRIMITIVES2`.

mod blake2;
mod bls12_381;
mod bn254;
mod curve;
mod mod_exp;

pub(super) use bls12_381::is_g1;

use super::super::arguments::{Slice, SliceMut};
use super::{Call, Outcome};
use secp256k1::ecdsa::{RecoverableSignature, RecoveryId};
use sha3::Digest;

/// Functions of one or two buffers, whose result is exactly as long as the last one, and what they
/// cost, in instructions.
macro_rules! exact {
    ($($name:ident($($arg:ident),+ $(; $count:ident)?) = $work:expr, $function:expr;)*) => {
        $(pub(super) fn $name(
            call: &mut Call<'_, '_>,
            $($arg: Slice<u8>,)+
            $($count: u32,)?
            result: SliceMut<u8>,
        ) -> Outcome<i32> {
            call.work($work)?;
            let value = $function($(call.memory.bytes($arg),)+ $($count)?);
            let value = value.filter(|bytes| bytes.len() == result.count() as usize);
            Ok(answer(call, result, value))
        })*
    };
}

exact! {
    bls_g1_add(left, right) = 30_000, bls12_381::g1_add;
    bls_g2_add(left, right) = 60_000, bls12_381::g2_add;
    bls_g1_weighted_sum(points, scalars; count) =
        each(points, bls12_381::G1, 300_000), bls12_381::g1_weighted_sum;
    bls_g2_weighted_sum(points, scalars; count) =
        each(points, bls12_381::G2, 900_000), bls12_381::g2_weighted_sum;
    bls_pairing(g1, g2; count) =
        1_500_000 + each(g1, bls12_381::G1, 1_000_000), bls12_381::pairing;
    bls_g1_map(element) = 200_000, bls12_381::g1_map;
    bls_g2_map(element) = 600_000, bls12_381::g2_map;
    bls_fp_mod(number) = 1000, bls12_381::fp_mod;
    bls_fp_mul(left, right) = 1000, bls12_381::fp_mul;
    bls_fp_exp(base, exponent) = 100_000, bls12_381::fp_exp;
}

/// The work of as many items as there are.
fn each(items: Slice<u8>, size: usize, work: u64) -> u64 {
    u64::from(items.count()) / size as u64 * work
}

pub(super) fn alt_bn128_add(
    call: &mut Call<'_, '_>,
    left: Slice<u8>,
    right: Slice<u8>,
    result: SliceMut<u8>,
) -> Outcome<i32> {
    call.work(20_000)?;
    let sum = bn254::add(call.memory.bytes(left), call.memory.bytes(right));
    Ok(answer(call, result, sum))
}

pub(super) fn alt_bn128_mul(
    call: &mut Call<'_, '_>,
    point: Slice<u8>,
    scalar: Slice<u8>,
    result: SliceMut<u8>,
) -> Outcome<i32> {
    call.work(200_000)?;
    let product = bn254::mul(call.memory.bytes(point), call.memory.bytes(scalar));
    Ok(answer(call, result, product))
}

pub(super) fn alt_bn128_pair(call: &mut Call<'_, '_>, pairs: Slice<u8>) -> Outcome<i32> {
    call.work(1_000_000 + each(pairs, bn254::PAIR, 1_000_000))?;
    Ok(match bn254::pairs_to_one(call.memory.bytes(pairs)) {
        Some(one) => i32::from(!one),
        None => -1,
    })
}

pub(super) fn mod_exp(
    call: &mut Call<'_, '_>,
    base: Slice<u8>,
    exponent: Slice<u8>,
    modulus: Slice<u8>,
    result: SliceMut<u8>,
) -> Outcome<i32> {
    let sizes = [base, exponent, modulus].map(|it| it.count() as usize);
    mod_exp::check(sizes)?;
    call.work(mod_exp::work(sizes))?;
    let [base, exponent, modulus] = [base, exponent, modulus].map(|it| call.memory.bytes(it));
    let power = mod_exp::power(base, exponent, modulus);
    Ok(answer(call, result, power))
}

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
) -> Outcome<i32> {
    // What is refused takes no rounds.
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

pub(super) fn sha3(
    call: &mut Call<'_, '_>,
    data: Slice<u8>,
    hash: SliceMut<u8>,
    keccak: i32,
) -> Outcome {
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

pub(super) fn k1_recover(
    call: &mut Call<'_, '_>,
    signature: Slice<u8>,
    digest: Slice<u8>,
    key: SliceMut<u8>,
) -> Outcome<i32> {
    call.work(200_000)?;
    let recovered = recover(call.memory.bytes(signature), call.memory.bytes(digest));
    Ok(answer(call, key, recovered))
}

/// Puts the result where there is room for it: 0 then, else -1.
fn answer(call: &mut Call<'_, '_>, result: SliceMut<u8>, value: Option<Vec<u8>>) -> i32 {
    match value {
        Some(bytes) if bytes.len() <= result.count() as usize => {
            call.memory.fill(result, &bytes);
            0
        }
        _ => -1,
    }
}

/// The key of a signature with its number before it, as Ethereum has it, not compressed.
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
