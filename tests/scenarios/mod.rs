//! The rules of the system on a chain: what each step does, and the text of every refusal.

mod admission;
mod agenda;
mod authorization;
mod certainty;
mod councils;
mod defects;
mod documents;
mod electorate;
mod execution;
mod foreign;
mod kinds;
mod linked_keys;
mod money;
mod operator;
mod people;
mod publication;
mod quorum;
mod ram_market;
mod reading;
mod refund;
mod refusals;
mod registry;
mod rules_index;
mod staff;
mod symbols;
mod threshold;
pub(crate) mod world;

pub(crate) use defects::named as named_tests;
pub(crate) use rules_index::test_names;
