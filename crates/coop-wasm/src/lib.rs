//! Documents, actions, transactions and keys for browsers and Node.js.
//!
//! The same Rust that programs and contracts use, through wasm-bindgen: what is packed, hashed, signed
//! and verified here has the bytes of `coop-model`, `antelope-types` and `antelope-keys`. The package is
//! made by the crate `coop-wasm-build`; `docs/signing.md` describes it to those who use it.
//!
//! | subject | functions of the package |
//! |---|---|
//! | documents | `sha256`, `documentHash`, `documentDigest`, `signDocument`, `addSignature`, `isSigned`, `packDocument`, `unpackDocument` |
//! | actions | `action`, `enrol` |
//! | transactions | `packTransaction`, `unpackTransaction`, `transactionId`, `transactionDigest`, `signTransaction`, `signedTransaction` |
//! | keys | `PrivateKey`, `publicKey`, `recoverKey` |
//! | passkeys | `passkeyKey`, `passkeySignature` |
//!
//! Every input has a bound. What fails throws an `Error` with a `code` that does not change, the `field`
//! it is about, and its message in English and, as `ru`, in Russian.
#![cfg_attr(target_family = "wasm", no_std)]
#![deny(unsafe_code)]

#[cfg(any(target_family = "wasm", test))]
extern crate alloc;

#[cfg(target_family = "wasm")]
mod action;
mod actions;
#[cfg(any(target_family = "wasm", test))]
mod digits;
#[cfg(target_family = "wasm")]
mod document;
#[cfg(any(target_family = "wasm", test))]
mod failure;
#[cfg(target_family = "wasm")]
mod keys;
#[cfg(target_family = "wasm")]
mod packing;
#[cfg(any(target_family = "wasm", test))]
mod passkey;
#[cfg(target_family = "wasm")]
mod transaction;
#[cfg(target_family = "wasm")]
mod types;
#[cfg(target_family = "wasm")]
mod value;

pub use actions::ACTIONS;
#[cfg(target_family = "wasm")]
pub use exported::*;

/// Freed memory is joined with what is free beside it and used again, so that a page that stays open for long does not
/// grow.
#[cfg(target_family = "wasm")]
#[global_allocator]
static MEMORY: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// What JavaScript sees.
#[cfg(target_family = "wasm")]
mod exported {
    pub use crate::action::{action, enrol};
    pub use crate::document::{
        add_signature, document_digest, document_hash, is_signed, pack_document, sha256,
        sign_document, unpack_document,
    };
    pub use crate::failure::coop_error;
    pub use crate::keys::{PrivateKey, digest_bytes, public_key, recover_key};
    pub use crate::passkey::{passkey_key, passkey_signature};
    pub use crate::transaction::{
        pack_transaction, sign_transaction, signed_transaction, transaction_digest, transaction_id,
        unpack_transaction,
    };
}
