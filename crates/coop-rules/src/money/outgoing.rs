//! Outgoing payments: money in processing goes back, blocked shares go to their owners.

use super::sums::take;
use crate::cooperative::PaymentState;
use crate::kind::Right;
use crate::paper::Sum;
use crate::reason::require;
use crate::world::Call;
use crate::{Account, Cooperative, Event, Hash, QuestionKind, Reason, Time, World};

const OUTGOING: [PaymentState; 2] = [PaymentState::Returning, PaymentState::Paying];

impl World {
    pub(crate) fn money_sent(
        &mut self,
        call: &Call<'_>,
        name: Account,
        actor: Account,
        hash: Hash,
        quantity: Sum,
        reference: Hash,
    ) -> Result<(), Reason> {
        self.needs_right(call, name, actor, Right::OutComplete)?;
        let term = self.terms.reference;
        let coop = self.coops.get_mut(&name).ok_or(Reason::NoPayment)?;
        let (id, payment) = coop.payment(hash)?;
        let payment = payment.clone();
        require(OUTGOING.contains(&payment.state), Reason::NotOutgoing)?;
        coop.is_exactly(quantity, payment.quantity)?;
        let another = payment.authorized_by != Some(actor);
        require(another, Reason::PaymentAuthorizedByActor)?;
        coop.use_reference(reference, call.now, term)?;
        coop.payments.remove(&id);
        let quantity = payment.quantity;
        if payment.state == PaymentState::Returning {
            coop.open_funds()?.give_back(quantity)?;
            return match payment.kind {
                QuestionKind::Join => self.refund_done(name, hash),
                _ => Ok(()),
            };
        }
        coop.open_funds()?.pay_out(quantity)?;
        if payment.kind == QuestionKind::Leave {
            coop.wallets.remove(&payment.who);
            return self.exit_completed(name, hash);
        }
        take(&mut coop.wallet(payment.who)?.blocked, quantity)
    }

    pub(crate) fn money_not_sent(
        &mut self,
        call: &Call<'_>,
        name: Account,
        actor: Account,
        hash: Hash,
        has_reason: bool,
    ) -> Result<(), Reason> {
        self.needs_right(call, name, actor, Right::OutDecline)?;
        require(has_reason, Reason::ReasonBound)?;
        let coop = self.coops.get_mut(&name).ok_or(Reason::NoPayment)?;
        let (id, payment) = coop.payment(hash)?;
        require(OUTGOING.contains(&payment.state), Reason::NotOutgoing)?;
        if payment.state == PaymentState::Returning {
            payment.state = PaymentState::Failed;
            payment.is_overdue = false;
            let kind = payment.kind;
            return match kind {
                QuestionKind::Join => self.refund_failed(name, hash),
                _ => Ok(()),
            };
        }
        let payment = payment.clone();
        coop.payments.remove(&id);
        if payment.kind == QuestionKind::Leave {
            coop.unblock_wallet(payment.who, payment.quantity)?;
            return self.exit_given_up(name, hash);
        }
        coop.wallet(payment.who)?.unblock(payment.quantity)
    }

    pub(crate) fn payment_overdue(
        &mut self,
        call: &mut Call<'_>,
        name: Account,
        hash: Hash,
    ) -> Result<(), Reason> {
        let coop = self.coops.get_mut(&name).ok_or(Reason::NoPayment)?;
        let (_, payment) = coop.payment(hash)?;
        require(OUTGOING.contains(&payment.state), Reason::NotOutgoing)?;
        require(!payment.is_overdue, Reason::PaymentOverdueAlready)?;
        require(call.now >= payment.expires_at, Reason::PaymentNotOverdue)?;
        payment.is_overdue = true;
        call.events.push(Event::Overdue { hash });
        Ok(())
    }

    pub(crate) fn payment_retried(
        &mut self,
        call: &Call<'_>,
        name: Account,
        actor: Account,
        hash: Hash,
    ) -> Result<(), Reason> {
        let coop = self.coops.get_mut(&name).ok_or(Reason::NoPayment)?;
        let (_, payment) = coop.payment(hash)?;
        let payment = payment.clone();
        if payment.who == actor {
            call.needs(actor)?;
        } else {
            self.needs_right(call, name, actor, Right::RetryPay)?;
        }
        let is_own = payment.kind.owner() == Account::Gateway;
        require(is_own, Reason::PaymentOfAnotherContract)?;
        let failed = payment.state == PaymentState::Failed;
        require(failed, Reason::PaymentAnotherStep)?;
        let expires_at = call.now.after(self.terms.payment);
        self.coop(name)?.order_return(hash, expires_at)
    }
}

impl Cooperative {
    /// Money in processing is to be sent back.
    pub(crate) fn order_return(&mut self, hash: Hash, expires_at: Time) -> Result<(), Reason> {
        let (_, payment) = self.payment(hash)?;
        let is_here = matches!(payment.state, PaymentState::Received | PaymentState::Failed);
        require(is_here, Reason::PaymentAnotherStep)?;
        payment.state = PaymentState::Returning;
        payment.expires_at = expires_at;
        Ok(())
    }
}
