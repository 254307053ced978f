//! The cooperative's vocabulary: what clerks, members and chairmen do, in Russian and English.
//!
//! | command | for whom | writes |
//! |---|---|---|
//! | `agenda`, `show` | everyone | |
//! | `vote` | a member of the council | yes |
//! | `exec` | anyone | yes |
//! | `join`, `contribute`, `return`, `leave` | candidates and participants, by a statement | yes |
//! | `propose` | a member of the council | yes |
//! | `pay` | the cashier | yes |
//! | `protocol`, `authorize` | the chairman | yes |
//! | `coop`, `board`, `staff`, `wallet-of` | everyone | |
//!
//! Every writing command says in one sentence what it is about to do and asks, unless `--yes`. A refusal
//! of the contracts is told in the reader's language, with what can be done about it.

mod about;
mod agenda;
mod authorize;
mod desk;
mod drafts;
mod exec;
mod office;
mod paper;
mod pay;
mod question;
mod show;
mod statements;
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
    /// Open a candidate's account, or sign the agreements and the statement of a candidate
    Join(Box<statements::JoinArgs>),
    /// What has to be paid or sent, and confirming it by the bank's record
    Pay(Box<pay::PayArgs>),
    /// Contribute money to the share
    Contribute(Box<statements::SumArgs>),
    /// Ask for a part of the share in money
    Return(Box<statements::SumArgs>),
    /// Leave the cooperative: ask for the whole share
    Leave(Box<statements::LeaveArgs>),
    /// Put a question on the agenda
    Propose(Box<statements::ProposeArgs>),
    /// Show the protocol of a question as it would be signed now
    Protocol(authorize::ProtocolArgs),
    /// Sign the protocol of an approved question, and carry it out
    Authorize(Box<authorize::AuthorizeArgs>),
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
        Coop::Join(args) => statements::join(&Office::open(session, &args.office)?, console, args),
        Coop::Pay(args) => pay::run(&Office::open(session, &args.office)?, console, args),
        Coop::Contribute(args) => {
            statements::contribute(&Office::open(session, &args.office)?, console, args)
        }
        Coop::Return(args) => {
            statements::give_back(&Office::open(session, &args.office)?, console, args)
        }
        Coop::Leave(args) => {
            statements::leave(&Office::open(session, &args.office)?, console, args)
        }
        Coop::Propose(args) => {
            statements::propose(&Office::open(session, &args.office)?, console, args)
        }
        Coop::Protocol(args) => authorize::protocol(&Office::open(session, &args.office)?, args.id),
        Coop::Authorize(args) => {
            authorize::authorize(&Office::open(session, &args.office)?, console, args)
        }
        Coop::Exec(args) => exec::run(&Office::open(session, &args.office)?, console, args),
        Coop::About(args) => about::coop(&Office::open(session, &args.office)?),
        Coop::Board(args) => about::board(&Office::open(session, &args.office)?),
        Coop::Staff(args) => about::staff(&Office::open(session, &args.office)?),
        Coop::WalletOf(args) => about::wallet(&Office::open(session, &args.office)?, args.account),
    }
}
