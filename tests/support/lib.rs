//! What the tests share: a running chain, built contracts, people with keys.

mod contracts;
mod difference;
mod embedded;
mod node;
// The form in which the chain's own tests compare traces.
#[allow(missing_docs, dead_code)]
#[path = "../../crates/antelope-chain/tests/differential/normal.rs"]
mod normal;
mod person;
mod twin;

pub use contracts::{Contract, built, reference};
pub use embedded::Embedded;
pub use node::{Ground, node, nodeos};
pub use person::{Person, random_name};
pub use twin::Twin;
