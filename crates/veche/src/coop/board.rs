//! `board`: who sits, and how boards are elected.
//!
//! | step | command | who |
//! |---|---|---|
//! | the first council | `board found` | the cooperative; all founders sign the protocol |
//! | a later board | `board elect`, `board chairman`, `board replace` | the cooperative; everyone elected signs |
//! | voices | `board support`, `board object` | participants |
//! | it sits, or does not | `board seat`, `board drop` | anyone when the term is over |

use super::about;
use super::faults::{faulty, lacking, unreadable};
use super::joint::{PaperOption, signed_by_all};
use super::office::{Actor, Office, OfficeOptions};
use super::paper::Papers;
use super::question::{aligned, left};
use antelope_cli::{Console, Failure, Fallible, Report};
use antelope_types::Name;
use clap::{Args, Subcommand, ValueEnum};
use coop_client::rows::Election;
use coop_language::Words;
use coop_model::Seat;
use coop_model::clients::Soviet;
use coop_model::council::{board, position};
use coop_model::parameters::MAX_BATCH;
use coop_papers::PaperFault;
use serde_json::json;

/// Boards; without a command, the council.
#[derive(Args, Clone, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct BoardArgs {
    #[command(subcommand)]
    command: Option<BoardCommand>,
    #[command(flatten)]
    office: OfficeOptions,
}

/// What is done about boards.
#[derive(Subcommand, Clone, Debug)]
enum BoardCommand {
    /// Seat the first council, by the protocol that all founders sign
    Found(Box<ElectArgs>),
    /// Submit a board that a general meeting elected, by the protocol that everyone elected signs
    Elect(Box<ElectArgs>),
    /// Submit the council as it is, with another chairman
    Chairman(Box<ChairmanArgs>),
    /// Submit the council as it is, with another person in one of its seats
    Replace(Box<ReplaceArgs>),
    /// The election that goes on: who is to sit, the voices, the term
    Election(Box<OfficeOptions>),
    /// Support the board that was submitted
    Support(Box<Actor>),
    /// Object to the board that was submitted
    Object(Box<Actor>),
    /// Seat the board, when the term is over and it has its support; anyone may
    Seat(Box<Actor>),
    /// End an election: the cooperative may, and anyone when the board cannot sit
    Drop(Box<Actor>),
}

/// Which board.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum BoardKind {
    /// The council, which decides
    Council,
    /// The executive board
    Executive,
    /// The audit board
    Audit,
    /// Any other
    Other,
}

/// Who was elected.
#[derive(Args, Clone, Debug)]
struct ElectArgs {
    /// Which board
    #[arg(long, value_enum, default_value_t = BoardKind::Council)]
    board: BoardKind,
    /// Who presides
    #[arg(long, value_name = "ACCOUNT")]
    chairman: Option<Name>,
    /// Who has a seat with a vote besides; may be given several times
    #[arg(long = "member", value_name = "ACCOUNT")]
    members: Vec<Name>,
    /// Who has a seat without a vote; may be given several times
    #[arg(long = "silent", value_name = "ACCOUNT")]
    silent: Vec<Name>,
    #[command(flatten)]
    paper: PaperOption,
    #[command(flatten)]
    pub(super) actor: Actor,
}

/// Another chairman.
#[derive(Args, Clone, Debug)]
struct ChairmanArgs {
    /// Who is to preside; a member of the council with a vote
    chairman: Name,
    #[command(flatten)]
    paper: PaperOption,
    #[command(flatten)]
    pub(super) actor: Actor,
}

/// Another person in a seat.
#[derive(Args, Clone, Debug)]
struct ReplaceArgs {
    /// Who goes
    old: Name,
    /// Who comes
    new: Name,
    #[command(flatten)]
    paper: PaperOption,
    #[command(flatten)]
    pub(super) actor: Actor,
}

impl BoardKind {
    const fn name(self) -> Name {
        match self {
            Self::Council => board::COUNCIL,
            Self::Executive => board::EXECUTIVE,
            Self::Audit => board::AUDIT,
            Self::Other => board::OTHER,
        }
    }
}

impl ElectArgs {
    /// The seats: the chairman, the members, those without a vote.
    fn seats(&self) -> Vec<Seat> {
        let seat = |username: &Name, is_voting, position| Seat {
            username: *username,
            is_voting,
            position,
        };
        let chairman = self.chairman.iter();
        let chairman = chairman.map(|it| seat(it, true, position::CHAIRMAN));
        let members = self.members.iter();
        let members = members.map(|it| seat(it, true, position::MEMBER));
        let silent = self.silent.iter();
        let silent = silent.map(|it| seat(it, false, position::MEMBER));
        chairman.chain(members).chain(silent).collect()
    }
}

