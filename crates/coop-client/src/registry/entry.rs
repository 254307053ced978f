//! A finished decision.

use antelope_types::{Asset, Checksum256, Name, TimePoint};

/// What became of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It took effect.
    CarriedOut,
    /// The council declined it.
    Declined,
    /// It was not approved while it could be voted on.
    NotApproved,
    /// The chairman did not sign it in time.
    NotSigned,
}

impl Fate {
    /// The fate by the reason in the registry.
    pub fn of(reason: &str) -> Self {
        match reason {
            _ if reason.starts_with("not approved") => Self::NotApproved,
            _ if reason.starts_with("not authorized") => Self::NotSigned,
            _ => Self::Declined,
        }
    }

    /// Its name for programs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CarriedOut => "carried_out",
            Self::Declined => "declined",
            Self::NotApproved => "not_approved",
            Self::NotSigned => "not_signed",
        }
    }
}

/// A vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vote {
    /// Whose.
    pub username: Name,
    /// Whether it was for the question.
    pub is_for: bool,
    /// When.
    pub at: TimePoint,
}

/// An act about property, signed by both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deed {
    /// Its number in the registry of documents.
    pub registry_id: u64,
    /// The hash of the document.
    pub document: Checksum256,
    /// When it was recorded.
    pub at: TimePoint,
}

/// Money that was sent as the decision said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paid {
    /// The sum.
    pub quantity: Asset,
    /// The hash of the bank's record.
    pub reference: Option<Checksum256>,
    /// When it was confirmed.
    pub at: TimePoint,
}

/// A finished decision. What is optional is not known where the walk ended before it was found, and where
/// the kind has no such thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its number in the cooperative.
    pub id: u64,
    /// Its kind.
    pub kind: Name,
    /// Whom it is about.
    pub username: Name,
    /// The hash of the statement or proposal.
    pub hash: Checksum256,
    /// What became of it.
    pub fate: Fate,
    /// When.
    pub finished_at: TimePoint,
    /// In which block.
    pub block: u32,
    /// In which transaction.
    pub transaction: Checksum256,
    /// The hash of the protocol, of a decision that was signed.
    pub protocol: Option<Checksum256>,
    /// When it was published.
    pub published_at: Option<TimePoint>,
    /// In which transaction.
    pub published_in: Option<Checksum256>,
    /// Who signed the protocol.
    pub chairman: Option<Name>,
    /// The sum, or the valuation of property.
    pub quantity: Option<Asset>,
    /// The new account of who moves.
    pub new_account: Option<Name>,
    /// Whether a participant was to be blocked, or no longer.
    pub is_blocked: Option<bool>,
    /// The votes, the oldest first.
    pub votes: Vec<Vote>,
    /// Acts about property.
    pub acts: Vec<Deed>,
    /// Money that was sent because of it.
    pub paid: Option<Paid>,
}
