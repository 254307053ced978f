//! A thing that a participant contributes: its row, its statuses and how it is found.

use antelope_contract::prelude::*;
use coop_model::document::subject::ActSubject;
pub use coop_model::property::status;
use coop_model::refusal::property as refusal;
use coop_model::{Age, Config, Document};

/// A thing that a participant contributes. Scope: the cooperative.
#[table("properties")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// Counted from 1 in the cooperative.
    #[primary]
    pub id: u64,
    /// Whose it is.
    #[index]
    pub username: Name,
    /// The process: hash of the statement that is being carried out, or was last.
    #[index]
    pub hash: Checksum256,
    /// One of [`status`].
    pub status: Name,
    /// Hash of the description, which is kept off chain.
    pub description: Checksum256,
    /// What it is worth as a share.
    pub valuation: Asset,
    /// When it was offered.
    pub created_at: TimePoint,
    /// Until when it may be accepted; from when on a handover is overdue.
    pub expires_at: TimePoint,
    /// The chairman who authorized its return, who does not hand it over.
    pub authorized_by: Name,
    /// Whether the handover is published as overdue.
    pub is_overdue: bool,
}

impl Property {
    /// Fails unless the property has this status.
    pub(crate) fn require_status(&self, expected: Name) {
        check!(self.status == expected, refusal::ANOTHER_STEP);
    }

    /// Fails unless the act is of this kind, about this very property and this process, and signed
    /// by its owner and by the cooperative's side; returns the act's hash.
    pub(crate) fn require_act(
        &self,
        config: &Config,
        coopname: Name,
        actor: Name,
        registry_id: u64,
        act: &Document,
    ) -> Checksum256 {
        act.require_about(registry_id, coopname, self.username, Age::Statement);
        act.require_subject(&ActSubject {
            property_id: self.id,
            hash: self.hash,
            description: self.description,
            valuation: self.valuation,
        });
        if actor == self.username {
            act.require_signed_by(&config.chain_id, actor)
        } else {
            act.require_signed_by_both(&config.chain_id, self.username, actor)
        }
    }
}

/// The property with this number.
pub(crate) fn find(coopname: Name, id: u64) -> Row<Property> {
    Property::table(coopname)
        .get(id)
        .or_fail(refusal::NO_PROPERTY)
}

/// The property of a process.
pub(crate) fn of_process(coopname: Name, hash: &Checksum256) -> Row<Property> {
    Property::table(coopname)
        .by_hash()
        .get(hash)
        .or_fail(refusal::NO_PROPERTY)
}