impl BoardArgs {
    /// Which cooperative is meant.
    pub(super) fn office(&self) -> &OfficeOptions {
        use BoardCommand as B;
        match &self.command {
            None => &self.office,
            Some(B::Found(it) | B::Elect(it)) => &it.actor.office,
            Some(B::Chairman(it)) => &it.actor.office,
            Some(B::Replace(it)) => &it.actor.office,
            Some(B::Election(office)) => office,
            Some(B::Support(actor) | B::Object(actor) | B::Seat(actor) | B::Drop(actor)) => {
                &actor.office
            }
        }
    }

    /// Who acts; nobody where something is shown.
    pub(super) fn actor(&self) -> Option<&Actor> {
        use BoardCommand as B;
        match self.command.as_ref()? {
            B::Found(it) | B::Elect(it) => Some(&it.actor),
            B::Chairman(it) => Some(&it.actor),
            B::Replace(it) => Some(&it.actor),
            B::Election(_) => None,
            B::Support(it) | B::Object(it) | B::Seat(it) | B::Drop(it) => Some(it),
        }
    }
}

/// Runs the command.
pub(super) fn run(
    office: &Office<'_>,
    console: &mut Console<'_>,
    arguments: &BoardArgs,
) -> Fallible<Report> {
    use BoardCommand as B;
    match &arguments.command {
        None => about::board(office),
        Some(B::Found(it)) => submit(
            office,
            console,
            (board::COUNCIL, it.seats()),
            true,
            (&it.paper, &it.actor),
        ),
        Some(B::Elect(it)) => submit(
            office,
            console,
            (it.board.name(), it.seats()),
            false,
            (&it.paper, &it.actor),
        ),
        Some(B::Chairman(it)) => {
            let mut seats = sitting(office, it.chairman)?;
            for seat in &mut seats {
                seat.position = match seat.username == it.chairman {
                    true => position::CHAIRMAN,
                    false => position::MEMBER,
                };
            }
            submit(
                office,
                console,
                (board::COUNCIL, seats),
                false,
                (&it.paper, &it.actor),
            )
        }
        Some(B::Replace(it)) => {
            let mut seats = sitting(office, it.old)?;
            let seat = seats.iter_mut().find(|seat| seat.username == it.old);
            seat.into_iter().for_each(|seat| seat.username = it.new);
            submit(
                office,
                console,
                (board::COUNCIL, seats),
                false,
                (&it.paper, &it.actor),
            )
        }
        Some(B::Election(_)) => election(office),
        Some(B::Support(actor)) => voice(office, console, actor, true),
        Some(B::Object(actor)) => voice(office, console, actor, false),
        Some(B::Seat(actor)) => seat(office, console, actor),
        Some(B::Drop(actor)) => drop(office, console, actor),
    }
}

/// The seats of the council that sits now, of which this person has one.
fn sitting(office: &Office<'_>, account: Name) -> Fallible<Vec<Seat>> {
    let cooperative = &office.cooperative;
    let council = cooperative.council().map_err(unreadable)?;
    let board = match council {
        Some(council) => cooperative.board(council.board).map_err(unreadable)?,
        None => None,
    };
    let board = board.ok_or_else(|| none(office))?;
    if !board.members.iter().any(|it| it.username == account) {
        let words = Words::of("board.no_seat").with("who", account);
        return Err(Failure::not_found("seat.none", office.say(&words))
            .hint(office.messages.text("board.look")));
    }
    let seats = board.members.iter().map(|it| Seat {
        username: it.username,
        is_voting: it.is_voting,
        position: it.position,
    });
    Ok(seats.collect())
}

/// That there is no council.
fn none(office: &Office<'_>) -> Box<Failure> {
    faulty(&office.messages, PaperFault::NoCouncil)
}

