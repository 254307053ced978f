//! One binary, a file per subject; vectors are those of CDT, nodeos and wharfkit.

#![allow(clippy::unwrap_used)]

mod abi;
mod assets;
mod codec;
mod hostile;
mod json;
mod key_texts;
mod keys;
mod literals;
mod misuse;
mod names;
mod symbols;
mod times;
mod transactions;

/// The bytes of hexadecimal digits.
fn hex(digits: &str) -> Vec<u8> {
    let digits: Vec<u8> = digits
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect();
    digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}
