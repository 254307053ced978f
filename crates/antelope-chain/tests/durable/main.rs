//! Chains in folders, and processes that are killed.

mod kill;
