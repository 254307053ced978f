//! Founders: the first participants, by the document of the founding meeting.

use alloc::vec::Vec;

use antelope_contract::prelude::*;
use coop_model::catalogue::registry;
use coop_model::document::subject::FoundersSubject;
use coop_model::people::{Participant, kind, status};
use coop_model::refusal::founder as refusal;
use coop_model::{Age, Config, Document, list_hash, parameters};

use crate::candidate::Candidate;
use crate::{accounts, coops, participants};

/// Makes the founders participants, once; every one of them signed the meeting's document.
pub(crate) fn register(coopname: Name, founders: &Vec<Name>, meeting: &Document) {
    require_auth(coopname);
    let config = Config::load();
    let coop = coops::active(&config, coopname);
    check!(
        coop.meeting_hash == Checksum256::ZERO,
        refusal::REGISTERED_ALREADY
    );
    check!(
        founders.len() >= parameters::MIN_FOUNDERS && founders.len() <= parameters::MAX_FOUNDERS,
        refusal::NUMBER
    );
    let count = founders.len() as u32;
    check!(
        count + coop.candidates <= coop.max_participants,
        coop_model::refusal::people::QUOTA
    );
    let hash = require_meeting(&config, coopname, founders, meeting);
    let coop = coop.update(Payer::Same, |coop| {
        coop.meeting_hash = hash;
        coop.participants = count;
    });
    let zero = Asset::zero(coop.initial.symbol);
    let entered = Participant::table(coopname);
    let candidates = Candidate::table(coopname);
    for &username in founders {
        accounts::find(username);
        check!(!candidates.contains(username), refusal::CANDIDATE);
        check!(!entered.contains(username), refusal::TWICE);
        participants::enter(
            coopname,
            coopname,
            &Participant {
                username,
                kind: kind::INDIVIDUAL,
                hash,
                authorization: hash,
                initial: zero,
                minimum: zero,
                created_at: now(),
                status: status::ACTIVE,
            },
        );
    }
}

/// Fails unless the document is of the meeting of these founders and each of them signed it;
/// returns its hash.
fn require_meeting(
    config: &Config,
    coopname: Name,
    founders: &Vec<Name>,
    meeting: &Document,
) -> Checksum256 {
    meeting.require_about(registry::MEETING, coopname, coopname, Age::Meeting);
    meeting.require_subject(&FoundersSubject {
        members: list_hash(founders),
    });
    // Signers are distinct, so equal numbers and every founder found leave nobody else.
    check!(
        meeting.signatures().len() == founders.len()
            && founders.iter().all(|&founder| {
                meeting
                    .signatures()
                    .iter()
                    .any(|signature| signature.signer == founder)
            }),
        refusal::NOT_ALL_SIGNED
    );
    meeting.require_signed(&config.chain_id, Age::Meeting)
}
