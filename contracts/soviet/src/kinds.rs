//! Kinds of standardized decisions: who publishes them and what is called when they are taken.

use antelope_contract::prelude::*;
use coop_model::decision::{kind, registry};

use crate::decision::Decision;

/// A kind of decisions (R1). Scope: soviet.
#[table("types")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its name.
    #[primary]
    pub kind: Name,
    /// The contract that publishes such questions and owns their effects.
    pub contract: Name,
    /// Its action `(coopname, hash, authorization)` that makes the effect.
    pub confirm: Name,
    /// Its action `(coopname, hash, reason)` that gives back what was taken.
    pub decline: Name,
    /// Registry id of the protocol.
    pub protocol_id: u64,
}

/// Registers a kind; a registered kind never changes, for questions depend on it.
pub(crate) fn register(row: Kind) {
    let soviet = receiver();
    require_auth(soviet);
    check!(
        row.kind != kind::FREEDECISION && !row.kind.is_empty(),
        "the kind is built in or has no name"
    );
    check!(
        is_account(row.contract) && row.contract != soviet,
        "the contract of the kind has no account, or is soviet itself"
    );
    check!(
        !row.confirm.is_empty() && !row.decline.is_empty(),
        "the kind needs both callbacks"
    );
    check!(
        row.protocol_id != 0,
        "the kind needs the registry id of its protocol"
    );
    let kinds = Kind::table(soviet);
    check!(!kinds.contains(row.kind), "the kind is registered already");
    kinds.insert(soviet, &row);
}

/// The registered kind of this name.
pub(crate) fn find(name: Name) -> Row<Kind> {
    Kind::table(receiver())
        .get(name)
        .or_fail("the kind of decision is not registered")
}

/// The registry id of the protocol of this decision.
pub(crate) fn protocol_id(decision: &Decision) -> u64 {
    if decision.kind == kind::FREEDECISION {
        registry::FREE_PROTOCOL
    } else {
        find(decision.kind).protocol_id
    }
}
