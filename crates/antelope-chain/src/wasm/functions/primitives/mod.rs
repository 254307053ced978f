//! Arithmetic that would cost too much in a contract: the protocol features `CRYPTO_PRIMITIVES` and
//! `BLS_PRIMITIVES2`.

mod blake2;
mod bls12_381;
mod bn254;
mod curve;
mod mod_exp;

use super::super::call::Call;
use super::{Link, host};
use crate::error::{ChainError, ensure};
use secp256k1::ecdsa::{RecoverableSignature, RecoveryId};
use sha3::Digest;

/// A place in memory: an address and a length.
type Span = (u32, u32);

pub(super) fn link(link: &mut Link<'_>) -> wasmtime::Result<()> {
    bls(link)?;
    host! { link:
        alt_bn128_add(
            call, left: u32, left_size: u32, right: u32, right_size: u32, to: u32, room: u32
        ) -> i32 {
            disjoint(call, [(left, left_size), (right, right_size), (to, room)])?;
            call.work(20_000)?;
            let left = call.memory.read(left, left_size)?;
            let right = call.memory.read(right, right_size)?;
            let sum = if room < bn254::G1 as u32 { None } else { bn254::add(left, right) };
            answer(call, (to, room), sum)
        }
        alt_bn128_mul(
            call, point: u32, point_size: u32, scalar: u32, scalar_size: u32, to: u32, room: u32
        ) -> i32 {
            disjoint(call, [(point, point_size), (scalar, scalar_size), (to, room)])?;
            call.work(200_000)?;
            let point = call.memory.read(point, point_size)?;
            let scalar = call.memory.read(scalar, scalar_size)?;
            let product = if room < bn254::G1 as u32 { None } else { bn254::mul(point, scalar) };
            answer(call, (to, room), product)
        }
        alt_bn128_pair(call, pairs: u32, size: u32) -> i32 {
            disjoint(call, [(pairs, size)])?;
            call.work(1_000_000 + u64::from(size) / bn254::PAIR as u64 * 1_000_000)?;
            Ok(match bn254::pairs_to_one(call.memory.read(pairs, size)?) {
                Some(one) => i32::from(!one),
                None => -1,
            })
        }
        mod_exp(
            call, base: u32, base_size: u32, exponent: u32, exponent_size: u32, modulus: u32,
            modulus_size: u32, to: u32, room: u32
        ) -> i32 {
            disjoint(call, [
                (base, base_size), (exponent, exponent_size), (modulus, modulus_size), (to, room)
            ])?;
            let base = call.memory.read(base, base_size)?;
            let exponent = call.memory.read(exponent, exponent_size)?;
            let modulus = call.memory.read(modulus, modulus_size)?;
            mod_exp::check(base.len(), exponent.len(), modulus.len())?;
            let work = mod_exp::work(base.len(), exponent.len(), modulus.len());
            let power = mod_exp::power(base, exponent, modulus);
            call.work(work)?;
            answer(call, (to, room), power)
        }
        blake2_f(
            call, rounds: u32, state: u32, state_size: u32, message: u32, message_size: u32,
            low: u32, low_size: u32, high: u32, high_size: u32, last: i32, to: u32, room: u32
        ) -> i32 {
            disjoint(call, [
                (state, state_size), (message, message_size), (low, low_size), (high, high_size),
                (to, room)
            ])?;
            call.work(u64::from(rounds) * 100)?;
            let state = blake2::compress(
                rounds,
                call.memory.read(state, state_size)?,
                call.memory.read(message, message_size)?,
                [call.memory.read(low, low_size)?, call.memory.read(high, high_size)?],
                last == 1,
            );
            answer(call, (to, room), state)
        }
        sha3(call, data: u32, size: u32, to: u32, room: u32, keccak: i32) {
            disjoint(call, [(data, size), (to, room)])?;
            call.work(u64::from(size) * 8)?;
            let data = call.memory.read(data, size)?;
            let hash = if keccak == 1 {
                sha3::Keccak256::digest(data)
            } else {
                sha3::Sha3_256::digest(data)
            };
            call.memory.fill(to, room, &hash)?;
            Ok(())
        }
        k1_recover(
            call, signature: u32, size: u32, digest: u32, digest_size: u32, to: u32, room: u32
        ) -> i32 {
            disjoint(call, [(signature, size), (digest, digest_size), (to, room)])?;
            call.work(200_000)?;
            let signature = call.memory.read(signature, size)?;
            let key = recover(signature, call.memory.read(digest, digest_size)?);
            answer(call, (to, room), key)
        }
    }
    Ok(())
}

