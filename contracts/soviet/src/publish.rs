//! Publication of questions (R1, R2): by the contract that owns the kind, or by a council member.

use antelope_contract::prelude::*;
use coop_model::decision::{kind, registry};
use coop_model::payer::payer_of;
use coop_model::people::Participant;
use coop_model::{Config, Document, Subject, coop, must};

use crate::council::{Board, Council};
use crate::decision::{Decision, Publication};
use crate::{boards, events, kinds};

/// Publishes a standardized question; only the contract of its kind may.
pub(crate) fn standardized(coopname: Name, username: Name, kind: Name, hash: Checksum256) {
    let registered = kinds::find(kind);
    require_auth(registered.contract);
    coop::require_active(&Config::load(), coopname);
    let (council, board) = boards::sitting(coopname);
    publish(coopname, receiver(), username, kind, hash, council, board);
}

/// Publishes a free question with its signed proposal; a voting member of the council may.
pub(crate) fn free(coopname: Name, username: Name, proposal: &Document) {
    require_auth(username);
    let config = Config::load();
    coop::require_active(&config, coopname);
    let (council, board) = boards::sitting(coopname);
    check!(
        board.voting_seat(username).is_some(),
        "the account has no voting seat in the council"
    );
    check!(
        Participant::find(&config, coopname, username).is_some(),
        "the account is not a participant"
    );
    proposal.require_about(registry::PROPOSAL, coopname, username);
    check!(
        matches!(proposal.meta.subject, Some(Subject::Project(_))),
        "the proposal does not name its project"
    );
    let hash = proposal.require_signed_by(&config.chain_id, username);
    let payer = payer_of(coopname, username);
    publish(
        coopname,
        payer,
        username,
        kind::FREEDECISION,
        hash,
        council,
        board,
    );
}

/// Puts a question on the agenda of the council that sits now.
fn publish(
    coopname: Name,
    payer: Name,
    username: Name,
    kind: Name,
    hash: Checksum256,
    council: Row<Council>,
    board: Row<Board>,
) {
    let decisions = Decision::table(coopname);
    check!(
        !decisions.by_hash().contains(&hash),
        "a question with this hash is not finished"
    );
    let council = council.update(Payer::Same, |council| must(council.count_in(kind)));
    let board = board.update(Payer::Same, |board| board.questions += 1);
    let decision = Decision::published(
        council.last_decision,
        now(),
        Publication {
            username,
            kind,
            hash,
            board: board.version,
            seats: board.voters().count() as u8,
        },
    );
    decisions.insert(payer, &decision);
    events::submitted(coopname, &decision);
}
