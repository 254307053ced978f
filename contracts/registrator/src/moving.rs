//! A lost key (`moveuser`): the council lets a person go on under a new account.

use antelope_contract::prelude::*;
use coop_model::catalogue::{self, registry};
use coop_model::clients::{Gateway, Soviet};
use coop_model::council::Election;
use coop_model::decision::{after, before};
use coop_model::document::subject::MoveSubject;
use coop_model::payer::payer_of;
use coop_model::people::{self, Participant};
use coop_model::refusal::{moving as refusal, people as person};
use coop_model::{Age, Config, Document, parameters, require_sender};

use crate::candidate::Candidate;
use crate::office::require_no_office;
use crate::{accounts, coops, participants};

/// A move of a participant to a new account. Scope: the cooperative. Erased when the process ends.
#[table("moves")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The new account: one asks to go on as one participant at a time.
    #[primary]
    pub newname: Name,
    /// The old account.
    #[index]
    pub username: Name,
    /// Hash of the statement: the process is known by it everywhere.
    #[index]
    pub hash: Checksum256,
    /// When the time for a veto is over; zero until the council has agreed.
    pub ready_at: TimePoint,
}

impl Move {
    /// Whether the council has agreed.
    fn is_granted(&self) -> bool {
        self.ready_at != TimePoint::default()
    }

    /// Whether the council agreed to move this very participation: whoever left and joined again since
    /// has another.
    fn is_about(&self, participant: &Participant) -> bool {
        participant.created_at < before(self.ready_at, parameters::VETO_SECONDS)
    }
}

/// Takes a statement about the participant `username`, signed with the key of the new account.
pub(crate) fn ask(coopname: Name, username: Name, newname: Name, statement: &Document) {
    let sender = payer_of(coopname, newname);
    require_auth(sender);
    let config = Config::load();
    coops::active(&config, coopname);
    Participant::require_active(&config, coopname, username);
    require_no_office(&config, coopname, username);
    let account = accounts::find(newname);
    let moves = Move::table(coopname);
    check!(
        is_free(coopname, newname) && !moves.contains(newname),
        refusal::NEW_ACCOUNT_TAKEN
    );
    check!(
        !moves.by_username().contains(&username),
        refusal::ASKED_ALREADY
    );
    statement.require_about(registry::MOVE_STATEMENT, coopname, username, Age::Statement);
    statement.require_subject(&MoveSubject { newname });
    let hash = statement.require_signed_by(&config.chain_id, newname);
    accounts::take_statement(account, statement);
    moves.insert(
        sender,
        &Move {
            username,
            hash,
            newname,
            ready_at: TimePoint::default(),
        },
    );
    Soviet::at(config.soviet)
        .signed_by(PermissionLevel::active(receiver()))
        .createagenda(coopname, username, catalogue::kind::MOVEUSER, hash)
        .send();
}

/// The council agrees: the old account has time for a veto.
pub(crate) fn granted(coopname: Name, hash: Checksum256) {
    require_sender(Config::load().soviet);
    find(coopname, &hash).update(Payer::Same, |row| {
        row.ready_at = after(now(), parameters::VETO_SECONDS);
    });
}

/// The council does not agree: nothing moves.
pub(crate) fn refused(coopname: Name, hash: Checksum256) {
    require_sender(Config::load().soviet);
    find(coopname, &hash).remove();
}

/// The old account has its key after all, or the new one goes on no longer: nothing moves.
pub(crate) fn veto(coopname: Name, username: Name) {
    let row = of(coopname, username);
    if !has_auth(row.newname) {
        require_auth(username);
        check!(
            now() < row.ready_at || !row.is_granted(),
            refusal::VETO_OVER
        );
    }
    check!(row.is_granted(), refusal::NOT_GRANTED);
    row.remove();
}

/// Participation, wallet and property go to the new account; anyone may.
///
/// What the participant has begun ends first, so that no process loses its owner. A move that can
/// be made no longer ends here too: the participant is gone, or left and joined again since, or the
/// new account is taken.
pub(crate) fn complete(coopname: Name, username: Name) {
    let config = Config::load();
    let row = of(coopname, username);
    check!(row.is_granted(), refusal::NOT_GRANTED);
    check!(now() >= row.ready_at, refusal::VETO_NOT_OVER);
    let newname = row.newname;
    let (Some(participant), true) = (
        Participant::table(coopname)
            .get(username)
            .filter(|participant| row.is_about(participant)),
        is_free(coopname, newname),
    ) else {
        row.remove();
        return;
    };
    check!(
        participant.status == people::status::ACTIVE
            || participant.status == people::status::BLOCKED,
        person::NOT_AN_ACTIVE_PARTICIPANT
    );
    check!(
        !Election::view(config.soviet, config.soviet).contains(coopname),
        refusal::ELECTION_GOES_ON
    );
    require_no_office(&config, coopname, username);
    row.remove();
    let participant = participant.remove();
    participants::enter(
        coopname,
        receiver(),
        &Participant {
            username: newname,
            ..participant
        },
    );
    Gateway::at(config.gateway)
        .signed_by(PermissionLevel::active(receiver()))
        .moveshares(coopname, username, newname)
        .send();
}

/// Whether the account is nobody's in this cooperative.
fn is_free(coopname: Name, newname: Name) -> bool {
    !Participant::table(coopname).contains(newname) && !Candidate::table(coopname).contains(newname)
}

/// The move of the participant `username`.
fn of(coopname: Name, username: Name) -> Row<Move> {
    Move::table(coopname)
        .by_username()
        .get(&username)
        .or_fail(refusal::NO_MOVE)
}

/// The move whose statement has this hash.
fn find(coopname: Name, hash: &Checksum256) -> Row<Move> {
    Move::table(coopname)
        .by_hash()
        .get(hash)
        .or_fail(refusal::NO_MOVE)
}
