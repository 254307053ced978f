//! Rows of gateway.

use super::{Row, Writer, called, optional, time};
use crate::model::names;
use antelope_types::{Name, name};
use coop_rules::cooperative::{PaymentState, PropertyState};
use coop_rules::{Account, Cooperative, QuestionKind};

const CONTRACT: Account = Account::Gateway;

impl Writer<'_> {
    /// The funds, in gateway's own scope.
    pub(super) fn funds_row(&mut self, of: Account, coop: &Cooperative) {
        let Some(funds) = &coop.funds else { return };
        let asset = |amount| names::asset(amount, coop.symbol);
        let pending = coop
            .payments
            .values()
            .filter(|row| row.state == PaymentState::Pending);
        let row = Row::default()
            .put(called(of))
            .put(funds.last_payment)
            .put(asset(funds.entrance))
            .put(asset(funds.share))
            .put(asset(funds.processing))
            .put(asset(funds.incoming))
            .put(asset(funds.outgoing))
            .put(asset(funds.accepted))
            .put(asset(funds.handed_back))
            .put(funds.last_property)
            .put(funds.last_reference)
            .put(pending.clone().count() as u32)
            .put(pending.filter(|row| row.is_alone).count() as u32)
            .put(0u32)
            .put(coop.payments.values().filter(|row| row.is_overdue).count() as u32);
        self.row(CONTRACT, CONTRACT, name!("funds"), called(of).raw(), row);
    }

    pub(super) fn money(&mut self, of: Account, coop: &Cooperative) {
        let asset = |amount| names::asset(amount, coop.symbol);
        for (who, wallet) in &coop.wallets {
            let row = Row::default()
                .put(called(*who))
                .put(asset(wallet.minimum))
                .put(asset(wallet.available))
                .put(asset(wallet.blocked))
                .put(asset(coop.in_kind_of(*who)))
                .put(coop.open_of(*who) as u32)
                .put(coop.properties_of(*who) as u32)
                .put(time(wallet.last_document));
            self.row(CONTRACT, of, name!("wallets"), called(*who).raw(), row);
        }
        for (id, payment) in &coop.payments {
            let (owner, confirm, decline) = callbacks(payment.kind, payment.state);
            let row = Row::default()
                .put(*id)
                .put(called(payment.who))
                .put(self.hash(payment.hash))
                .put(state(payment.state))
                .put(asset(payment.quantity))
                .put(called(owner))
                .put(confirm)
                .put(decline)
                .put(time(payment.created_at))
                .put(time(payment.expires_at))
                .put(names::kind(payment.kind))
                .put(optional(payment.authorized_by))
                .put(payment.is_alone)
                .put(payment.is_overdue);
            self.row(CONTRACT, of, name!("payments"), *id, row);
        }
        for (id, property) in &coop.properties {
            let state = match property.state {
                PropertyState::Offered => name!("offered"),
                PropertyState::Accepted => name!("accepted"),
                PropertyState::Shared => name!("shared"),
                PropertyState::Asked => name!("asked"),
                PropertyState::Handover => name!("handover"),
                PropertyState::Releasing => name!("releasing"),
            };
            let row = Row::default()
                .put(*id)
                .put(called(property.who))
                .put(self.hash(property.hash))
                .put(state)
                .put(self.hash(property.description))
                .put(asset(property.valuation))
                .put(time(property.created_at))
                .put(time(property.expires_at))
                .put(optional(property.authorized_by))
                .put(property.is_overdue);
            self.row(CONTRACT, of, name!("properties"), *id, row);
        }
        for (id, (reference, used_at)) in &coop.references {
            let hash = self.hash(*reference);
            let digest = hash
                .0
                .first_chunk()
                .map_or(0, |bytes| u64::from_be_bytes(*bytes));
            let row = Row::default().put(*id).put(digest).put(time(*used_at));
            self.row(CONTRACT, of, name!("references"), *id, row);
        }
    }
}

fn state(state: PaymentState) -> Name {
    match state {
        PaymentState::Pending => name!("pending"),
        PaymentState::Received => name!("received"),
        PaymentState::Returning => name!("returning"),
        PaymentState::Failed => name!("failed"),
        PaymentState::Blocked => name!("blocked"),
        PaymentState::Paying => name!("paying"),
    }
}

/// Whom a payment tells, and how.
fn callbacks(kind: QuestionKind, state: PaymentState) -> (Account, Name, Name) {
    let goes_back = matches!(state, PaymentState::Returning | PaymentState::Failed);
    match kind {
        QuestionKind::Join if goes_back => {
            let (confirm, decline) = (name!("refundpay"), name!("declinerfnd"));
            (Account::Registrator, confirm, decline)
        }
        QuestionKind::Join => {
            let (confirm, decline) = (name!("confirmpay"), name!("declinepay"));
            (Account::Registrator, confirm, decline)
        }
        QuestionKind::Leave => {
            let (confirm, decline) = (name!("completexit"), name!("declinexit"));
            (Account::Registrator, confirm, decline)
        }
        _ => (Account::Gateway, Name::EMPTY, Name::EMPTY),
    }
}
