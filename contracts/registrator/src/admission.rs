//! Admission (`joincoop`): statement, invoice, payment, the council's decision, participant.

use antelope_contract::prelude::*;
use coop_model::catalogue::{self, registry};
use coop_model::clients::{Gateway, Soviet};
use coop_model::coop::is_active_status;
use coop_model::document::subject::ApplicationSubject;
use coop_model::payer::payer_of;
use coop_model::people::{self, Participant, kind};
use coop_model::refusal::{candidate as refusal, document, people as person};
use coop_model::{Age, Config, Document, must, require_sender};

use crate::candidate::{self, Candidate, status};
use crate::{accounts, agreements, coops, participants, refund};

/// Takes a statement that the candidate signed; the cooperative or the candidate sends it.
pub(crate) fn apply(coopname: Name, username: Name, of_kind: Name, statement: &Document) {
    let sender = payer_of(coopname, username);
    require_auth(sender);
    let config = Config::load();
    let coop = coops::active(&config, coopname);
    let account = accounts::find(username);
    let (initial, minimum) = match of_kind {
        kind::INDIVIDUAL | kind::ENTREPRENEUR => (coop.initial, coop.minimum),
        kind::ORGANIZATION => (coop.org_initial, coop.org_minimum),
        _ => fail(person::KIND),
    };
    check!(
        !Participant::table(coopname).contains(username),
        person::PARTICIPANT_ALREADY
    );
    let candidates = Candidate::table(coopname);
    check!(!candidates.contains(username), refusal::CANDIDATE_ALREADY);
    check!(
        coop.participants + coop.candidates < coop.max_participants,
        person::QUOTA
    );
    let hash = require_statement(&config, coopname, username, of_kind, statement);
    accounts::take_statement(account, statement);
    agreements::take_required(coopname, username);
    coop.update(Payer::Same, |coop| coop.candidates += 1);
    let candidate = Candidate {
        username,
        status: status::CREATED,
        kind: of_kind,
        hash,
        initial,
        minimum,
        created_at: now(),
    };
    candidates.insert(sender, &candidate);
    Gateway::at(config.gateway)
        .signed_by(PermissionLevel::active(receiver()))
        .createinpay(
            coopname,
            username,
            catalogue::kind::JOINCOOP,
            hash,
            must(candidate.total()),
            sender == username,
            receiver(),
            name!("confirmpay"),
            name!("declinepay"),
        )
        .send();
}

/// The money came: the question goes on the agenda, and never otherwise (R1). A cooperative that is
/// blocked or paused by now sends it back.
pub(crate) fn paid(coopname: Name, hash: Checksum256) {
    let config = Config::load();
    require_sender(config.gateway);
    let row = candidate::find(coopname, hash);
    row.require_status(status::CREATED);
    if !is_active_status(&config, coops::find(coopname).status) {
        refund::send_back(&config, coopname, row);
        return;
    }
    let row = row.update(Payer::Same, |candidate| candidate.status = status::PAYED);
    Soviet::at(config.soviet)
        .signed_by(PermissionLevel::active(receiver()))
        .createagenda(coopname, row.username, catalogue::kind::JOINCOOP, hash)
        .send();
}

/// The money did not come: the account can apply again.
pub(crate) fn not_paid(coopname: Name, hash: Checksum256) {
    require_sender(Config::load().gateway);
    let row = candidate::find(coopname, hash);
    row.require_status(status::CREATED);
    candidate::erase(coopname, row);
}

/// The council admitted the candidate: a participant, and the money goes to the funds.
pub(crate) fn admitted(coopname: Name, hash: Checksum256, authorization: Checksum256) {
    let config = Config::load();
    require_sender(config.soviet);
    let row = candidate::find(coopname, hash);
    row.require_status(status::PAYED);
    let Candidate {
        username,
        kind,
        initial,
        minimum,
        ..
    } = row.remove();
    coops::find(coopname).update(Payer::Same, |coop| {
        coop.candidates = coop.candidates.saturating_sub(1);
        coop.participants += 1;
    });
    participants::enter(
        coopname,
        receiver(),
        &Participant {
            username,
            kind,
            hash,
            authorization,
            initial,
            minimum,
            created_at: now(),
            status: people::status::ACTIVE,
        },
    );
    Gateway::at(config.gateway)
        .signed_by(PermissionLevel::active(receiver()))
        .distribute(
            coopname,
            username,
            hash,
            initial,
            minimum,
            Asset::zero(minimum.symbol),
            receiver(),
        )
        .send();
}

/// Fails unless the candidate signed this statement as a person of this kind; returns its hash.
fn require_statement(
    config: &Config,
    coopname: Name,
    username: Name,
    of_kind: Name,
    statement: &Document,
) -> Checksum256 {
    statement.require_about(registry::STATEMENT, coopname, username, Age::Statement);
    let applies_as = match statement.subject::<ApplicationSubject>() {
        Some(subject) => subject.kind,
        None if statement.has_subject() => fail(document::ANOTHER_SUBJECT),
        None => kind::INDIVIDUAL,
    };
    check!(applies_as == of_kind, refusal::ANOTHER_KIND);
    statement.require_signed_by(&config.chain_id, username)
}
