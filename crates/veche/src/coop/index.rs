//! `index`: keeps the registry of a cooperative current, and tells how current it is.
//!
//! | command | what it does | writes |
//! |---|---|---|
//! | `run` | follows the chain until it is told to stop | the index |
//! | `rebuild` | builds a new index beside the old one, which it replaces | the index |
//! | `status` | how far the index is | |
//! | `check` | compares its rows with the tables of the chain | the index, where nobody else follows |

mod check;
mod failure;
mod follow;
mod place;
mod rebuild;
mod run;
mod status;
pub(super) mod watch;

pub(super) use check::{about, repeat};
pub(super) use failure::failure;
pub(super) use follow::{STOP_WITHIN, follow};
pub(super) use place::{AnySource, IndexPlace, SourceOptions, cooperative_of};

use super::words;
use antelope_cli::{Console, Fallible, Report, Session};
use clap::{Args, Subcommand};

/// Keep the registry of a cooperative current: follow the chain into a folder
#[derive(Args, Clone, Debug)]
pub(crate) struct IndexArgs {
    #[command(subcommand)]
    command: IndexCommand,
}

#[derive(Subcommand, Clone, Debug)]
pub(crate) enum IndexCommand {
    /// Follow the chain until Ctrl+C or SIGTERM
    Run(run::RunArgs),
    /// Build the index from the first block, beside the old one, and put it in its place
    Rebuild(rebuild::RebuildArgs),
    /// How far the index is, how much it has, and what stopped it
    Status(IndexPlace),
    /// Compare the rows of the index with the tables of the chain
    Check(check::CheckArgs),
}

impl IndexArgs {
    /// Which cooperative, which folder, which language.
    pub(super) fn place(&self) -> &IndexPlace {
        match &self.command {
            IndexCommand::Run(args) => &args.place,
            IndexCommand::Rebuild(args) => &args.place,
            IndexCommand::Status(place) => place,
            IndexCommand::Check(args) => &args.place,
        }
    }
}

/// Runs a command.
pub(super) fn run(
    session: &Session,
    console: &mut Console<'_>,
    arguments: &IndexArgs,
) -> Fallible<Report> {
    let messages = words::messages(arguments.place().office.language());
    match &arguments.command {
        IndexCommand::Run(args) => run::run(session, console, &messages, args),
        IndexCommand::Rebuild(args) => rebuild::run(session, console, &messages, args),
        IndexCommand::Status(place) => status::run(session, console, &messages, place),
        IndexCommand::Check(args) => check::run(session, &messages, args),
    }
}
