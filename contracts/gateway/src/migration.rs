//! Rows of the version before: payments of admissions alone, wallets with nothing but the minimum.

use antelope_contract::prelude::*;
use coop_model::catalogue::kind;
use coop_model::decision::after;
use coop_model::funds::{Funds, Wallet};
use coop_model::migration::Batch;
use coop_model::parameters;
use coop_model::refusal::{migration, payment as refusal};

use crate::payment::status;

/// The funds of a cooperative as they were; `new` is there in a row that is not.
#[table("funds", shared)]
struct OldFunds {
    #[primary]
    coopname: Name,
    last_payment: u64,
    /// `entrance`, `share`, `processing`, `incoming` and `outgoing`.
    sums: [Asset; 5],
    new: BinaryExtension<u8>,
}

/// A payment as it was, and what is new.
#[table("payments", shared)]
struct OldPayment {
    #[primary]
    id: u64,
    /// `username` and `hash`.
    as_before: [u8; 40],
    status: Name,
    /// From `quantity` to `created_at`.
    as_before_too: [u8; 48],
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

/// A wallet as it was.
#[table("wallets", shared)]
struct OldWallet {
    #[primary]
    username: u64,
    minimum: Asset,
}

/// Carries up to `limit` rows of a cooperative over; the operator pays what they have grown.
pub(crate) fn migrate(coopname: Name, limit: u32) {
    let gateway = receiver();
    let mut batch = Batch::begin(coopname, limit);
    let funds = OldFunds::table(gateway)
        .get(coopname)
        .or_fail(refusal::NO_FUNDS);
    check!(funds.new.0.is_none(), migration::NOTHING_LEFT);
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
        let OldWallet { username, minimum } = row.remove();
        Wallet::table(coopname).insert(
            gateway,
            &Wallet {
                minimum,
                ..Wallet::new(Name::from_raw(username), minimum.symbol)
            },
        );
    });
    let Some(counts) = batch.end(2) else { return };
    let OldFunds {
        last_payment,
        sums: [entrance, share, processing, incoming, outgoing],
        ..
    } = funds.remove();
    Funds::table(gateway).insert(
        gateway,
        &Funds {
            last_payment,
            entrance,
            share,
            processing,
            incoming,
            outgoing,
            invoices: counts.first,
            ..Funds::new(coopname, share.symbol)
        },
    );
}
