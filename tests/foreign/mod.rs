//! Contracts of others: a process that a cooperative adds, and contracts that mean no good.

pub(crate) mod depth;
mod example;
mod failing;
pub(crate) mod hostile;
mod page;
mod quotas;
mod ram;
pub(crate) mod shop;
pub(crate) mod world;
