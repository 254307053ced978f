//! The story of the demo: from an empty chain to a person admitted by the council's vote.
//!
//! | chapter | what happens |
//! |---|---|
//! | `setup` | contracts built, node started, contracts deployed and configured |
//! | `founding` | the cooperative, its founders, its council, its cashier |
//! | `admission` | a candidate's statement, payment, question; admitted or sent back with the money |
//! | `free` | a question of a council member |
//! | `council` | votes, the protocol, authorization and execution in one transaction, what all questions share |
//! | `expiry` | on the embedded chain: a question without a majority, 48 hours later |
//! | `verify` | what the chain says at the end, compared with the input and with the files |

mod admission;
mod council;
mod error;
mod expiry;
mod founding;
mod free;
mod ground;
mod keep;
mod keys;
mod log;
mod papers;
mod rows;
mod setup;
mod stage;
mod verify;

use std::path::PathBuf;

pub use error::StoryError;
pub use ground::Kind;
pub(crate) use keep::told as kept;
pub(crate) use log::Log;
use stage::Stage;

use crate::input::Input;

/// How to tell the story.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// A folder of the workspace whose contracts are built.
    pub(crate) workspace: PathBuf,
    /// A folder of contracts that are built already, `<folder>/soviet/soviet.wasm` and so on.
    pub(crate) contracts: Option<PathBuf>,
    /// Where the documents go.
    pub(crate) documents: PathBuf,
    /// What it plays on.
    pub(crate) node: Kind,
    /// Whether the node stays when the story is over.
    pub(crate) keep: bool,
}

/// Tells the story; what happened is in the log, also when it stops half-way.
pub(crate) fn tell(input: &Input, options: &Options, log: &mut Log<'_>) -> Result<(), StoryError> {
    let built = setup::build(options, log)?;
    let mut stage = Stage::start(input, options, log)?;
    stage.set_up(&built)?;
    stage.found()?;
    for (i, candidate) in input.candidates.iter().enumerate() {
        stage.admit_or_refund(candidate, i == 0)?;
    }
    for (i, question) in input.questions.iter().enumerate() {
        stage.decide(i, question)?;
    }
    stage.expire_question()?;
    stage.verify()?;
    if options.keep {
        stage.keep();
    }
    Ok(())
}
