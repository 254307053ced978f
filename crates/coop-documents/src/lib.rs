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
//! | 230 | [`DestructionAct`] |
//! | 300 | [`FoundingProtocol`], [`ElectionProtocol`], [`CharterProtocol`] |
//! | 599 | [`Proposal`] |
//! | 700, 800 | [`PropertyStatement`], [`PropertyReturnStatement`] |
//! | 702, 802 | [`Act`] |
//! | 910, 900 | [`MoneyStatement`], [`MoneyReturnStatement`] |
//! | 201, 211, 221, 501, 600, 701, 801, 901, 911 | [`Protocol`] with its [`Effect`] |
//!
//! The text is kept with its [`Record`]: [`Renderer::regenerate`] makes the same text from the meta and
//! the record alone, by the version of the form that the meta names, however many versions there are by
//! then. For people, [`Presenter::sheet`] gives the parts of a document with the words of its text, and
//! [`html`] a page; the crate `coop-pdf` prints the same sheet.
//!
//! Who people are comes from a [`Profile`], whose fields are checked.
//!
//! Votes, shares, majority and quorum of a protocol are computed by [`Voting`] from the votes
//! themselves, and terms come from [`coop_model::parameters`]; no template contains a number.

mod block;
mod calendar;
mod error;
mod fields;
mod forms;
mod hash;
mod html;
mod locale;
mod marks;
mod money;
mod people;
mod profile;
mod record;
mod render;
pub mod requisites;
#[cfg(feature = "samples")]
pub mod samples;
mod sheet;
mod sign;
mod templates;
mod text;
mod versions;
mod voting;
mod words;

pub use block::{Block, Field, Votes};
pub use calendar::{Date, Zone};
pub use coop_language::Lang;
pub use error::DocumentError;
pub use fields::{FieldError, FieldFault, MAX_PROFILE};
pub use forms::{
    Act, Agreement, AgreementKind, BlockProposal, CharterProtocol, DestroyedData, DestructionAct,
    DestructionReason, Direction, Effect, ElectionProtocol, EntrepreneurStatement, ExitStatement,
    Fees, Form, FoundingProtocol, MoneyReturnStatement, MoneyStatement, MoveStatement,
    OrganizationStatement, PropertyReturnStatement, PropertyStatement, Proposal, Protocol,
    Statement, Thing,
};
pub use html::html;
pub use locale::Locale;
pub use money::figures;
pub use people::{Applicant, Cooperative, Entrepreneur, Organization, Party, Person};
pub use profile::{Applying, Profile};
pub use record::{MAX_FACT, MAX_FACTS, Record};
pub use render::{GENERATOR, Rendered, Renderer, Stamp};
pub use sheet::{MAX_ADDRESS, Presenter, Sheet, SignatureLine, Surroundings};
pub use sign::{is_file_of, is_signed, sign};
pub use text::{LINE_WIDTH, inline, is_blank, is_combining, is_invisible};
pub use voting::{Choice, Seat, Voting, VotingTimes};
pub use words::SheetWords;
