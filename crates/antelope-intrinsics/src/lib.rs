//! The host functions of Antelope chains, described once: what the node's headers are to C++.
//!
//! [`intrinsics!`] lists all 197. Whoever needs them makes what they need of that list: the SDK its
//! stubs, the build tool its validator's table, the chain its linkage, and a test the page
//! `docs/host-functions.md`. A function whose two sides do not agree does not compile.
//!
//! It is a crate of its own, since the crates that use it share no other: it has no code that runs,
//! and a contract pays nothing for it.
//!
//! [`INTRINSICS`] is the list as data:
//!
//! ```
//! use antelope_intrinsics::{Context, ProtocolFeature, intrinsic};
//!
//! let function = intrinsic("get_code_hash").unwrap();
//! assert_eq!(function.feature, Some(ProtocolFeature::GetCodeHash));
//! assert_eq!(function.context, Context::Aware);
//! assert_eq!(function.to_string(), "get_code_hash(account: name, version: u32, result: &mut [u8]) -> u32");
//! assert_eq!(function.params().count(), 4);
//! ```
#![no_std]
#![forbid(unsafe_code)]

mod feature;
mod intrinsic;
mod table;
mod types;

pub use feature::ProtocolFeature;
pub use intrinsic::{Context, INTRINSICS, Intrinsic, Parameter, intrinsic};
pub use types::{Item, Type, ValueType};
