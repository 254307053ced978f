//! The demo's input: a cooperative, its people and the questions they decide.

mod election;
mod field;
mod people;
mod problem;
mod read;
mod shares;
mod tree;
mod votes;

use antelope_types::{Asset, Name};
use coop_documents::{Applicant, Cooperative, Fees, Person, Thing};
use coop_model::Charter;

pub use problem::{InputProblem, ProblemKind};
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
    /// What the charter says about decisions.
    pub charter: Charter,
    /// The founders, who are also the council; exactly one is the chairman.
    pub council: Vec<Member>,
    /// Who confirms payments.
    pub cashier: Person,
    /// Who asks to be admitted; at least one is going to be.
    pub candidates: Vec<Candidate>,
    /// What the council decides freely; at least one is going to be approved.
    pub questions: Vec<Question>,
    /// What participants contribute, and ask back.
    pub contributions: Vec<Contribution>,
    /// Who leaves.
    pub exits: Vec<Exit>,
    /// The general meeting that elects the council again, if there is one.
    pub election: Option<Election>,
    /// Who loses the key and goes on under a new account.
    pub moves: Vec<Move>,
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

/// What is contributed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Share {
    /// A sum.
    Money(Asset),
    /// A thing.
    Property(Thing),
}

/// A share contribution.
#[derive(Clone, Debug)]
pub struct Contribution {
    /// Who contributes.
    pub participant: Name,
    /// What.
    pub share: Share,
    /// How the council votes.
    pub votes: Votes,
    /// What is asked back later.
    pub back: Option<Back>,
}

impl Contribution {
    /// Whether property of it is still a share at the end of the story.
    fn keeps_property(&self) -> bool {
        let is_returned = self
            .back
            .as_ref()
            .is_some_and(|back| back.votes.expected() == Expected::Approved);
        matches!(self.share, Share::Property(_))
            && self.votes.expected() == Expected::Approved
            && !is_returned
    }

    /// Whether its return waits for the end of voting.
    pub fn lapses(&self) -> bool {
        self.back
            .as_ref()
            .is_some_and(|back| back.votes.expected() == Expected::Undecided)
    }
}

/// A return of a share.
#[derive(Clone, Debug)]
pub struct Back {
    /// The sum, or the valuation of the property.
    pub quantity: Asset,
    /// How the council votes; without a decision it lapses.
    pub votes: Votes,
}

/// An exit.
#[derive(Clone, Debug)]
pub struct Exit {
    /// Who leaves.
    pub participant: Name,
    /// How the council votes.
    pub votes: Votes,
}

/// The council is elected again, with another chairman, while a return waits for its payment.
#[derive(Clone, Debug)]
pub struct Election {
    /// The new chairman, a member of the council.
    pub chairman: Name,
    /// The participants who object.
    pub objections: Vec<Name>,
    /// Who asks for a return that the chairman before signs for.
    pub participant: Name,
    /// What is asked back, and how the council before votes.
    pub back: Back,
}

/// A new account for a person who lost the key.
#[derive(Clone, Debug)]
pub struct Move {
    /// Who, by the old account.
    pub participant: Name,
    /// The new account.
    pub new_account: Name,
    /// The kind of key of the new account.
    pub key: KeyKind,
    /// How the council votes.
    pub votes: Votes,
}

impl Input {
    /// The chairman.
    pub fn chairman(&self) -> Option<&Member> {
        self.council.iter().find(|member| member.is_chairman)
    }
}
