//! What one action may change.

use crate::cooperative::QuestionState;
use crate::states::{Process, observed};
use crate::{Account, Action, Cooperative, Event, QuestionKind, World};

/// The promises about one action: the worlds before and after it, and what the registry was told.
///
/// # Errors
/// What is broken.
pub fn check_step(
    before: &World,
    action: &Action,
    after: &World,
    events: &[Event],
) -> Result<(), String> {
    let mut touched = 0;
    for (name, now) in &after.coops {
        let Some(then) = before.coops.get(name) else {
            continue;
        };
        if then == now {
            continue;
        }
        touched += 1;
        transitions(then, action, now)?;
        frozen(then, now)?;
        registry(*name, then, now, events)?;
        free_decisions_change_nothing(then, action, now)?;
        numbers_grow(then, now)?;
    }
    if touched > 1 {
        return Err("i34: one action changed two cooperatives".to_owned());
    }
    Ok(())
}

/// I1: nothing but the steps of the tables.
fn transitions(then: &Cooperative, action: &Action, now: &Cooperative) -> Result<(), String> {
    for seen in observed(then, now) {
        let known = Process::named(seen.process);
        if !known.is_some_and(|known| known.allows(seen.from, action.name(), seen.to)) {
            return Err(format!("i01: {} caused {seen:?}", action.name()));
        }
    }
    Ok(())
}

/// I5, I11–I14, I16: a vote is final, the electorate is frozen, what is authorized stays so.
fn frozen(then: &Cooperative, now: &Cooperative) -> Result<(), String> {
    for (id, old) in &then.questions {
        let Some(new) = now.questions.get(id) else {
            continue;
        };
        let stays = old
            .votes
            .iter()
            .all(|(who, voice)| new.votes.get(who) == Some(voice))
            && new.votes.len() <= old.votes.len() + 1
            && (old.board, old.seats, old.quorum) == (new.board, new.seats, new.quorum)
            && (old.hash, old.kind, old.about) == (new.hash, new.kind, new.about)
            && (old.created_at, old.expires_at) == (new.created_at, new.expires_at);
        let state = match (old.state, new.state) {
            (QuestionState::Authorized { .. }, state) => state == old.state,
            (QuestionState::Approved { at: then }, QuestionState::Approved { at: now }) => {
                then == now
            }
            _ => true,
        };
        if !stays || !state {
            return Err(format!("i05: question {id} changed what is frozen"));
        }
    }
    Ok(())
}

/// I29: one event for every outcome, and none without.
fn registry(
    name: Account,
    then: &Cooperative,
    now: &Cooperative,
    events: &[Event],
) -> Result<(), String> {
    let ids = then.questions.keys().chain(now.questions.keys());
    let ids: std::collections::BTreeSet<_> = ids.collect();
    for &id in ids {
        let (old, new) = (then.questions.get(&id), now.questions.get(&id));
        let is_over = |state| state == QuestionState::Declined;
        let ended =
            old.is_some_and(|old| !is_over(old.state)) && new.is_none_or(|new| is_over(new.state));
        let told = events.iter().filter(|event| match event {
            Event::Decided { coop, id: of } | Event::Declined { coop, id: of, .. } => {
                (*coop, *of) == (name, id)
            }
            _ => false,
        });
        if told.count() != usize::from(ended) {
            return Err(format!("i29: the outcome of {id} is not told once"));
        }
        let published = old.is_none();
        let told = events.iter().filter(|event| {
            matches!(event, Event::Submitted { coop, id: of, .. } if (*coop, *of) == (name, id))
        });
        if told.count() != usize::from(published) {
            return Err(format!("i29: the publication of {id} is not told once"));
        }
    }
    Ok(())
}

/// I30: a free decision has no effect on chain.
fn free_decisions_change_nothing(
    then: &Cooperative,
    action: &Action,
    now: &Cooperative,
) -> Result<(), String> {
    let Action::Exec { id, .. } = action else {
        return Ok(());
    };
    if then.questions.get(id).map(|question| question.kind) != Some(QuestionKind::Free) {
        return Ok(());
    }
    let mut same = now.clone();
    same.questions.clone_from(&then.questions);
    same.council.clone_from(&then.council);
    same.boards.clone_from(&then.boards);
    if same == *then {
        return Ok(());
    }
    Err("i30: a free decision changed something".to_owned())
}

/// I37: numbers only grow, and what is new has a new number.
fn numbers_grow(then: &Cooperative, now: &Cooperative) -> Result<(), String> {
    let last = |coop: &Cooperative| {
        let council = coop.council.as_ref();
        let funds = coop.funds.as_ref();
        [
            council.map_or(0, |row| row.last_board),
            council.map_or(0, |row| row.last_question),
            funds.map_or(0, |row| row.last_payment),
            funds.map_or(0, |row| row.last_property),
            funds.map_or(0, |row| row.last_reference),
        ]
    };
    let (old, new) = (last(then), last(now));
    let grow = old.iter().zip(&new).all(|(old, new)| old <= new);
    let fresh = now
        .questions
        .keys()
        .all(|id| then.questions.contains_key(id) || *id > old[1])
        && now
            .payments
            .keys()
            .all(|id| then.payments.contains_key(id) || *id > old[2])
        && now
            .properties
            .keys()
            .all(|id| then.properties.contains_key(id) || *id > old[3]);
    if grow && fresh {
        return Ok(());
    }
    Err("i37: a number was used again".to_owned())
}
