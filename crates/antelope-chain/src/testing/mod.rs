//! What tests of contracts are written with: a chain as they need it, the contracts to run on it,
//! random life, and the costs of actions.

mod builder;
mod contract;
pub(crate) mod costs;
#[cfg(feature = "proptest")]
mod sequence;

pub use builder::ChainBuilder;
pub use contract::{Contract, ContractError};
pub use costs::{with_traces, without_costs};
#[cfg(feature = "proptest")]
pub use sequence::{After, Outcomes, Sequence, Step, Summary};
