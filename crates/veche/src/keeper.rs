//! `veche keeper`: does for cooperatives what anyone may do and nobody remembers.

use antelope_cli::signers::{KeyOptions, key_of};
use antelope_cli::{Console, Failure, Fallible, Report, Session};
use antelope_types::{Name, PermissionLevel, name};
use clap::Args;
use coop_client::{Contracts, ReadError};
use coop_keeper::{Done, Fate, Keeper, KeeperOptions, LINKS, Round};
use serde_json::json;
use std::thread::sleep;
use std::time::Duration;

/// Do for cooperatives what anyone may do once a term is over: expire, decline, execute, close, tell
#[derive(Args, Clone, Debug)]
pub(crate) struct KeeperArgs {
    /// Who acts: an account and its permission
    #[arg(short = 'p', long = "permission", value_name = "LEVEL")]
    level: Option<PermissionLevel>,
    /// Look after this cooperative only; may be given several times; all of the chain by default
    #[arg(long = "coop", value_name = "ACCOUNT")]
    cooperatives: Vec<Name>,
    /// The account of the contract of decisions
    #[arg(long, value_name = "ACCOUNT", env = "VECHE_SOVIET", default_value_t = name!("soviet"))]
    soviet: Name,
    /// One round, and end
    #[arg(long)]
    once: bool,
    /// Seconds between rounds
    #[arg(long, value_name = "SECONDS", default_value_t = 30,
          value_parser = clap::value_parser!(u64).range(1..=86_400))]
    every: u64,
    /// The most transactions of one round
    #[arg(long, value_name = "COUNT", default_value_t = 200,
          value_parser = clap::value_parser!(u16).range(1..))]
    most: u16,
    /// Print the commands that give the account a permission for this and nothing else, and end
    #[arg(long)]
    show_permission: bool,
    #[command(flatten)]
    keys: KeyOptions,
}

/// Runs the command. Without `--once` it goes on until it is stopped; a node that does not answer is
/// asked again in the next round.
pub(crate) fn run(
    session: &Session,
    console: &mut Console<'_>,
    arguments: &KeeperArgs,
) -> Fallible<Report> {
    let level = arguments.level.ok_or_else(|| {
        Failure::usage("nobody acts").expected("-p ACCOUNT@PERMISSION, such as -p robot@keeper")
    })?;
    let contracts = Contracts::read(&session.client, arguments.soviet).map_err(failure)?;
    if arguments.show_permission {
        return Ok(permission(&contracts, level));
    }
    if session.is_production()? && session.options.yes < 2 {
        let message = format!(
            "{} is a production chain, and a keeper asks nobody",
            session.called()
        );
        return Err(Failure::declined(message).hint("start it with -yy"));
    }
    let signers = arguments.keys.beside(&session.folder()?).signers()?;
    let signer = key_of(session, level, signers)?;
    let options = KeeperOptions {
        level,
        cooperatives: arguments.cooperatives.clone(),
        most: arguments.most.into(),
    };
    let mut keeper = Keeper::new(session.client.clone(), contracts, options, &*signer);
    if arguments.once {
        let round = keeper.round().map_err(failure)?;
        let text = told(&round);
        return Ok(Report::new(round, text));
    }
    loop {
        match keeper.round() {
            Ok(round) if round.done.is_empty() => {}
            Ok(round) => console.say(told(&round).trim_end()),
            Err(error) => console.say(&format!("{}; trying again", failure(error).message)),
        }
        sleep(Duration::from_secs(arguments.every));
    }
}

/// A round as people read it: a line for each thing.
fn told(round: &Round) -> String {
    let mut text = String::new();
    for Done {
        cooperative,
        task,
        fate,
    } in &round.done
    {
        let fate = match fate {
            Fate::Done { transaction_id } => format!("done {transaction_id}"),
            Fate::DoneByOthers => "done by somebody else".to_owned(),
            Fate::Failed { reason } => format!("failed, is tried again later: {reason}"),
        };
        let task = serde_json::to_value(task).unwrap_or_default();
        text += &format!("{cooperative}  {task}  {fate}\n");
    }
    let waiting = match round.waiting {
        0 => String::new(),
        count => format!(", {count} wait"),
    };
    text + &format!("{} done{waiting}\n", round.done.len())
}

/// The commands after which the permission can do what a keeper does, and nothing else.
fn permission(contracts: &Contracts, level: PermissionLevel) -> Report {
    let PermissionLevel { actor, permission } = level;
    let links = LINKS.map(|link| link.of(contracts));
    let mut text = format!("veche set account permission {actor} {permission} PUBLIC_KEY active\n");
    for (contract, action) in links {
        text += &format!("veche set action permission {actor} {contract} {action} {permission}\n");
    }
    let links: Vec<_> = links
        .iter()
        .map(|(contract, action)| json!({ "contract": contract, "action": action }))
        .collect();
    Report::new(json!({ "level": level, "links": links }), text)
}

fn failure(error: ReadError) -> Box<Failure> {
    match error {
        ReadError::Client(error) => error.into(),
        other => Failure::not_found("coop.none", other.to_string()).hint(
            "is this the chain of the cooperatives, and --soviet the account of the contract?",
        ),
    }
}