/// A board is submitted, or seated as the first, by the protocol of its meeting.
fn submit(
    office: &Office<'_>,
    console: &mut Console<'_>,
    (kind, seats): (Name, Vec<Seat>),
    is_founding: bool,
    (paper, actor): (&PaperOption, &Actor),
) -> Fallible<Report> {
    let cooperative = &office.cooperative;
    let council = cooperative.council().map_err(unreadable)?;
    let version = match (is_founding, &council) {
        (true, Some(_)) => {
            let text = office.messages.text("board.founded");
            return Err(Failure::usage(text).hint(office.messages.text("board.elect_then")));
        }
        (true, None) => 1,
        (false, Some(council)) => council.last_board + 1,
        (false, None) => return Err(none(office)),
    };
    let papers = Papers::open(office)?;
    let form = papers
        .facts()
        .election((kind, version), &seats, is_founding, office.now()?);
    let form = form.map_err(|it| lacking(&office.messages, it))?;
    let meeting = signed_by_all(&papers, console, &form, actor, paper)?;
    let level = office.as_cooperative(actor);
    let soviet = Soviet::at(cooperative.contracts().soviet).signed_by(level);
    let count = seats.len();
    let (key, action) = match is_founding {
        true => {
            let action = soviet.createboard(cooperative.name(), seats, meeting);
            office.then(Words::of("next.staff"));
            ("board.found", action.to_action())
        }
        false => {
            let action = soviet.updateboard(cooperative.name(), kind, seats, meeting);
            office.then(Words::of("next.voices"));
            ("board.submit", action.to_action())
        }
    };
    let words = Words::of(key).with("count", count);
    office.act(console, actor, &words, vec![action])
}

/// The election that goes on.
///
/// # Errors
/// `election.none` where none does.
fn going_on(office: &Office<'_>) -> Fallible<Election> {
    let election = office.cooperative.election().map_err(unreadable)?;
    election.ok_or_else(|| {
        Failure::not_found("election.none", office.messages.text("board.no_election"))
            .hint(office.messages.text("board.elect_then"))
    })
}

fn election(office: &Office<'_>) -> Fallible<Report> {
    let election = going_on(office)?;
    let now = office.now()?;
    let mut lines = Vec::new();
    let members = election.members.iter();
    let names = aligned(members.map(|it| office.called(it.username)).collect());
    for (seat, name) in election.members.iter().zip(names) {
        let what = office.messages.text(match (seat.position, seat.is_voting) {
            (position::CHAIRMAN, _) => "about.chairman",
            (_, true) => "about.votes",
            (_, false) => "about.silent",
        });
        lines.push(format!("{name}  {what}"));
    }
    let words = Words::of("board.voices")
        .with("support", election.support)
        .with("needed", election.support_needed)
        .with("objections", election.objections);
    lines.push(office.say(&words));
    lines.push(match election.ends_at > now {
        true => {
            let left = left(office, now, election.ends_at);
            office.say(&Words::of("board.term").with("left", left))
        }
        false => office.messages.text("board.over"),
    });
    let members = election.members.iter().map(
        |it| json!({ "username": it.username, "is_voting": it.is_voting, "position": it.position }),
    );
    let data = json!({
        "board": election.kind,
        "version": election.version,
        "members": members.collect::<Vec<_>>(),
        "support": election.support,
        "support_needed": election.support_needed,
        "objections": election.objections,
        "ends_at": election.ends_at,
    });
    Ok(Report::new(data, lines.join("\n")))
}

fn voice(
    office: &Office<'_>,
    console: &mut Console<'_>,
    actor: &Actor,
    supports: bool,
) -> Fallible<Report> {
    let level = office.actor(actor)?;
    let version = going_on(office)?.version;
    let soviet = Soviet::at(office.cooperative.contracts().soviet).signed_by(level);
    let (coopname, who) = (office.cooperative.name(), level.actor);
    let (key, action) = match supports {
        true => (
            "board.support",
            soviet.support(coopname, who, version).to_action(),
        ),
        false => (
            "board.object",
            soviet.object(coopname, who, version).to_action(),
        ),
    };
    office.act(
        console,
        actor,
        &Words::of(key).with("who", who),
        vec![action],
    )
}

/// The board sits, and the rows of its voices are freed in the same transaction.
fn seat(office: &Office<'_>, console: &mut Console<'_>, actor: &Actor) -> Fallible<Report> {
    let level = office.actor(actor)?;
    let version = going_on(office)?.version;
    let soviet = Soviet::at(office.cooperative.contracts().soviet).signed_by(level);
    let coopname = office.cooperative.name();
    let actions = vec![
        soviet.seatboard(coopname, version).to_action(),
        soviet.freevoices(coopname, MAX_BATCH as u32).to_action(),
    ];
    office.then(Words::of("next.confirm"));
    office.act(console, actor, &Words::of("board.seat"), actions)
}

fn drop(office: &Office<'_>, console: &mut Console<'_>, actor: &Actor) -> Fallible<Report> {
    let level = office.actor(actor)?;
    let version = going_on(office)?.version;
    let soviet = Soviet::at(office.cooperative.contracts().soviet).signed_by(level);
    let coopname = office.cooperative.name();
    let actions = vec![
        soviet.dropboard(coopname, version).to_action(),
        soviet.freevoices(coopname, MAX_BATCH as u32).to_action(),
    ];
    office.act(console, actor, &Words::of("board.drop"), actions)
}
