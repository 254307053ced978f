//! What the tests share: a running chain, built contracts, people with keys.

mod answers;
mod contracts;
// Where two JSON values differ, and the form in which traces are compared, as in the chain's own tests.
#[allow(missing_docs)]
#[path = "../../crates/antelope-chain/tests/shared/difference.rs"]
mod difference;
mod embedded;
mod node;
#[allow(missing_docs, dead_code)]
#[path = "../../crates/antelope-chain/tests/shared/normal.rs"]
mod normal;
mod person;
mod server;
mod twin;

pub use contracts::{Contract, built, migrating, reference};
pub use embedded::Embedded;
pub use node::{Ground, node, nodeos};
pub use person::{Person, drawn_alike, random_name};
pub use server::Server;
pub use twin::Twin;
