//! What a candidate paid becomes an entrance fee and a minimum share.

use super::sums::add;
use crate::cooperative::PaymentState;
use crate::reason::require;
use crate::{Account, Cooperative, Hash, Reason};

impl Cooperative {
    pub(crate) fn distribute_entry(
        &mut self,
        who: Account,
        hash: Hash,
        entrance: i64,
        minimum: i64,
    ) -> Result<(), Reason> {
        let (id, payment) = self.payment(hash)?;
        let received = payment.state == PaymentState::Received;
        require(received, Reason::PaymentAnotherStep)?;
        self.payments.remove(&id);
        self.open_funds()?.distribute(entrance, minimum)?;
        add(&mut self.wallets.entry(who).or_default().minimum, minimum)
    }
}
