//! Incoming payments: an invoice is paid exactly once, declined, or runs out.

use crate::cooperative::{Payment, PaymentState};
use crate::kind::Right;
use crate::paper::Sum;
use crate::reason::require;
use crate::world::Call;
use crate::{Account, Cooperative, Hash, QuestionKind, Reason, World};
use coop_model::parameters::{MAX_INVOICES, MAX_INVOICES_ALONE};

/// What an invoice is about.
pub(crate) struct Invoice {
    pub who: Account,
    pub kind: QuestionKind,
    pub hash: Hash,
    pub quantity: i64,
    pub is_alone: bool,
}

impl World {
    /// Money is expected.
    pub(crate) fn make_invoice(
        &mut self,
        call: &Call<'_>,
        name: Account,
        invoice: Invoice,
    ) -> Result<(), Reason> {
        let terms = self.terms;
        let coop = self.active(name)?;
        coop.accepts(invoice.kind, invoice.kind.owner())?;
        coop.is_amount(Sum {
            amount: invoice.quantity,
            symbol: coop.symbol,
        })?;
        let overdue = coop.payments.values().any(|row| row.is_overdue);
        require(!overdue, Reason::OverdueFirst)?;
        let pending = coop
            .payments
            .values()
            .filter(|row| row.state == PaymentState::Pending);
        let all = pending.clone().count();
        let alone = pending.filter(|row| row.is_alone).count();
        require(all < MAX_INVOICES as usize, Reason::TooManyInvoices)?;
        let few = !invoice.is_alone || alone < MAX_INVOICES_ALONE as usize;
        require(few, Reason::TooManyAlone)?;
        coop.add_payment(Payment {
            who: invoice.who,
            hash: invoice.hash,
            kind: invoice.kind,
            state: PaymentState::Pending,
            quantity: invoice.quantity,
            created_at: call.now,
            expires_at: call.now.after(terms.invoice),
            authorized_by: None,
            is_alone: invoice.is_alone,
            is_overdue: false,
        })
    }

    pub(crate) fn money_came(
        &mut self,
        call: &mut Call<'_>,
        name: Account,
        actor: Account,
        hash: Hash,
        quantity: Sum,
        reference: Hash,
    ) -> Result<(), Reason> {
        self.needs_right(call, name, actor, Right::InComplete)?;
        let (now, term) = (call.now, self.terms.reference);
        let coop = self.coops.get_mut(&name).ok_or(Reason::NoPayment)?;
        let (id, payment) = coop.payment(hash)?;
        let payment = payment.clone();
        require(payment.state == PaymentState::Pending, Reason::NotPending)?;
        require(now < payment.expires_at, Reason::InvoiceExpired)?;
        coop.is_exactly(quantity, payment.quantity)?;
        coop.use_reference(reference, now, term)?;
        coop.open_funds()?.receive(payment.quantity)?;
        if let Some(row) = coop.payments.get_mut(&id) {
            row.state = PaymentState::Received;
        }
        match payment.kind {
            QuestionKind::Join => self.admission_paid(call, name, hash),
            _ => self.money_received(call, name, &payment),
        }
    }

    pub(crate) fn money_will_not_come(
        &mut self,
        call: &Call<'_>,
        name: Account,
        actor: Account,
        hash: Hash,
        has_reason: bool,
    ) -> Result<(), Reason> {
        let coop = self.coops.get_mut(&name);
        let payer = coop.and_then(|coop| coop.payment(hash).ok().map(|(_, row)| row.who));
        if payer == Some(actor) {
            call.needs(actor)?;
        } else {
            self.needs_right(call, name, actor, Right::InDecline)?;
        }
        require(has_reason, Reason::ReasonBound)?;
        require(payer.is_some(), Reason::NoPayment)?;
        self.close_invoice(name, hash)
    }

    pub(crate) fn invoice_expired(
        &mut self,
        call: &Call<'_>,
        name: Account,
        hash: Hash,
    ) -> Result<(), Reason> {
        let coop = self.coops.get_mut(&name).ok_or(Reason::NoPayment)?;
        let (_, payment) = coop.payment(hash)?;
        require(payment.state == PaymentState::Pending, Reason::NotPending)?;
        require(call.now >= payment.expires_at, Reason::InvoiceNotExpired)?;
        self.close_invoice(name, hash)
    }

    /// A pending payment is gone, and its process with it.
    fn close_invoice(&mut self, name: Account, hash: Hash) -> Result<(), Reason> {
        let coop = self.coop(name)?;
        let (id, payment) = coop.payment(hash)?;
        let kind = payment.kind;
        require(payment.state == PaymentState::Pending, Reason::NotPending)?;
        coop.payments.remove(&id);
        match kind {
            QuestionKind::Join => self.admission_not_paid(name, hash),
            _ => Ok(()),
        }
    }
}

impl Cooperative {
    /// The payment of a process.
    pub(crate) fn payment(&mut self, hash: Hash) -> Result<(u64, &mut Payment), Reason> {
        let mut rows = self.payments.iter_mut();
        let (id, row) = rows
            .find(|(_, row)| row.hash == hash)
            .ok_or(Reason::NoPayment)?;
        Ok((*id, row))
    }

    /// One payment per process at a time.
    pub(super) fn add_payment(&mut self, payment: Payment) -> Result<(), Reason> {
        let is_new = self.payments.values().all(|row| row.hash != payment.hash);
        require(is_new, Reason::HashInUse)?;
        let funds = self.open_funds()?;
        funds.last_payment += 1;
        let id = funds.last_payment;
        self.payments.insert(id, payment);
        Ok(())
    }
}
