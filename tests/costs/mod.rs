//! What every action of the three contracts costs, to the instruction, in one life of a cooperative that
//! is the same in every run.

mod limits;
mod measured;
mod page;
mod paths;
mod peer;
mod snapshot;
mod story;
