//! Every refusal of the three contracts: its code, and the text that the chain tells.
//!
//! Numbers in the texts come from [`parameters`](crate::parameters). A code never changes its
//! meaning; programs go by codes, people by the messages in their own language: off chain [`all`]
//! lists them, and `docs/refusals.md` is made from that list.

mod ledger;
#[cfg(not(target_family = "wasm"))]
mod message;
mod paper;
mod person;
mod setup;
mod table;
mod voting;

pub use antelope_contract::Refusal;
pub use ledger::*;
#[cfg(not(target_family = "wasm"))]
pub use message::{Message, all, find, find_code};
pub use paper::*;
pub use person::*;
pub use setup::*;
pub use voting::*;
