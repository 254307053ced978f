//! What `gateway` keeps: money and property.

use antelope_types::{Asset, Checksum256, Name, TimePoint};
use serde::Deserialize;

/// A row of `payments`: an invoice, money in processing, or money that is to be sent.
#[derive(Clone, Debug, Deserialize)]
pub struct Payment {
    /// Its number in the cooperative.
    #[serde(deserialize_with = "crate::read::number")]
    pub id: u64,
    /// Whose payment it is.
    pub username: Name,
    /// The hash of the process that it belongs to.
    pub hash: Checksum256,
    /// `pending`, `received`, `returning`, `blocked`, `paying` or `failed`.
    pub status: Name,
    /// The sum.
    pub quantity: Asset,
    /// What it is for.
    pub kind: Name,
    /// When it was asked for or ordered.
    pub created_at: TimePoint,
    /// When its term is over.
    pub expires_at: TimePoint,
    /// Whether the registry has been told that it is overdue.
    #[serde(deserialize_with = "crate::read::flag")]
    pub is_overdue: bool,
}

/// A row of `wallets`: the share of a participant.
#[derive(Clone, Debug, Deserialize)]
pub struct Wallet {
    /// The participant.
    pub username: Name,
    /// The minimum share.
    pub minimum: Asset,
    /// What can be asked back.
    pub available: Asset,
    /// What has been asked back.
    pub blocked: Asset,
    /// The valuation of property.
    pub in_kind: Asset,
}

/// A row of `properties`: a thing that a participant contributes, has contributed or gets back.
#[derive(Clone, Debug, Deserialize)]
pub struct Property {
    /// Its number in the cooperative.
    #[serde(deserialize_with = "crate::read::number")]
    pub id: u64,
    /// The participant.
    pub username: Name,
    /// The hash of the process that it belongs to.
    pub hash: Checksum256,
    /// `offered`, `accepted`, `shared`, `handover` or `releasing`.
    pub status: Name,
    /// The hash of its description.
    pub description: Checksum256,
    /// What it is worth.
    pub valuation: Asset,
    /// When the term of its step is over.
    pub expires_at: TimePoint,
    /// Whether the registry has been told that it is overdue.
    #[serde(deserialize_with = "crate::read::flag")]
    pub is_overdue: bool,
}

/// A row of `funds`: the cooperative's money.
#[derive(Clone, Debug, Deserialize)]
pub struct Funds {
    /// Entrance fees.
    pub entrance: Asset,
    /// All shares.
    pub share: Asset,
    /// Money that came and is not decided about.
    pub processing: Asset,
    /// All that ever came.
    pub incoming: Asset,
    /// All that was ever sent.
    pub outgoing: Asset,
    /// The valuation of all property that was accepted.
    pub accepted: Asset,
    /// The valuation of all property that was handed back.
    pub handed_back: Asset,
    /// The number of the last bank record that was used.
    #[serde(deserialize_with = "crate::read::number")]
    pub last_reference: u64,
}

/// A row of `references`: a bank record that was used.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Reference {
    /// Its number in the cooperative.
    #[serde(deserialize_with = "crate::read::number")]
    pub id: u64,
    /// When it was used.
    pub used_at: TimePoint,
}

/// A row of `untold`: what a contract of others has not been told about a payment.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Untold {
    /// The number of the payment.
    #[serde(deserialize_with = "crate::read::number")]
    pub id: u64,
    /// The contract.
    pub contract: Name,
}
