//! Passkeys: what an authenticator answers, as keys and signatures of the chain.

#[cfg(target_family = "wasm")]
mod answer;
mod cbor;
mod der;

#[cfg(target_family = "wasm")]
pub use answer::{passkey_key, passkey_signature};
