//! The demo's input: a cooperative, its people and the questions they decide.

mod field;
mod people;
mod problem;
mod read;
mod tree;
mod votes;

use antelope_types::Name;
use coop_documents::{Applicant, Cooperative, Fees, Person};

pub use problem::{Problem, ProblemKind};
pub use read::read;
pub use votes::{Expected, Votes};

/// A kind of key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// secp256k1, the usual one.
    K1,
    /// secp256r1, the one of phones' hardware.
    R1,
    /// A passkey: secp256r1 as browsers sign with it.
    WebAuthn,
}

/// A whole input, checked.
#[derive(Clone, Debug)]
pub struct Input {
    /// The cooperative.
    pub cooperative: Cooperative,
    /// Fees of a person and of an entrepreneur.
    pub fees: Fees,
    /// Fees of an organization.
    pub organization_fees: Fees,
    /// The founders, who are also the council; exactly one is the chairman.
    pub council: Vec<Member>,
    /// Who confirms payments.
    pub cashier: Person,
    /// Who asks to be admitted; at least one is going to be.
    pub candidates: Vec<Candidate>,
    /// What the council decides freely; at least one is going to be approved.
    pub questions: Vec<Question>,
}

/// A council member.
#[derive(Clone, Debug)]
pub struct Member {
    /// Who it is.
    pub person: Person,
    /// Whether the member is the chairman.
    pub is_chairman: bool,
    /// The kind of key the member signs with.
    pub key: KeyKind,
}

/// A candidate.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Who it is.
    pub applicant: Applicant,
    /// The kind of key the candidate signs with.
    pub key: KeyKind,
    /// How the council votes.
    pub votes: Votes,
}

/// A free question.
#[derive(Clone, Debug)]
pub struct Question {
    /// The council member who puts it.
    pub proposer: Name,
    /// The question.
    pub question: String,
    /// The decision that is proposed.
    pub decision: String,
    /// How the council votes.
    pub votes: Votes,
}

impl Input {
    /// The chairman.
    pub fn chairman(&self) -> Option<&Member> {
        self.council.iter().find(|member| member.is_chairman)
    }
}
