//! Testing Antelope contracts: the embedded chain, contracts built from their sources, the costs of
//! actions, and random sequences of transactions.
//!
//! A test needs this crate alone beside the SDK; it re-exports everything of `antelope-chain`.
//!
//! ```
//! use antelope_testing::{Chain, ErrorKind};
//! use antelope_types::name;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let alice = name!("alice");
//! let mut chain = Chain::builder().account(alice).build()?;
//!
//! let before = chain.snapshot();
//! chain.create_account(name!("bob"))?;
//! let failure = chain.create_account(alice).unwrap_err();
//! assert!(failure.error().is(ErrorKind::AccountNameExists));
//! chain.revert(&before);
//! # Ok(()) }
//! ```
//!
//! With a contract, in its own package:
//!
//! ```no_run
//! use antelope_testing::{Chain, contract};
//! use antelope_types::name;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let chain = Chain::builder()
//!     .account(name!("alice"))
//!     .contract(name!("token"), &contract!()?)
//!     .build()?;
//! # Ok(()) }
//! ```
//!
//! | to | use |
//! |---|---|
//! | build the contract under test | [`contract!`] |
//! | begin with accounts, RAM and contracts | [`Chain::builder`] |
//! | execute actions as any account | [`Chain::push`] |
//! | go back to an earlier state | [`Chain::snapshot`], [`Chain::revert`] |
//! | read rows | [`Chain::rows`], [`Chain::rows_json`] |
//! | let time pass | [`Chain::advance`] |
//! | see why a transaction failed | [`Failure`] |
//! | keep a set-up out of `cargo antelope test` | [`without_costs`] |
//! | find cases that nobody thought of | `Sequence`, with the crate feature `proptest` |
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
