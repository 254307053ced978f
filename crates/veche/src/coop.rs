//! The cooperative's vocabulary: what clerks, members and chairmen do, in Russian and English.
//!
//! | command | for whom | writes |
//! |---|---|---|
//! | `agenda`, `show` | everyone | |
//! | `vote` | a member of the council | yes |
//! | `exec` | anyone | yes |
//! | `coop`, `board`, `staff`, `wallet-of` | everyone | |
//!
//! Every writing command says in one sentence what it is about to do and asks, unless `--yes`. A refusal
//! of the contracts is told in the reader's language, with what can be done about it.

mod about;
mod agenda;
mod exec;
mod office;
mod question;
mod show;
mod vote;
mod words;

use antelope_cli::{Console, Fallible, Report, Session};
use clap::Subcommand;
use office::Office;

/// Commands of the cooperative's vocabulary.
#[derive(Subcommand, Clone, Debug)]
pub(crate) enum Coop {
    /// What the council has to decide: votes, time left, what is missing, and whose turn it is
    Agenda(agenda::AgendaArgs),
    /// One question: its votes by name, its documents' hashes, and its term
    Show(show::ShowArgs),
    /// Vote for or against a question
    Vote(Box<vote::VoteArgs>),
    /// Carry out a decision that the chairman has signed; anyone may
    Exec(Box<exec::ExecArgs>),
    /// The cooperative: its state, its fees, its money
    #[command(name = "coop")]
    About(about::AboutArgs),
    /// The council and its seats
    Board(about::AboutArgs),
    /// Who works for the cooperative, and what they may do
    Staff(about::AboutArgs),
    /// The share of a participant
    WalletOf(about::WalletArgs),
}

/// Runs a command.
pub(crate) fn run(
    session: &Session,
    console: &mut Console<'_>,
    command: &Coop,
) -> Fallible<Report> {
    match command {
        Coop::Agenda(args) => agenda::run(&Office::open(session, &args.office)?),
        Coop::Show(args) => show::run(&Office::open(session, &args.office)?, args.id),
        Coop::Vote(args) => vote::run(&Office::open(session, &args.office)?, console, args),
        Coop::Exec(args) => exec::run(&Office::open(session, &args.office)?, console, args),
        Coop::About(args) => about::coop(&Office::open(session, &args.office)?),
        Coop::Board(args) => about::board(&Office::open(session, &args.office)?),
        Coop::Staff(args) => about::staff(&Office::open(session, &args.office)?),
        Coop::WalletOf(args) => about::wallet(&Office::open(session, &args.office)?, args.account),
    }
}
