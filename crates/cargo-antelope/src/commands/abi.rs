//! `cargo antelope abi`

use crate::arguments::Abi;
use crate::failure::Failure;
use crate::output::{Outcome, Output};

pub(crate) fn run(_arguments: &Abi, _output: &mut Output) -> Outcome {
    Err(Failure::new("abi", "not yet"))
}
