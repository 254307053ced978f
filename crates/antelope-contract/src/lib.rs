//! The SDK for Antelope contracts in Rust.
//!
//! ```no_run
//! use antelope_contract::prelude::*;
//!
//! #[table("greetings")]
//! pub struct Greeting {
//!     #[primary]
//!     pub who: Name,
//!     pub count: u64,
//! }
//!
//! #[contract(tables(Greeting))]
//! mod hello {
//!     use super::*;
//!
//!     /// Greets and counts.
//!     #[action]
//!     pub fn hi(who: Name) {
//!         require_auth(who);
//!         let greetings = Greeting::table(receiver());
//!         match greetings.get(who) {
//!             Some(greeting) => {
//!                 greeting.update(Payer::Same, |greeting| greeting.count += 1);
//!             }
//!             None => greetings.insert(who, &Greeting { who, count: 1 }),
//!         }
//!         print("hello, ");
//!         print(who);
//!     }
//! }
//! # fn main() {}
//! ```
//!
//! A contract is a `cdylib` (and, for its tests, an `rlib`) whose root begins with
//! `#![cfg_attr(target_family = "wasm", no_std)]`; it builds for `wasm32v1-none`. It also builds for
//! the development machine, where a [`host::Host`] stands for the chain.
//!
//! | feature | adds |
//! |---|---|
//! | `alloc` | `Vec`, `String` and whatever needs them; in a contract a heap that only grows |
#![cfg_attr(target_family = "wasm", no_std)]

#[cfg(feature = "alloc")]
extern crate alloc;
// The macros name this crate by its path, also in its own examples.
extern crate self as antelope_contract;

/// The types of the chain.
pub use antelope_types as types;

#[macro_use]
mod raw;

pub mod assert;
pub mod auth;
mod buffer;
pub mod client;
pub mod console;
mod context;
pub mod crypto;
#[doc(hidden)]
pub mod dispatch;
pub mod host;
pub mod prelude;
pub mod system;
pub mod table;

pub use antelope_macros::{client, contract, table};
pub use assert::{Failure, OrFail, fail};
pub use context::Context;
