//! A candidate: who applied, for which fees, and how far the process is.

use antelope_contract::prelude::*;
use coop_model::money;
use coop_model::refusal::Refusal;
use coop_model::refusal::candidate as refusal;

use crate::coops;

/// Statuses of a candidate.
pub mod status {
    use antelope_contract::prelude::{Name, name};

    /// The statement is taken, the invoice is sent.
    pub const CREATED: Name = name!("created");
    /// The money came, the council is asked.
    pub const PAYED: Name = name!("payed");
    /// The council said no, the money goes back.
    pub const REFUNDING: Name = name!("refunding");
    /// The money could not be sent back; the cooperative or the person tries again.
    pub const REFUND_FAILED: Name = name!("refundfailed");
}

/// A person who wants to join. Scope: the cooperative. Erased when the process ends.
#[table("candidates")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The person's account.
    #[primary]
    pub username: Name,
    /// One of [`status`].
    pub status: Name,
    /// One of [`kind`](coop_model::people::kind).
    pub kind: Name,
    /// Hash of the statement: the process is known by it everywhere.
    ///
    /// The statement names the person and the cooperative, so no other candidate has it.
    #[index]
    pub hash: Checksum256,
    /// Entrance fee when the person applied.
    pub initial: Asset,
    /// Minimum share when the person applied.
    pub minimum: Asset,
    /// When the person applied.
    pub created_at: TimePoint,
}

impl Candidate {
    /// What the candidate pays.
    pub fn total(&self) -> Result<Asset, Refusal> {
        money::sum(self.initial, self.minimum)
    }

    /// Fails unless the candidate's status is `expected`.
    pub(crate) fn require_status(&self, expected: Name) {
        check!(self.status == expected, refusal::ANOTHER_STEP);
    }
}

/// The candidate whose statement has this hash.
pub(crate) fn find(coopname: Name, hash: Checksum256) -> Row<Candidate> {
    Candidate::table(coopname)
        .by_hash()
        .get(&hash)
        .or_fail(refusal::NO_CANDIDATE)
}

/// Erases a candidate whose process is over.
pub(crate) fn erase(coopname: Name, row: Row<Candidate>) {
    row.remove();
    coops::find(coopname).update(Payer::Same, |coop| {
        coop.candidates = coop.candidates.saturating_sub(1);
    });
}
