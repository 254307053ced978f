//! Rows of the version before: participants without a status, cooperatives without counts.

use antelope_contract::prelude::*;
use coop_model::coop::Coop;
use coop_model::migration::Batch;
use coop_model::refusal::{coop as refusal, migration};
use coop_model::{Charter, parameters, people};

/// A cooperative as it was; `new` is there in a row that is not.
#[table("coops", shared)]
struct OldCoop {
    #[primary]
    coopname: Name,
    status: Name,
    initial: Asset,
    minimum: Asset,
    org_initial: Asset,
    org_minimum: Asset,
    document_hash: Checksum256,
    meeting_hash: Checksum256,
    created_at: TimePoint,
    new: BinaryExtension<u8>,
}

/// A participant as it was, and what is new.
#[table("participants", shared)]
struct OldParticipant {
    #[primary]
    username: u64,
    /// From `kind` to `created_at`.
    as_before: [u8; 112],
    status: BinaryExtension<Name>,
}

/// A candidate, of whom nothing changes.
#[table("candidates", shared)]
struct OldCandidate {
    #[primary]
    username: u64,
}

/// An account, of which nothing changes.
#[table("accounts", shared)]
struct OldAccount {
    #[primary]
    username: u64,
    coopname: Name,
}

/// Carries up to `limit` rows of a cooperative over; the operator pays what they have grown.
pub(crate) fn migrate(coopname: Name, limit: u32) {
    let registrator = receiver();
    let mut batch = Batch::begin(coopname, limit);
    let coop = OldCoop::table(registrator)
        .get(coopname)
        .or_fail(refusal::NOT_REGISTERED);
    check!(coop.new.0.is_none(), migration::NOTHING_LEFT);
    batch.step(0, &OldParticipant::table(coopname), |counts, row| {
        counts.first += 1;
        row.update(registrator, |row| {
            row.status = BinaryExtension(Some(people::status::ACTIVE));
        });
    });
    batch.step(1, &OldCandidate::table(coopname), |counts, _| {
        counts.second += 1;
    });
    batch.step(2, &OldAccount::table(registrator), |counts, row| {
        counts.third += u32::from(row.coopname == coopname);
    });
    let Some(counts) = batch.end(3) else { return };
    let old = coop.remove();
    Coop::table(registrator).insert(
        registrator,
        &Coop {
            coopname,
            status: old.status,
            charter: Charter::default(),
            participants: counts.first,
            initial: old.initial,
            minimum: old.minimum,
            org_initial: old.org_initial,
            org_minimum: old.org_minimum,
            document_hash: old.document_hash,
            meeting_hash: old.meeting_hash,
            created_at: old.created_at,
            meeting_at: TimePoint::default(),
            candidates: counts.second,
            accounts: counts.third,
            max_accounts: parameters::DEFAULT_ACCOUNTS.max(counts.third),
            max_participants: parameters::DEFAULT_PARTICIPANTS.max(counts.first + counts.second),
        },
    );
}
