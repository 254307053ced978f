//! The steps of the example's story, chapter by chapter.

/// The whole admission, in order; `vote_for` three times, `vote_against` once, one silent.
pub(super) const ADMISSION: [&str; 20] = [
    "open_account",
    "sign_agreements",
    "changed_statement",
    "apply",
    "invoice",
    "other_sum",
    "confirm_without_right",
    "confirm_payment",
    "on_agenda",
    "outsider_vote",
    "early_expire",
    "early_exec",
    "early_authorize",
    "vote_for",
    "second_vote",
    "vote_for",
    "vote_against",
    "vote_for",
    "authorize_and_exec",
    "second_exec",
];

pub(super) const REFUND: [&str; 13] = [
    "open_account",
    "sign_agreements",
    "apply",
    "invoice",
    "used_record",
    "confirm_payment",
    "on_agenda",
    "vote_against",
    "vote_for",
    "vote_against",
    "vote_against",
    "remove_declined",
    "refund",
];

pub(super) const SECOND_ADMISSION: [&str; 11] = [
    "open_account",
    "sign_agreements",
    "apply",
    "invoice",
    "confirm_payment",
    "on_agenda",
    "vote_for",
    "vote_for",
    "vote_for",
    "vote_for",
    "authorize_and_exec",
];

pub(super) const FREE: [&str; 7] = [
    "propose",
    "vote_for",
    "vote_for",
    "vote_for",
    "vote_for",
    "other_protocol",
    "authorize_and_exec",
];

pub(super) const MONEY: [&str; 16] = [
    "offer_money",
    "confirm_payment",
    "vote_for",
    "vote_for",
    "vote_for",
    "vote_for",
    "authorize_and_exec",
    "too_much",
    "ask_money",
    "vote_for",
    "vote_for",
    "vote_against",
    "vote_for",
    "vote_for",
    "authorize_and_exec",
    "pay_share",
];

pub(super) const PROPERTY: [&str; 15] = [
    "offer_property",
    "accept_property",
    "vote_for",
    "vote_for",
    "vote_for",
    "vote_against",
    "vote_for",
    "authorize_and_exec",
    "ask_property",
    "vote_for",
    "vote_for",
    "vote_for",
    "vote_for",
    "authorize_and_exec",
    "hand_over",
];

pub(super) const SECOND_MONEY: [&str; 8] = [
    "offer_money",
    "confirm_payment",
    "vote_for",
    "vote_for",
    "vote_for",
    "vote_for",
    "vote_for",
    "authorize_and_exec",
];

pub(super) const EXIT: [&str; 8] = [
    "ask_exit",
    "vote_for",
    "vote_for",
    "vote_for",
    "vote_against",
    "vote_for",
    "authorize_and_exec",
    "pay_share",
];

/// A question that hardly anybody votes on, where the clock can be moved.
pub(super) const EXPIRY: [&str; 9] = [
    "propose",
    "vote_against",
    "vote_for",
    "wait",
    "early_expire",
    "wait",
    "late_vote",
    "exec_unapproved",
    "expire",
];

/// A return with a majority and without the quorum of the charter.
pub(super) const NO_QUORUM: [&str; 6] = [
    "ask_money",
    "vote_for",
    "vote_for",
    "vote_for",
    "wait",
    "expire",
];

pub(super) const MOVE: [&str; 10] = [
    "open_account",
    "ask_move",
    "vote_for",
    "vote_for",
    "vote_for",
    "vote_for",
    "authorize_and_exec",
    "early_move",
    "wait",
    "complete_move",
];

/// The council is elected again, between the decision on a return and its payment.
pub(super) const ELECTION: [&str; 16] = [
    "ask_money",
    "vote_for",
    "vote_for",
    "vote_for",
    "vote_for",
    "authorize_and_exec",
    "submit_board",
    "object",
    "early_board",
    "wait",
    "seat_board",
    "ended_rights",
    "confirm_cashier",
    "employ_former",
    "authorized_by_actor",
    "pay_share",
];

/// What takes days.
pub(super) fn in_time() -> Vec<&'static str> {
    [&EXPIRY[..], &NO_QUORUM, &ELECTION, &MOVE].concat()
}
