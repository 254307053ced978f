//! `set_finalizers`: checks a finalizer policy.
//!
//! The embedded chain has no instant finality: one process produces all blocks and nobody votes. A
//! policy is therefore accepted or refused exactly as on a node (`privileged.cpp`,
//! `set_finalizers`), and has no further effect.
//!
//! | bytes | what |
//! |---|---|
//! | 8 | threshold |
//! | varuint | number of finalizers, and for each: |
//! | varuint, text | description, 256 bytes at most |
//! | 8 | weight |
//! | varuint, 96 | BLS public key: the affine coordinates of a point of G1, little-endian |

use super::HostResult;
use super::primitives::is_g1;
use antelope_ledger::reading::read;
use antelope_types::{ChainError, Decode, ErrorKind, base64, ensure};
use ripemd::{Digest, Ripemd160};
use std::collections::BTreeSet;

/// The most finalizers of a policy: `config::max_finalizers`.
const MAX_FINALIZERS: usize = 64 * 1024;

/// The most bytes of a description: `config::max_finalizer_description_size`.
const MAX_DESCRIPTION: usize = 256;

/// Bytes of a public key: two coordinates of 48 bytes.
const KEY: usize = 96;

/// A policy as contracts serialize it.
#[derive(Decode)]
#[cfg_attr(test, derive(antelope_types::Encode))]
struct Policy {
    threshold: u64,
    finalizers: Vec<Finalizer>,
}

/// A finalizer as contracts serialize it.
#[derive(Decode)]
#[cfg_attr(test, derive(antelope_types::Encode))]
struct Finalizer {
    /// Bytes, since nodes do not test whether they are text here.
    description: Vec<u8>,
    weight: u64,
    public_key: Vec<u8>,
}

/// Checks a policy. Only format 0 exists.
///
/// # Errors
/// `wasm_execution_error` (3070002) with the texts of a node for a rule that is broken;
/// `assert_exception` (10) for a key that is not a point of the curve; `out_of_range_exception` (8)
/// for bytes that cannot be read.
pub(super) fn check(format: u64, packed: &[u8]) -> HostResult {
    ensure!(
        format == 0,
        WasmExecutionError,
        "Finalizer policy is in an unknown format!"
    );
    let policy: Policy = read(packed)?;
    ensure!(
        policy.finalizers.len() <= MAX_FINALIZERS,
        WasmExecutionError,
        "Finalizer policy exceeds the maximum finalizer count for this chain"
    );
    ensure!(
        !policy.finalizers.is_empty(),
        WasmExecutionError,
        "Finalizers cannot be empty"
    );
    let mut keys = BTreeSet::new();
    let mut weights = 0u64;
    for finalizer in &policy.finalizers {
        ensure!(
            finalizer.description.len() <= MAX_DESCRIPTION,
            WasmExecutionError,
            "Finalizer description greater than {MAX_DESCRIPTION}"
        );
        weights = weights.checked_add(finalizer.weight).ok_or_else(|| {
            let message = "sum of weights causes uint64_t overflow";
            ChainError::new(ErrorKind::WasmExecutionError, message)
        })?;
        let key = &finalizer.public_key;
        ensure!(
            key.len() == KEY,
            WasmExecutionError,
            "Invalid bls public key length"
        );
        ensure!(is_g1(key), Assert, "g1: ");
        ensure!(
            keys.insert(key),
            WasmExecutionError,
            "Duplicate public key: {}",
            shown(key)
        );
    }
    let threshold = policy.threshold;
    ensure!(
        threshold <= weights && threshold > weights / 2,
        WasmExecutionError,
        "Finalizer policy threshold ({threshold}) must be greater than half of the sum of the weights ({weights}), and less than or equal to the sum of the weights"
    );
    Ok(())
}

/// A key in its text form: `PUB_BLS_`, then base64url of the key followed by the first 4 bytes of
/// its RIPEMD-160.
fn shown(key: &[u8]) -> String {
    let hash = Ripemd160::digest(key);
    format!(
        "PUB_BLS_{}",
        base64::encode_url(&[key, &hash[..4]].concat())
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_types::Encode;

    /// A key of Spring's tests.
    const TEXT: &str = "PUB_BLS_qVbh4IjYZpRGo8U_0spBUM-u-r_G0fMo4MzLZRsKWmm5uyeQTp74YFaMN9IDWPoVVT5rj_Tw1gvps6K9_OZ6sabkJJzug3uGfjA6qiaLbLh5Fnafwv-nVgzzzBlU2kwRrcHc8Q";

    fn key() -> Vec<u8> {
        let text = TEXT.trim_start_matches("PUB_BLS_");
        let standard = text.replace('-', "+").replace('_', "/");
        base64::decode(&standard).unwrap()[..KEY].to_vec()
    }

    fn said(threshold: u64, finalizers: &[(&str, u64, Vec<u8>)]) -> String {
        let finalizers = finalizers.iter().map(|(text, weight, key)| Finalizer {
            description: text.as_bytes().to_vec(),
            weight: *weight,
            public_key: key.clone(),
        });
        let finalizers = finalizers.collect();
        let packed = Policy {
            threshold,
            finalizers,
        }
        .to_bytes();
        check(0, &packed).map_or_else(|error| error.message().to_owned(), |()| String::new())
    }

    #[test]
    fn a_policy_is_taken_with_more_than_half_of_the_weights() {
        assert_eq!(shown(&key()), TEXT);
        let policy = |weight| [("one", weight, key())];
        assert_eq!(said(2, &policy(3)), "");
        assert_eq!(said(3, &policy(3)), "");
        for threshold in [0, 1, 4] {
            let error = said(threshold, &policy(3));
            let expected = format!("Finalizer policy threshold ({threshold}) must be greater");
            assert!(error.starts_with(&expected), "{error}");
        }
    }

    #[test]
    fn what_is_no_policy_is_refused_in_a_nodes_words() {
        let one = || ("one", 1, key());
        assert_eq!(
            check(1, &[]).unwrap_err().message(),
            "Finalizer policy is in an unknown format!"
        );
        assert_eq!(said(1, &[]), "Finalizers cannot be empty");
        let long = "x".repeat(257);
        assert_eq!(
            said(1, &[(&long, 1, key())]),
            "Finalizer description greater than 256"
        );
        assert_eq!(
            said(1, &[("", 1, vec![0; 95])]),
            "Invalid bls public key length"
        );
        let mut beside = key();
        beside[0] ^= 1;
        assert_eq!(said(1, &[("", 1, beside)]), "g1: ");
        assert_eq!(
            said(2, &[one(), one()]),
            format!("Duplicate public key: {TEXT}")
        );
        let heavy = [("", u64::MAX, key()), ("", 1, key())];
        assert_eq!(said(2, &heavy), "sum of weights causes uint64_t overflow");
        assert!(check(0, &[1]).is_err());
    }
}
