//! One binary, a file a subject.

mod abi;
mod examples;
mod refusals;
mod reproducible;
