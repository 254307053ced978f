//! The types of an Antelope chain, on chain and off.
//!
//! One vocabulary for both sides: a [`Name`] is the same type in a contract, in a client and in a
//! test. The crate is `no_std`; what a contract touches reaches no formatting code and no panic.
//!
//! | feature | adds |
//! |---|---|
//! | `alloc` | owned text and lists, WebAuthn keys, transactions, ABI definitions |
//! | `hash` | SHA-256 and RIPEMD-160: the text forms of keys, transaction ids, signing digests |
//! | `contract` | operators of assets that fail the action they are in |
//! | `serde` | the JSON forms of nodeos; traces, errors, and the bodies of its API |
//! | `std` | all of them, and `std::error::Error` for the error types |
//!
//! ```
//! use antelope_types::{Asset, Decode, Encode, Name, asset, name};
//!
//! #[derive(Debug, PartialEq, Encode, Decode)]
//! struct Transfer<'a> {
//!     from: Name,
//!     to: Name,
//!     quantity: Asset,
//!     memo: &'a str,
//! }
//!
//! let transfer = Transfer {
//!     from: name!("alice"),
//!     to: name!("bob"),
//!     quantity: asset!("1.0000 EOS"),
//!     memo: "hi",
//! };
//! let bytes = transfer.to_bytes();
//! assert_eq!(bytes.len(), 8 + 8 + 16 + 1 + 2);
//! assert_eq!(Transfer::from_bytes(&bytes), Ok(transfer));
//! ```
//!
//! Where to begin:
//!
//! | subject | types |
//! |---|---|
//! | names and permissions | [`Name`], [`PermissionLevel`], [`Authority`] |
//! | tokens | [`Asset`], [`Symbol`], [`SymbolCode`], [`ExtendedAsset`] |
//! | time | [`TimePoint`] (µs), [`TimePointSec`] (s), [`BlockTimestamp`] (slots of 500 ms) |
//! | keys and digests | [`PublicKey`], [`PrivateKey`], [`Signature`], [`Checksum256`] |
//! | transactions | [`Action`], [`Transaction`], [`SignedTransaction`], [`PackedTransaction`] |
//! | what they did | [`TransactionTrace`], [`ActionTrace`], [`ChainError`], [`ErrorKind`] |
//! | bytes and JSON | [`Encode`], [`Decode`], [`codec`], [`json`] |
//! | interfaces of contracts | [`abi`], [`schema`], [`AbiType`] |
//! | nodes and the chain | [`rpc`], [`native`], [`Feature`], [`ChainConfig`] |
#![no_std]
#![deny(unsafe_code)]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;
// The derives name this crate by its path, also inside it.
extern crate self as antelope_types;

mod asset;
mod authority;
mod checksum;
pub mod codec;
mod crypto;
mod error;
mod extension;
mod float;
mod literals;
mod message;
mod name;
#[cfg(feature = "contract")]
mod operators;
pub mod parameters;
pub mod schema;
mod symbol;
mod table;
mod text;
mod time;

#[cfg(feature = "alloc")]
pub mod abi;
#[cfg(feature = "alloc")]
mod action;
#[cfg(feature = "alloc")]
pub mod base64;
#[cfg(feature = "alloc")]
mod calls;
#[cfg(feature = "serde")]
pub mod json;
#[cfg(feature = "alloc")]
mod transaction;

#[cfg(feature = "serde")]
mod block_header;
#[cfg(feature = "serde")]
mod chain_config;
#[cfg(feature = "serde")]
mod chain_error;
#[cfg(feature = "serde")]
mod cost;
#[cfg(feature = "serde")]
mod ensure;
#[cfg(feature = "serde")]
mod features;
#[cfg(feature = "alloc")]
pub mod native;
#[cfg(feature = "serde")]
mod producers;
#[cfg(feature = "serde")]
pub mod rpc;
#[cfg(feature = "serde")]
mod trace;
#[cfg(feature = "serde")]
mod wasm_config;

#[cfg(feature = "alloc")]
pub use action::Action;
pub use antelope_macros::{AbiType, Decode, Encode};
pub use asset::{Asset, AssetError, ExtendedAsset};
#[cfg(feature = "alloc")]
pub use authority::Authority;
pub use authority::{KeyWeight, PermissionLevel, PermissionLevelWeight, WaitWeight};
#[cfg(feature = "serde")]
pub use block_header::BlockHeader;
#[cfg(feature = "alloc")]
pub use calls::{IntoActions, IntoAuthorization};
#[cfg(feature = "serde")]
pub use chain_config::ChainConfig;
#[cfg(feature = "serde")]
pub use chain_error::{ChainError, ErrorDetail, ErrorKind, GENERIC_CODE};
pub use checksum::{Checksum160, Checksum256, Checksum512};
pub use codec::{Decode, DecodeError, Decoder, Encode, Encoder};
pub use codec::{VarInt32, VarUint32};
#[cfg(feature = "serde")]
pub use cost::{Cost, CpuBilling};
#[cfg(feature = "hash")]
pub use crypto::KeyError;
pub use crypto::{PrivateKey, PublicKey, Signature};
#[cfg(feature = "alloc")]
pub use crypto::{UserPresence, WebAuthnPublicKey, WebAuthnSignature};
pub use extension::BinaryExtension;
#[cfg(feature = "serde")]
pub use features::{Feature, FeatureSet};
pub use float::Float128;
pub use name::{Name, NameError};
#[cfg(feature = "serde")]
pub use producers::{LegacySchedule, Producer, ProducerKey, Schedule, SigningAuthority};
pub use schema::AbiType;
pub use symbol::{ExtendedSymbol, Symbol, SymbolCode, SymbolError};
pub use table::{NamedTable, PrimaryKey};
pub use text::hex::HexError;
pub use text::moment::TimeError;
pub use time::{BlockTimestamp, TimePoint, TimePointSec};
#[cfg(feature = "serde")]
pub use trace::{
    AccountDelta, ActionReceipt, ActionTrace, DecodedAction, TransactionReceipt, TransactionStatus,
    TransactionTrace, action_digest,
};
#[cfg(feature = "alloc")]
pub use transaction::{
    Compression, Extension, PackedTransaction, SignedTransaction, Transaction, TransactionHeader,
};
#[cfg(feature = "serde")]
pub use wasm_config::WasmConfig;

/// What the macros of this crate expand to; not for direct use.
#[doc(hidden)]
pub mod __private {
    pub use crate::message::{Message, same_text};
    #[cfg(feature = "alloc")]
    pub use alloc::format;
    pub use antelope_macros::{asset_literal, name_literal, symbol_literal};
}
