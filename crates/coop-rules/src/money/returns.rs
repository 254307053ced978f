//! Returns of shares in money.

use crate::cooperative::{Payment, PaymentState};
use crate::paper::{Demand, Subject, Sum};
use crate::reason::require;
use crate::world::Call;
use crate::{Account, Cooperative, Hash, Paper, QuestionKind, Reason, World};

impl World {
    pub(crate) fn money_asked_back(
        &mut self,
        call: &mut Call<'_>,
        name: Account,
        who: Account,
        quantity: Sum,
        statement: &Paper,
    ) -> Result<(), Reason> {
        call.needs_coop_or(name, who)?;
        let terms = self.terms;
        let coop = self.active(name)?;
        coop.accepts(QuestionKind::ReturnMoney, Account::Gateway)?;
        coop.open_funds()?;
        let amount = coop.is_amount(quantity)?;
        let demand = Demand {
            now: call.now,
            terms: &terms,
            registry: QuestionKind::ReturnMoney.statement(),
            coop: name,
            about: who,
            is_of_meeting: false,
        };
        let hash = coop.begin(&demand, who, statement, &Subject::Money(quantity))?;
        // Property is returned as property.
        let in_kind = coop.in_kind_of(who);
        let wallet = coop.wallet(who)?;
        let money = wallet.available - in_kind;
        require(money >= amount, Reason::NotEnough)?;
        wallet.block(amount)?;
        coop.add_payment(Payment {
            who,
            hash,
            kind: QuestionKind::ReturnMoney,
            state: PaymentState::Blocked,
            quantity: amount,
            created_at: call.now,
            expires_at: call.now.after(terms.invoice),
            authorized_by: None,
            is_alone: false,
            is_overdue: false,
        })?;
        self.publish(call, name, who, QuestionKind::ReturnMoney, hash)
    }

    /// The sum is to be paid.
    pub(crate) fn money_return_granted(
        &mut self,
        call: &Call<'_>,
        name: Account,
        hash: Hash,
        by: Account,
    ) -> Result<(), Reason> {
        let expires_at = call.now.after(self.terms.payment);
        let there = self.coop(name)?.pay_wallet(hash, by, expires_at)?;
        require(there, Reason::NoPayment)
    }
}

impl Cooperative {
    /// The sum is free again.
    pub(crate) fn money_return_refused(&mut self, hash: Hash) -> Result<(), Reason> {
        let (id, payment) = self.payment(hash)?;
        let payment = payment.clone();
        let blocked = payment.state == PaymentState::Blocked;
        require(blocked, Reason::PaymentAnotherStep)?;
        self.payments.remove(&id);
        self.wallet(payment.who)?.unblock(payment.quantity)
    }
}
