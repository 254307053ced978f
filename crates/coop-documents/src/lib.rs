//! Renders, hashes and signs the documents of a cooperative.
//!
//! A document is a plain Russian text made from a template and typed facts; every form also has an
//! English text for reading along. The chain never sees the text, only its SHA-256 and what
//! [`coop_model::Meta`] says about it, covered by signatures:
//!
//! 1. a form ([`Statement`], [`Protocol`], [`Act`], [`Agreement`], …) collects the facts,
//! 2. [`Renderer::render`] makes the text and its hash, the same bytes for the same facts,
//! 3. [`sign`] adds the signatures of the people it concerns.
//!
//! | registry id | form |
//! |---|---|
//! | 1–4 | [`Agreement`] |
//! | 100 | [`Statement`], [`EntrepreneurStatement`], [`OrganizationStatement`] |
//! | 200, 210, 220 | [`ExitStatement`], [`MoveStatement`], [`BlockProposal`] |
//! | 300 | [`FoundingProtocol`], [`ElectionProtocol`], [`CharterProtocol`] |
//! | 599 | [`Proposal`] |
//! | 700, 800 | [`PropertyStatement`], [`PropertyReturnStatement`] |
//! | 702, 802 | [`Act`] |
//! | 910, 900 | [`MoneyStatement`], [`MoneyReturnStatement`] |
//! | 201, 211, 221, 501, 600, 701, 801, 901, 911 | [`Protocol`] with its [`Effect`] |
//!
//! Votes, shares, majority and quorum of a protocol are computed by [`Voting`] from the votes
//! themselves, and terms come from [`coop_model::parameters`]; no template contains a number.

mod calendar;
mod error;
mod forms;
mod hash;
mod locale;
mod money;
mod people;
mod render;
mod sign;
mod templates;
mod text;
mod voting;

pub use calendar::{Date, Zone};
pub use coop_language::Lang;
pub use error::DocumentError;
pub use forms::{
    Act, Agreement, AgreementKind, BlockProposal, CharterProtocol, Direction, Effect,
    ElectionProtocol, EntrepreneurStatement, ExitStatement, Fees, Form, FoundingProtocol,
    MoneyReturnStatement, MoneyStatement, MoveStatement, OrganizationStatement,
    PropertyReturnStatement, PropertyStatement, Proposal, Protocol, Statement, Thing,
};
pub use locale::Locale;
pub use money::figures;
pub use people::{Applicant, Cooperative, Entrepreneur, Organization, Party, Person};
pub use render::{GENERATOR, Rendered, Renderer, Stamp, VERSION};
pub use sign::{is_file_of, is_signed, sign};
pub use text::{LINE_WIDTH, is_invisible};
pub use voting::{Choice, Seat, Voting, VotingTimes};
