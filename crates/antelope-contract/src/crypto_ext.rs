//! Cryptography added by the protocol features `CRYPTO_PRIMITIVES` and `BLS_PRIMITIVES2`.
//!
//! Points and numbers are bytes in the encodings of the host functions: big-endian for `alt_bn128`
//! and `mod_exp`, little-endian for BLS12-381, points by their affine coordinates. A function
//! returns `None` where the input is invalid: a point not on the curve, or a length that does not
//! fit.
//!
//! These host functions refuse arguments that overlap in memory, even if they only read them. The
//! functions here accept the same reference twice: they copy it.

use crate::{buffer::Buffer, raw, types::Checksum256};

/// A copy in other memory. `black_box` keeps the compiler from seeing that it is one and removing
/// it.
#[inline(always)]
fn copy<const N: usize>(bytes: &[u8; N]) -> [u8; N] {
    let mut copy = *bytes;
    core::hint::black_box(&mut copy);
    copy
}

/// The bytes, or a copy where they overlap with others.
fn apart<'a>(bytes: &'a [u8], others: &[&[u8]], buffer: &'a mut Buffer) -> &'a [u8] {
    let mine = bytes.as_ptr_range();
    let shared = others.iter().any(|other| {
        let theirs = other.as_ptr_range();
        mine.start < theirs.end && theirs.start < mine.end
    });
    if !shared {
        return bytes;
    }
    let room = buffer.take(bytes.len());
    room.copy_from_slice(bytes);
    room
}

/// The value, if the host has reported success.
fn ok<T>(status: i32, value: T) -> Option<T> {
    (status == 0).then_some(value)
}

/// SHA3-256.
pub fn sha3(data: &[u8]) -> Checksum256 {
    let mut hash = [0; 32];
    raw::sha3(data, &mut hash, 0);
    Checksum256(hash)
}

/// Keccak-256, as Ethereum has it.
pub fn keccak(data: &[u8]) -> Checksum256 {
    let mut hash = [0; 32];
    raw::sha3(data, &mut hash, 1);
    Checksum256(hash)
}

/// The compression function of BLAKE2b with a chosen number of rounds; see EIP-152.
pub fn blake2_f(
    rounds: u32,
    state: &[u8; 64],
    message: &[u8; 128],
    t0: &[u8; 8],
    t1: &[u8; 8],
    last: bool,
) -> Option<[u8; 64]> {
    let mut result = [0; 64];
    let (t0, t1) = (copy(t0), copy(t1));
    let status = raw::blake2_f(
        rounds,
        state,
        message,
        &t0,
        &t1,
        i32::from(last),
        &mut result,
    );
    ok(status, result)
}

/// Recovers the uncompressed secp256k1 key that has signed a digest. The signature is Ethereum's: a
/// byte 27 to 34, then 64 bytes.
pub fn k1_recover(signature: &[u8; 65], digest: &[u8; 32]) -> Option<[u8; 65]> {
    let mut key = [0; 65];
    let status = raw::k1_recover(signature, digest, &mut key);
    ok(status, key)
}

/// `base` to the power of `exponent`, modulo `modulus`; big-endian, as long as the modulus. `None`
/// where `result` is shorter than that.
pub fn mod_exp<'a>(
    base: &[u8],
    exponent: &[u8],
    modulus: &[u8],
    result: &'a mut [u8],
) -> Option<&'a [u8]> {
    let room = result.get_mut(..modulus.len())?;
    let (mut exponent_room, mut modulus_room) = (Buffer::new(), Buffer::new());
    let exponent = apart(exponent, &[base], &mut exponent_room);
    let modulus = apart(modulus, &[base, exponent], &mut modulus_room);
    let status = raw::mod_exp(base, exponent, modulus, room);
    ok(status, room)
}

/// The sum of two points of alt_bn128.
pub fn alt_bn128_add(left: &[u8; 64], right: &[u8; 64]) -> Option<[u8; 64]> {
    let mut result = [0; 64];
    let status = raw::alt_bn128_add(left, &copy(right), &mut result);
    ok(status, result)
}

/// A point of alt_bn128 times a number.
pub fn alt_bn128_mul(point: &[u8; 64], scalar: &[u8; 32]) -> Option<[u8; 64]> {
    let mut result = [0; 64];
    let status = raw::alt_bn128_mul(point, scalar, &mut result);
    ok(status, result)
}

/// Whether the product of pairings is one. `pairs` has 192 bytes for each: 64 for a point of the
/// first group, 128 for one of the second.
pub fn alt_bn128_pair(pairs: &[u8]) -> Option<bool> {
    match raw::alt_bn128_pair(pairs) {
        0 => Some(true),
        1 => Some(false),
        _ => None,
    }
}

macro_rules! bls {
    ($($(#[$doc:meta])* $name:ident($($argument:ident: $ty:ty),*) -> $size:literal: $function:ident($($pass:expr),*);)+) => {$(
        $(#[$doc])*
        pub fn $name($($argument: $ty),*) -> Option<[u8; $size]> {
            let mut result = [0; $size];
            let status = raw::$function($($pass,)* &mut result);
            ok(status, result)
        }
    )+};
}

bls! {
    /// The sum of two points of G1.
    bls_g1_add(left: &[u8; 96], right: &[u8; 96]) -> 96: bls_g1_add(left, &copy(right));
    /// The sum of two points of G2.
    bls_g2_add(left: &[u8; 192], right: &[u8; 192]) -> 192: bls_g2_add(left, &copy(right));
    /// The sum of `count` points of G1, each times its number of 32 bytes.
    bls_g1_weighted_sum(points: &[u8], scalars: &[u8], count: u32) -> 96: bls_g1_weighted_sum(points, scalars, count);
    /// The sum of `count` points of G2, each times its number of 32 bytes.
    bls_g2_weighted_sum(points: &[u8], scalars: &[u8], count: u32) -> 192: bls_g2_weighted_sum(points, scalars, count);
    /// The product of `count` pairings, in GT.
    bls_pairing(g1: &[u8], g2: &[u8], count: u32) -> 576: bls_pairing(g1, g2, count);
    /// A field element to a point of G1.
    bls_g1_map(element: &[u8; 48]) -> 96: bls_g1_map(element);
    /// A field element to a point of G2.
    bls_g2_map(element: &[u8; 96]) -> 192: bls_g2_map(element);
    /// A number of 64 bytes modulo the order of the field.
    bls_fp_mod(scalar: &[u8; 64]) -> 48: bls_fp_mod(scalar);
    /// The product of two field elements.
    bls_fp_mul(left: &[u8; 48], right: &[u8; 48]) -> 48: bls_fp_mul(left, &copy(right));
    /// A field element to the power of a number of 64 bytes.
    bls_fp_exp(base: &[u8; 48], exponent: &[u8; 64]) -> 48: bls_fp_exp(base, exponent);
}
