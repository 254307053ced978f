//! The rules of the cooperative contracts as a model in plain Rust, and what is proved over it.
//!
//! [`World`] is everything that the three contracts remember, with states as enums and without
//! anything that can be computed. [`World::apply`] is every action that people, staff, chairmen,
//! operators and strangers can send. [`invariants`] are the promises, as functions over a world.
//! [`explore`] walks through all states of a small world; [`states`] are the tables of transitions,
//! of which `docs/states.md` is drawn.
//!
//! The model is written from the rules, not from the contracts. The test `model` of this repository
//! runs the two beside each other.

pub mod account;
pub mod action;
mod apply;
pub mod cooperative;
mod council;
pub mod event;
pub mod explore;
pub mod invariants;
pub mod kind;
mod money;
pub mod paper;
mod people;
pub mod random;
pub mod reason;
pub mod states;
pub mod terms;
pub mod world;

pub use account::{Account, Hash, Time};
pub use action::Action;
pub use cooperative::Cooperative;
pub use event::Event;
pub use kind::QuestionKind;
pub use paper::Paper;
pub use reason::Reason;
pub use terms::Terms;
pub use world::World;
