//! What the tests share: a running chain, built contracts, people with keys.

mod answers;
mod contracts;
mod embedded;
mod node;
mod person;
mod twin;

pub use contracts::{Contract, built, migrating, reference};
pub use embedded::Embedded;
pub use node::{Ground, node, nodeos};
pub use person::{Person, drawn_alike, random_name};
pub use twin::Twin;
