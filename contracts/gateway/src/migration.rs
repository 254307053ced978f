//! Rows of the version before: payments of admissions alone, wallets with nothing but the minimum.

use antelope_contract::prelude::*;
use coop_model::catalogue::kind;
use coop_model::decision::after;
use coop_model::migration::Batch;
use coop_model::parameters;
use coop_model::refusal::{migration, payment as refusal};

use crate::payment::status;

/// The funds of a cooperative as they were, and what is new.
#[table("funds", shared)]
struct OldFunds {
    #[primary]
    coopname: Name,
    last_payment: u64,
    entrance: Asset,
    share: Asset,
    processing: Asset,
    incoming: Asset,
    outgoing: Asset,
    new: BinaryExtension<NewOfFunds>,
}

/// The fields of funds that the version before did not have.
#[derive(Encode, Decode, AbiType)]
struct NewOfFunds {
    accepted: Asset,
    handed_back: Asset,
    last_property: u64,
    last_reference: u64,
    invoices: u32,
    alone: u32,
    foreign: u32,
    overdue: u32,
}

/// A payment as it was, and what is new.
#[table("payments", shared)]
struct OldPayment {
    #[primary]
    id: u64,
    username: Name,
    hash: Checksum256,
    status: Name,
    quantity: Asset,
    callback_contract: Name,
    confirm_callback: Name,
    decline_callback: Name,
    created_at: TimePoint,
    expires_at: TimePoint,
    new: BinaryExtension<NewOfPayment>,
}

/// The fields of a payment that the version before did not have.
#[derive(Encode, Decode, AbiType)]
struct NewOfPayment {
    kind: Name,
    authorized_by: Name,
    is_alone: bool,
    is_overdue: bool,
}

/// A wallet as it was, and what is new.
#[table("wallets", shared)]
struct OldWallet {
    #[primary]
    username: u64,
    minimum: Asset,
    new: BinaryExtension<NewOfWallet>,
}

/// The fields of a wallet that the version before did not have.
#[derive(Encode, Decode, AbiType)]
struct NewOfWallet {
    available: Asset,
    blocked: Asset,
    in_kind: Asset,
    open: u32,
    properties: u32,
    last_document: TimePoint,
}

/// Carries up to `limit` rows of a cooperative over; the operator pays what they have grown.
pub(crate) fn migrate(coopname: Name, limit: u32) {
    let gateway = receiver();
    let mut batch = Batch::begin(coopname, limit);
    let funds = OldFunds::table(gateway)
        .get(coopname)
        .or_fail(refusal::NO_FUNDS);
    check!(funds.new.0.is_none(), migration::NOTHING_LEFT);
    let zero = Asset::zero(funds.share.symbol);
    batch.step(0, &OldPayment::table(coopname), |counts, row| {
        counts.first += u32::from(row.status == status::PENDING);
        row.update(gateway, |row| {
            if row.status == status::RETURNING {
                // There was no term for sending money back: it begins now.
                row.expires_at = after(now(), parameters::PAYMENT_SECONDS);
            }
            row.new = BinaryExtension(Some(NewOfPayment {
                kind: kind::JOINCOOP,
                authorized_by: Name::EMPTY,
                is_alone: false,
                is_overdue: false,
            }));
        });
    });
    batch.step(1, &OldWallet::table(coopname), |_, row| {
        row.update(gateway, |row| {
            row.new = BinaryExtension(Some(NewOfWallet {
                available: zero,
                blocked: zero,
                in_kind: zero,
                open: 0,
                properties: 0,
                last_document: TimePoint::default(),
            }));
        });
    });
    let Some(counts) = batch.end(2) else { return };
    funds.update(gateway, |funds| {
        funds.new = BinaryExtension(Some(NewOfFunds {
            accepted: zero,
            handed_back: zero,
            last_property: 0,
            last_reference: 0,
            invoices: counts.first,
            alone: 0,
            foreign: 0,
            overdue: 0,
        }));
    });
}
