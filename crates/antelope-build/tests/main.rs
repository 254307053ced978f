//! One binary, a file a subject.

mod abi;
mod reproducible;
mod verdicts;
mod zoo;
