//! Hashes and signatures.

use super::super::arguments::{Out, Slice, SliceMut};
use super::{Call, Outcome};
use antelope_ledger::reading::read;
use antelope_ledger::recovery;
use antelope_types::{Checksum256, Encode, PublicKey, Signature, ensure};
use sha2::Digest;

/// What the recovery of a key costs, in instructions.
const RECOVERY: u64 = 200_000;

/// What a hash costs however short the data are: padding, and the last block.
const HASH: u64 = 250;

/// Each hash twice: to have it, and to demand it. A byte costs so many instructions.
macro_rules! hashes {
    ($($hash:ident, $assert:ident: $size:literal, $byte:literal = $type:ty;)*) => {
        $(pub(super) fn $hash(
            call: &mut Call<'_, '_>,
            data: Slice<u8>,
            hash: Out<[u8; $size]>,
        ) -> Outcome {
            call.work(HASH + u64::from(data.count()) * $byte)?;
            let digest = <$type>::digest(call.memory.bytes(data));
            call.memory.set(hash, digest.into())
        }

        pub(super) fn $assert(
            call: &mut Call<'_, '_>,
            data: Slice<u8>,
            hash: [u8; $size],
        ) -> Outcome {
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

pub(super) fn recover_key(
    call: &mut Call<'_, '_>,
    digest: [u8; 32],
    signature: Slice<u8>,
    key: SliceMut<u8>,
) -> Outcome<u32> {
    call.work(RECOVERY)?;
    let signature: Signature = read(call.memory.bytes(signature))?;
    let recovered = recovery::recover(&Checksum256(digest), &signature)?;
    let packed = recovered.to_bytes();
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

pub(super) fn assert_recover_key(
    call: &mut Call<'_, '_>,
    digest: [u8; 32],
    signature: Slice<u8>,
    key: Slice<u8>,
) -> Outcome {
    call.work(RECOVERY)?;
    // A node reads both before it recovers.
    let signature: Signature = read(call.memory.bytes(signature))?;
    let expected: PublicKey = read(call.memory.bytes(key))?;
    ensure!(
        recovery::recover(&Checksum256(digest), &signature)? == expected,
        CryptoApi,
        "Error expected key different than recovered key"
    );
    Ok(())
}
