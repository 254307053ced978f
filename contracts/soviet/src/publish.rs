//! Publication of questions (R1, R2): by the contract that owns the kind, or by a council member.

use antelope_contract::prelude::*;
use coop_model::catalogue::{kind, registry};
use coop_model::document::subject::ProjectSubject;
use coop_model::payer::payer_of;
use coop_model::people::Participant;
use coop_model::refusal::{decision as refusal, document};
use coop_model::{Age, Config, Document, coop, must, parameters, require_sender};

use crate::council::{self, Share, count_in};
use crate::decision::{Decision, Publication};
use crate::proposer;
use crate::{events, kinds};

/// What a question is about.
struct About {
    username: Name,
    kind: Name,
    hash: Checksum256,
}

/// Publishes a standardized question; only the code of its kind's contract may.
///
/// A contract of others pays the RAM of its questions itself.
pub(crate) fn standardized(coopname: Name, username: Name, kind: Name, hash: Checksum256) {
    let registered = kinds::find(kind);
    let contract = registered.contract;
    require_sender(contract);
    let config = Config::load();
    let coop = coop::require_active(&config, coopname);
    let accepted = kinds::accepted(coopname, kind);
    check!(
        accepted.contract == contract,
        coop_model::refusal::kind::ACCEPTED_WITH_ANOTHER_CONTRACT
    );
    check!(
        accepted.unfinished < parameters::MAX_UNFINISHED_OF_KIND,
        refusal::TOO_MANY_OF_KIND
    );
    check!(
        accepted.undelivered < parameters::MAX_UNDELIVERED,
        refusal::TOO_MANY_UNDELIVERED
    );
    accepted.update(Payer::Same, |accepted| accepted.unfinished += 1);
    registered.update(Payer::Same, |kind| kind.unfinished += 1);
    let (payer, share) = if config.is_own(contract) {
        (receiver(), Share::Own)
    } else {
        (contract, Share::Foreign)
    };
    let about = About {
        username,
        kind,
        hash,
    };
    publish(coopname, payer, share, &about, coop.charter.quorum_percent);
}

/// Publishes a free question with its signed proposal; a voting member of the council may.
pub(crate) fn free(coopname: Name, username: Name, proposal: &Document) {
    require_auth(username);
    let config = Config::load();
    let coop = coop::require_active(&config, coopname);
    check!(
        council::seat(coopname, username).is_some_and(|seat| seat.bit.is_some()),
        coop_model::refusal::council::NO_VOTING_SEAT
    );
    Participant::require_active(&config, coopname, username);
    proposal.require_about(registry::PROPOSAL, coopname, username, Age::Statement);
    check!(
        proposal.subject::<ProjectSubject>().is_some(),
        document::ANOTHER_SUBJECT
    );
    let hash = proposal.require_signed_by(&config.chain_id, username);
    let payer = payer_of(coopname, username);
    proposer::count_in(coopname, payer, username, proposal);
    let about = About {
        username,
        kind: kind::FREEDECISION,
        hash,
    };
    publish(
        coopname,
        payer,
        Share::Free,
        &about,
        coop.charter.quorum_percent,
    );
}

/// Puts a question on the agenda of the council that sits now.
fn publish(coopname: Name, payer: Name, share: Share, about: &About, quorum_percent: u8) {
    let decisions = Decision::table(coopname);
    // A hash is unique among the questions of one contract. Another contract's question with the same
    // hash is another question: otherwise whoever owns a kind could keep a candidate off the agenda.
    for other in decisions.by_hash().range(about.hash..=about.hash) {
        check!(
            kinds::owner(other.kind) != kinds::owner(about.kind),
            refusal::HASH_UNFINISHED
        );
    }
    let council = council::of(coopname).update(Payer::Same, |council| {
        must(count_in(council, share));
    });
    let decision = Decision::published(
        council.last_decision,
        now(),
        Publication {
            username: about.username,
            kind: about.kind,
            hash: about.hash,
            board: council.board,
            seats: council.seats,
            quorum_percent,
        },
    );
    decisions.insert(payer, &decision);
    events::submitted(coopname, &decision);
}
