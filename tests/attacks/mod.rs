//! Known ways to cheat contracts of this kind, tried on a chain. Each must fail and leave nothing behind.

mod callbacks;
pub(crate) mod foreign_code;
mod hostile_bytes;
mod matrix;
mod notifications;
mod races;
mod replay;
mod squatting;
mod steps;
mod takeover;
