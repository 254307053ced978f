//! `getElection`, `getCharter`: what is elected, and by which rules. No personal data: people are account names, as on
//! the chain.
//!
//! They are read from the node: who is about to raise a voice, or to sign, wants what holds now.

use super::seats::shown_seats;
use crate::api::Api;
use crate::caller::{May, api, caller};
use crate::error::ApiError;
use crate::fields;
use crate::policy::Operation;
use crate::types::meeting::{CharterRules, CurrentCharter, ElectedBoard, Election};
use crate::types::scalar::DateTime;
use antelope_types::Name;
use async_graphql::{Context, Object};
use coop_language::Words;
use coop_model::{Charter, Seat};

/// Queries about elections.
#[derive(Default)]
pub(crate) struct ElectionQueries;

#[Object]
impl ElectionQueries {
    /// The election that goes on: a board that was submitted and does not sit yet. Null where none does.
    #[graphql(guard = "May(Operation::GetElection)")]
    async fn get_election(&self, context: &Context<'_>) -> Result<Option<Election>, ApiError> {
        let (api, who) = (api(context)?, caller(context)?.username()?);
        api.work(move |api| election(api, who)).await
    }

    /// What the charter says about decisions, and how many have to sign a change of it.
    #[graphql(guard = "May(Operation::GetCharter)")]
    async fn get_charter(&self, context: &Context<'_>) -> Result<CurrentCharter, ApiError> {
        api(context)?.work(charter).await
    }
}

/// The election that goes on, with the voice of this account.
fn election(api: &Api, who: Name) -> Result<Option<Election>, ApiError> {
    let cooperative = api.cooperative()?;
    let Some(found) = cooperative.election()? else {
        return Ok(None);
    };
    let voice = cooperative.voice(who)?;
    let seats = found.members.iter().map(|it| Seat {
        username: it.username,
        is_voting: it.is_voting,
        position: it.position,
    });
    Ok(Some(Election {
        elected: ElectedBoard {
            board: found.kind.to_string(),
            version: fields::float(found.version),
            seats: shown_seats(seats.collect()),
        },
        hash: found.meeting_hash.to_string(),
        support: found.support,
        support_needed: found.support_needed,
        objections: found.objections,
        created_at: DateTime(found.created_at),
        ends_at: DateTime(found.ends_at),
        is_over: api.chain_time()? >= found.ends_at,
        // A voice on an earlier election stays until it is freed.
        supports: voice
            .filter(|it| it.version == found.version)
            .map(|it| it.supports),
    }))
}

/// The charter as it is now.
///
/// # Errors
/// [`ApiError::NotFound`] where the cooperative is not on the chain; those of the node.
pub(super) fn charter(api: &Api) -> Result<CurrentCharter, ApiError> {
    let cooperative = api.cooperative()?;
    let row = cooperative.coop()?.ok_or_else(|| ApiError::NotFound {
        what: Words::of("what.registered").with("account", api.coopname()),
    })?;
    let charter = Charter {
        quorum_percent: row.charter.quorum_percent,
        board_support: row.charter.board_support,
    };
    let council = match cooperative.council()? {
        Some(council) => cooperative.board(council.board)?,
        None => None,
    };
    let seats = council.map(|it| fields::count(it.members.len() as u64));
    Ok(CurrentCharter {
        rules: CharterRules::of(charter),
        participants: row.participants,
        signatures_needed: seats.map(|it| charter.support_needed(it, row.participants)),
    })
}
