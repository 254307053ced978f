//! What `soviet` keeps about kinds of decisions.

use antelope_types::Name;
use serde::Deserialize;

/// A row of `types`: a kind that the operator has registered, for all cooperatives.
#[derive(Clone, Debug, Deserialize)]
pub struct RegisteredKind {
    /// Its name.
    pub kind: Name,
    /// The contract that publishes such questions and owns their effects.
    pub contract: Name,
    /// Its action that makes the effect.
    pub confirm: Name,
    /// Its action that gives back what was taken.
    pub decline: Name,
    /// The number of its protocol in the registry of documents.
    #[serde(deserialize_with = "crate::read::number")]
    pub protocol_id: u64,
    /// Questions and undelivered declines of this kind, in all cooperatives.
    pub unfinished: u32,
}

/// A row of `accepted`: a kind that the cooperative accepts.
#[derive(Clone, Debug, Deserialize)]
pub struct AcceptedKind {
    /// Its name.
    pub kind: Name,
    /// The contract that it was accepted with; another one must be accepted again.
    pub contract: Name,
    /// Questions that are not finished.
    pub unfinished: u32,
    /// Declines that are not delivered.
    pub undelivered: u32,
}
