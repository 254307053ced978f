//! Participants, and the kinds of people a cooperative consists of.

use antelope_contract::prelude::*;

use crate::config::Config;

/// Kinds of participants.
pub mod kind {
    use antelope_contract::prelude::{Name, name};

    /// A natural person; only individuals found a cooperative or sit in its council.
    pub const INDIVIDUAL: Name = name!("individual");
    /// A natural person in business.
    pub const ENTREPRENEUR: Name = name!("entrepreneur");
    /// A legal person.
    pub const ORGANIZATION: Name = name!("organization");
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
}

impl Participant {
    /// The participant `username` of `coopname`, if there is one.
    pub fn find(config: &Config, coopname: Name, username: Name) -> Option<Self> {
        Self::view(config.registrator, coopname).get(username)
    }
}
