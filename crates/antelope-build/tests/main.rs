//! One binary, a file a subject.

mod abi;
mod examples;
mod frames;
mod refusals;
mod reproducible;
