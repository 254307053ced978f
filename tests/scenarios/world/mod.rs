//! What every scenario needs: a chain with the three contracts, people with keys, cooperatives, and documents.
//!
//! A scenario makes its own cooperative with accounts of random names, so all of them run side by side on one chain.

mod chain;
mod coop;
mod documents;
mod foreign;
mod outcome;

pub(crate) use chain::{Chain, new_account};
pub(crate) use coop::{
    Ballot, Candidate, Coop, ENTRANCE_AND_MINIMUM, Question, Snapshot, amount, fees,
};
pub(crate) use documents::{Draft, number, signature};
pub(crate) use foreign::{FOREIGN_PROTOCOL, Foreign};
pub(crate) use outcome::Outcome;
pub(crate) use veche_tests::{Person, random_name};

/// The same account with another key: what a thief of the name alone has.
pub(crate) fn with_wrong_key(person: &Person) -> Person {
    Person {
        name: person.name,
        ..Person::new()
    }
}
