//! What can be wrong with a document.

use crate::voting::VotingTimes;
use antelope_types::{Asset, Checksum256, Name};

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
        template: String,
        /// What the template engine says.
        source: minijinja::Error,
    },
    /// A fact is longer than a document shows.
    #[error(
        "{field} has {found} characters, expected at most {}: say it shorter, or refer to another document",
        crate::MAX_FACT
    )]
    LongFact {
        /// Where it stands among the facts, `applicant.full_name`.
        field: String,
        /// How many characters it has.
        found: usize,
    },
    /// A list of facts is longer than a document shows.
    #[error("{field} has {found} items, expected at most {}", crate::MAX_FACTS)]
    ManyFacts {
        /// Where it stands among the facts.
        field: String,
        /// How many items it has.
        found: usize,
    },
    /// A fact has only characters that nobody sees.
    #[error(
        "{field} has only characters that nobody sees, expected a text: type it again without control characters"
    )]
    HiddenFact {
        /// Where it stands among the facts.
        field: String,
    },
    /// The meta names a version of a form that this program does not have.
    #[error(
        "the form {form} has no version {version:?} here, expected one of {known}: a newer release of this program may have it"
    )]
    Version {
        /// The form.
        form: String,
        /// The version that was asked for.
        version: String,
        /// The versions that there are.
        known: String,
    },
    /// The meta names a language that documents are not written in.
    #[error("unknown language {tag:?} of a document, expected ru or en")]
    UnknownLang {
        /// The tag in the meta.
        tag: String,
    },
    /// What was recorded of a document gives another text than the one that was signed.
    #[error(
        "the recorded facts give a text with SHA-256 {found}, expected {expected}: the meta, the facts or both are not those of this document"
    )]
    AnotherText {
        /// The hash of the signed text.
        expected: Checksum256,
        /// The hash of the text that the facts give.
        found: Checksum256,
    },
    /// An address to verify a document at cannot be printed.
    #[error(
        "{found:?} is not an address to verify documents at, expected http:// or https:// and at most {} visible ASCII characters",
        crate::MAX_ADDRESS
    )]
    Address {
        /// What was given.
        found: String,
    },
}
