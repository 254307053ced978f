//! One binary, a folder per subject.

mod attacks;
mod build;
mod client;
mod demo;
mod hello;
mod invariants;
mod scenarios;
mod sdk;
mod sizes;
mod timetravel;
mod token;
mod types;
