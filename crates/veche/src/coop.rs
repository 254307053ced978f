//! The cooperative's vocabulary: what clerks, members and chairmen do, in Russian and English.
//!
//! | command | for whom | writes |
//! |---|---|---|
//! | `agenda`, `show` | everyone | |
//! | `vote` | a member of the council | yes |
//! | `exec` | anyone | yes |
//! | `join`, `contribute`, `return`, `leave` | candidates and participants, by a statement | yes |
//! | `propose`, `block`, `unblock` | a member of the council | yes |
//! | `property` | participants, and who keeps property for the cooperative | yes |
//! | `move` | a participant who lost a key | yes |
//! | `paper` | whoever signs a paper with others | |
//! | `document` | whoever keeps documents | |
//! | `pay` | the cashier | yes |
//! | `protocol`, `authorize` | the chairman | yes |
//! | `registry` | everyone | |
//! | `index`, `serve` | whoever keeps the registry | in its folder; `serve` does what a keeper does |
//! | `person`, `desk`, `backup`, `restore` | whoever keeps personal data | in the folder of the registry |
//! | `verify` | everyone | |
//! | `history` | everyone who has the block log of a node | |
//! | `coop`, `board`, `staff`, `wallet-of` | everyone | |
//! | `coop register`, `coop found`, `board elect` and the like | the cooperative, by papers of its meetings | yes |
//! | `board support`, `board object` | participants | yes |
//! | `staff add`, `staff set`, `staff rm` | the chairman | yes |
//! | `kind`; `kind accept`, `kind drop` | everyone; the cooperative and its chairman | yes |
//!
//! Every writing command says in one sentence what it is about to do and asks, unless `--yes`. A refusal
//! of the contracts is told in the reader's language, with what can be done about it.

mod about;
mod agenda;
mod authorize;
mod board;
mod clock;
mod desk;
mod document;
mod drafts;
mod exec;
mod facts;
mod faults;
mod founding;
pub(crate) mod help;
#[cfg(feature = "node")]
mod history;
#[cfg(feature = "registry")]
mod index;
mod joint;
mod kinds;
mod money;
mod office;
mod paper;
mod pay;
mod people;
#[cfg(feature = "registry")]
mod private;
mod property;
mod question;
mod registry;
#[cfg(feature = "registry")]
mod serve;
mod show;
mod staff;
mod statements;
mod toolkit;
mod verify;
mod vote;
mod words;

use antelope_cli::{Console, Fallible, Report, Session};
use clap::Subcommand;
use coop_language::Lang;
use office::{Actor, Office, OfficeOptions};

/// Commands of the cooperative's vocabulary.
#[derive(Subcommand, Clone, Debug)]
pub(crate) enum Coop {
    /// What the council has to decide: votes, time left, what is missing, and whose turn it is
    Agenda(Box<OfficeOptions>),
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
    Leave(Box<Actor>),
    /// Put a question on the agenda
    Propose(Box<statements::ProposeArgs>),
    /// Property as a share: offered, accepted, asked back, handed over
    Property(Box<property::PropertyArgs>),
    /// Go on under another account, by a participant who lost the key
    Move(Box<people::MoveArgs>),
    /// Ask the council to block a participant
    Block(Box<people::BlockArgs>),
    /// Ask the council to block a participant no longer
    Unblock(Box<people::BlockArgs>),
    /// Show a paper that several people sign, or sign it
    Paper(Box<joint::PaperArgs>),
    /// Check a document of the desk, and write it as a page or for print
    Document(document::DocumentArgs),
    /// Show the protocol of a question as it would be signed now
    Protocol(authorize::ProtocolArgs),
    /// Sign the protocol of an approved question, and carry it out
    Authorize(Box<authorize::AuthorizeArgs>),
    /// Carry out a decision that the chairman has signed; anyone may
    Exec(Box<exec::ExecArgs>),
    /// What was decided: finished decisions with what became of them, from the node's history
    Registry(Box<registry::RegistryArgs>),
    #[cfg(feature = "node")]
    History(Box<history::HistoryArgs>),
    #[cfg(feature = "registry")]
    Index(Box<index::IndexArgs>),
    #[cfg(feature = "registry")]
    Serve(Box<serve::ServeArgs>),
    #[cfg(feature = "registry")]
    Person(Box<private::PersonArgs>),
    /// What is on the desk, and sealing it: until then its people and documents are files in clear
    #[cfg(feature = "registry")]
    Desk(Box<private::DeskArgs>),
    /// Back up the registry and the personal data, while others write; list and check backups
    #[cfg(feature = "registry")]
    Backup(Box<private::BackupArgs>),
    /// Restore a backup of the registry and the personal data
    #[cfg(feature = "registry")]
    Restore(Box<private::RestoreArgs>),
    /// Whether a document, its text, an archive or a hash is what was recorded, and by whom it is signed
    Verify(Box<verify::VerifyArgs>),
    /// The cooperative: its state, its fees, its money; and founding one
    #[command(name = "coop")]
    About(Box<founding::CoopArgs>),
    /// The council and its seats; electing boards
    Board(Box<board::BoardArgs>),
    /// Who works for the cooperative, and what they may do
    Staff(Box<staff::StaffArgs>),
    /// Which kinds of decisions the council takes; accepting and dropping those of other contracts
    Kind(Box<kinds::KindArgs>),
    /// The share of a participant
    WalletOf(about::WalletArgs),
}

