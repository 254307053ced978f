//! A payment: its row, its statuses and the checks of its whole life.

use antelope_contract::prelude::*;
use coop_model::decision::after;
pub use coop_model::payment::status;
use coop_model::refusal::payment as refusal;
use coop_model::{Config, parameters};

/// A payment of a process, from the invoice to the funds or back, or from a wallet to its owner.
/// Scope: the cooperative.
#[table("payments")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Counted from 1 in the cooperative.
    #[primary]
    pub id: u64,
    /// Whose money it is.
    pub username: Name,
    /// The process; one payment per hash at a time.
    #[index]
    pub hash: Checksum256,
    /// One of [`status`].
    pub status: Name,
    /// The exact sum.
    pub quantity: Asset,
    /// The owner: whom to tell. Gateway itself for contributions and returns.
    pub callback_contract: Name,
    /// Its action `(coopname, hash)`.
    pub confirm_callback: Name,
    /// Its action `(coopname, hash, reason)`.
    pub decline_callback: Name,
    /// When the invoice or the statement was made.
    pub created_at: TimePoint,
    /// Until when a pending payment may be completed; from when on an outgoing one is overdue.
    pub expires_at: TimePoint,
    /// The kind of decision that the process is about.
    pub kind: Name,
    /// The chairman who authorized the decision to pay, who does not confirm the payment.
    pub authorized_by: Name,
    /// Whether the person asked for the invoice without the cooperative's signature.
    pub is_alone: bool,
    /// Whether it is published as overdue.
    pub is_overdue: bool,
}

/// What a payment is about.
pub(crate) struct Terms {
    pub(crate) coopname: Name,
    pub(crate) username: Name,
    pub(crate) kind: Name,
    pub(crate) hash: Checksum256,
    pub(crate) quantity: Asset,
}

/// Whom a payment tells how it went.
#[derive(Clone, Copy)]
pub(crate) struct Callbacks {
    pub(crate) contract: Name,
    pub(crate) confirm: Name,
    pub(crate) decline: Name,
}

impl Callbacks {
    /// Nobody but gateway itself.
    pub(crate) fn own() -> Self {
        Self {
            contract: receiver(),
            confirm: Name::EMPTY,
            decline: Name::EMPTY,
        }
    }

    /// Fails unless both callbacks are named.
    pub(crate) fn require_named(&self) {
        check!(
            !self.confirm.is_empty() && !self.decline.is_empty(),
            refusal::NO_CALLBACKS
        );
    }
}

impl Payment {
    /// A payment in its first status, from now on.
    pub(crate) fn new(id: u64, status: Name, terms: &Terms, callbacks: Callbacks) -> Self {
        let now = now();
        Self {
            id,
            username: terms.username,
            hash: terms.hash,
            status,
            quantity: terms.quantity,
            callback_contract: callbacks.contract,
            confirm_callback: callbacks.confirm,
            decline_callback: callbacks.decline,
            created_at: now,
            expires_at: after(now, parameters::INVOICE_SECONDS),
            kind: terms.kind,
            authorized_by: Name::EMPTY,
            is_alone: false,
            is_overdue: false,
        }
    }

    /// Whether gateway itself owns the process.
    pub(crate) fn is_own(&self) -> bool {
        self.callback_contract == receiver()
    }

    /// Whether a contract of others owns the process.
    pub(crate) fn is_foreign(&self, config: &Config) -> bool {
        !config.is_own(self.callback_contract)
    }

    /// Fails unless the payment is `pending`.
    pub(crate) fn require_pending(&self) {
        check!(self.status == status::PENDING, refusal::NOT_PENDING);
    }

    /// Fails unless the money is in processing and nobody has been told to send it.
    pub(crate) fn require_in_processing(&self) {
        check!(
            self.status == status::RECEIVED || self.status == status::FAILED,
            refusal::NOT_RECEIVED
        );
    }

    /// Fails unless the payment has this status.
    pub(crate) fn require_status(&self, expected: Name) {
        check!(self.status == expected, refusal::ANOTHER_STEP);
    }

    /// Fails unless money is to be sent.
    pub(crate) fn require_outgoing(&self) {
        check!(
            self.status == status::RETURNING || self.status == status::PAYING,
            refusal::NOT_OUTGOING
        );
    }

    /// Fails unless `quantity` is exactly the payment's sum.
    pub(crate) fn require_exactly(&self, quantity: Asset) {
        check!(quantity == self.quantity, refusal::NOT_EXACTLY);
    }

    /// Fails unless the payment is of this person.
    pub(crate) fn require_of(&self, username: Name) {
        check!(username == self.username, refusal::ANOTHER_PERSON);
    }

    /// Fails unless this contract owns the process.
    pub(crate) fn require_owner(&self, contract: Name) {
        check!(contract == self.callback_contract, refusal::ANOTHER_OWNER);
    }

    /// The money is to be sent from now on.
    pub(crate) fn order(&mut self, status: Name) {
        self.status = status;
        self.expires_at = after(now(), parameters::PAYMENT_SECONDS);
    }
}

/// The payment of a process.
pub(crate) fn find(coopname: Name, hash: Checksum256) -> Row<Payment> {
    try_find(coopname, &hash).or_fail(refusal::NO_PAYMENT)
}

/// The payment of a process, if there is one.
pub(crate) fn try_find(coopname: Name, hash: &Checksum256) -> Option<Row<Payment>> {
    Payment::table(coopname).by_hash().get(hash)
}

/// The payment of a process of this contract, if there is one; a contract of others may use the same
/// hash for a process of its own.
pub(crate) fn try_find_own(coopname: Name, hash: &Checksum256) -> Option<Row<Payment>> {
    try_find(coopname, hash).filter(|row| row.is_own())
}

/// Fails unless no payment belongs to this process.
pub(crate) fn require_unused(coopname: Name, hash: &Checksum256) {
    check!(
        !Payment::table(coopname).by_hash().contains(hash),
        refusal::HASH_IN_USE
    );
}

/// Fails unless the reason is within its bounds.
pub(crate) fn require_reason(reason: &str) {
    check!(
        !reason.is_empty() && reason.len() <= parameters::MAX_REASON,
        refusal::REASON_BOUND
    );
}
