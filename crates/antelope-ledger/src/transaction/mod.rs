//! How a transaction is executed: its checks, its actions in their order, and what is billed for it.

mod apply;
mod budget;
mod context;
mod deferred;
mod executor;
mod header;
mod indexes;
mod inline;
mod input;
mod iterators;
mod limits;
mod native;
mod packed;
mod parameters;
mod producers;
mod queries;
mod signatures;
mod system;
mod tables;
mod wasm_parameters;

pub use apply::{ApplyContext, Iterated};
pub use executor::{Executor, NoContracts};
pub use indexes::Place;
pub use queries::CodeHash;
pub use signatures::RecoveredTransaction;

pub use context::{Failed, Outcome, TransactionContext};
pub use input::{Environment, Input, Kind};
pub use packed::unpack;

use antelope_types::Cost;
