//! What the tests share: a running node, built contracts, people with keys.

mod contracts;
mod node;
mod person;

pub use contracts::{Contract, built, reference};
pub use node::node;
pub use person::{Person, random_name};
