//! Refusals: what arrives, and what the ABI says.

use std::cell::RefCell;
use std::rc::Rc;

use antelope_contract::host::{Host, with_host};
use antelope_contract::prelude::*;

/// A number that a text below has in it.
macro_rules! hours {
    () => {
        48
    };
}

/// A text made by a constant function.
const fn longest() -> &'static str {
    "at most 64 seats are possible"
}

refusals! {
    /// Refusals of votes.
    pub mod votes {
        /// A vote counts while the question is open.
        VOTING_IS_OVER = 101, concat!("the voting is over: ", hours!(), " hours have passed");
        /// A seat has one vote.
        VOTED_ALREADY = 102, "the member has voted already";
    }

    /// Refusals of councils.
    pub(crate) mod councils {
        /// Seats are counted in one byte.
        TOO_MANY_SEATS = 201, longest();
    }
}

/// Failures by number.
#[error_codes]
pub enum Numbers {
    /// nothing there
    Nothing = 7,
}

/// The contract.
#[contract(errors(votes::Refusals, councils::Refusals, Numbers))]
pub mod council {
    use super::*;

    /// Votes.
    #[action]
    pub fn vote(hours: u32, seats: u8, before: Option<u8>) {
        check!(hours < hours!(), votes::VOTING_IS_OVER);
        check!(seats <= 64, councils::TOO_MANY_SEATS);
        before.or_fail(votes::VOTED_ALREADY);
    }
}

struct Chain;

impl Host for Chain {
    fn eosio_assert_message(&mut self, condition: u32, message: &[u8]) {
        assert!(condition != 0, "{}", String::from_utf8_lossy(message));
    }
}

fn failure(hours: u32, seats: u8, before: Option<u8>) -> String {
    let run = || {
        with_host(Rc::new(RefCell::new(Chain)), || {
            council::vote(hours, seats, before)
        })
    };
    let panic = std::panic::catch_unwind(run).expect_err("must fail");
    *panic.downcast::<String>().expect("a text")
}

#[test]
fn the_text_arrives() {
    assert_eq!(
        failure(48, 3, None),
        "the voting is over: 48 hours have passed"
    );
    assert_eq!(failure(0, 65, None), "at most 64 seats are possible");
    assert_eq!(failure(0, 64, None), "the member has voted already");
}

#[test]
fn the_abi_of_the_development_machine_has_all_that_are_declared() {
    let abi = council::abi().expect("records");
    let listed: Vec<_> = abi
        .error_messages
        .iter()
        .map(|it| (it.error_code, it.error_msg.as_str()))
        .collect();
    assert_eq!(
        listed,
        [
            (7, "nothing there"),
            (101, "the voting is over: 48 hours have passed"),
            (102, "the member has voted already"),
            (201, "at most 64 seats are possible"),
        ]
    );
}

#[test]
fn a_refusal_is_a_value() {
    assert_eq!(
        votes::VOTED_ALREADY,
        Refusal::new(102, "the member has voted already")
    );
    let codes: Vec<_> = votes::Refusals::ALL.iter().map(|it| it.code).collect();
    assert_eq!(codes, [101, 102]);
}
