//! `move`, `block`, `unblock`: participants who lost a key, and participants whose rights rest.

use super::desk::Desk;
use super::faults::unreadable;
use super::office::{Actor, Office};
use super::question::left;
use super::statements::one;
use antelope_cli::{Console, Failure, Fallible, Report};
use antelope_types::{Name, TimePoint};
use clap::Args;
use coop_language::Words;
use coop_model::clients::Registrator;
use coop_papers::Facts;
use serde_json::json;

/// A move to another account; without an account, the list of all.
#[derive(Args, Clone, Debug)]
pub(crate) struct MoveArgs {
    /// The old account. Whoever acts is the new one, whose key signs the statement
    pub(super) participant: Option<Name>,
    /// Veto the move, as the old account, or withdraw from it, as the new one
    #[arg(long, requires = "participant", conflicts_with = "complete")]
    veto: bool,
    /// Move participation, money and property now that the time for a veto is over; anyone may
    #[arg(long, requires = "participant")]
    complete: bool,
    #[command(flatten)]
    pub(super) actor: Actor,
}

/// Whom the council is asked to block, or to block no longer.
#[derive(Args, Clone, Debug)]
pub(crate) struct BlockArgs {
    /// The participant
    participant: Name,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    pub(super) actor: Actor,
}

/// Runs `move`.
pub(super) fn moving(
    office: &Office<'_>,
    console: &mut Console<'_>,
    arguments: &MoveArgs,
) -> Fallible<Report> {
    let Some(account) = arguments.participant else {
        return moves(office);
    };
    let actor = &arguments.actor;
    let level = office.actor(actor)?;
    let coopname = office.cooperative.name();
    let registrator = Registrator::at(office.cooperative.contracts().registrator).signed_by(level);
    if arguments.veto || arguments.complete {
        let all = office.cooperative.moves().map_err(unreadable)?;
        if !all.iter().any(|it| it.username == account) {
            let words = Words::of("moving.none").with("account", account);
            return Err(Failure::not_found("move.none", office.say(&words))
                .hint(office.messages.text("moving.list")));
        }
        let (key, action) = match arguments.veto {
            true => (
                "moving.veto",
                registrator.vetomove(coopname, account).to_action(),
            ),
            false => {
                let action = registrator.completemove(coopname, account).to_action();
                ("moving.complete", action)
            }
        };
        let words = Words::of(key).with("account", account);
        return office.act(console, actor, &words, vec![action]);
    }
    let new_account = level.actor;
    office.then(Words::of("next.vote"));
    let words = Words::of("moving.sentence")
        .with("account", account)
        .with("new", new_account);
    let form = |facts: &Facts<'_, Desk>| facts.move_statement(account, new_account);
    one(office, console, actor, &words, form, |_, _, statement| {
        registrator
            .moveuser(coopname, account, new_account, statement)
            .to_action()
    })
}

fn moves(office: &Office<'_>) -> Fallible<Report> {
    let moves = office.cooperative.moves().map_err(unreadable)?;
    let now = office.now()?;
    let (mut data, mut text) = (Vec::new(), String::new());
    for it in &moves {
        let is_granted = it.ready_at != TimePoint::default();
        let state = match (is_granted, it.ready_at > now) {
            (false, _) => office.messages.text("moving.asked"),
            (true, true) => {
                let left = left(office, now, it.ready_at);
                office.say(&Words::of("moving.waits").with("left", left))
            }
            (true, false) => office.messages.text("moving.ready"),
        };
        text += &format!("{} → {}  {state}\n", office.called(it.username), it.newname);
        data.push(json!({
            "username": it.username,
            "new_account": it.newname,
            "hash": it.hash,
            "ready_at": is_granted.then_some(it.ready_at),
        }));
    }
    if moves.is_empty() {
        text = office.messages.text("moving.empty");
    }
    Ok(Report::new(data, text))
}

/// Runs `block` and `unblock`: the council is asked.
pub(super) fn block(
    office: &Office<'_>,
    console: &mut Console<'_>,
    arguments: &BlockArgs,
    is_blocked: bool,
) -> Fallible<Report> {
    let BlockArgs {
        participant: account,
        reason,
        actor,
        ..
    } = arguments;
    office.readable(reason)?;
    let proposer = office.actor(actor)?.actor;
    office.then(Words::of("next.vote"));
    let words = Words::of(match is_blocked {
        true => "block.sentence",
        false => "block.end",
    });
    let words = words.with("who", proposer).with("account", account);
    let form =
        |facts: &Facts<'_, Desk>| facts.block_proposal(proposer, *account, is_blocked, reason);
    one(
        office,
        console,
        actor,
        &words,
        form,
        |office, level, proposal| {
            let registrator = Registrator::at(office.cooperative.contracts().registrator);
            let coopname = office.cooperative.name();
            registrator
                .signed_by(level)
                .blockuser(coopname, proposer, *account, proposal)
                .to_action()
        },
    )
}
