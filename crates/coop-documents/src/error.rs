//! What can be wrong with a document.

use crate::voting::VotingTimes;
use antelope_types::{Asset, Name};

/// Why a document could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DocumentError {
    /// Documents cannot be dated in this zone.
    #[error(
        "unknown time zone {name:?}, expected a zone without summer time such as Europe/Moscow"
    )]
    UnknownZone {
        /// The name that was given.
        name: String,
    },
    /// No council has that many seats.
    #[error("decision {decision_id} has {found} voting seats, expected 1 to 64")]
    Seats {
        /// The number of the decision.
        decision_id: u64,
        /// How many seats were given.
        found: usize,
    },
    /// One person holds two seats.
    #[error("decision {decision_id} has two seats of {account}")]
    SeatTwice {
        /// The number of the decision.
        decision_id: u64,
        /// The account that appears twice.
        account: Name,
    },
    /// The times of a vote contradict each other.
    #[error(
        "decision {decision_id} cannot have been voted on at {times:?}, expected opened, approved, counted in this order"
    )]
    Times {
        /// The number of the decision.
        decision_id: u64,
        /// The times that were given.
        times: VotingTimes,
    },
    /// The contributions are not positive sums of one symbol.
    #[error(
        "{initial} and {minimum} are not contributions: expected two positive amounts with the same symbol"
    )]
    Fees {
        /// The entrance fee.
        initial: Asset,
        /// The minimum share.
        minimum: Asset,
    },
    /// A key cannot sign.
    #[error("{signer} cannot sign: {source}")]
    Signing {
        /// Whose key.
        signer: Name,
        /// Why.
        source: antelope_rpc_client::SigningError,
    },
    /// A template names a fact the document does not have, or is broken.
    #[error("template {template}: {source}")]
    Template {
        /// The template's name.
        template: &'static str,
        /// What the template engine says.
        source: minijinja::Error,
    },
}
