//! How long things may take.

use coop_model::parameters;

/// The terms of the rules, in microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Terms {
    /// A question may be voted on.
    pub voting: i64,
    /// An approved decision may be authorized.
    pub signing: i64,
    /// An invoice may be paid, an offer of property be accepted.
    pub invoice: i64,
    /// Money or property may be on its way back.
    pub payment: i64,
    /// Participants raise their voices on an election.
    pub support: i64,
    /// The old account may veto a move.
    pub veto: i64,
    /// A document serves.
    pub document: i64,
    /// A document of a general meeting serves.
    pub meeting: i64,
    /// A document may be dated ahead.
    pub skew: i64,
    /// A bank record is remembered.
    pub reference: i64,
}

const fn seconds(count: u32) -> i64 {
    count as i64 * 1_000_000
}

impl Terms {
    /// Those of the protocol.
    pub const REAL: Self = Self {
        voting: seconds(parameters::VOTING_SECONDS),
        signing: seconds(parameters::SIGNING_SECONDS),
        invoice: seconds(parameters::INVOICE_SECONDS),
        payment: seconds(parameters::PAYMENT_SECONDS),
        support: seconds(parameters::SUPPORT_SECONDS),
        veto: seconds(parameters::VETO_SECONDS),
        document: seconds(parameters::DOCUMENT_SECONDS),
        meeting: seconds(parameters::MEETING_SECONDS),
        skew: seconds(parameters::CLOCK_SKEW_SECONDS),
        reference: seconds(parameters::REFERENCE_SECONDS),
    };

    /// Every term is one step of time; documents serve for ever.
    pub const STEPS: Self = Self {
        voting: 1,
        signing: 1,
        invoice: 1,
        payment: 1,
        support: 1,
        veto: 1,
        document: i64::MAX / 4,
        meeting: i64::MAX / 4,
        skew: i64::MAX / 4,
        reference: i64::MAX / 4,
    };
}
