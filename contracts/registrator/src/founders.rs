//! Founders: the first participants, by the document of the founding meeting.

use alloc::vec::Vec;

use antelope_contract::prelude::*;
use coop_model::decision::registry;
use coop_model::document::FoundersSubject;
use coop_model::people::{Participant, kind};
use coop_model::{Config, Document, Subject, limits, list_hash};

use crate::candidate::Candidate;
use crate::{accounts, coops};

/// Makes the founders participants, once; every one of them signed the meeting's document.
pub(crate) fn register(coopname: Name, founders: &Vec<Name>, meeting: &Document) {
    require_auth(coopname);
    let coop = coops::active(coopname);
    check!(
        coop.meeting_hash == Checksum256::ZERO,
        "the founders are registered already"
    );
    check!(
        founders.len() >= limits::MIN_FOUNDERS && founders.len() <= limits::MAX_FOUNDERS,
        "a cooperative has 3 to 64 founders"
    );
    let hash = require_meeting(coopname, founders, meeting);
    let coop = coop.update(Payer::Same, |coop| coop.meeting_hash = hash);
    let zero = Asset::zero(coop.initial.symbol);
    let participants = Participant::table(coopname);
    let candidates = Candidate::table(coopname);
    for &username in founders {
        accounts::find(username);
        check!(!candidates.contains(username), "a founder is a candidate");
        check!(!participants.contains(username), "a founder is named twice");
        participants.insert(
            coopname,
            &Participant {
                username,
                kind: kind::INDIVIDUAL,
                hash,
                authorization: hash,
                initial: zero,
                minimum: zero,
                created_at: now(),
            },
        );
    }
}

/// Fails unless the document is of the meeting of these founders and each of them signed it;
/// returns its hash.
fn require_meeting(coopname: Name, founders: &Vec<Name>, meeting: &Document) -> Checksum256 {
    meeting.require_about(registry::MEETING, coopname, coopname);
    let subject = Subject::Founders(FoundersSubject {
        members: list_hash(founders),
    });
    check!(
        meeting.meta.subject == Some(subject),
        "the document of the meeting is about other founders"
    );
    // Signers are distinct, so equal numbers and every founder found leave nobody else.
    check!(
        meeting.signatures.len() == founders.len()
            && founders.iter().all(|&founder| {
                meeting
                    .signatures
                    .iter()
                    .any(|signature| signature.signer == founder)
            }),
        "the document of the meeting must be signed by every founder and nobody else"
    );
    meeting.require_signed(&Config::load().chain_id)
}
