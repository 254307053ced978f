//! The promises of the system, as functions over a world, under the numbers of the rules.
//!
//! [`check`] takes a world as it is; [`check_step`] takes the worlds before and after one action.

mod boards;
mod books;
mod people;
mod processes;
mod questions;
mod steps;

pub use steps::check_step;

use crate::{Cooperative, World};

/// An invariant of a cooperative: `false` where it does not hold.
pub type Invariant = fn(&Cooperative) -> bool;

/// Every invariant of a cooperative, by name.
pub const ALL: &[(&str, Invariant)] = &[
    (
        "i04_approved_means_majority_and_quorum",
        questions::approved_is_carried,
    ),
    (
        "i05_votes_are_of_the_electorate",
        questions::votes_are_of_the_electorate,
    ),
    (
        "i06_open_is_undecided_and_declined_hopeless",
        questions::states_follow_votes,
    ),
    (
        "i17_one_unfinished_question_per_hash",
        questions::hashes_are_unique,
    ),
    (
        "i37_numbers_do_not_exceed_the_last",
        questions::numbers_are_given,
    ),
    ("bounds_of_the_agenda", questions::agenda_is_bounded),
    ("i21_money_identity", books::money_is_neither_made_nor_lost),
    ("i21_shares_are_wallets", books::shares_are_wallets),
    (
        "i21_processing_is_payments_in_processing",
        books::processing_is_payments,
    ),
    (
        "i21_property_fund_is_property",
        books::property_fund_is_property,
    ),
    ("i22_nothing_is_negative", books::nothing_is_negative),
    (
        "i23_blocked_is_open_returns",
        books::blocked_is_open_returns,
    ),
    ("i22_property_is_available", books::in_kind_is_available),
    ("overdue_is_outgoing", books::overdue_is_outgoing),
    (
        "bounds_of_wallets_and_invoices",
        books::processes_are_bounded,
    ),
    (
        "i26_candidates_have_their_payment",
        people::candidates_have_their_payment,
    ),
    (
        "people_are_participants_or_candidates",
        people::nobody_is_both,
    ),
    ("i25_who_leaves_has_an_exit", people::leaving_means_exit),
    ("people_wallets_have_owners", people::wallets_have_owners),
    ("i32_boards_are_boards", boards::boards_are_boards),
    (
        "i32_members_are_active_participants",
        boards::members_are_active,
    ),
    ("i32_elected_support", boards::elected_support),
    (
        "boards_that_nobody_needs_are_gone",
        boards::boards_are_needed,
    ),
    (
        "i28_who_waits_has_one_question",
        processes::who_waits_has_one_question,
    ),
    (
        "i28_questions_have_their_process",
        processes::questions_have_their_process,
    ),
];

/// Names of the invariants that do not hold, with their cooperatives.
///
/// # Errors
/// The first of them.
pub fn check(world: &World) -> Result<(), String> {
    for (name, coop) in &world.coops {
        check_coop(coop).map_err(|broken| format!("{name:?}: {broken}"))?;
    }
    Ok(())
}

/// The first invariant that does not hold in a cooperative.
///
/// # Errors
/// Its name.
pub fn check_coop(coop: &Cooperative) -> Result<(), &'static str> {
    let broken = ALL.iter().find(|(_, holds)| !holds(coop));
    broken.map_or(Ok(()), |(name, _)| Err(*name))
}
