//! What it costs to try a passphrase.

use crate::error::KeystoreError;
use argon2::{Algorithm, Argon2, Block, Params, Version};
use std::path::Path;
use zeroize::{Zeroize, Zeroizing};

/// Most memory that a file may ask for, in KiB: 1 GiB.
const MOST_MEMORY: u32 = 1 << 20;
/// Most passes over the memory.
const MOST_PASSES: u32 = 16;
/// Most lanes.
const MOST_LANES: u32 = 16;

/// Parameters of Argon2id, version 0x13: what one guess of a passphrase costs, for the owner as for a
/// thief.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cost {
    /// Memory in KiB.
    pub(crate) memory_kib: u32,
    /// Passes over the memory.
    pub(crate) passes: u32,
    /// Lanes. They are computed one after another here; a thief may compute them at once.
    pub(crate) lanes: u32,
}

impl Cost {
    /// The second recommendation of [RFC 9106](https://www.rfc-editor.org/rfc/rfc9106#section-4): 64
    /// MiB, three passes, four lanes.
    pub(crate) const DEFAULT: Self = Self {
        memory_kib: 64 << 10,
        passes: 3,
        lanes: 4,
    };

    /// The least that Argon2 allows, which protects nothing.
    #[cfg(any(test, feature = "weak-for-tests"))]
    pub(crate) const WEAK: Self = Self {
        memory_kib: 8,
        passes: 1,
        lanes: 1,
    };

    /// Holds the parameters of a file to the bounds, before any memory is asked for.
    ///
    /// # Errors
    /// [`KeystoreError::Bounds`] for the first that is out of them.
    pub(crate) fn check(self, path: &Path) -> Result<(), KeystoreError> {
        let bound = |what, value: u32, least: u32, most: u32| {
            if (least..=most).contains(&value) {
                return Ok(());
            }
            Err(KeystoreError::Bounds {
                path: path.to_owned(),
                what,
                value: value.into(),
                least: least.into(),
                most: most.into(),
            })
        };
        bound("kdf.lanes", self.lanes, 1, MOST_LANES)?;
        bound("kdf.passes", self.passes, 1, MOST_PASSES)?;
        let least = 8 * self.lanes;
        bound("kdf.memory_kib", self.memory_kib, least, MOST_MEMORY)
    }

    /// The key of the cipher, 32 bytes. The memory that it was computed in is overwritten.
    ///
    /// # Errors
    /// [`KeystoreError::Memory`] where there is not enough.
    pub(crate) fn derive(
        self,
        passphrase: &[u8],
        salt: &[u8],
    ) -> Result<Zeroizing<[u8; 32]>, KeystoreError> {
        let fail = |_| KeystoreError::Memory {
            mib: self.memory_kib.div_ceil(1024),
        };
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32));
        let params = params.map_err(fail)?;
        let count = params.block_count();
        let mut blocks = Vec::new();
        let reserved = blocks.try_reserve_exact(count);
        reserved.map_err(|_| fail(argon2::Error::OutOfMemory))?;
        blocks.resize(count, Block::new());
        let mut key = Zeroizing::new([0; 32]);
        let hash = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let done = hash.hash_password_into_with_memory(
            passphrase,
            salt,
            key.as_mut_slice(),
            blocks.as_mut_slice(),
        );
        blocks.iter_mut().for_each(Zeroize::zeroize);
        done.map_err(fail)?;
        Ok(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_file_gets_no_memory() {
        let check = |memory_kib, passes, lanes| {
            let cost = Cost {
                memory_kib,
                passes,
                lanes,
            };
            cost.check(Path::new("alice.json"))
        };
        assert!(Cost::DEFAULT.check(Path::new("alice.json")).is_ok());
        assert!(check(MOST_MEMORY, MOST_PASSES, MOST_LANES).is_ok());
        for (memory_kib, passes, lanes) in [
            (MOST_MEMORY + 1, 3, 4),
            (100 << 20, 3, 4),
            (u32::MAX, 3, 4),
            (31, 3, 4),
            (0, 3, 4),
            (65536, 0, 4),
            (65536, MOST_PASSES + 1, 4),
            (65536, 3, 0),
            (65536, 3, MOST_LANES + 1),
            (65536, 3, u32::MAX),
        ] {
            let error = check(memory_kib, passes, lanes).unwrap_err();
            assert_eq!(error.code(), "keys.bounds");
            assert!(error.hint().is_some());
        }
    }

    /// The test vector of Argon2id without a secret and associated data, from the reference
    /// implementation's own tests: version 0x13, 2 passes, 64 MiB, 1 lane.
    #[test]
    fn the_hash_is_that_of_the_reference() {
        let cost = Cost {
            memory_kib: 1 << 16,
            passes: 2,
            lanes: 1,
        };
        let key = cost.derive(b"password", b"somesalt").unwrap();
        let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(
            hex,
            "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"
        );
    }
}
