//! `exec`: a decision that the chairman has signed takes effect.

use super::authorize::carried_out;
use super::office::{Actor, Office};
use super::question::whole;
use super::show::find;
use antelope_cli::{Console, Fallible, Report};
use clap::Args;
use coop_language::Words;
use coop_model::clients::Soviet;

/// A decision to carry out.
#[derive(Args, Clone, Debug)]
pub(crate) struct ExecArgs {
    /// The decision's number
    id: u64,
    #[command(flatten)]
    pub(super) actor: Actor,
}

/// Runs the command.
pub(super) fn run(
    office: &Office<'_>,
    console: &mut Console<'_>,
    arguments: &ExecArgs,
) -> Fallible<Report> {
    let ExecArgs { id, actor, .. } = arguments;
    let level = office.actor(actor)?;
    let decision = find(office, *id)?;
    let soviet = Soviet::at(office.cooperative.contracts().soviet).signed_by(level);
    let coopname = office.cooperative.name();
    let action = soviet.exec(level.actor, coopname, *id).to_action();
    let sentence = Words::of("exec.sentence")
        .with("id", id)
        .with("title", whole(office, &decision));
    carried_out(office, &decision);
    let report = office.act(console, actor, &sentence, vec![action])?;
    office.admitted(&decision, &report);
    Ok(report)
}
