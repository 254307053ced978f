//! The story of the demo: from an empty chain to people who join, contribute, decide and leave.
//!
//! | chapter | what happens |
//! |---|---|
//! | `setup` | contracts built, node started, contracts deployed and configured |
//! | `founding` | the cooperative, its founders, its council, its cashier |
//! | `agreements`, `admission` | agreements, statement, payment, question; admitted or sent back with the money |
//! | `free` | a question of a council member |
//! | `money`, `property` | share contributions and their return |
//! | `exit` | a participant leaves with all shares |
//! | `lapse` | on the embedded chain: questions that are not decided before the voting ends |
//! | `electing` | on the embedded chain: the council is elected again, and rights end with the one before |
//! | `moving` | on the embedded chain: a lost key, and the time for a veto |
//! | `council`, `voting` | what all questions share: votes, protocol, authorization and execution in one transaction |
//! | `bank`, `ledger` | transfers, and what funds and wallets should be after each step |
//! | `sample` | instead of the story: a cooperative to look around in, on the chain of a node |
//! | `verify` | what the chain says at the end, compared with the input and with the files |

mod admission;
mod agreements;
mod bank;
mod council;
mod electing;
mod error;
mod exit;
mod founding;
mod free;
mod ground;
mod keep;
mod keys;
mod lapse;
mod ledger;
mod money;
mod moving;
mod papers;
mod property;
mod rows;
mod sample;
mod setup;
mod stage;
mod verify;
mod voting;

use crate::{
    input::{Contribution, Expected, Input, Share, Votes},
    log::Log,
    node_kind::NodeKind,
    report::Report,
};
use coop_language::{Lang, Words};
pub use error::StoryError;
pub use keys::development_key;
pub use sample::{
    Sample, SampleAccount, SampleOptions, SampleRole, deploy_contracts, found_sample,
    found_sample_on,
};
use stage::Stage;
use std::{io::Write, path::PathBuf};

/// How to tell the story.
#[derive(Clone, Debug)]
pub struct StoryOptions {
    /// A folder of the workspace whose contracts are built.
    pub workspace: PathBuf,
    /// A folder of contracts that are built already, `<folder>/soviet/soviet.wasm` and so on.
    pub contracts: Option<PathBuf>,
    /// Where the documents go.
    pub documents: PathBuf,
    /// What it plays on.
    pub node: NodeKind,
    /// Whether the node stays when the story is over.
    pub keep: bool,
    /// The language of messages; documents are signed in Russian, and where people read English an
    /// English text lies beside each.
    pub lang: Lang,
    /// Whether every step is told while it happens, not only the long waits.
    pub every_step: bool,
}

/// What came of a story.
#[derive(Debug)]
pub struct Told {
    /// Everything that happened, also when the story stopped half-way.
    pub report: Report,
    /// Why it stopped, if it did.
    pub stopped: Option<StoryError>,
}

/// Tells the story; what is going on is said on `progress`, a line each.
pub fn tell(input: &Input, options: &StoryOptions, progress: &mut dyn Write) -> Told {
    let mut log = Log::new(options.lang, progress, options.every_step);
    let played = play(input, options, &mut log);
    let mut report = log.report;
    report.sum_up();
    Told {
        report,
        stopped: played.err(),
    }
}

/// All chapters in their order; what happened is in the log, also after an error.
fn play(input: &Input, options: &StoryOptions, log: &mut Log<'_>) -> Result<(), StoryError> {
    let built = setup::build(options, log)?;
    let mut stage = Stage::start(input, options, log)?;
    stage.set_up(&built)?;
    stage.found()?;
    for (i, candidate) in input.candidates.iter().enumerate() {
        stage.admit_or_refund(candidate, i == 0)?;
    }
    for (i, question) in input.questions.iter().enumerate() {
        if question.votes.expected() != Expected::Undecided {
            stage.decide(i, question)?;
        }
    }
    let mut things = Vec::new();
    for contribution in &input.contributions {
        things.push(stage.contribute(contribution)?);
    }
    for exit in &input.exits {
        stage.leave(exit)?;
    }
    stage.let_time_pass(&things)?;
    stage.verify()?;
    if options.keep {
        stage.keep();
    }
    Ok(())
}

impl Stage<'_, '_> {
    /// A contribution and its return, unless that waits for the end of voting; the number of a thing.
    fn contribute(&mut self, contribution: &Contribution) -> Result<Option<u64>, StoryError> {
        let back = contribution.back.as_ref();
        let back = back.filter(|_| !contribution.lapses());
        match &contribution.share {
            Share::Money(quantity) => {
                self.contribute_money(contribution, *quantity)?;
                if let Some(back) = back {
                    self.return_money(contribution.participant, back)?;
                }
                Ok(None)
            }
            Share::Property(thing) => {
                let id = self.contribute_property(contribution, thing)?;
                if let Some(back) = back {
                    self.return_property(contribution.participant, id, thing, back)?;
                }
                Ok(Some(id))
            }
        }
    }

    /// What takes days. On a chain whose clock goes by itself it is left out, and that is said.
    fn let_time_pass(&mut self, things: &[Option<u64>]) -> Result<(), StoryError> {
        let input = self.input;
        let is_undecided = |votes: &Votes| votes.expected() == Expected::Undecided;
        let questions = input.questions.iter().enumerate();
        let questions: Vec<_> = questions
            .filter(|(_, question)| is_undecided(&question.votes))
            .collect();
        let returns: Vec<_> = input
            .contributions
            .iter()
            .zip(things)
            .filter(|(contribution, _)| contribution.lapses())
            .collect();
        let ground::Ground::Embedded(_, api) = &self.node else {
            let elections = usize::from(input.election.is_some());
            let left_out = questions.len() + returns.len() + elections + input.moves.len();
            if left_out > 0 {
                let words = Words::of("story.left_out")
                    .with("questions", questions.len() + returns.len())
                    .with("elections", elections)
                    .with("moves", input.moves.len());
                self.log.tell(&words);
            }
            return Ok(());
        };
        let api = api.clone();
        let mut with_attempts = true;
        for (number, question) in questions {
            let (id, asked) = self.propose(number, question)?;
            let attempts = std::mem::take(&mut with_attempts);
            self.lapse(&api, id, &question.votes, &asked, attempts)?;
        }
        for (contribution, thing) in returns {
            let attempts = std::mem::take(&mut with_attempts);
            self.lapse_return(&api, contribution, *thing, attempts)?;
        }
        if let Some(election) = &input.election {
            self.elect(&api, election)?;
        }
        for moving in &input.moves {
            self.move_account(&api, moving)?;
        }
        Ok(())
    }
}
