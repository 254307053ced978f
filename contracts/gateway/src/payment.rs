//! A payment: its row, its statuses and the checks of both halves of its life.

use antelope_contract::prelude::*;
use coop_model::decision::after;
use coop_model::{Config, limits};

/// Statuses of a payment.
pub mod status {
    use antelope_contract::prelude::{Name, name};

    /// Money is expected.
    pub const PENDING: Name = name!("pending");
    /// Money came and is in processing.
    pub const RECEIVED: Name = name!("received");
    /// Money in processing is to be sent back.
    pub const RETURNING: Name = name!("returning");
}

/// A payment of a process, from the invoice to the funds or back. Scope: the cooperative.
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
    /// Whom to tell.
    pub callback_contract: Name,
    /// Its action `(coopname, hash)`.
    pub confirm_callback: Name,
    /// Its action `(coopname, hash, reason)`.
    pub decline_callback: Name,
    /// When the invoice was made.
    pub created_at: TimePoint,
    /// Until when a pending payment may be completed.
    pub expires_at: TimePoint,
}

/// What a payment is about.
pub(crate) struct Terms {
    pub(crate) coopname: Name,
    pub(crate) username: Name,
    pub(crate) hash: Checksum256,
    pub(crate) quantity: Asset,
}

/// Whom a payment tells how it went.
pub(crate) struct Callbacks {
    pub(crate) contract: Name,
    pub(crate) confirm: Name,
    pub(crate) decline: Name,
}

impl Callbacks {
    /// Fails unless the contract that is called back signed and is one that may make payments.
    pub(crate) fn require_owner(&self, config: &Config) {
        require_auth(self.contract);
        check!(
            self.contract == config.registrator,
            "the contract may not make payments"
        );
        check!(
            !self.confirm.is_empty() && !self.decline.is_empty(),
            "a payment needs both callbacks"
        );
    }
}

impl Payment {
    /// A payment expected from now on.
    pub(crate) fn expected(id: u64, now: TimePoint, terms: &Terms, callbacks: &Callbacks) -> Self {
        Self {
            id,
            username: terms.username,
            hash: terms.hash,
            status: status::PENDING,
            quantity: terms.quantity,
            callback_contract: callbacks.contract,
            confirm_callback: callbacks.confirm,
            decline_callback: callbacks.decline,
            created_at: now,
            expires_at: after(now, limits::INVOICE_SECONDS),
        }
    }

    /// Fails unless the payment is `pending`.
    pub(crate) fn require_pending(&self) {
        check!(
            self.status == status::PENDING,
            "the payment is not pending: its money came"
        );
    }

    /// Fails unless the payment is `received`.
    pub(crate) fn require_received(&self) {
        check!(
            self.status == status::RECEIVED,
            "the payment is not received"
        );
    }

    /// Fails unless the payment is `returning`.
    pub(crate) fn require_returning(&self) {
        check!(
            self.status == status::RETURNING,
            "the payment is not returning"
        );
    }

    /// Fails unless `quantity` is exactly the payment's sum.
    pub(crate) fn require_exactly(&self, quantity: Asset) {
        check!(
            quantity == self.quantity,
            "the amount is not exactly that of the payment"
        );
    }

    /// Fails unless the payment is of this person.
    pub(crate) fn require_of(&self, username: Name) {
        check!(
            username == self.username,
            "the payment is of another person"
        );
    }
}

/// The payment of a process.
pub(crate) fn find(coopname: Name, hash: Checksum256) -> Row<Payment> {
    Payment::table(coopname)
        .by_hash()
        .get(&hash)
        .or_fail("there is no payment with this hash")
}

/// Fails unless there is a hash of the bank's record.
pub(crate) fn require_reference(reference: Checksum256) {
    check!(
        reference != Checksum256::ZERO,
        "the reference to the bank's record is empty"
    );
}

/// Fails unless the reason has 1 to 256 bytes.
pub(crate) fn require_reason(reason: &str) {
    check!(
        !reason.is_empty() && reason.len() <= limits::MAX_REASON,
        "the reason must have 1 to 256 bytes"
    );
}
