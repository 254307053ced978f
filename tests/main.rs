//! One binary, a folder per subject.

mod client;
mod scenarios;
mod attacks;
mod timetravel;


mod sizes;
mod token;
mod types;
mod build;
