//! One thing that happens on a chain.

use antelope_chain::{Chain, Failure};
use antelope_types::Action;
use antelope_types::TransactionTrace;
use std::time::Duration;

/// One thing that happens on a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A transaction of these actions.
    Push(Vec<Action>),
    /// Time that passes.
    Advance(Duration),
    /// A block ends.
    ProduceBlock,
}

impl Step {
    /// Lets it happen; the trace, if it was a transaction.
    ///
    /// # Errors
    /// Where the chain refuses it.
    pub fn run(&self, chain: &mut Chain) -> Result<Option<TransactionTrace>, Failure> {
        match self {
            Self::Push(actions) => chain.push(actions).map(Some),
            Self::Advance(time) => Ok(chain.advance(*time).map(|_| None)?),
            Self::ProduceBlock => Ok(chain.produce_block().map(|_| None)?),
        }
    }
}
