//! Wallets: what is a participant's, what is asked back, which processes are open.

use super::sums::{add, take};
use crate::cooperative::{Payment, PaymentState, PropertyState, Wallet};
use crate::paper::{Demand, Subject};
use crate::reason::require;
use crate::{Account, Cooperative, Hash, Paper, QuestionKind, Reason, Terms, Time};
use coop_model::parameters::MAX_OPEN_OF_PARTICIPANT;

impl Cooperative {
    /// Processes of a participant that are not finished: contributions, returns and the exit.
    pub fn open_of(&self, who: Account) -> usize {
        let payment = |row: &&Payment| row.who == who && row.kind != QuestionKind::Join;
        let payments = self.payments.values().filter(payment).count();
        let things = self.properties.values().filter(|row| row.who == who);
        payments
            + things
                .filter(|row| row.state != PropertyState::Shared)
                .count()
    }

    /// Things that a participant has contributed or offers.
    pub fn properties_of(&self, who: Account) -> usize {
        self.properties
            .values()
            .filter(|row| row.who == who)
            .count()
    }

    /// What of a participant's available share is property.
    pub fn in_kind_of(&self, who: Account) -> i64 {
        let things = self.properties.values().filter(|row| row.who == who);
        let shared = things.filter(|row| row.state == PropertyState::Shared);
        shared.map(|row| row.valuation).sum()
    }

    /// The sum of a participant's open returns.
    pub fn asked_back_by(&self, who: Account) -> i64 {
        let payments = self.payments.values().filter(|row| row.who == who);
        let payments = payments
            .filter(|row| matches!(row.state, PaymentState::Blocked | PaymentState::Paying));
        let things = self.properties.values().filter(|row| row.who == who);
        let things = things
            .filter(|row| matches!(row.state, PropertyState::Asked | PropertyState::Handover));
        payments.map(|row| row.quantity).sum::<i64>() + things.map(|row| row.valuation).sum::<i64>()
    }

    pub(super) fn wallet(&mut self, who: Account) -> Result<&mut Wallet, Reason> {
        self.wallets.get_mut(&who).ok_or(Reason::NoWallet)
    }

    /// A process of a participant begins with this statement; gives its hash.
    pub(super) fn begin(
        &mut self,
        demand: &Demand<'_>,
        who: Account,
        statement: &Paper,
        subject: &Subject,
    ) -> Result<Hash, Reason> {
        self.active_participant(who)?;
        statement.is_about(demand)?;
        statement.binds(subject)?;
        let last = self
            .wallets
            .get(&who)
            .map_or(Time(0), |row| row.last_document);
        statement.is_newer(last)?;
        let hash = statement.signed_by(demand, who)?;
        let open = self.open_of(who) < MAX_OPEN_OF_PARTICIPANT as usize;
        require(open, Reason::TooManyOpen)?;
        self.wallets.entry(who).or_default().last_document = statement.created_at;
        Ok(hash)
    }

    /// The whole wallet of a participant who asks to leave is blocked.
    pub(crate) fn block_wallet(
        &mut self,
        who: Account,
        hash: Hash,
        now: Time,
        terms: &Terms,
    ) -> Result<(), Reason> {
        let Some(wallet) = self.wallets.get(&who) else {
            return Ok(());
        };
        require(self.open_of(who) == 0, Reason::OpenProcesses)?;
        require(self.properties_of(who) == 0, Reason::PropertyFirst)?;
        let total = wallet.minimum + wallet.available + wallet.blocked;
        if total == 0 {
            return Ok(());
        }
        let wallet = self.wallet(who)?;
        wallet.minimum = 0;
        wallet.available = 0;
        wallet.blocked = total;
        self.add_payment(Payment {
            who,
            hash,
            kind: QuestionKind::Leave,
            state: PaymentState::Blocked,
            quantity: total,
            created_at: now,
            expires_at: now.after(terms.invoice),
            authorized_by: None,
            is_alone: false,
            is_overdue: false,
        })
    }

    /// The wallet of a participant who stays is free again.
    pub(crate) fn free_wallet(&mut self, who: Account, hash: Hash) -> Result<(), Reason> {
        let Ok((id, payment)) = self.payment(hash) else {
            return Ok(());
        };
        let (state, quantity) = (payment.state, payment.quantity);
        require(state == PaymentState::Blocked, Reason::PaymentAnotherStep)?;
        self.payments.remove(&id);
        self.unblock_wallet(who, quantity)
    }

    /// The wallet of a participant who leaves is to be paid out; gives whether there is anything.
    pub(crate) fn pay_wallet(
        &mut self,
        hash: Hash,
        by: Account,
        expires_at: Time,
    ) -> Result<bool, Reason> {
        let Ok((_, payment)) = self.payment(hash) else {
            return Ok(false);
        };
        let blocked = payment.state == PaymentState::Blocked;
        require(blocked, Reason::PaymentAnotherStep)?;
        payment.state = PaymentState::Paying;
        payment.authorized_by = Some(by);
        payment.expires_at = expires_at;
        Ok(true)
    }

    /// A blocked wallet has its parts again.
    pub(super) fn unblock_wallet(&mut self, who: Account, quantity: i64) -> Result<(), Reason> {
        let participant = self.participants.get(&who).ok_or(Reason::NotAParticipant)?;
        let minimum = participant.minimum;
        let wallet = self.wallet(who)?;
        take(&mut wallet.blocked, quantity)?;
        wallet.minimum = minimum;
        wallet.available = quantity;
        take(&mut wallet.available, minimum)
    }
}

impl Wallet {
    /// A sum is asked back.
    pub(super) fn block(&mut self, quantity: i64) -> Result<(), Reason> {
        take(&mut self.available, quantity)?;
        add(&mut self.blocked, quantity)
    }

    /// A sum that was asked back stays.
    pub(super) fn unblock(&mut self, quantity: i64) -> Result<(), Reason> {
        take(&mut self.blocked, quantity)?;
        add(&mut self.available, quantity)
    }
}