impl Coop {
    /// Who acts, where it sends a transaction.
    fn actor(&self) -> Option<&Actor> {
        match self {
            Self::Vote(it) => Some(&it.actor),
            Self::Join(it) => Some(&it.actor),
            Self::Pay(it) => it.confirms().then_some(&it.actor),
            Self::Contribute(it) | Self::Return(it) => Some(&it.actor),
            Self::Leave(it) => Some(it),
            Self::Propose(it) => Some(&it.actor),
            Self::Property(it) => it.actor(),
            Self::Move(it) => it.participant.and(Some(&it.actor)),
            Self::Block(it) | Self::Unblock(it) => Some(&it.actor),
            Self::Authorize(it) => Some(&it.actor),
            Self::Exec(it) => Some(&it.actor),
            Self::About(it) => it.actor(),
            Self::Board(it) => it.actor(),
            Self::Staff(it) => it.actor(),
            Self::Kind(it) => it.actor(),
            Self::Agenda(_)
            | Self::Show(_)
            | Self::Paper(_)
            | Self::Document(_)
            | Self::Protocol(_)
            | Self::Registry(_)
            | Self::Verify(_)
            | Self::WalletOf(_) => None,
            #[cfg(feature = "node")]
            Self::History(_) => None,
            #[cfg(feature = "registry")]
            Self::Index(_) | Self::Serve(_) => None,
            #[cfg(feature = "registry")]
            Self::Person(_) | Self::Desk(_) | Self::Backup(_) | Self::Restore(_) => None,
        }
    }

    /// Which cooperative is meant, and in which language.
    fn office(&self) -> &OfficeOptions {
        match self {
            Self::Agenda(options) => options,
            Self::Show(args) => &args.office,
            Self::Vote(args) => &args.actor.office,
            Self::Join(args) => &args.actor.office,
            Self::Pay(args) => &args.actor.office,
            Self::Contribute(args) | Self::Return(args) => &args.actor.office,
            Self::Leave(actor) => &actor.office,
            Self::Propose(args) => &args.actor.office,
            Self::Property(args) => args.office(),
            Self::Move(args) => &args.actor.office,
            Self::Block(args) | Self::Unblock(args) => &args.actor.office,
            Self::Paper(args) => &args.actor.office,
            Self::Document(args) => &args.office,
            Self::Protocol(args) => &args.office,
            Self::Authorize(args) => &args.actor.office,
            Self::Exec(args) => &args.actor.office,
            Self::Registry(args) => args.office(),
            #[cfg(feature = "node")]
            Self::History(args) => args.office(),
            #[cfg(feature = "registry")]
            Self::Index(args) => &args.place().office,
            #[cfg(feature = "registry")]
            Self::Serve(args) => &args.place.office,
            #[cfg(feature = "registry")]
            Self::Person(args) => &args.place().office,
            #[cfg(feature = "registry")]
            Self::Desk(args) => &args.place().office,
            #[cfg(feature = "registry")]
            Self::Backup(args) => &args.place.office,
            #[cfg(feature = "registry")]
            Self::Restore(args) => &args.place.office,
            Self::Verify(args) => &args.office,
            Self::About(args) => args.office(),
            Self::Board(args) => args.office(),
            Self::Staff(args) => args.office(),
            Self::Kind(args) => args.office(),
            Self::WalletOf(args) => &args.office,
        }
    }
}

