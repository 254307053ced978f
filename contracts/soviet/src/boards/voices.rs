//! Voices of participants on an election: support or objection, one each.

use antelope_contract::prelude::*;
use coop_model::council::Election;
use coop_model::payer::payer_of;
use coop_model::people::Participant;
use coop_model::refusal::{bounds, council as refusal};
use coop_model::{Config, parameters};

use super::election;

/// A voice of a participant on an election. Scope: the cooperative.
#[table("voices")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// The participant.
    #[primary]
    pub username: Name,
    /// The version that the voice is about; one about an earlier election is worth nothing.
    pub version: u64,
    /// Whether the participant supports it.
    pub supports: bool,
}

/// Everyone who is elected supports the election; their one voice is given.
pub(super) fn of_elected(coopname: Name, election: &Election) {
    for seat in &election.members {
        store(
            coopname,
            coopname,
            Voice {
                username: seat.username,
                version: election.version,
                supports: true,
            },
        );
    }
}

/// A participant supports or objects.
pub(crate) fn raise(coopname: Name, username: Name, version: u64, supports: bool) {
    require_auth(username);
    let election = election::find(coopname, version);
    check!(now() < election.ends_at, refusal::ELECTION_OVER);
    let participant = Participant::require_active(&Config::load(), coopname, username);
    check!(
        participant.created_at < election.created_at,
        refusal::JOINED_LATER
    );
    election.update(Payer::Same, |election| {
        if supports {
            election.support += 1;
        } else {
            election.objections += 1;
        }
    });
    store(
        coopname,
        payer_of(coopname, username),
        Voice {
            username,
            version,
            supports,
        },
    );
}

/// Frees up to `limit` voices on elections that are over; anyone may.
pub(crate) fn free(coopname: Name, limit: u32) {
    check!(
        (1..=parameters::MAX_BATCH as u32).contains(&limit),
        bounds::BATCH
    );
    check!(
        !Election::table(receiver()).contains(coopname),
        refusal::ELECTION_GOES_ON
    );
    let mut freed = 0;
    for row in Voice::table(coopname).iter().take(limit as usize) {
        row.remove();
        freed += 1;
    }
    check!(freed > 0, refusal::NO_VOICES);
}

/// Stores a voice; who raised one on this election already has no other.
fn store(coopname: Name, payer: Name, voice: Voice) {
    let voices = Voice::table(coopname);
    match voices.get(voice.username) {
        None => voices.insert(payer, &voice),
        Some(row) => {
            check!(row.version != voice.version, refusal::VOICE_RAISED);
            row.update(payer, |row| *row = voice);
        }
    }
}
