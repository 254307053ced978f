//! Random digits: tokens, challenges, numbers of faults.

use std::fmt::Write;

/// So many random bytes, in hexadecimal digits.
///
/// # Errors
/// Where the system has no random numbers.
pub(crate) fn digits<const BYTES: usize>() -> Result<String, getrandom::Error> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes)?;
    Ok(hex(&bytes))
}

/// Bytes in hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing into a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
