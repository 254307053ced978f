//! Kinds of standardized decisions: registered by the operator, accepted by each cooperative.

use antelope_contract::prelude::*;
use coop_model::catalogue::{kind, registry};
use coop_model::code::has_code;
use coop_model::kinds::{Accepted, Kind};
use coop_model::refusal::kind as refusal;
use coop_model::{Config, coop};

use crate::council;
use crate::decision::Decision;

/// Registers a kind, or mends one.
///
/// While questions depend on a kind its contract stays, and the callbacks change only if that
/// contract's account agrees: the operator alone cannot turn a decision into something else.
pub(crate) fn register(row: Kind) {
    let soviet = receiver();
    require_auth(soviet);
    check!(
        row.kind != kind::FREEDECISION && !row.kind.is_empty(),
        refusal::BUILT_IN
    );
    check!(row.contract != soviet, refusal::CONTRACT_IS_SOVIET);
    check!(
        is_account(row.contract) && has_code(row.contract),
        refusal::CONTRACT_WITHOUT_CODE
    );
    check!(
        !row.confirm.is_empty() && !row.decline.is_empty() && row.confirm != row.decline,
        refusal::NO_CALLBACKS
    );
    check!(row.protocol_id != 0, refusal::NO_PROTOCOL_ID);
    let kinds = Kind::table(soviet);
    match kinds.get(row.kind) {
        None => kinds.insert(soviet, &row),
        Some(before) => {
            if before.unfinished > 0 {
                check!(
                    before.contract == row.contract,
                    refusal::QUESTIONS_DEPEND_ON_CONTRACT
                );
                require_auth(row.contract);
            }
            before.update(Payer::Same, |kind| {
                *kind = Kind {
                    unfinished: kind.unfinished,
                    ..row
                };
            });
        }
    }
}

/// The kinds of the protocol's own contracts, which a cooperative accepts with its first council.
pub(crate) fn accept_own(config: &Config, coopname: Name, payer: Name) {
    let accepted = Accepted::table(coopname);
    for kind in &Kind::table(receiver()) {
        if config.is_own(kind.contract) && !accepted.contains(kind.kind) {
            accepted.insert(payer, &accepted_as(&kind));
        }
    }
}

/// The cooperative and its chairman accept a kind, as it is registered now.
pub(crate) fn accept(coopname: Name, chairman: Name, kind: Name) {
    require_auth(coopname);
    coop::require_active(&Config::load(), coopname);
    council::require_chairman(coopname, chairman);
    let kind = find(kind);
    let accepted = Accepted::table(coopname);
    match accepted.get(kind.kind) {
        None => accepted.insert(coopname, &accepted_as(&kind)),
        Some(row) => {
            check!(row.contract != kind.contract, refusal::ACCEPTED_ALREADY);
            row.update(Payer::Same, |row| row.contract = kind.contract);
        }
    }
}

/// The cooperative and its chairman accept a kind no longer; nothing of it may be unfinished.
///
/// A kind of the protocol stays: a process of it, such as an invoice that is not paid yet, may come
/// to its question at any time, and everybody can leave.
pub(crate) fn drop(coopname: Name, chairman: Name, kind: Name) {
    require_auth(coopname);
    council::require_chairman(coopname, chairman);
    let row = accepted(coopname, kind);
    check!(
        !Config::load().is_own(row.contract),
        refusal::OF_THE_PROTOCOL
    );
    check!(
        row.unfinished == 0 && row.undelivered == 0,
        refusal::QUESTIONS_DEPEND_ON_KIND
    );
    row.remove();
}

/// The row of a kind as it is registered now.
pub(crate) fn accepted_as(kind: &Kind) -> Accepted {
    Accepted {
        kind: kind.kind,
        contract: kind.contract,
        unfinished: 0,
        undelivered: 0,
    }
}

/// The registered kind of this name.
pub(crate) fn find(name: Name) -> Row<Kind> {
    Kind::table(receiver())
        .get(name)
        .or_fail(refusal::NOT_REGISTERED)
}

/// The contract that owns a kind; soviet for free questions.
pub(crate) fn owner(name: Name) -> Name {
    if name == kind::FREEDECISION {
        receiver()
    } else {
        find(name).contract
    }
}

/// The kind as the cooperative accepted it.
pub(crate) fn accepted(coopname: Name, kind: Name) -> Row<Accepted> {
    Accepted::table(coopname)
        .get(kind)
        .or_fail(refusal::NOT_ACCEPTED)
}

/// The registry id of the protocol of this decision.
pub(crate) fn protocol_id(decision: &Decision) -> u64 {
    if decision.kind == kind::FREEDECISION {
        registry::FREE_PROTOCOL
    } else {
        find(decision.kind).protocol_id
    }
}
