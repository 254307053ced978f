//! Return of a share in property (`returnprop`): statement, decision, handover.

use antelope_contract::prelude::*;
use coop_model::catalogue::{kind, registry};
use coop_model::decision::after;
use coop_model::document::subject::{ReturnSubject, packed};
use coop_model::kinds::Accepted;
use coop_model::payer::payer_of;
use coop_model::refusal::property as refusal;
use coop_model::{Config, Document, coop, must, parameters};

use crate::contribution::ask_council;
use crate::property::{self, status};
use crate::wallet::Start;
use crate::{handover, wallet};

/// Takes a participant's statement and blocks the valuation in the wallet.
pub(crate) fn ask(coopname: Name, username: Name, property_id: u64, statement: &Document) {
    let sender = payer_of(coopname, username);
    require_auth(sender);
    let config = Config::load();
    coop::require_active(&config, coopname);
    Accepted::require(&config, coopname, kind::RETURNPROP, receiver());
    let row = property::find(coopname, property_id);
    check!(row.username == username, refusal::ANOTHER_OWNER);
    row.require_status(status::SHARED);
    let valuation = row.valuation;
    let start = Start {
        coopname,
        username,
        sender,
        symbol: valuation.symbol,
        registry_id: registry::PROPERTY_RETURN_STATEMENT,
        subject: packed(&ReturnSubject {
            property_id,
            valuation,
        }),
        statement,
    };
    let (hash, wallet) = wallet::begin(&config, &start);
    wallet.update(Payer::Same, |wallet| must(wallet.block_property(valuation)));
    row.update(Payer::Same, |property| {
        property.hash = hash;
        property.status = status::ASKED;
    });
    ask_council(&config, coopname, username, kind::RETURNPROP, hash);
}

/// It is to be handed over.
pub(super) fn granted(coopname: Name, hash: &Checksum256, authorized_by: Name) {
    let row = property::of_process(coopname, hash);
    row.require_status(status::ASKED);
    row.update(Payer::Same, |property| {
        property.status = status::HANDOVER;
        property.authorized_by = authorized_by;
        property.expires_at = after(now(), parameters::PAYMENT_SECONDS);
    });
}

/// It stays a share.
pub(super) fn refused(coopname: Name, hash: &Checksum256) {
    let row = property::of_process(coopname, hash);
    row.require_status(status::ASKED);
    handover::keep(coopname, row);
}
