//! What gateway tells the owner of a payment.

use antelope_contract::client::send_inline;
use antelope_contract::prelude::*;

use crate::payment::Payment;

/// Arguments of a confirm callback.
#[derive(Encode)]
struct Confirm {
    coopname: Name,
    hash: Checksum256,
}

/// Arguments of a decline callback.
#[derive(Encode)]
struct Decline<'a> {
    coopname: Name,
    hash: Checksum256,
    reason: &'a str,
}

/// The payment went as it should.
pub(crate) fn confirm(coopname: Name, payment: &Payment) {
    send_inline(
        payment.callback_contract,
        payment.confirm_callback,
        &[PermissionLevel::active(receiver())],
        &Confirm {
            coopname,
            hash: payment.hash,
        },
    );
}

/// The payment did not.
pub(crate) fn decline(coopname: Name, payment: &Payment, reason: &str) {
    send_inline(
        payment.callback_contract,
        payment.decline_callback,
        &[PermissionLevel::active(receiver())],
        &Decline {
            coopname,
            hash: payment.hash,
            reason,
        },
    );
}
