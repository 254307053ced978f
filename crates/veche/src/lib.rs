//! The command line of Veche, as a library beside a thin program.
//!
//! [`run`] takes arguments and two streams: the first gets the result and nothing else, the second
//! everything that is said on the way. `--json` changes the form of the result, not its stream.

mod cli;
mod demo;
mod envelope;
pub mod input;
mod lang;
mod output;
pub mod report;
mod story;
mod table;
mod words;

pub use cli::run;
pub use lang::Lang;
pub use report::Report;
pub use story::{Kind, StoryError};
