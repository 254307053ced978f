//! Staff of a cooperative: the chairman says who may do what.

use alloc::vec::Vec;

use antelope_contract::prelude::*;
use coop_model::payer::payer_of;
use coop_model::staff::Staff;
use coop_model::{Config, Right, coop, limits};

use crate::boards;

/// Makes an account staff.
pub(crate) fn add(coopname: Name, chairman: Name, username: Name, rights: Vec<Right>) {
    require_chairman(coopname, chairman);
    require_rights(&rights);
    check!(is_account(username), "the staff member has no account");
    check!(
        username != coopname,
        "the cooperative needs no rights in itself"
    );
    let staff = Staff::table(coopname);
    check!(!staff.contains(username), "the account is staff already");
    staff.insert(payer_of(coopname, chairman), &Staff { username, rights });
}

/// Changes the rights of a staff member.
pub(crate) fn set_rights(coopname: Name, chairman: Name, username: Name, rights: Vec<Right>) {
    require_chairman(coopname, chairman);
    require_rights(&rights);
    let payer = Payer::Account(payer_of(coopname, chairman));
    find(coopname, username).update(payer, |staff| staff.rights = rights);
}

/// Dismisses a staff member.
pub(crate) fn remove(coopname: Name, chairman: Name, username: Name) {
    require_chairman(coopname, chairman);
    find(coopname, username).remove();
}

/// The staff member `username`.
fn find(coopname: Name, username: Name) -> Row<Staff> {
    Staff::table(coopname)
        .get(username)
        .or_fail("the account is not staff")
}

/// Fails unless `chairman` signed and presides over an active cooperative's council.
fn require_chairman(coopname: Name, chairman: Name) {
    require_auth(chairman);
    coop::require_active(&Config::load(), coopname);
    let (_, board) = boards::sitting(coopname);
    boards::require_chairman(&board, chairman);
}

/// Fails unless there are 1 to 32 rights and none of them twice.
fn require_rights(rights: &[Right]) {
    check!(
        !rights.is_empty() && rights.len() <= limits::MAX_RIGHTS,
        "a staff member has 1 to 32 rights"
    );
    let mut rest = rights;
    while let Some((right, others)) = rest.split_first() {
        check!(!others.contains(right), "a right is given twice");
        rest = others;
    }
}
