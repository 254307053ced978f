//! Blocking of a participant (`blockuser`): proposed by a council member, decided by the council.

use antelope_contract::prelude::*;
use coop_model::catalogue::{self, registry};
use coop_model::clients::Soviet;
use coop_model::council::SittingMember;
use coop_model::document::subject::BlockSubject;
use coop_model::payer::payer_of;
use coop_model::people::{Participant, status};
use coop_model::refusal::{blocking as refusal, council, people as person};
use coop_model::{Age, Config, Document, require_sender};

use crate::office::require_no_office;
use crate::{accounts, coops};

/// A proposal to block a participant, or to end it. Scope: the cooperative. Erased when the process
/// ends.
#[table("blockings")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocking {
    /// The participant.
    #[primary]
    pub username: Name,
    /// Hash of the proposal: the process is known by it everywhere.
    #[index]
    pub hash: Checksum256,
    /// Whether the participant is to be blocked.
    pub is_blocked: bool,
}

/// Takes a proposal that a voting member of the council signed.
pub(crate) fn propose(coopname: Name, proposer: Name, username: Name, proposal: &Document) {
    require_auth(proposer);
    let config = Config::load();
    coops::active(&config, coopname);
    check!(
        SittingMember::find(&config, coopname, proposer).is_some_and(|seat| seat.bit.is_some()),
        council::NO_VOTING_SEAT
    );
    proposal.require_about(registry::BLOCK_PROPOSAL, coopname, username, Age::Statement);
    let BlockSubject { is_blocked } = proposal
        .subject()
        .or_fail(coop_model::refusal::document::ANOTHER_SUBJECT);
    require_can_become(&config, coopname, username, is_blocked);
    let blockings = Blocking::table(coopname);
    check!(!blockings.contains(username), refusal::PROPOSED_ALREADY);
    let hash = proposal.require_signed_by(&config.chain_id, proposer);
    accounts::take_statement(accounts::find(proposer), proposal);
    blockings.insert(
        payer_of(coopname, proposer),
        &Blocking {
            username,
            hash,
            is_blocked,
        },
    );
    Soviet::at(config.soviet)
        .signed_by(PermissionLevel::active(receiver()))
        .createagenda(coopname, username, catalogue::kind::BLOCKUSER, hash)
        .send();
}

/// The council agrees. A participant who has got a seat meanwhile, or is leaving, stays as they are.
pub(crate) fn granted(coopname: Name, hash: Checksum256) {
    let config = Config::load();
    require_sender(config.soviet);
    let Blocking {
        username,
        is_blocked,
        ..
    } = find(coopname, &hash).remove();
    let Some(participant) = Participant::table(coopname).get(username) else {
        return;
    };
    let (from, to) = step(is_blocked);
    if participant.status == from
        && !(is_blocked && coop_model::council::holds_seat(&config, coopname, username))
    {
        participant.update(Payer::Same, |participant| participant.status = to);
    }
}

/// The council does not agree.
pub(crate) fn refused(coopname: Name, hash: Checksum256) {
    require_sender(Config::load().soviet);
    find(coopname, &hash).remove();
}

/// Fails unless the participant is in the other status and may be blocked: who has a seat or a
/// staff right is replaced first.
fn require_can_become(config: &Config, coopname: Name, username: Name, is_blocked: bool) {
    let participant =
        Participant::find(config, coopname, username).or_fail(person::NOT_A_PARTICIPANT);
    let (from, _) = step(is_blocked);
    check!(participant.status == from, refusal::ANOTHER_STATUS);
    if is_blocked {
        require_no_office(config, coopname, username);
    }
}

/// The statuses between which a decision changes a participant.
fn step(is_blocked: bool) -> (Name, Name) {
    if is_blocked {
        (status::ACTIVE, status::BLOCKED)
    } else {
        (status::BLOCKED, status::ACTIVE)
    }
}

/// The blocking whose proposal has this hash.
fn find(coopname: Name, hash: &Checksum256) -> Row<Blocking> {
    Blocking::table(coopname)
        .by_hash()
        .get(hash)
        .or_fail(refusal::NO_BLOCKING)
}
