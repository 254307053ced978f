//! Admission: statement, invoice, payment, the council's decision, participant.

use antelope_contract::prelude::*;
use coop_model::clients::{Gateway, Soviet};
use coop_model::decision::{self, registry};
use coop_model::payer::payer_of;
use coop_model::people::{Participant, kind};
use coop_model::{Config, Document, Subject, must};

use crate::accounts::Account;
use crate::candidate::{self, Candidate, status};
use crate::{accounts, coops};

/// Takes a statement that the candidate signed; the cooperative or the candidate sends it.
pub(crate) fn apply(coopname: Name, username: Name, of_kind: Name, statement: &Document) {
    let sender = payer_of(coopname, username);
    require_auth(sender);
    let config = Config::load();
    let coop = coops::active(coopname);
    let account = accounts::find(username);
    let (initial, minimum) = match of_kind {
        kind::INDIVIDUAL | kind::ENTREPRENEUR => (coop.initial, coop.minimum),
        kind::ORGANIZATION => (coop.org_initial, coop.org_minimum),
        _ => fail("the kind must be individual, entrepreneur or organization"),
    };
    check!(
        !Participant::table(coopname).contains(username),
        "the account is a participant already"
    );
    let candidates = Candidate::table(coopname);
    check!(
        !candidates.contains(username),
        "the account is a candidate already"
    );
    let hash = require_statement(&config, coopname, &account, of_kind, statement);
    if let [signature] = statement.signatures.as_slice() {
        account.update(Payer::Same, |account| {
            account.last_statement = signature.signed_at;
        });
    }
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
            hash,
            must(candidate.total()),
            receiver(),
            name!("confirmpay"),
            name!("declinepay"),
        )
        .send();
}

/// The money came: the question goes on the agenda, and never otherwise (R1).
pub(crate) fn paid(coopname: Name, hash: Checksum256) {
    let config = Config::load();
    require_auth(config.gateway);
    let row = candidate::find(coopname, hash);
    row.require_status(status::CREATED);
    let row = row.update(Payer::Same, |candidate| candidate.status = status::PAYED);
    Soviet::at(config.soviet)
        .signed_by(PermissionLevel::active(receiver()))
        .createagenda(coopname, row.username, decision::kind::JOINCOOP, hash)
        .send();
}

/// The money did not come: the account can apply again.
pub(crate) fn not_paid(coopname: Name, hash: Checksum256) {
    require_auth(Config::load().gateway);
    let row = candidate::find(coopname, hash);
    row.require_status(status::CREATED);
    row.remove();
}

/// The council admitted the candidate: a participant, and the money goes to the funds.
pub(crate) fn admitted(coopname: Name, hash: Checksum256, authorization: Checksum256) {
    let config = Config::load();
    require_auth(config.soviet);
    let row = candidate::find(coopname, hash);
    row.require_status(status::PAYED);
    let candidate = row.remove();
    let Candidate {
        username,
        kind,
        initial,
        minimum,
        ..
    } = candidate;
    Participant::table(coopname).insert(
        receiver(),
        &Participant {
            username,
            kind,
            hash,
            authorization,
            initial,
            minimum,
            created_at: now(),
        },
    );
    Gateway::at(config.gateway)
        .signed_by(PermissionLevel::active(receiver()))
        .distribute(coopname, username, hash, initial, minimum)
        .send();
}

/// Fails unless the candidate signed this statement, as a person of this kind and after the
/// statement before; returns its hash.
fn require_statement(
    config: &Config,
    coopname: Name,
    account: &Account,
    of_kind: Name,
    statement: &Document,
) -> Checksum256 {
    statement.require_about(registry::STATEMENT, coopname, account.username);
    let applies_as = match statement.meta.subject {
        None => kind::INDIVIDUAL,
        Some(Subject::Application(subject)) => subject.kind,
        Some(_) => fail("the statement has a subject that is not an application"),
    };
    check!(
        applies_as == of_kind,
        "the statement is of another kind of participant"
    );
    let hash = statement.require_signed_by(&config.chain_id, account.username);
    check!(
        statement
            .signatures
            .iter()
            .all(|signature| signature.signed_at > account.last_statement),
        "the statement has served already: a new one must be signed"
    );
    hash
}
