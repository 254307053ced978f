//! Participants, and the kinds of people a cooperative consists of.

use crate::config::Config;
use crate::refusal::people as refusal;
use antelope_contract::prelude::*;

/// Kinds of participants.
pub mod kind {
    use antelope_contract::prelude::{Name, name};

    /// A natural person; only individuals found a cooperative or sit in its boards.
    pub const INDIVIDUAL: Name = name!("individual");
    /// A natural person in business.
    pub const ENTREPRENEUR: Name = name!("entrepreneur");
    /// A legal person.
    pub const ORGANIZATION: Name = name!("organization");
}

/// Statuses of a participant.
pub mod status {
    use antelope_contract::prelude::{Name, name};

    /// Has all rights.
    pub const ACTIVE: Name = name!("active");
    /// Neither votes nor applies, by a decision of the council; the money stays theirs.
    pub const BLOCKED: Name = name!("blocked");
    /// Has asked to leave; nothing else can be asked for meanwhile.
    pub const LEAVING: Name = name!("leaving");
    /// The council lets the person go on under another account.
    pub const MOVING: Name = name!("moving");
}

/// A participant (пайщик) of a cooperative. Table of registrator; scope the cooperative.
#[table("participants", shared)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    /// The participant's account.
    #[primary]
    pub username: Name,
    /// One of [`kind`].
    pub kind: Name,
    /// Hash of the statement; for a founder, of the founding meeting's document.
    pub hash: Checksum256,
    /// Hash of the protocol of admission; for a founder, of the founding meeting's document.
    pub authorization: Checksum256,
    /// Entrance fee that was paid; zero for a founder.
    pub initial: Asset,
    /// Minimum share that was paid; zero for a founder.
    pub minimum: Asset,
    /// When the person became a participant.
    pub created_at: TimePoint,
    /// One of [`status`].
    pub status: Name,
}

impl Participant {
    /// The participant `username` of `coopname`, if there is one.
    pub fn find(config: &Config, coopname: Name, username: Name) -> Option<Self> {
        Self::view(config.registrator, coopname).get(username)
    }

    /// The participant, with all rights.
    pub fn require_active(config: &Config, coopname: Name, username: Name) -> Self {
        let participant =
            Self::find(config, coopname, username).or_fail(refusal::NOT_A_PARTICIPANT);
        check!(
            participant.status == status::ACTIVE,
            refusal::NOT_AN_ACTIVE_PARTICIPANT
        );
        participant
    }
}
