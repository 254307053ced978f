//! Keys and signatures of Antelope chains: generate, sign and recover, by the rules of a node.
//!
//! ```
//! use antelope_keys::signing::{self, Signer as _};
//! use antelope_types::Checksum256;
//!
//! # fn main() -> Result<(), signing::SigningError> {
//! let key = signing::generate_k1()?;
//! let digest = Checksum256::sha256(b"what is signed");
//! let signature = key.sign(&digest)?;
//! assert_eq!(signing::recover(&digest, &signature)?, key.public_key());
//! # Ok(()) }
//! ```
//!
//! | to | use |
//! |---|---|
//! | make a key | [`signing::generate_k1`], [`signing::generate_r1`], [`signing::WebAuthnKey`] |
//! | sign | [`signing::Signer`], [`signing::sign_digest`] |
//! | recover the key of a signature | [`signing::recover`] |
//! | recover it with a node's own errors | [`recovery`] |
//!
//! # Formats
//!
//! Chains know two curves, K1 (secp256k1, as in Bitcoin) and R1 (secp256r1, as in secure elements),
//! and WebAuthn signatures, which are R1 signatures over data of an authenticator.
//!
//! A public key is a compressed point, 33 bytes. A signature is *compact*, 65 bytes: a first byte,
//! then `r` and `s` as 32 bytes each, big-endian. The first byte is 27 plus the recovery id, 0 to
//! 3, plus 4 because the key is compressed. Since the key can be computed from signature and
//! digest, transactions carry signatures only.
//!
//! Signing is deterministic (RFC 6979). With the feature `fast`, K1 keys are recovered with
//! libsecp256k1, which is faster and compiles C; without it, everything is Rust. With the feature
//! `small`, both curves share one arithmetic, which is a fraction of the code and slower: for programs
//! that a browser loads.
#![deny(unsafe_code)]

mod curves;
pub mod recovery;
pub mod signing;

pub use signing::{Signer, SigningError, WebAuthnKey};
