//! Hashes and signatures.

use super::super::call::Call;
use super::{Link, host};
use crate::error::{ChainError, ensure};
use crate::recovery;
use crate::transaction::read;
use antelope_types::{Checksum256, Encode, PublicKey, Signature};
use sha2::Digest;

/// What the recovery of a key costs, in instructions.
const RECOVERY: u64 = 200_000;

macro_rules! hashes {
    ($link:ident: $($hash:ident, $assert:ident = $type:ty;)*) => {
        host! { $link:
            $($hash(call, data: u32, length: u32, to: u32) {
                let hash = digest::<$type>(call, data, length)?;
                call.memory.put(to, &hash)
            }
            $assert(call, data: u32, length: u32, expected: u32) {
                let hash = digest::<$type>(call, data, length)?;
                let expected = call.memory.read(expected, hash.len() as u32)?;
                ensure!(hash == expected, CryptoApi, "hash mismatch");
                Ok(())
            })*
        }
    };
}

pub(super) fn link(link: &mut Link<'_>) -> wasmtime::Result<()> {
    hashes! { link:
        sha1, assert_sha1 = sha1::Sha1;
        sha256, assert_sha256 = sha2::Sha256;
        sha512, assert_sha512 = sha2::Sha512;
        ripemd160, assert_ripemd160 = ripemd::Ripemd160;
    }
    host! { link:
        recover_key(call, digest: u32, signature: u32, size: u32, to: u32, length: u32) -> u32 {
            let (key, signature) = recover(call, digest, signature, size)?;
            let packed = key.to_bytes();
            if matches!(signature, Signature::K1(_) | Signature::R1(_)) {
                ensure!(
                    length as usize >= packed.len(),
                    OutOfRange,
                    "datastream attempted to write past the end"
                );
            } else {
                ensure!(
                    length >= 33,
                    WasmExecutionError,
                    "destination buffer must at least be able to hold an ECC public key"
                );
            }
            call.memory.fill(to, length, &packed)?;
            Ok(packed.len() as u32)
        }
        assert_recover_key(call, digest: u32, signature: u32, size: u32, key: u32, length: u32) {
            let expected: PublicKey = read(call.memory.read(key, length)?)?;
            let (key, _) = recover(call, digest, signature, size)?;
            ensure!(
                key == expected,
                CryptoApi,
                "Error expected key different than recovered key"
            );
            Ok(())
        }
    }
    Ok(())
}

fn digest<D: Digest>(
    call: &mut Call<'_, '_>,
    data: u32,
    length: u32,
) -> Result<Vec<u8>, ChainError> {
    call.work(u64::from(length) * 4)?;
    Ok(D::digest(call.memory.read(data, length)?).to_vec())
}

fn recover(
    call: &mut Call<'_, '_>,
    digest: u32,
    signature: u32,
    size: u32,
) -> Result<(PublicKey, Signature), ChainError> {
    call.work(RECOVERY)?;
    let digest = Checksum256(call.memory.array(digest)?);
    let signature: Signature = read(call.memory.read(signature, size)?)?;
    Ok((recovery::recover(&digest, &signature)?, signature))
}
