//! Agreements that a person signs before applying: verified, recorded as registry events.

use alloc::vec::Vec;

use antelope_contract::prelude::*;
use coop_model::clients::Soviet;
use coop_model::payer::payer_of;
use coop_model::refusal::agreement as refusal;
use coop_model::{Age, Config, Document, parameters};

use crate::{accounts, coops};

/// What a person has signed who has not applied yet: the fact that admission needs. Scope: the
/// cooperative. Erased when the person applies, or becomes a participant in another way.
#[table("agreements")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreements {
    /// The person's account.
    #[primary]
    pub username: Name,
    /// One bit for each registry id: bit 0 is id 1.
    pub signed: u8,
}

/// Takes agreements that `username` signed; the cooperative or the person sends them.
pub(crate) fn sign(coopname: Name, username: Name, documents: &Vec<Document>) {
    let sender = payer_of(coopname, username);
    require_auth(sender);
    let config = Config::load();
    coops::active(&config, coopname);
    accounts::find(username);
    check!(
        !documents.is_empty() && documents.len() <= parameters::AGREEMENTS as usize,
        refusal::NUMBER
    );
    let mut signed = 0;
    for document in documents {
        let id = document.registry_id();
        check!(
            (1..=parameters::AGREEMENTS).contains(&id),
            refusal::NOT_AN_AGREEMENT
        );
        document.require_about(id, coopname, username, Age::Statement);
        let hash = document.require_signed_by(&config.chain_id, username);
        signed |= 1 << (id - 1);
        Soviet::at(config.soviet)
            .signed_by(PermissionLevel::active(receiver()))
            .newagreement(coopname, username, id, hash)
            .send();
    }
    remember(coopname, sender, username, signed);
}

/// Remembers what admission needs; a participant needs nothing to be remembered.
fn remember(coopname: Name, payer: Name, username: Name, signed: u8) {
    if coop_model::people::Participant::view(receiver(), coopname).contains(username) {
        return;
    }
    let agreements = Agreements::table(coopname);
    match agreements.get(username) {
        None => agreements.insert(payer, &Agreements { username, signed }),
        Some(row) => {
            row.update(Payer::Same, |row| row.signed |= signed);
        }
    }
}

/// Forgets what a person has signed: participants need nothing to be remembered.
pub(crate) fn forget(coopname: Name, username: Name) {
    if let Some(row) = Agreements::table(coopname).get(username) {
        row.remove();
    }
}

/// Takes the fact that everything is signed that admission needs, or fails.
pub(crate) fn take_required(coopname: Name, username: Name) {
    let required = parameters::REQUIRED_AGREEMENTS;
    let row = Agreements::table(coopname)
        .get(username)
        .or_fail(refusal::MISSING);
    check!(row.signed & required == required, refusal::MISSING);
    row.remove();
}
