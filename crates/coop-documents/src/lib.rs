//! Renders, hashes and signs the documents of a cooperative.
//!
//! A document is a plain Russian text made from a template and typed facts. The chain never sees the
//! text, only its SHA-256 and what [`coop_model::Meta`] says about it, covered by signatures:
//!
//! 1. a form ([`Statement`], [`Proposal`], [`AdmissionProtocol`], …) collects the facts,
//! 2. [`Renderer::render`] makes the text and its hash, the same bytes for the same facts,
//! 3. [`sign`] adds the signatures of the people it concerns.
//!
//! Votes, shares, majority and quorum of a protocol are computed by [`Voting`] from the votes
//! themselves; no template contains them as fixed text.

mod calendar;
mod error;
mod forms;
mod money;
mod people;
mod render;
mod sign;
mod text;
mod voting;

pub use calendar::{Date, Zone};
pub use error::DocumentError;
pub use forms::{
    AdmissionProtocol, DecisionProtocol, ElectionProtocol, Fees, Form, FoundingProtocol, Proposal,
    Statement,
};
pub use people::{Applicant, Cooperative, Person};
pub use render::{GENERATOR, Rendered, Renderer, Stamp, VERSION};
pub use sign::{is_file_of, is_signed, sign};
pub use text::{LINE_WIDTH, is_invisible};
pub use voting::{Choice, Seat, Voting, VotingTimes};
