//! A step of a sequence.

use antelope_chain::{Chain, Failure};
use antelope_types::Action;
use antelope_types::TransactionTrace;
use std::time::Duration;

/// A step of a sequence. It is data, so that sequences can be shrunk and printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Executes these actions in one transaction.
    Push(Vec<Action>),
    /// Lets time pass, in multiples of 500 ms.
    Advance(Duration),
    /// Completes the block in production.
    ProduceBlock,
}

impl Step {
    /// Executes the step; returns the trace of a transaction.
    ///
    /// # Errors
    /// [`Failure`] where the chain refuses it.
    pub fn run(&self, chain: &mut Chain) -> Result<Option<TransactionTrace>, Failure> {
        match self {
            Self::Push(actions) => chain.push(actions).map(Some),
            Self::Advance(time) => Ok(chain.advance(*time).map(|_| None)?),
            Self::ProduceBlock => Ok(chain.produce_block().map(|_| None)?),
        }
    }
}
