//! What tests of Antelope contracts are written with.
//!
//! A test needs this crate alone beside the SDK: everything of `antelope-chain` is here too.
//!
//! ```no_run
//! use antelope_testing::{Chain, contract};
//! use antelope_types::name;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut chain = Chain::builder()
//!     .account(name!("alice"))
//!     .contract(name!("token"), &contract!()?)
//!     .build()?;
//! let before = chain.snapshot();
//! # Ok(()) }
//! ```
//!
//! | to | use |
//! |---|---|
//! | build the contract under test | [`contract!`] |
//! | begin with accounts, RAM and contracts | [`Chain::builder`] |
//! | keep a set-up out of `cargo antelope test` | [`without_costs`] |
//! | find what nobody thought of | `Sequence`, with the feature `proptest` |
#![deny(unsafe_code)]

mod build;
mod costs;
mod coverage;
#[cfg(feature = "proptest")]
mod sequence;

pub use antelope_build::BuildError;
pub use antelope_chain::*;
pub use build::{build_contract, build_package, build_with_features};
pub use costs::{record_costs, without_costs};
#[cfg(feature = "proptest")]
pub use proptest;
#[cfg(feature = "proptest")]
pub use sequence::{After, Outcomes, Sequence, Step, Summary};
