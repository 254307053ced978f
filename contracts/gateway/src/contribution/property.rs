//! A share contribution in property (`shareprop`): statement, acceptance, decision, share.

use antelope_contract::prelude::*;
use coop_model::catalogue::{kind, registry};
use coop_model::clients::Soviet;
use coop_model::decision::after;
use coop_model::document::subject::{PropertySubject, packed};
use coop_model::kinds::Accepted;
use coop_model::payer::payer_of;
use coop_model::refusal::{property as refusal, wallet as wallets};
use coop_model::{Config, Document, coop, money, must, parameters, staff};

use super::ask_council;
use crate::property::{self, Property, status};
use crate::wallet::Start;
use crate::{funds, wallet};

/// Takes a participant's statement.
pub(crate) fn offer(
    coopname: Name,
    username: Name,
    description: Checksum256,
    valuation: Asset,
    statement: &Document,
) {
    let sender = payer_of(coopname, username);
    require_auth(sender);
    let config = Config::load();
    coop::require_active(&config, coopname);
    Accepted::require(&config, coopname, kind::SHAREPROP, receiver());
    check!(description != Checksum256::ZERO, refusal::NO_DESCRIPTION);
    let row = funds::of(coopname);
    money::require_amount(valuation, row.symbol());
    let start = Start {
        coopname,
        username,
        sender,
        symbol: row.symbol(),
        registry_id: registry::PROPERTY_STATEMENT,
        subject: packed(&PropertySubject {
            description,
            valuation,
        }),
        statement,
    };
    let (hash, wallet) = wallet::begin(&config, &start);
    check!(
        wallet.properties < parameters::MAX_PROPERTIES,
        wallets::TOO_MANY_PROPERTIES
    );
    wallet.update(Payer::Same, |wallet| wallet.properties += 1);
    let id = row.last_property + 1;
    row.update(Payer::Same, |funds| funds.last_property = id);
    let now = now();
    Property::table(coopname).insert(
        sender,
        &Property {
            id,
            username,
            hash,
            status: status::OFFERED,
            description,
            valuation,
            created_at: now,
            expires_at: after(now, parameters::INVOICE_SECONDS),
            authorized_by: Name::EMPTY,
            is_overdue: false,
        },
    );
}

/// Both sides confirm that the cooperative has it: the council is asked, and never otherwise.
pub(crate) fn accept(coopname: Name, actor: Name, property_id: u64, act: &Document) {
    let config = Config::load();
    staff::require_right(&config, coopname, actor, name!("acceptprop"));
    coop::require_active(&config, coopname);
    let row = property::find(coopname, property_id);
    row.require_status(status::OFFERED);
    check!(now() < row.expires_at, refusal::OFFER_EXPIRED);
    check!(actor != row.username, refusal::ONE_SIDE);
    let document = row.require_act(&config, coopname, actor, registry::ACCEPTANCE_ACT, act);
    let row = row.update(Payer::Same, |property| property.status = status::ACCEPTED);
    publish_act(&config, coopname, &row, registry::ACCEPTANCE_ACT, document);
    ask_council(&config, coopname, row.username, kind::SHAREPROP, row.hash);
}

/// The council takes it: the wallet and the share fund grow by its valuation.
pub(super) fn taken(coopname: Name, hash: &Checksum256) {
    let row = property::of_process(coopname, hash);
    row.require_status(status::ACCEPTED);
    let row = row.update(Payer::Same, |property| property.status = status::SHARED);
    funds::of(coopname).update(Payer::Same, |funds| must(funds.accept(row.valuation)));
    wallet::end(coopname, row.username, |wallet| {
        wallet.add_property(row.valuation)
    });
}

/// The council does not take it: it is to be handed back.
pub(super) fn refused(coopname: Name, hash: &Checksum256) {
    let row = property::of_process(coopname, hash);
    row.require_status(status::ACCEPTED);
    row.update(Payer::Same, |property| {
        property.status = status::RELEASING;
        property.expires_at = after(now(), parameters::PAYMENT_SECONDS);
    });
}

/// Leaves the registry event of an act.
pub(crate) fn publish_act(
    config: &Config,
    coopname: Name,
    property: &Property,
    registry_id: u64,
    document: Checksum256,
) {
    Soviet::at(config.soviet)
        .signed_by(PermissionLevel::active(receiver()))
        .newact(
            coopname,
            property.username,
            registry_id,
            property.hash,
            document,
        )
        .send();
}
