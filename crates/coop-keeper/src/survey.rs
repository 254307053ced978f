//! What is due in a cooperative at a moment.

use crate::task::Task;
use antelope_types::{Name, TimePoint};
use coop_client::rows::{Decision, Election, Move, Payment, Property};
use coop_client::{Cooperative, ReadError};
use coop_model::decision::{Tally, after, signing_ends, status};
use coop_model::parameters::{MAX_REFERENCES, REFERENCE_SECONDS};
use coop_model::{payment, people, property};

/// Everything that is due in the cooperative at `now`, which is a moment of the chain. What ends a
/// process comes first.
///
/// # Errors
/// Those of reading the tables.
pub fn due(cooperative: &Cooperative, now: TimePoint) -> Result<Vec<Task>, ReadError> {
    let mut tasks = Vec::new();
    let decisions = cooperative.decisions()?;
    let seats = cooperative.sitting_members()?;
    for decision in &decisions {
        let remaining = || -> Result<u32, ReadError> {
            let board = cooperative.board(decision.board)?;
            let members = board.map(|board| board.members).unwrap_or_default();
            let voters = members.iter().filter(|seat| seat.is_voting).zip(0..);
            let may_vote = |voter: Name| {
                let sits = seats.iter().find(|seat| seat.username == voter);
                sits.is_some_and(|seat| seat.bit.is_some())
            };
            let open = voters.filter(|(seat, bit)| {
                (decision.votes_for | decision.votes_against) >> bit & 1 == 0
                    && may_vote(seat.username)
            });
            Ok(u32::try_from(open.count()).unwrap_or(u32::MAX))
        };
        tasks.extend(of_decision(decision, now, remaining)?);
    }
    let undelivered = cooperative.undelivered()?.into_iter();
    tasks.extend(undelivered.map(|row| Task::Deliver { decision: row.id }));
    tasks.extend(of_elections(cooperative, now)?);
    let payments = cooperative.payments()?;
    tasks.extend(payments.iter().filter_map(|row| of_payment(row, now)));
    let properties = cooperative.properties()?;
    tasks.extend(properties.iter().filter_map(|row| of_property(row, now)));
    let untold = cooperative.untold()?.into_iter();
    tasks.extend(untold.map(|row| Task::Tell { payment: row.id }));
    let moves = cooperative.moves()?;
    tasks.extend(moves.iter().filter_map(|row| of_move(row, now)));
    tasks.extend(of_references(cooperative, now)?);
    Ok(tasks)
}

/// What is due of a question or decision; `remaining` counts the seats that may still vote.
fn of_decision(
    decision: &Decision,
    now: TimePoint,
    remaining: impl FnOnce() -> Result<u32, ReadError>,
) -> Result<Option<Task>, ReadError> {
    let id = decision.id;
    Ok(match decision.status {
        status::AUTHORIZED => Some(Task::Execute { decision: id }),
        status::DECLINED => Some(Task::Decline { decision: id }),
        status::APPROVED if now >= signing_ends(decision.approved_at) => {
            Some(Task::Expire { decision: id })
        }
        status::OPEN if now >= decision.expires_at => Some(Task::Expire { decision: id }),
        status::OPEN => {
            let tally = Tally {
                votes_for: decision.votes_for.count_ones(),
                votes_against: decision.votes_against.count_ones(),
                seats: u32::from(decision.seats),
                quorum: decision.quorum_percent,
            };
            let hopeless = tally.is_hopeless(remaining()?);
            hopeless.then_some(Task::Decline { decision: id })
        }
        _ => None,
    })
}

fn of_elections(cooperative: &Cooperative, now: TimePoint) -> Result<Option<Task>, ReadError> {
    let Some(election) = cooperative.election()? else {
        let is_left = !cooperative.voices()?.is_empty();
        return Ok(is_left.then_some(Task::FreeVoices));
    };
    if now < election.ends_at {
        return Ok(None);
    }
    let version = election.version;
    Ok(Some(match may_sit(cooperative, &election)? {
        true => Task::SeatBoard { version },
        false => Task::DropBoard { version },
    }))
}

/// Whether a board whose term for voices is over can sit, as `soviet` decides it: it has its support, and
/// everyone on it is a participant with all rights.
fn may_sit(cooperative: &Cooperative, election: &Election) -> Result<bool, ReadError> {
    if election.support <= election.objections || election.support < election.support_needed {
        return Ok(false);
    }
    for seat in &election.members {
        let participant = cooperative.participant(seat.username)?;
        let is_active = participant.is_some_and(|it| it.status == people::status::ACTIVE);
        if !is_active {
            return Ok(false);
        }
    }
    Ok(true)
}

fn of_payment(row: &Payment, now: TimePoint) -> Option<Task> {
    let hash = row.hash;
    if now < row.expires_at {
        return None;
    }
    match row.status {
        payment::status::PENDING => Some(Task::CloseInvoice { hash }),
        payment::status::RETURNING | payment::status::PAYING if !row.is_overdue => {
            Some(Task::PublishOverduePayment { hash })
        }
        _ => None,
    }
}

fn of_property(row: &Property, now: TimePoint) -> Option<Task> {
    let id = row.id;
    if now < row.expires_at {
        return None;
    }
    match row.status {
        property::status::OFFERED => Some(Task::CloseOffer { property: id }),
        property::status::HANDOVER | property::status::RELEASING if !row.is_overdue => {
            Some(Task::PublishOverdueProperty { property: id })
        }
        _ => None,
    }
}

fn of_move(row: &Move, now: TimePoint) -> Option<Task> {
    let is_granted = row.ready_at != TimePoint::default();
    let username = row.username;
    (is_granted && now >= row.ready_at).then_some(Task::CompleteMove { username })
}

fn of_references(cooperative: &Cooperative, now: TimePoint) -> Result<Option<Task>, ReadError> {
    let Some(funds) = cooperative.funds()? else {
        return Ok(None);
    };
    let oldest = cooperative.oldest_references(1)?;
    let is_over = oldest.first().is_some_and(|row| {
        now >= after(row.used_at, REFERENCE_SECONDS)
            || row.id + MAX_REFERENCES <= funds.last_reference
    });
    Ok(is_over.then_some(Task::FreeReferences))
}
