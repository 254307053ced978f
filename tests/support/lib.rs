//! What the tests share: a running chain, built contracts, people with keys.

mod contracts;
mod embedded;
mod node;
mod person;

pub use contracts::{Contract, built, reference};
pub use embedded::Embedded;
pub use node::{Ground, node, nodeos};
pub use person::{Person, random_name};
