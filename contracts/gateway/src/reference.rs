//! References of bank records: each counts once, for as long as it is remembered.

use antelope_contract::prelude::*;
use coop_model::decision::after;
use coop_model::refusal::{bounds, payment as refusal};
use coop_model::{parameters, payer::payer_of};

use crate::funds;

/// A bank record that was used. Scope: the cooperative.
#[table("references")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Counted from 1 in the cooperative, so that the oldest come first.
    #[primary]
    pub id: u64,
    /// The first eight bytes of the record's hash: two of ten thousand are alike once in 10¹¹
    /// cooperatives, and then a cashier writes another reference.
    #[index]
    pub digest: u64,
    /// When it was used.
    pub used_at: TimePoint,
}

/// How many old references one payment forgets; more than it adds, so that they never pile up.
const FORGOTTEN_BY_ONE: usize = 2;

/// Uses a reference, which must not have been used; whoever confirms the payment pays for the row.
pub(crate) fn use_once(coopname: Name, actor: Name, reference: &Checksum256) {
    check!(*reference != Checksum256::ZERO, refusal::NO_REFERENCE);
    let digest = digest_of(reference);
    let references = Reference::table(coopname);
    check!(
        !references.by_digest().contains(&digest),
        refusal::REFERENCE_USED
    );
    let funds = funds::of(coopname).update(Payer::Same, |funds| funds.last_reference += 1);
    let id = funds.last_reference;
    references.insert(
        payer_of(coopname, actor),
        &Reference {
            id,
            digest,
            used_at: now(),
        },
    );
    forget(coopname, id, FORGOTTEN_BY_ONE);
}

/// Erases up to `limit` references that are no longer remembered; anyone may.
pub(crate) fn free(coopname: Name, limit: u32) {
    check!(
        (1..=parameters::MAX_BATCH as u32).contains(&limit),
        bounds::BATCH
    );
    let last = funds::of(coopname).last_reference;
    check!(
        forget(coopname, last, limit as usize) > 0,
        refusal::NOTHING_TO_FORGET
    );
}

/// Erases the oldest references whose term is over, or that are too many; returns how many.
fn forget(coopname: Name, last: u64, limit: usize) -> usize {
    let mut forgotten = 0;
    for row in Reference::table(coopname).iter().take(limit) {
        let is_over = now() >= after(row.used_at, parameters::REFERENCE_SECONDS);
        if !is_over && row.id + parameters::MAX_REFERENCES > last {
            break;
        }
        row.remove();
        forgotten += 1;
    }
    forgotten
}

/// The first eight bytes of a hash as a number.
fn digest_of(hash: &Checksum256) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = hash.0;
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
}
