//! Property changes hands, or does not: handover, withdrawal, overdue.

use antelope_contract::prelude::*;
use coop_model::catalogue::registry;
use coop_model::refusal::property as refusal;
use coop_model::{Config, Document, must, staff};

use crate::contribution::property::publish_act;
use crate::property::{self, Property, status};
use crate::{funds, overdue, wallet};

/// Both sides confirm that the owner has it again: a share is over, or a contribution that the
/// council did not take.
///
/// When the handover is overdue the owner's signature alone ends it: whoever has got nothing does
/// not sign.
pub(crate) fn hand_over(coopname: Name, actor: Name, property_id: u64, act: &Document) {
    let config = Config::load();
    let row = property::find(coopname, property_id);
    if actor == row.username {
        require_auth(actor);
        check!(row.is_overdue, refusal::ONE_SIDE);
    } else {
        staff::require_right(&config, coopname, actor, name!("handprop"));
    }
    let is_share = match row.status {
        status::HANDOVER => true,
        status::RELEASING => false,
        _ => fail(refusal::ANOTHER_STEP),
    };
    check!(actor != row.authorized_by, refusal::AUTHORIZED_BY_ACTOR);
    let document = row.require_act(&config, coopname, actor, registry::HANDOVER_ACT, act);
    let property = row.remove();
    publish_act(
        &config,
        coopname,
        &property,
        registry::HANDOVER_ACT,
        document,
    );
    if is_share {
        funds::of(coopname).update(Payer::Same, |funds| {
            must(funds.hand_back(property.valuation));
        });
    }
    wallet::end(coopname, property.username, |wallet| {
        wallet.properties = wallet.properties.saturating_sub(1);
        if is_share {
            wallet.release(property.valuation)?;
        }
        Ok(())
    });
}

/// Withdraws before the property has changed hands: an offer is over, a return is not made.
///
/// The owner and staff may; anyone may close an offer whose term is over.
pub(crate) fn cancel(coopname: Name, actor: Name, property_id: u64) {
    let row = property::find(coopname, property_id);
    let is_expired = row.status == status::OFFERED && now() >= row.expires_at;
    if is_expired || actor == row.username {
        require_auth(actor);
    } else {
        staff::require_right(&Config::load(), coopname, actor, name!("cancelprop"));
    }
    match row.status {
        status::OFFERED => {
            let property = row.remove();
            wallet::end(coopname, property.username, |wallet| {
                wallet.properties = wallet.properties.saturating_sub(1);
                Ok(())
            });
        }
        status::HANDOVER => keep(coopname, row),
        _ => fail(refusal::ANOTHER_STEP),
    }
}

/// Property that was asked back stays a share.
pub(crate) fn keep(coopname: Name, row: Row<Property>) {
    let row = row.update(Payer::Same, |property| {
        property.status = status::SHARED;
        property.authorized_by = Name::EMPTY;
        property.is_overdue = false;
    });
    wallet::end(coopname, row.username, |wallet| {
        wallet.unblock_property(row.valuation)
    });
}

/// The handover did not happen in its term: the registry tells, and the owner alone may end it.
pub(crate) fn overdue(coopname: Name, property_id: u64) {
    let row = property::find(coopname, property_id);
    check!(
        row.status == status::HANDOVER || row.status == status::RELEASING,
        refusal::ANOTHER_STEP
    );
    check!(!row.is_overdue, refusal::OVERDUE_ALREADY);
    check!(now() >= row.expires_at, refusal::NOT_OVERDUE);
    let row = row.update(Payer::Same, |property| property.is_overdue = true);
    overdue::publish(coopname, row.username, row.hash);
}
