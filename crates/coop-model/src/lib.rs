//! What the cooperative contracts and the programs around them share.
//!
//! The vocabulary of the protocol — documents, seats, rights, statuses, parameters — with the
//! interfaces of the three contracts, the rows that more than one of them reads and the checks that
//! more than one of them makes. A rule that two contracts hold stands here once. `docs/contracts.md`
//! is the whole interface in one place.
//!
//! Off chain the same types pack the same bytes: [`Document::hash`](document::Document::hash) and
//! [`signing_digest`](document::signing_digest) are what a client signs, and the interfaces in
//! [`clients`] make actions.
#![no_std]

extern crate alloc;

pub mod account;
pub mod agenda;
pub mod catalogue;
pub mod clients;
pub mod code;
pub mod config;
pub mod coop;
pub mod council;
pub mod decision;
pub mod document;
pub mod funds;
pub mod kinds;
#[cfg(feature = "migration")]
pub mod migration;
pub mod money;
pub mod parameters;
pub mod payer;
pub mod payment;
pub mod people;
pub mod property;
pub mod refusal;
pub mod room;
pub mod sender;
pub mod staff;
pub mod text;

mod hash;
mod must;

pub use config::Config;
pub use coop::{AccountPolicy, Charter, CoopParams};
pub use council::Seat;
pub use document::{Age, Document, DocumentSignature, Meta, Subject};
pub use hash::list_hash;
pub use must::must;
pub use sender::require_sender;
pub use staff::Right;
