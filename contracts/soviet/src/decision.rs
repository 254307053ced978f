//! A question and the decision that it becomes: its row and every rule of its states.
//!
//! Pure over (moment, seat): nothing here reads the chain, so the rules are tested natively for
//! every size of a council. R2–R8 of the protocol stand here under their names.

use antelope_contract::prelude::*;
use coop_model::decision::{
    full_mask, is_approved, is_hopeless, signing_ends, status, voting_ends,
};

/// A question of a cooperative, later the decision on it. Scope: the cooperative.
///
/// The electorate is frozen in it: bit `i` of a mask is the `i`-th voting seat of version `board`
/// of the council. The row's size never changes, so voting costs nobody RAM.
#[table("decisions")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The number of the question, of its meeting and of its protocol.
    #[primary]
    pub id: u64,
    /// The person the question is about, or who proposed it.
    pub username: Name,
    /// The kind of decision.
    pub kind: Name,
    /// Hash of the statement or proposal; one unfinished question per hash.
    #[index]
    pub hash: Checksum256,
    /// The version of the council that votes.
    pub board: u64,
    /// N: the voting seats of that version.
    pub seats: u8,
    /// Who voted for.
    pub votes_for: u64,
    /// Who voted against.
    pub votes_against: u64,
    /// One of [`status`].
    pub status: Name,
    /// When it was published.
    pub created_at: TimePoint,
    /// When voting ends.
    pub expires_at: TimePoint,
    /// When it was approved; zero before.
    pub approved_at: TimePoint,
    /// The chairman who authorized it; empty before.
    pub authorized_by: Name,
    /// Hash of the protocol; zero before.
    pub authorization: Checksum256,
}

/// What a member says to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// In favour.
    For,
    /// Opposed.
    Against,
}

/// What a question is published with.
#[derive(Clone, Copy, Debug)]
pub struct Publication {
    /// The person the question is about, or who proposes it.
    pub username: Name,
    /// The kind of decision.
    pub kind: Name,
    /// Hash of the statement or proposal.
    pub hash: Checksum256,
    /// The version of the council that sits now.
    pub board: u64,
    /// Its voting seats.
    pub seats: u8,
}

/// Why a question does not take a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The 48 hours are over.
    VotingOver,
    /// The 48 hours are not over.
    VotingGoesOn,
    /// The member has no seat in the frozen electorate.
    NoSeat,
    /// The seat has voted.
    VotedAlready,
    /// It was declined.
    Declined,
    /// It is not approved.
    NotApproved,
    /// It is approved and may still be authorized.
    Approved,
    /// The sign-off term is over.
    SigningOver,
    /// It is not authorized.
    NotAuthorized,
    /// It is authorized.
    Authorized,
    /// It is not declined.
    NotDeclined,
}

impl Refusal {
    /// What the sender of the action reads.
    pub const fn text(self) -> &'static str {
        match self {
            Self::VotingOver => "the voting is over: 48 hours have passed",
            Self::VotingGoesOn => "the voting is not over: 48 hours have not passed",
            Self::NoSeat => "the member had no voting seat when the question was published",
            Self::VotedAlready => "the member has voted already: a vote is final",
            Self::Declined => "the question is declined",
            Self::NotApproved => "the question is not approved",
            Self::Approved => "the decision is approved: it may be authorized for 30 days",
            Self::SigningOver => "the term for signing is over: 30 days have passed since approval",
            Self::NotAuthorized => "the decision is not authorized",
            Self::Authorized => "the decision is authorized already",
            Self::NotDeclined => "the question is not declined",
        }
    }
}

impl Failure for Refusal {
    fn raise(self) -> ! {
        fail(self.text())
    }
}

