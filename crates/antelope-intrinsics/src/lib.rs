//! The host functions of Antelope chains, described once: what the node's headers are to C++.
//!
//! [`intrinsics!`] lists all 197. The stubs of the SDK, the validator's table of the build tool, the
//! linkage of the embedded chain and the page `docs/host-functions.md` are generated from this list.
//! If the two sides of a function disagree, the code does not compile.
//!
//! This is a separate crate because the crates that use it have no other in common. It contains no code
//! that runs, so it adds nothing to a contract.
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
