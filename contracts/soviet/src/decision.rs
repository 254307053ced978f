//! A question and the decision that it becomes: its row and every rule of its states.
//!
//! Pure over (moment, seat): nothing here reads the chain, so the rules are tested natively for
//! every size of a council. R2–R8 of the protocol stand here under their names.

use antelope_contract::prelude::*;
use coop_model::decision::{Tally, full_mask, signing_ends, status, voting_ends};
use coop_model::refusal::Refusal;
use coop_model::refusal::decision as refusal;

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
    /// The quorum of the charter at publication, in percent of the seats; 0 is none.
    pub quorum_percent: u8,
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

/// Why a question came to nothing, as the registry and the decline callback tell.
pub mod reason {
    use const_format::formatcp;
    use coop_model::parameters::{SIGNING_DAYS, VOTING_HOURS};

    /// The council declined it.
    pub const DECLINED: &str = "declined by the council";
    /// Its voting ended without approval.
    pub const NOT_APPROVED: &str = formatcp!("not approved in {VOTING_HOURS} hours");
    /// The chairman did not sign.
    pub const NOT_AUTHORIZED: &str =
        formatcp!("not authorized in {SIGNING_DAYS} days after approval");

    /// The reason by its number in a row.
    pub fn of(number: u8) -> &'static str {
        match number {
            0 => DECLINED,
            1 => NOT_APPROVED,
            _ => NOT_AUTHORIZED,
        }
    }

    /// The number that a row keeps.
    pub fn number(reason: &str) -> u8 {
        match reason {
            DECLINED => 0,
            NOT_APPROVED => 1,
            _ => 2,
        }
    }
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
    /// The quorum of the charter, in percent of the seats; 0 is none.
    pub quorum_percent: u8,
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
            quorum_percent,
        } = publication;
        Self {
            id,
            username,
            kind,
            hash,
            board,
            seats,
            quorum_percent,
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
            status::DECLINED => return Err(refusal::DECLINED),
            status::AUTHORIZED => return Err(refusal::AUTHORIZED),
            _ => {}
        }
        if now >= self.expires_at {
            return Err(refusal::VOTING_OVER);
        }
        let seats = u32::from(self.seats);
        let bit = match seat {
            Some(seat) if seat < seats => full_mask(seat + 1) ^ full_mask(seat),
            _ => return Err(refusal::NO_SEAT),
        };
        if (self.votes_for | self.votes_against) & bit != 0 {
            return Err(refusal::VOTED_ALREADY);
        }
        match voice {
            Voice::For => self.votes_for |= bit,
            Voice::Against => self.votes_against |= bit,
        }
        if self.status == status::OPEN {
            let tally = self.tally();
            if tally.is_approved() {
                self.status = status::APPROVED;
                self.approved_at = now;
            } else if tally.is_hopeless(tally.silent()) {
                self.status = status::DECLINED;
            }
        }
        Ok(())
    }

    /// The votes as numbers.
    pub const fn tally(&self) -> Tally {
        Tally {
            votes_for: self.votes_for.count_ones(),
            votes_against: self.votes_against.count_ones(),
            seats: self.seats as u32,
            quorum: self.quorum_percent,
        }
    }

    /// Whether the seat has voted.
    pub const fn has_voted(&self, seat: u32) -> bool {
        (self.votes_for | self.votes_against) >> seat & 1 == 1
    }

    /// Whether the question may be authorized now (R7).
    pub fn may_authorize(&self, now: TimePoint) -> Result<(), Refusal> {
        match self.status {
            status::APPROVED if now < signing_ends(self.approved_at) => Ok(()),
            status::APPROVED => Err(refusal::SIGNING_OVER),
            status::AUTHORIZED => Err(refusal::AUTHORIZED),
            status::DECLINED => Err(refusal::DECLINED),
            _ => Err(refusal::NOT_APPROVED),
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
            _ => Err(refusal::NOT_AUTHORIZED),
        }
    }

    /// Whether the question's term is over (R5, R7), and which: the reason for the registry.
    pub fn may_expire(&self, now: TimePoint) -> Result<&'static str, Refusal> {
        match self.status {
            status::OPEN if now >= self.expires_at => Ok(reason::NOT_APPROVED),
            status::OPEN => Err(refusal::VOTING_GOES_ON),
            status::APPROVED if now >= signing_ends(self.approved_at) => Ok(reason::NOT_AUTHORIZED),
            status::APPROVED => Err(refusal::APPROVED),
            status::AUTHORIZED => Err(refusal::AUTHORIZED),
            _ => Err(refusal::DECLINED),
        }
    }

    /// Whether an open question may be taken off because no more than `remaining` seats may still
    /// vote (R6).
    pub fn may_be_given_up(&self, now: TimePoint, remaining: u32) -> Result<(), Refusal> {
        match self.status {
            status::OPEN if now >= self.expires_at => Err(refusal::VOTING_OVER),
            status::OPEN if self.tally().is_hopeless(remaining) => Ok(()),
            _ => Err(refusal::NOT_DECLINED),
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
