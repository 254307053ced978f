//! A share contribution in money: statement, invoice, payment, decision, wallet.

use super::Invoice;
use super::sums::add;
use crate::cooperative::{Payment, PaymentState};
use crate::paper::{Demand, Subject, Sum};
use crate::reason::require;
use crate::world::Call;
use crate::{Account, Cooperative, Hash, Paper, QuestionKind, Reason, World};

impl World {
    pub(crate) fn money_offered(
        &mut self,
        call: &Call<'_>,
        name: Account,
        who: Account,
        quantity: Sum,
        statement: &Paper,
    ) -> Result<(), Reason> {
        let is_alone = call.needs_coop_or(name, who)?;
        let terms = self.terms;
        let coop = self.active(name)?;
        coop.open_funds()?;
        let demand = Demand {
            now: call.now,
            terms: &terms,
            registry: QuestionKind::ShareMoney.statement(),
            coop: name,
            about: who,
            is_of_meeting: false,
        };
        let hash = coop.begin(&demand, who, statement, &Subject::Money(quantity))?;
        coop.accepts(QuestionKind::ShareMoney, Account::Gateway)?;
        let amount = coop.is_amount(quantity)?;
        self.make_invoice(
            call,
            name,
            Invoice {
                who,
                kind: QuestionKind::ShareMoney,
                hash,
                quantity: amount,
                is_alone,
            },
        )
    }

    /// The money came: the council is asked. A cooperative that may not ask sends it back.
    pub(super) fn money_received(
        &mut self,
        call: &mut Call<'_>,
        name: Account,
        payment: &Payment,
    ) -> Result<(), Reason> {
        if self.is_active(name) {
            return self.publish(call, name, payment.who, payment.kind, payment.hash);
        }
        let expires_at = call.now.after(self.terms.payment);
        self.coop(name)?.order_return(payment.hash, expires_at)
    }

    /// The council does not take it: it is to go back.
    pub(crate) fn money_refused(
        &mut self,
        call: &Call<'_>,
        name: Account,
        hash: Hash,
    ) -> Result<(), Reason> {
        let expires_at = call.now.after(self.terms.payment);
        self.coop(name)?.order_return(hash, expires_at)
    }
}

impl Cooperative {
    /// The council takes it: the wallet and the share fund grow.
    pub(crate) fn money_taken(&mut self, hash: Hash) -> Result<(), Reason> {
        let (id, payment) = self.payment(hash)?;
        let payment = payment.clone();
        let received = payment.state == PaymentState::Received;
        require(received, Reason::PaymentAnotherStep)?;
        self.payments.remove(&id);
        self.open_funds()?.distribute(0, payment.quantity)?;
        add(&mut self.wallet(payment.who)?.available, payment.quantity)
    }
}