/// Runs a command. Who reads from a node that is behind is told. Who writes is told first what an
/// interrupted run of the same command has done: its rows may look as if there was nothing to do, or as if
/// nothing had been done yet.
pub(crate) fn run(
    session: &Session,
    console: &mut Console<'_>,
    command: &Coop,
) -> Fallible<Report> {
    if command.office().language() == Lang::Ru {
        console.translate(toolkit::in_russian);
    }
    // They ask the node by themselves, or not at all.
    #[cfg(feature = "node")]
    if let Coop::History(args) = command {
        return history::run(console, args);
    }
    #[cfg(feature = "registry")]
    match command {
        Coop::Index(args) => return index::run(session, console, args),
        Coop::Serve(args) => return serve::run(session, console, args),
        Coop::Person(args) => return private::person(session, console, args),
        Coop::Desk(args) => return private::desk(session, args),
        Coop::Backup(args) => return private::backup(session, args),
        Coop::Restore(args) => return private::restore(session, console, args),
        _ => {}
    }
    match command {
        Coop::Verify(args) => return verify::run(session, console, args),
        Coop::Registry(args) if args.is_of_index() => {
            return registry::from_index(session, console, args);
        }
        _ => {}
    }
    let actor = command.actor();
    // Whoever writes is warned when the transaction is about to be sent.
    if actor.is_none()
        && let Some(doubt) = session.doubt()?
    {
        console.warn(doubt);
    }
    let office = &Office::open(session, command.office())?;
    if let Some(actor) = actor
        && let Some(report) = office.done_before(console, actor, &format!("{command:?}"))?
    {
        return Ok(report);
    }
    match command {
        Coop::Agenda(_) => agenda::run(office),
        Coop::Show(args) => show::run(office, args.id),
        Coop::Vote(args) => vote::run(office, console, args),
        Coop::Join(args) => statements::join(office, console, args),
        Coop::Pay(args) => pay::run(office, console, args),
        Coop::Contribute(args) => statements::contribute(office, console, args),
        Coop::Return(args) => statements::give_back(office, console, args),
        Coop::Leave(actor) => statements::leave(office, console, actor),
        Coop::Propose(args) => statements::propose(office, console, args),
        Coop::Property(args) => property::run(office, console, args),
        Coop::Move(args) => people::moving(office, console, args),
        Coop::Block(args) => people::block(office, console, args, true),
        Coop::Unblock(args) => people::block(office, console, args, false),
        Coop::Paper(args) => joint::run(office, console, args),
        Coop::Document(args) => document::run(office, args),
        Coop::Protocol(args) => authorize::protocol(office, console, args.id),
        Coop::Authorize(args) => authorize::authorize(office, console, args),
        Coop::Exec(args) => exec::run(office, console, args),
        Coop::Registry(args) => registry::run(office, console, args),
        #[cfg(feature = "node")]
        Coop::History(_) => Ok(Report::default()),
        #[cfg(feature = "registry")]
        Coop::Index(_) | Coop::Serve(_) => Ok(Report::default()),
        #[cfg(feature = "registry")]
        Coop::Person(_) | Coop::Desk(_) | Coop::Backup(_) | Coop::Restore(_) => {
            Ok(Report::default())
        }
        Coop::Verify(args) => verify::run(session, console, args),
        Coop::About(args) => founding::run(office, console, args),
        Coop::Board(args) => board::run(office, console, args),
        Coop::Staff(args) => staff::run(office, console, args),
        Coop::Kind(args) => kinds::run(office, console, args),
        Coop::WalletOf(args) => about::wallet(office, args.account),
    }
}