fn bls(link: &mut Link<'_>) -> wasmtime::Result<()> {
    host! { link:
        bls_g1_add(call, a: u32, a_size: u32, b: u32, b_size: u32, to: u32, room: u32) -> i32 {
            two(call, [(a, a_size), (b, b_size), (to, room)], 30_000, bls12_381::g1_add)
        }
        bls_g2_add(call, a: u32, a_size: u32, b: u32, b_size: u32, to: u32, room: u32) -> i32 {
            two(call, [(a, a_size), (b, b_size), (to, room)], 60_000, bls12_381::g2_add)
        }
        bls_g1_weighted_sum(
            call, points: u32, size: u32, scalars: u32, scalars_size: u32, count: u32, to: u32,
            room: u32
        ) -> i32 {
            let spans = [(points, size), (scalars, scalars_size), (to, room)];
            let work = u64::from(size) / bls12_381::G1 as u64 * 300_000;
            two(call, spans, work, |points, scalars| {
                bls12_381::g1_weighted_sum(points, scalars, count)
            })
        }
        bls_g2_weighted_sum(
            call, points: u32, size: u32, scalars: u32, scalars_size: u32, count: u32, to: u32,
            room: u32
        ) -> i32 {
            let spans = [(points, size), (scalars, scalars_size), (to, room)];
            let work = u64::from(size) / bls12_381::G2 as u64 * 900_000;
            two(call, spans, work, |points, scalars| {
                bls12_381::g2_weighted_sum(points, scalars, count)
            })
        }
        bls_pairing(
            call, g1: u32, g1_size: u32, g2: u32, g2_size: u32, count: u32, to: u32, room: u32
        ) -> i32 {
            let spans = [(g1, g1_size), (g2, g2_size), (to, room)];
            let work = 1_500_000 + u64::from(g1_size) / bls12_381::G1 as u64 * 1_000_000;
            two(call, spans, work, |g1, g2| bls12_381::pairing(g1, g2, count))
        }
        bls_g1_map(call, element: u32, size: u32, to: u32, room: u32) -> i32 {
            one(call, [(element, size), (to, room)], 200_000, bls12_381::g1_map)
        }
        bls_g2_map(call, element: u32, size: u32, to: u32, room: u32) -> i32 {
            one(call, [(element, size), (to, room)], 600_000, bls12_381::g2_map)
        }
        bls_fp_mod(call, number: u32, size: u32, to: u32, room: u32) -> i32 {
            one(call, [(number, size), (to, room)], 1000, bls12_381::fp_mod)
        }
        bls_fp_mul(call, a: u32, a_size: u32, b: u32, b_size: u32, to: u32, room: u32) -> i32 {
            two(call, [(a, a_size), (b, b_size), (to, room)], 1000, bls12_381::fp_mul)
        }
        bls_fp_exp(call, a: u32, a_size: u32, b: u32, b_size: u32, to: u32, room: u32) -> i32 {
            two(call, [(a, a_size), (b, b_size), (to, room)], 100_000, bls12_381::fp_exp)
        }
    }
    Ok(())
}

/// A function of one argument, whose result is exactly as long as the buffer.
fn one(
    call: &mut Call<'_, '_>,
    spans: [Span; 2],
    work: u64,
    function: impl FnOnce(&[u8]) -> Option<Vec<u8>>,
) -> Result<i32, ChainError> {
    disjoint(call, spans)?;
    call.work(work)?;
    let [argument, to] = spans;
    let result = function(call.memory.read(argument.0, argument.1)?);
    answer(call, to, result.filter(|it| it.len() == to.1 as usize))
}

/// A function of two arguments, whose result is exactly as long as the buffer.
fn two(
    call: &mut Call<'_, '_>,
    spans: [Span; 3],
    work: u64,
    function: impl FnOnce(&[u8], &[u8]) -> Option<Vec<u8>>,
) -> Result<i32, ChainError> {
    disjoint(call, spans)?;
    call.work(work)?;
    let [left, right, to] = spans;
    let left = call.memory.read(left.0, left.1)?;
    let result = function(left, call.memory.read(right.0, right.1)?);
    answer(call, to, result.filter(|it| it.len() == to.1 as usize))
}

/// Puts the result where there is room for it: 0 then, else -1.
fn answer(
    call: &mut Call<'_, '_>,
    (to, room): Span,
    result: Option<Vec<u8>>,
) -> Result<i32, ChainError> {
    match result {
        Some(bytes) if bytes.len() <= room as usize => {
            call.memory.put(to, &bytes)?;
            Ok(0)
        }
        _ => Ok(-1),
    }
}

/// Fails unless the places are all in memory and none shares a byte with another.
fn disjoint<const N: usize>(call: &Call<'_, '_>, spans: [Span; N]) -> Result<(), ChainError> {
    for (at, length) in spans {
        call.memory.read(at, length)?;
    }
    let end = |(at, length): Span| u64::from(at) + u64::from(length);
    for (index, left) in spans.iter().enumerate() {
        for right in &spans[index + 1..] {
            let shared = u64::from(left.0.max(right.0)) < end(*left).min(end(*right));
            ensure!(!shared, Wasm, "pointers not allowed to alias");
        }
    }
    Ok(())
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
