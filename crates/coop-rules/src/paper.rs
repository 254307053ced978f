//! Signed documents, as far as the rules look at them.

use crate::cooperative::{Charter, Seat};
use crate::kind::{BoardKind, PersonKind};
use crate::reason::require;
use crate::{Account, Hash, Reason, Terms, Time};
use coop_model::parameters::MAX_SIGNATURES;
use std::collections::BTreeSet;

/// A signed document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// What it is known by; different documents have different hashes.
    pub hash: Hash,
    /// Which kind of document.
    pub registry: u64,
    /// The cooperative that it belongs to.
    pub coop: Account,
    /// Whom it is about.
    pub about: Account,
    /// What it binds itself to.
    pub subject: Option<Subject>,
    /// When it was rendered.
    pub created_at: Time,
    /// Whether its title is longer than it may be.
    pub is_too_long: bool,
    /// Who signed.
    pub signatures: Vec<Signature>,
}

/// A signature under a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    /// In whose name.
    pub signer: Account,
    /// When, as it says.
    pub at: Time,
    /// What is wrong with it.
    pub flaw: Option<Flaw>,
}

/// What is wrong with a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It is of another document.
    Forged,
    /// The key is not the signer's.
    WrongKey,
}

/// A sum of money as somebody names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sum {
    /// How much.
    pub amount: i64,
    /// In which symbol.
    pub symbol: u8,
}

/// What a document binds itself to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A draft of a question.
    Project,
    /// A decision with its votes and its quorum.
    Decision {
        /// Its number.
        id: u64,
        /// The question's hash.
        hash: Hash,
        /// Who voted for.
        votes_for: BTreeSet<Account>,
        /// Who voted against.
        votes_against: BTreeSet<Account>,
        /// The quorum in percent.
        quorum: u8,
    },
    /// The founders.
    Founders(Vec<Account>),
    /// A board as it was elected.
    Board {
        /// The version that it gets.
        version: u64,
        /// Which board.
        kind: BoardKind,
        /// Its seats.
        members: Vec<Seat>,
    },
    /// An application of somebody who is not an individual.
    Application(PersonKind),
    /// A sum.
    Money(Sum),
    /// Property that is contributed.
    Property {
        /// Hash of its description.
        description: Hash,
        /// What it is worth.
        valuation: Sum,
    },
    /// Property that is asked back.
    Return {
        /// Its number.
        property: u64,
        /// What it is worth.
        valuation: Sum,
    },
    /// Property that changes hands.
    Act {
        /// Its number.
        property: u64,
        /// The statement that is carried out.
        hash: Hash,
        /// Hash of its description.
        description: Hash,
        /// What it is worth.
        valuation: Sum,
    },
    /// The new account of a person.
    Move(Account),
    /// Whether a participant is to be blocked.
    Block(bool),
    /// A charter.
    Charter(Charter),
}

/// What is demanded of a document: the moment, the terms, its kind, its cooperative and its person.
pub(crate) struct Demand<'a> {
    pub now: Time,
    pub terms: &'a Terms,
    pub registry: u64,
    pub coop: Account,
    pub about: Account,
    pub is_of_meeting: bool,
}

impl Demand<'_> {
    fn age(&self, moment: Time) -> Result<(), Reason> {
        let term = if self.is_of_meeting {
            self.terms.meeting
        } else {
            self.terms.document
        };
        require(
            moment.0 <= self.now.0 + self.terms.skew,
            Reason::InTheFuture,
        )?;
        require(moment.0 >= self.now.0 - term, Reason::TooOld)
    }
}

impl Paper {
    /// It is of this kind, of this cooperative, about this person, and neither old nor too long.
    pub(crate) fn is_about(&self, demand: &Demand<'_>) -> Result<(), Reason> {
        require(self.registry == demand.registry, Reason::AnotherRegistryId)?;
        require(self.coop == demand.coop, Reason::AnotherCooperative)?;
        require(self.about == demand.about, Reason::AnotherPerson)?;
        demand.age(self.created_at)?;
        require(!self.is_too_long, Reason::TitleBound)
    }

    /// It binds itself to exactly this.
    pub(crate) fn binds(&self, subject: &Subject) -> Result<(), Reason> {
        require(
            self.subject.as_ref() == Some(subject),
            Reason::AnotherSubject,
        )
    }

    /// It is newer than the person's last one, so that it has not served.
    pub(crate) fn is_newer(&self, last: Time) -> Result<(), Reason> {
        require(self.created_at > last, Reason::ServedAlready)
    }

    /// This one person signed it.
    pub(crate) fn signed_by(&self, demand: &Demand<'_>, who: Account) -> Result<Hash, Reason> {
        match self.signatures.as_slice() {
            [] => Err(Reason::NoSignatures),
            [one] => {
                require(one.signer == who, Reason::AnotherSigner)?;
                one.is_valid(demand)?;
                Ok(self.hash)
            }
            _ => Err(Reason::NotOneSignature),
        }
    }

    /// Both sides signed it and nobody else.
    pub(crate) fn signed_by_both(
        &self,
        demand: &Demand<'_>,
        one: Account,
        other: Account,
    ) -> Result<Hash, Reason> {
        let both = [one, other].iter().all(|side| self.has_signature_of(*side));
        require(self.signatures.len() == 2 && both, Reason::NotBothSides)?;
        self.signed(demand)
    }

    /// Everyone who signed did so validly and once.
    pub(crate) fn signed(&self, demand: &Demand<'_>) -> Result<Hash, Reason> {
        require(!self.signatures.is_empty(), Reason::NoSignatures)?;
        debug_assert!(self.signatures.len() <= MAX_SIGNATURES);
        for (index, one) in self.signatures.iter().enumerate() {
            let later = &self.signatures[index + 1..];
            let twice = later.iter().any(|other| other.signer == one.signer);
            require(!twice, Reason::SignedTwice)?;
            one.is_valid(demand)?;
        }
        Ok(self.hash)
    }

    /// Whether this account is among the signers.
    pub(crate) fn has_signature_of(&self, who: Account) -> bool {
        self.signatures.iter().any(|one| one.signer == who)
    }

    /// Exactly these accounts signed.
    pub(crate) fn is_signed_by_all(&self, all: &[Account]) -> bool {
        self.signatures.len() == all.len() && all.iter().all(|who| self.has_signature_of(*who))
    }
}

impl Signature {
    fn is_valid(&self, demand: &Demand<'_>) -> Result<(), Reason> {
        demand.age(self.at)?;
        match self.flaw {
            None => Ok(()),
            Some(Flaw::Forged) => Err(Reason::WrongSignature),
            Some(Flaw::WrongKey) => Err(Reason::WrongKey),
        }
    }
}
