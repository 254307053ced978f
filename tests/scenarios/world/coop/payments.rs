//! Payments of a cooperative, as its cashier tells of them.

use antelope_types::{Asset, Checksum256};

use super::{Coop, ENTRANCE_AND_MINIMUM};
use crate::scenarios::world::{Outcome, Person};

impl Coop<'_> {
    /// The cashier confirms the exact payment of a candidate.
    pub(crate) fn confirm_payment(&self, hash: Checksum256) -> Outcome {
        self.comes(hash, ENTRANCE_AND_MINIMUM)
    }

    /// The cashier confirms an incoming payment.
    pub(crate) fn comes(&self, hash: Checksum256, quantity: Asset) -> Outcome {
        self.complete(&self.cashier, hash, quantity, self.chain.unique_hash())
    }

    /// Somebody confirms an incoming payment.
    pub(crate) fn complete(
        &self,
        actor: &Person,
        hash: Checksum256,
        quantity: Asset,
        reference: Checksum256,
    ) -> Outcome {
        let action = self
            .gateway(actor)
            .incomplete(self.name(), actor.name, hash, quantity, reference)
            .to_action();
        self.chain.push(vec![action], &[actor])
    }

    /// Somebody says that an incoming payment will not come.
    pub(crate) fn decline_payment(&self, actor: &Person, hash: Checksum256) -> Outcome {
        let action = self
            .gateway(actor)
            .indecline(self.name(), actor.name, hash, "не оплачен")
            .to_action();
        self.chain.push(vec![action], &[actor])
    }

    /// Anyone closes an invoice whose term is over.
    pub(crate) fn expire_payment(&self, hash: Checksum256) -> Outcome {
        let stranger = &self.chain.stranger;
        let action = self
            .gateway(stranger)
            .inexpire(self.name(), hash)
            .to_action();
        self.chain.push(vec![action], &[stranger])
    }

    /// The cashier says that a candidate's money went back.
    pub(crate) fn refund(&self, hash: Checksum256) -> Outcome {
        self.goes(hash, ENTRANCE_AND_MINIMUM)
    }

    /// The cashier confirms an outgoing payment.
    pub(crate) fn goes(&self, hash: Checksum256, quantity: Asset) -> Outcome {
        self.send(&self.cashier, hash, quantity, self.chain.unique_hash())
    }

    /// Somebody confirms an outgoing payment.
    pub(crate) fn send(
        &self,
        actor: &Person,
        hash: Checksum256,
        quantity: Asset,
        reference: Checksum256,
    ) -> Outcome {
        let action = self
            .gateway(actor)
            .outcomplete(self.name(), actor.name, hash, quantity, reference)
            .to_action();
        self.chain.push(vec![action], &[actor])
    }

    /// The cashier says that a transfer failed.
    pub(crate) fn fail_refund(&self, hash: Checksum256) -> Outcome {
        let cashier = &self.cashier;
        let action = self
            .gateway(cashier)
            .outdecline(self.name(), cashier.name, hash, "счёт закрыт")
            .to_action();
        self.chain.push(vec![action], &[cashier])
    }

    /// Anyone says that an outgoing payment is overdue.
    pub(crate) fn overdue(&self, hash: Checksum256) -> Outcome {
        let stranger = &self.chain.stranger;
        let action = self
            .gateway(stranger)
            .outoverdue(self.name(), hash)
            .to_action();
        self.chain.push(vec![action], &[stranger])
    }

    /// Somebody tries once more to send a contribution back.
    pub(crate) fn retry_payment(&self, actor: &Person, hash: Checksum256) -> Outcome {
        let action = self
            .gateway(actor)
            .retrypay(self.name(), actor.name, hash)
            .to_action();
        self.chain.push(vec![action], &[actor])
    }
}
