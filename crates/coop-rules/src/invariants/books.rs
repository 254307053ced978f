//! Money and property: nothing is made, lost, or owed twice.

use crate::cooperative::{PaymentState, PropertyState};
use crate::{Cooperative, QuestionKind};
use coop_model::parameters;

pub(super) fn money_is_neither_made_nor_lost(coop: &Cooperative) -> bool {
    coop.funds.as_ref().is_none_or(|funds| {
        let here = [funds.entrance, funds.share, funds.processing].map(i128::from);
        let came = i128::from(funds.incoming) - i128::from(funds.outgoing);
        let things = i128::from(funds.accepted) - i128::from(funds.handed_back);
        here.iter().sum::<i128>() == came + things
    })
}

pub(super) fn shares_are_wallets(coop: &Cooperative) -> bool {
    let wallets = coop.wallets.values();
    let sum = wallets
        .map(|row| i128::from(row.minimum) + i128::from(row.available) + i128::from(row.blocked));
    let share = coop.funds.as_ref().map_or(0, |funds| funds.share);
    sum.sum::<i128>() == i128::from(share)
}

pub(super) fn processing_is_payments(coop: &Cooperative) -> bool {
    let here = coop.payments.values().filter(|row| {
        matches!(
            row.state,
            PaymentState::Received | PaymentState::Returning | PaymentState::Failed
        )
    });
    let processing = coop.funds.as_ref().map_or(0, |funds| funds.processing);
    here.map(|row| i128::from(row.quantity)).sum::<i128>() == i128::from(processing)
}

pub(super) fn property_fund_is_property(coop: &Cooperative) -> bool {
    let things = coop.properties.values().filter(|row| {
        matches!(
            row.state,
            PropertyState::Shared | PropertyState::Asked | PropertyState::Handover
        )
    });
    let fund = coop.funds.as_ref().map_or(0, |funds| {
        i128::from(funds.accepted) - i128::from(funds.handed_back)
    });
    things.map(|row| i128::from(row.valuation)).sum::<i128>() == fund
}

pub(super) fn nothing_is_negative(coop: &Cooperative) -> bool {
    let funds = coop.funds.as_ref().is_none_or(|funds| {
        [
            funds.entrance,
            funds.share,
            funds.processing,
            funds.incoming,
            funds.outgoing,
            funds.accepted,
            funds.handed_back,
        ]
        .iter()
        .all(|amount| *amount >= 0)
    });
    let mut wallets = coop.wallets.values();
    let wallets = wallets.all(|row| row.minimum >= 0 && row.available >= 0 && row.blocked >= 0);
    funds && wallets && coop.payments.values().all(|row| row.quantity > 0)
}

pub(super) fn blocked_is_open_returns(coop: &Cooperative) -> bool {
    let mut wallets = coop.wallets.iter();
    wallets.all(|(who, row)| row.blocked == coop.asked_back_by(*who))
}

pub(super) fn in_kind_is_available(coop: &Cooperative) -> bool {
    let mut wallets = coop.wallets.iter();
    wallets.all(|(who, row)| coop.in_kind_of(*who) <= row.available)
}

pub(super) fn overdue_is_outgoing(coop: &Cooperative) -> bool {
    let payments = coop.payments.values().all(|row| {
        !row.is_overdue || matches!(row.state, PaymentState::Returning | PaymentState::Paying)
    });
    let things = coop.properties.values().all(|row| {
        !row.is_overdue
            || matches!(
                row.state,
                PropertyState::Handover | PropertyState::Releasing
            )
    });
    payments && things
}

pub(super) fn processes_are_bounded(coop: &Cooperative) -> bool {
    let pending = coop
        .payments
        .values()
        .filter(|row| row.state == PaymentState::Pending);
    let alone = pending.clone().filter(|row| row.is_alone).count();
    let open = |who| coop.open_of(who) <= parameters::MAX_OPEN_OF_PARTICIPANT as usize;
    let things = |who| coop.properties_of(who) <= parameters::MAX_PROPERTIES as usize;
    let mut kinds = coop.payments.values();
    pending.count() <= parameters::MAX_INVOICES as usize
        && alone <= parameters::MAX_INVOICES_ALONE as usize
        && coop.wallets.keys().all(|who| open(*who) && things(*who))
        && kinds.all(|row| {
            matches!(
                row.kind,
                QuestionKind::Join
                    | QuestionKind::ShareMoney
                    | QuestionKind::ReturnMoney
                    | QuestionKind::Leave
            )
        })
}
