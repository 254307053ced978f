//! Refusals that concern payments, wallets, property.

use super::refusals;
use const_format::formatcp;

use crate::parameters::*;

refusals! {
    /// Refusals that concern payments.
    pub mod payment {
        NO_FUNDS = 371, "the cooperative has no funds";
        NO_PAYMENT = 372, "there is no payment with this hash";
        HASH_IN_USE = 373, "there is a payment with this hash already";
        NO_CALLBACKS = 374, "a payment needs both callbacks";
        ANOTHER_OWNER = 375, "the payment belongs to another contract";
        ANOTHER_PERSON = 376, "the payment is of another person";
        ANOTHER_STEP = 377, "the payment is at another step of the process";
        NOT_PENDING = 378, "the payment is not pending: its money came";
        NOT_RECEIVED = 379, "the payment is not received";
        NOT_OUTGOING = 380, "the payment is not outgoing";
        NOT_EXACTLY = 381, "the amount is not exactly that of the payment";
        INVOICE_EXPIRED = 382, formatcp!("the payment is overdue: {INVOICE_DAYS} days have passed");
        INVOICE_NOT_EXPIRED = 383,
            formatcp!("the payment is not overdue: {INVOICE_DAYS} days have not passed");
        NO_REFERENCE = 384, "the reference to the bank's record is empty";
        REFERENCE_USED = 385, "the bank's record has confirmed a payment already";
        NOTHING_TO_FORGET = 386, "there are no references to forget";
        REASON_BOUND = 387, formatcp!("the reason must have 1 to {MAX_REASON} bytes");
        AUTHORIZED_BY_ACTOR = 388, "who authorized the decision does not confirm its payment";
        OVERDUE_FIRST = 389, "the cooperative has overdue payments: they come first";
        OVERDUE_ALREADY = 390, "the payment is published as overdue already";
        NOT_OVERDUE = 391, formatcp!("the payment may take {PAYMENT_DAYS} days");
        TOO_MANY_INVOICES = 392,
            formatcp!("the cooperative has {MAX_INVOICES} unpaid invoices already");
        TOO_MANY_ALONE = 393,
            formatcp!("the cooperative has {MAX_INVOICES_ALONE} unpaid invoices already that it did not sign for");
        TOO_MANY_FOREIGN = 394,
            formatcp!("the cooperative has {MAX_INVOICES_FOREIGN} unpaid invoices of other contracts already");
        MINIMUM_OF_ANOTHER = 395, "only registrator gives a minimum share";
        NOTHING_TO_TELL = 396, "there is nothing to tell about this payment";
        TELL_FIRST = 397, "the contract has not been told of this payment before";
    }
}

refusals! {
    /// Refusals that concern wallets.
    pub mod wallet {
        NO_WALLET = 411, "the participant has no wallet";
        TOO_MANY_OPEN = 412,
            formatcp!("the participant has {MAX_OPEN_OF_PARTICIPANT} unfinished processes already");
        TOO_MANY_PROPERTIES = 413,
            formatcp!("the participant has {MAX_PROPERTIES} things in the cooperative already");
        OPEN_PROCESSES = 414, "the participant has unfinished processes: they end first";
        PROPERTY_FIRST = 415,
            "the participant has property in the cooperative: it is returned first";
    }
}

refusals! {
    /// Refusals that concern property.
    pub mod property {
        NO_PROPERTY = 421, "the cooperative has no such property";
        NO_DESCRIPTION = 422, "the hash of the property's description is empty";
        ANOTHER_OWNER = 423, "the property is of another participant";
        ANOTHER_STEP = 424, "the property is at another step of the process";
        OFFER_EXPIRED = 425, formatcp!("the offer is overdue: {INVOICE_DAYS} days have passed");
        ONE_SIDE = 426, "an act needs the other side too";
        AUTHORIZED_BY_ACTOR = 427, "who authorized the return does not hand the property over";
        OVERDUE_ALREADY = 428, "the handover is published as overdue already";
        NOT_OVERDUE = 429, formatcp!("the handover may take {PAYMENT_DAYS} days");
    }
}
