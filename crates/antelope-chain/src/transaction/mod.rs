//! How a transaction is executed: its checks, its actions in their order, and what is billed for it.

mod apply;
mod context;
mod cost;
mod deferred;
mod header;
mod indexes;
mod inline;
mod input;
mod iterators;
mod limits;
mod packed;
mod parameters;
mod producers;
mod queries;
mod reading;
mod signatures;
mod system;
mod tables;
mod wasm_parameters;

pub use apply::{ApplyContext, Iterated};
pub use cost::{Cost, CpuBilling};
pub use indexes::Place;
pub use queries::CodeHash;
pub use signatures::RecoveredTransaction;

pub(crate) use context::{Failed, Outcome, TransactionContext};
pub(crate) use input::{Environment, Input, Kind};
pub(crate) use packed::unpack;
pub(crate) use reading::{read, text};
