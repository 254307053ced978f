//! Amounts: positive, of one symbol, within what an asset can hold.

use crate::Reason;
use crate::cooperative::{Cooperative, Funds};
use crate::paper::Sum;
use crate::reason::require;
use coop_model::parameters::MAX_AMOUNT;

/// What an asset can hold.
const MAX_SUM: i64 = (1 << 62) - 1;

/// The amount is positive and within the bound.
pub(crate) fn is_amount(amount: i64) -> Result<(), Reason> {
    require(amount > 0, Reason::NotPositive)?;
    require(amount <= MAX_AMOUNT, Reason::AmountBound)
}

/// Adds, as far as an asset can hold it.
pub(super) fn add(to: &mut i64, amount: i64) -> Result<(), Reason> {
    let sum = to.checked_add(amount).filter(|sum| *sum <= MAX_SUM);
    *to = sum.ok_or(Reason::TooMuch)?;
    Ok(())
}

/// Takes away, never below zero.
pub(super) fn take(from: &mut i64, amount: i64) -> Result<(), Reason> {
    require(*from >= amount, Reason::NotEnough)?;
    *from -= amount;
    Ok(())
}

impl Cooperative {
    /// The cooperative's funds.
    pub(super) fn open_funds(&mut self) -> Result<&mut Funds, Reason> {
        self.funds.as_mut().ok_or(Reason::NoFunds)
    }

    /// The sum is a positive amount of the cooperative's symbol.
    pub(super) fn is_amount(&self, sum: Sum) -> Result<i64, Reason> {
        require(sum.symbol == self.symbol, Reason::AnotherSymbol)?;
        is_amount(sum.amount)?;
        Ok(sum.amount)
    }

    /// The sum is exactly this.
    pub(super) fn is_exactly(&self, sum: Sum, amount: i64) -> Result<(), Reason> {
        let same = sum.symbol == self.symbol && sum.amount == amount;
        require(same, Reason::NotExactly)
    }
}

impl Funds {
    /// Money came.
    pub(super) fn receive(&mut self, quantity: i64) -> Result<(), Reason> {
        add(&mut self.incoming, quantity)?;
        add(&mut self.processing, quantity)
    }

    /// Money in processing becomes an entrance fee and a share.
    pub(super) fn distribute(&mut self, entrance: i64, share: i64) -> Result<(), Reason> {
        take(&mut self.processing, entrance + share)?;
        add(&mut self.entrance, entrance)?;
        add(&mut self.share, share)
    }

    /// Money in processing was sent back.
    pub(super) fn give_back(&mut self, quantity: i64) -> Result<(), Reason> {
        take(&mut self.processing, quantity)?;
        add(&mut self.outgoing, quantity)
    }

    /// A share was paid out.
    pub(super) fn pay_out(&mut self, quantity: i64) -> Result<(), Reason> {
        take(&mut self.share, quantity)?;
        add(&mut self.outgoing, quantity)
    }

    /// Property became a share.
    pub(super) fn accept(&mut self, valuation: i64) -> Result<(), Reason> {
        add(&mut self.share, valuation)?;
        add(&mut self.accepted, valuation)
    }

    /// Property that was a share was handed back.
    pub(super) fn hand_back(&mut self, valuation: i64) -> Result<(), Reason> {
        take(&mut self.share, valuation)?;
        add(&mut self.handed_back, valuation)
    }
}
