//! One binary, a folder per subject.

mod client;
mod scenarios;
mod attacks;
mod invariants;
mod timetravel;


mod hello;
mod sizes;
mod token;
mod types;
mod build;
