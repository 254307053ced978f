//! The interfaces of the three contracts: what each implements and everybody calls, inline on chain
//! and in transactions off chain.

mod gateway;
mod registrator;
mod soviet;
mod upgrade;

pub use gateway::*;
pub use registrator::*;
pub use soviet::*;
pub use upgrade::*;
