//! Hashes and signatures.
//!
//! A hash is billed by the byte, so that a contract cannot make the host hash megabytes for the
//! price of a call. Recovering a key costs as much as 200 µs stand for, wherever the library is
//! faster.
//!
//! | function | hash, in bytes | instructions for a byte |
//! |---|---|---|
//! | `sha1`, `assert_sha1` | 20 | 4 |
//! | `sha256`, `assert_sha256` | 32 | 5 |
//! | `sha512`, `assert_sha512` | 64 | 5 |
//! | `ripemd160`, `assert_ripemd160` | 20 | 8 |
//!
//! Each call costs 250 instructions in addition. `recover_key` and `assert_recover_key` cost
//! 200,000.

use super::super::arguments::{Out, Slice, SliceMut};
use super::{Call, HostResult};
use antelope_keys::recovery;
use antelope_ledger::reading::read;
use antelope_types::{Checksum256, Encode, PublicKey, Signature, ensure};
use sha2::Digest;

/// What recovering a key costs, in instructions.
const RECOVERY: u64 = 200_000;

/// What a hash costs however short the data are, in instructions: padding and the last block.
const HASH: u64 = 250;

/// For each algorithm, two functions: one writes the hash, the other compares it with an expected
/// one and fails with `crypto_api_exception` (3230001) "hash mismatch". `$size` is the size of the
/// hash in bytes, `$byte` what a byte of data costs in instructions.
macro_rules! hashes {
    ($($hash:ident, $assert:ident: $size:literal, $byte:literal = $type:ty;)*) => {
        $(pub(super) fn $hash(
            call: &mut Call<'_, '_>,
            data: Slice<u8>,
            hash: Out<[u8; $size]>,
        ) -> HostResult {
            call.work(HASH + u64::from(data.count()) * $byte)?;
            let digest = <$type>::digest(call.memory.bytes(data));
            call.memory.set(hash, digest.into())
        }

        pub(super) fn $assert(
            call: &mut Call<'_, '_>,
            data: Slice<u8>,
            hash: [u8; $size],
        ) -> HostResult {
            call.work(HASH + u64::from(data.count()) * $byte)?;
            let digest: [u8; $size] = <$type>::digest(call.memory.bytes(data)).into();
            ensure!(digest == hash, CryptoApi, "hash mismatch");
            Ok(())
        })*
    };
}

hashes! {
    sha1, assert_sha1: 20, 4 = sha1::Sha1;
    sha256, assert_sha256: 32, 5 = sha2::Sha256;
    sha512, assert_sha512: 64, 5 = sha2::Sha512;
    ripemd160, assert_ripemd160: 20, 8 = ripemd::Ripemd160;
}

/// Recovers the public key from a signature of a digest and writes it serialized: 34 bytes for K1
/// and R1, more for WebAuthn. Returns the size.
///
/// # Errors
/// `out_of_range_exception` (8) where the signature ends early and `assert_exception` (10) where it
/// is otherwise malformed; an error of the recovery; and where the buffer is too small: for K1 and
/// R1 `out_of_range_exception` with the text of fc's datastream, for WebAuthn
/// `wasm_execution_error` below 33 bytes, else a truncated key, as on a node.
pub(super) fn recover_key(
    call: &mut Call<'_, '_>,
    digest: [u8; 32],
    signature: Slice<u8>,
    key: SliceMut<u8>,
) -> HostResult<u32> {
    call.work(RECOVERY)?;
    let signature: Signature = read(call.memory.bytes(signature))?;
    let recovered = recovery::recover(&Checksum256(digest), &signature)?;
    let packed = recovered.to_bytes();
    // Keys of the types that existed from the beginning have a fixed size, and nodes serialize
    // straight into the buffer; later ones are serialized and copied as far as they fit.
    if matches!(signature, Signature::K1(_) | Signature::R1(_)) {
        ensure!(
            key.count() as usize >= packed.len(),
            OutOfRange,
            "datastream attempted to write past the end"
        );
    } else {
        ensure!(
            key.count() >= 33,
            WasmExecutionError,
            "destination buffer must at least be able to hold an ECC public key"
        );
    }
    call.memory.fill(key, &packed);
    Ok(packed.len() as u32)
}

/// Compares the recovered key with an expected one.
///
/// # Errors
/// `crypto_api_exception` (3230001) where they differ; the errors of reading both, and of the
/// recovery.
pub(super) fn assert_recover_key(
    call: &mut Call<'_, '_>,
    digest: [u8; 32],
    signature: Slice<u8>,
    key: Slice<u8>,
) -> HostResult {
    call.work(RECOVERY)?;
    // Nodes read signature and key before they recover, so that an unreadable key is reported
    // first.
    let signature: Signature = read(call.memory.bytes(signature))?;
    let expected: PublicKey = read(call.memory.bytes(key))?;
    ensure!(
        recovery::recover(&Checksum256(digest), &signature)? == expected,
        CryptoApi,
        "Error expected key different than recovered key"
    );
    Ok(())
}
