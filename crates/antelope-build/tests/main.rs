//! One binary, a file a subject.

mod abi;
mod refusals;
mod reproducible;
