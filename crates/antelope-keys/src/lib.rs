//! Keys and signatures of Antelope chains.
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
//! | find the key behind a signature | [`signing::recover`] |
//! | find it with a node's own errors | [`recovery`] |
#![deny(unsafe_code)]

pub mod recovery;
pub mod signing;

pub use signing::{Signer, SigningError, WebAuthnKey};
