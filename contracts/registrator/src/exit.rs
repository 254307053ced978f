//! Exit (`leavecoop`): statement, decision, payment of all shares, participant no more.

use antelope_contract::prelude::*;
use coop_model::catalogue::{self, registry};
use coop_model::clients::{Gateway, GatewaySigned, Soviet};
use coop_model::payer::payer_of;
use coop_model::people::{self, Participant};
use coop_model::refusal::{document, exit as refusal, people as person};
use coop_model::{Age, Config, Document, require_sender};

use crate::office::require_no_office;
use crate::{accounts, coops};

/// Statuses of an exit.
pub mod status {
    use antelope_contract::prelude::{Name, name};

    /// The council is asked.
    pub const ASKED: Name = name!("asked");
    /// The council lets the participant go, the shares are being paid out.
    pub const PAYING: Name = name!("paying");
}

/// A participant who leaves. Scope: the cooperative. Erased when the process ends.
#[table("exits")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exit {
    /// The participant's account.
    #[primary]
    pub username: Name,
    /// Hash of the statement: the process is known by it everywhere.
    #[index]
    pub hash: Checksum256,
    /// One of [`status`].
    pub status: Name,
    /// What the participant was before: `active` or `blocked`.
    pub before: Name,
    /// When the participant asked.
    pub created_at: TimePoint,
}

/// Takes a statement of exit. Who is blocked may leave too; who has a seat or a staff right is
/// replaced first.
pub(crate) fn ask(coopname: Name, username: Name, statement: &Document) {
    let sender = payer_of(coopname, username);
    require_auth(sender);
    let config = Config::load();
    coops::active(&config, coopname);
    let participant = Participant::table(coopname)
        .get(username)
        .or_fail(person::NOT_A_PARTICIPANT);
    let before = participant.status;
    check!(
        before == people::status::ACTIVE || before == people::status::BLOCKED,
        person::NOT_AN_ACTIVE_PARTICIPANT
    );
    require_no_office(&config, coopname, username);
    statement.require_about(registry::EXIT_STATEMENT, coopname, username, Age::Statement);
    check!(!statement.has_subject(), document::ANOTHER_SUBJECT);
    let hash = statement.require_signed_by(&config.chain_id, username);
    accounts::take_statement(accounts::find(username), statement);
    participant.update(Payer::Same, |participant| {
        participant.status = people::status::LEAVING;
    });
    Exit::table(coopname).insert(
        sender,
        &Exit {
            username,
            hash,
            status: status::ASKED,
            before,
            created_at: now(),
        },
    );
    gateway(&config)
        .blockshares(coopname, username, hash)
        .send();
    Soviet::at(config.soviet)
        .signed_by(PermissionLevel::active(receiver()))
        .createagenda(coopname, username, catalogue::kind::LEAVECOOP, hash)
        .send();
}

/// The council lets the participant go: all shares are to be paid out.
pub(crate) fn granted(coopname: Name, hash: Checksum256) {
    let config = Config::load();
    require_sender(config.soviet);
    let row = find(coopname, hash);
    check!(row.status == status::ASKED, refusal::ANOTHER_STEP);
    let row = row.update(Payer::Same, |exit| exit.status = status::PAYING);
    gateway(&config)
        .payshares(coopname, row.username, hash)
        .send();
}

/// The council does not let the participant go, or the money could not be sent: a participant as
/// before.
pub(crate) fn stays(coopname: Name, hash: Checksum256) {
    let config = Config::load();
    let row = find(coopname, hash);
    if row.status == status::ASKED {
        require_sender(config.soviet);
        gateway(&config)
            .freeshares(coopname, row.username, hash)
            .send();
    } else {
        require_sender(config.gateway);
    }
    let exit = row.remove();
    participant(coopname, exit.username).update(Payer::Same, |participant| {
        participant.status = exit.before;
    });
}

/// All shares were paid out: a participant no more.
pub(crate) fn complete(coopname: Name, hash: Checksum256) {
    require_sender(Config::load().gateway);
    let row = find(coopname, hash);
    check!(row.status == status::PAYING, refusal::ANOTHER_STEP);
    let exit = row.remove();
    participant(coopname, exit.username).remove();
    coops::find(coopname).update(Payer::Same, |coop| {
        coop.participants = coop.participants.saturating_sub(1);
    });
}

/// The exit whose statement has this hash.
fn find(coopname: Name, hash: Checksum256) -> Row<Exit> {
    Exit::table(coopname)
        .by_hash()
        .get(&hash)
        .or_fail(refusal::NO_EXIT)
}

/// The participant `username`.
fn participant(coopname: Name, username: Name) -> Row<Participant> {
    Participant::table(coopname)
        .get(username)
        .or_fail(person::NOT_A_PARTICIPANT)
}

/// Gateway, as registrator calls it.
fn gateway(config: &Config) -> GatewaySigned<1> {
    Gateway::at(config.gateway).signed_by(PermissionLevel::active(receiver()))
}