impl Decision {
    /// A question published now (R1, R3, R5).
    pub fn published(id: u64, now: TimePoint, publication: Publication) -> Self {
        let Publication {
            username,
            kind,
            hash,
            board,
            seats,
        } = publication;
        Self {
            id,
            username,
            kind,
            hash,
            board,
            seats,
            votes_for: 0,
            votes_against: 0,
            status: status::OPEN,
            created_at: now,
            expires_at: voting_ends(now),
            approved_at: TimePoint::default(),
            authorized_by: Name::EMPTY,
            authorization: Checksum256::ZERO,
        }
    }

    /// One vote of one seat of the frozen electorate (R3–R6). It may approve an open question or
    /// decline it; what is approved stays approved, and every further voice is still recorded.
    pub fn vote(&mut self, now: TimePoint, seat: Option<u32>, voice: Voice) -> Result<(), Refusal> {
        match self.status {
            status::DECLINED => return Err(Refusal::Declined),
            status::AUTHORIZED => return Err(Refusal::Authorized),
            _ => {}
        }
        if now >= self.expires_at {
            return Err(Refusal::VotingOver);
        }
        let seats = u32::from(self.seats);
        let bit = match seat {
            Some(seat) if seat < seats => full_mask(seat + 1) ^ full_mask(seat),
            _ => return Err(Refusal::NoSeat),
        };
        if (self.votes_for | self.votes_against) & bit != 0 {
            return Err(Refusal::VotedAlready);
        }
        match voice {
            Voice::For => self.votes_for |= bit,
            Voice::Against => self.votes_against |= bit,
        }
        if self.status == status::OPEN {
            if is_approved(self.votes_for.count_ones(), seats) {
                self.status = status::APPROVED;
                self.approved_at = now;
            } else if is_hopeless(self.votes_against.count_ones(), seats) {
                self.status = status::DECLINED;
            }
        }
        Ok(())
    }

    /// Whether the question may be authorized now (R7).
    pub fn may_authorize(&self, now: TimePoint) -> Result<(), Refusal> {
        match self.status {
            status::APPROVED if now < signing_ends(self.approved_at) => Ok(()),
            status::APPROVED => Err(Refusal::SigningOver),
            status::AUTHORIZED => Err(Refusal::Authorized),
            status::DECLINED => Err(Refusal::Declined),
            _ => Err(Refusal::NotApproved),
        }
    }

    /// The chairman's signature under the protocol with the hash `authorization` (R7), once.
    pub fn authorize(
        &mut self,
        now: TimePoint,
        chairman: Name,
        authorization: Checksum256,
    ) -> Result<(), Refusal> {
        self.may_authorize(now)?;
        self.status = status::AUTHORIZED;
        self.authorized_by = chairman;
        self.authorization = authorization;
        Ok(())
    }

    /// Whether the effect may happen (R8).
    pub fn may_execute(&self) -> Result<(), Refusal> {
        match self.status {
            status::AUTHORIZED => Ok(()),
            _ => Err(Refusal::NotAuthorized),
        }
    }

    /// Whether the question's term is over (R5, R7), and which: the reason for the registry.
    pub fn may_expire(&self, now: TimePoint) -> Result<&'static str, Refusal> {
        match self.status {
            status::OPEN if now >= self.expires_at => Ok("not approved in 48 hours"),
            status::OPEN => Err(Refusal::VotingGoesOn),
            status::APPROVED if now >= signing_ends(self.approved_at) => {
                Ok("not authorized in 30 days after approval")
            }
            status::APPROVED => Err(Refusal::Approved),
            status::AUTHORIZED => Err(Refusal::Authorized),
            _ => Err(Refusal::Declined),
        }
    }

    /// Whether a declined question may be removed (R6, R9).
    pub fn may_remove_declined(&self) -> Result<(), Refusal> {
        match self.status {
            status::DECLINED => Ok(()),
            _ => Err(Refusal::NotDeclined),
        }
    }

    /// Whether a reader sees the question on the agenda (R5): voting goes on, or the protocol of an
    /// approved question may be signed.
    pub fn is_on_agenda(&self, now: TimePoint) -> bool {
        match self.status {
            status::OPEN => now < self.expires_at,
            status::APPROVED => now < signing_ends(self.approved_at),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests;
