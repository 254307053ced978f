//! Known ways to cheat contracts of this kind, tried on a chain. Each must fail and leave nothing behind.

mod callbacks;
mod denial;
pub(crate) mod foreign_code;
mod forks;
mod hostile_accounts;
mod hostile_bytes;
mod malleated;
mod matrix;
mod mutated;
mod notifications;
mod races;
mod replay;
mod second_chain;
mod squatting;
mod steps;
mod takeover;
