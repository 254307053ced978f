//! What the cooperative contracts and the programs around them share.
//!
//! The vocabulary of the protocol — documents, seats, rights, statuses, bounds — with the rows that
//! more than one contract reads and the checks that more than one contract makes. A rule that two
//! contracts hold stands here once. `docs/contracts.md` is the whole interface in one place.
//!
//! Off chain the same types pack the same bytes: [`Document::hash`](document::Document::hash) and
//! [`signing_digest`](document::signing_digest) are what a client signs, and the traits in
//! [`clients`] make actions.
#![no_std]

extern crate alloc;

pub mod account;
pub mod clients;
pub mod config;
pub mod coop;
pub mod council;
pub mod decision;
pub mod document;
pub mod limits;
pub mod money;
pub mod payer;
pub mod people;
pub mod staff;

mod hash;
mod must;

pub use config::Config;
pub use coop::{AccountPolicy, CoopParams};
pub use council::Seat;
pub use document::{Document, DocumentSignature, Meta, Subject};
pub use hash::list_hash;
pub use must::must;
pub use staff::Right;
