//! `vote`: for or against a question.

use super::office::{Actor, Office, OfficeOptions};
use super::question::title;
use super::show::find;
use antelope_cli::{Console, Fallible, Report};
use clap::{Args, ValueEnum};
use coop_language::Words;
use coop_model::clients::Soviet;

/// A vote.
#[derive(Args, Clone, Debug)]
pub(crate) struct VoteArgs {
    /// The question's number
    id: u64,
    /// for or against (за or против)
    choice: Choice,
    #[command(flatten)]
    pub(super) office: OfficeOptions,
    #[command(flatten)]
    pub(super) actor: Actor,
}

/// A voice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Choice {
    #[value(alias = "за")]
    For,
    #[value(alias = "против")]
    Against,
}

/// Runs the command. A vote names the number and the hash of the question: what was shown is what is
/// voted on, also on another fork.
pub(super) fn run(
    office: &Office<'_>,
    console: &mut Console<'_>,
    arguments: &VoteArgs,
) -> Fallible<Report> {
    let VoteArgs {
        id, choice, actor, ..
    } = arguments;
    let level = office.actor(actor)?;
    let question = find(office, *id)?;
    let (coopname, voter) = (office.cooperative.name(), level.actor);
    let soviet = Soviet::at(office.cooperative.contracts().soviet).signed_by(level);
    let hash = question.hash;
    let (key, action) = match choice {
        Choice::For => (
            "vote.yes",
            soviet.votefor(coopname, voter, *id, hash).to_action(),
        ),
        Choice::Against => {
            let action = soviet.voteagainst(coopname, voter, *id, hash).to_action();
            ("vote.no", action)
        }
    };
    let sentence = Words::of(key)
        .with("who", voter)
        .with("id", id)
        .with("title", title(question.kind, office.lang()));
    office.act(console, actor, &sentence, vec![action])
}
