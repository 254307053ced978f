//! Random life: what somebody might do next, about half of it lawful.
//!
//! A run is a list of [`Step`]s, made from a seed and the model alone, so that any list of steps,
//! also a shorter one, can be tried again beside the contracts.

mod begin;
mod dice;
mod mutate;
mod papers;
mod step;
mod suggest;
mod time;

pub use begin::{accounts, begin};
pub use dice::Dice;
pub use step::{Generator, Step};

#[cfg(test)]
mod tests;
