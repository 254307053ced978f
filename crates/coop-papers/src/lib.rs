//! The facts of a cooperative's documents, gathered from the chain and from what is known of its people.
//!
//! The chain knows accounts, sums and hashes; names, addresses and descriptions of things are kept elsewhere, by
//! whoever implements [`People`]. [`Facts`] brings both together and gives the [`Form`](coop_documents::Form) of each
//! document as it would be signed now; [`coop_documents::Renderer`] makes its text.
//!
//! | document | made by |
//! |---|---|
//! | protocol of a decision of every kind | [`Facts::protocol`] |
//! | agreements and application of a candidate | [`Facts::application`] |
//! | statements about money, property, exit, a new account | [`Facts::money_statement`] and the others |
//! | proposals: a free question, blocking | [`Facts::proposal`], [`Facts::block_proposal`] |
//! | acts of acceptance and handover | [`Facts::acceptance`], [`Facts::handover`] |
//! | protocols of meetings | [`Facts::founding`], [`Facts::election`], [`Facts::charter`] |
//!
//! A document that was made before is made again by [`coop_documents::Renderer::regenerate`] from its meta and its
//! recorded facts; [`Repeat`] tells whether what somebody repeats of a meta is that of a document.
//!
//! Reading blocks the calling thread: each method asks the node once or a few times.
#![deny(unsafe_code)]

mod acts;
mod facts;
mod fault;
mod meetings;
mod people;
mod protocol;
mod question;
mod repeat;
mod statements;
mod words;

pub use facts::{Facts, find_decision, find_property};
pub use fault::{PaperError, PaperFault, property_state, sum_in};
pub use people::People;
pub use question::{Missing, Turn, kind_title, named_votes, term_ends, turn};
pub use repeat::Repeat;
pub use statements::Application;
