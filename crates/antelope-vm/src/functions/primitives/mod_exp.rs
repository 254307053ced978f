//! Modular exponentiation of numbers of any length, most significant byte first.

use antelope_types::{ChainError, ensure};
use num_bigint::BigUint;

/// The power, as long as the modulus. `None` for a modulus of no bytes; zeros for a modulus of
/// zero, as nodes' `fc::modexp` gives.
pub(super) fn power(base: &[u8], exponent: &[u8], modulus: &[u8]) -> Option<Vec<u8>> {
    if modulus.is_empty() {
        return None;
    }
    let mut out = vec![0; modulus.len()];
    let number = BigUint::from_bytes_be(modulus);
    if number != BigUint::ZERO {
        let [base, exponent] = [base, exponent].map(BigUint::from_bytes_be);
        let bytes = base.modpow(&exponent, &number).to_bytes_be();
        // Zero is encoded as one byte; every other result is shorter than the modulus or as long.
        let start = out.len() - bytes.len();
        out[start..].copy_from_slice(&bytes);
    }
    Some(out)
}

/// The limits on lengths (in bytes) that nodes apply while they make a block (`crypto.cpp`,
/// `mod_exp`). They keep the work within a few milliseconds.
///
/// # Errors
/// `subjective_block_production_exception` (3100006).
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

/// The smallest `n` with `2^n >= number`; 0 for 0.
fn ceil_log2(number: usize) -> u32 {
    number.max(1).next_power_of_two().ilog2()
}

/// What it costs in instructions: for each bit of the exponent a multiplication, which is quadratic
/// in the number of 64-bit words.
pub(super) fn work([base, exponent, modulus]: [usize; 3]) -> u64 {
    let words = (base.max(modulus) as u64).div_ceil(8) + 4;
    exponent as u64 * 8 * words * words * 4
}
