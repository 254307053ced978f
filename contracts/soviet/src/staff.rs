//! Staff of a cooperative: the chairman says who may do what, for as long as the council sits.

use alloc::vec::Vec;

use antelope_contract::prelude::*;
use coop_model::payer::payer_of;
use coop_model::refusal::staff as refusal;
use coop_model::staff::Staff;
use coop_model::{Config, Right, coop, parameters};

use crate::council;

/// Makes an account staff.
pub(crate) fn add(coopname: Name, chairman: Name, username: Name, rights: Vec<Right>) {
    let board = require_chairman(coopname, chairman, username);
    require_rights(&rights);
    check!(is_account(username), refusal::NO_ACCOUNT);
    check!(username != coopname, refusal::COOPERATIVE_ITSELF);
    let staff = Staff::table(coopname);
    check!(!staff.contains(username), refusal::STAFF_ALREADY);
    staff.insert(
        payer_of(coopname, chairman),
        &Staff {
            username,
            rights,
            board,
        },
    );
}

/// Changes the rights of a staff member, or confirms them for the council that sits now.
pub(crate) fn set_rights(coopname: Name, chairman: Name, username: Name, rights: Vec<Right>) {
    let board = require_chairman(coopname, chairman, username);
    require_rights(&rights);
    let payer = Payer::Account(payer_of(coopname, chairman));
    find(coopname, username).update(payer, |staff| {
        staff.rights = rights;
        staff.board = board;
    });
}

/// Dismisses a staff member, also in a blocked cooperative; the cooperative may too, and so may the
/// member.
pub(crate) fn remove(coopname: Name, actor: Name, username: Name) {
    if actor == username || actor == coopname {
        require_auth(actor);
    } else {
        council::require_chairman(coopname, actor);
    }
    find(coopname, username).remove();
}

/// The staff member `username`.
fn find(coopname: Name, username: Name) -> Row<Staff> {
    Staff::table(coopname)
        .get(username)
        .or_fail(refusal::NOT_STAFF)
}

/// Fails unless `chairman` signed, presides over an active cooperative's council and is another
/// person than `username`; returns the version of the council.
fn require_chairman(coopname: Name, chairman: Name, username: Name) -> u64 {
    let board = council::require_chairman(coopname, chairman);
    coop::require_active(&Config::load(), coopname);
    check!(chairman != username, refusal::CHAIRMAN_HIMSELF);
    board
}

/// Fails unless the number of rights is within its bounds and none of them is given twice.
fn require_rights(rights: &[Right]) {
    check!(
        !rights.is_empty() && rights.len() <= parameters::MAX_RIGHTS,
        refusal::RIGHTS_BOUND
    );
    let mut rest = rights;
    while let Some((right, others)) = rest.split_first() {
        check!(!others.contains(right), refusal::RIGHT_TWICE);
        rest = others;
    }
}
