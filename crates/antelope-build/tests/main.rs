//! One binary, a file a subject.

mod abi;
mod examples;
mod frames;
mod package;
mod refusals;
mod reproducible;
