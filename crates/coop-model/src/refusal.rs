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

pub use ledger::*;
#[cfg(not(target_family = "wasm"))]
pub use message::{Message, all, find, find_code};
pub use paper::*;
pub use person::*;
pub use setup::*;
pub use voting::*;
/// A reason to fail: a stable code and a short text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub code: u64,
    pub text: &'static str,
}
impl antelope_contract::Failure for Refusal {
    fn raise(self) -> ! {
        antelope_contract::fail(self.text)
    }
}
macro_rules! refusals { ($(#[$m:meta])* pub mod $name:ident { $($N:ident = $c:literal, $t:expr;)* }) => { $(#[$m])* #[allow(missing_docs)] pub mod $name { use super::*; $(pub const $N: crate::refusal::Refusal = crate::refusal::Refusal{code:$c,text:$t};)* } } }
pub(crate) use refusals;
