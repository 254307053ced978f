//! Modular exponentiation of numbers of any length, highest byte first.

use antelope_types::{ChainError, ensure};
use num_bigint::BigUint;

/// The power modulo the modulus, as long as that; `None` where that has no bytes.
pub(super) fn power(base: &[u8], exponent: &[u8], modulus: &[u8]) -> Option<Vec<u8>> {
    if modulus.is_empty() {
        return None;
    }
    let mut out = vec![0; modulus.len()];
    let number = BigUint::from_bytes_be(modulus);
    if number != BigUint::ZERO {
        let [base, exponent] = [base, exponent].map(BigUint::from_bytes_be);
        let bytes = base.modpow(&exponent, &number).to_bytes_be();
        // Zero is one byte, and no number is longer than its modulus.
        let start = out.len() - bytes.len();
        out[start..].copy_from_slice(&bytes);
    }
    Some(out)
}

/// What a node demands of lengths while it makes a block. It keeps the work below a few
/// milliseconds.
pub(super) fn check([base, exponent, modulus]: [usize; 3]) -> Result<(), ChainError> {
    const LIMIT: u32 = 106;
    let larger = base.max(modulus);
    ensure!(
        larger >= exponent,
        SubjectiveBlockProduction,
        "mod_exp restriction: exponent bit size cannot exceed bit size of either base or modulus"
    );
    ensure!(
        5 * ceil_log2(exponent) + 8 * ceil_log2(larger) <= LIMIT,
        SubjectiveBlockProduction,
        "mod_exp restriction: bit size too large for input arguments"
    );
    Ok(())
}

fn ceil_log2(number: usize) -> u32 {
    number.max(1).next_power_of_two().ilog2()
}

/// What it costs, in instructions: a multiplication for each bit, of as many words by as many.
pub(super) fn work([base, exponent, modulus]: [usize; 3]) -> u64 {
    let words = (base.max(modulus) as u64).div_ceil(8) + 4;
    exponent as u64 * 8 * words * words * 4
}
