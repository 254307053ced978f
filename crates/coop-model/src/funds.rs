//! Balances of a cooperative, as rows of gateway and as its reader gets them.

use crate::money;
use crate::refusal::Refusal;
use alloc::vec::Vec;
use antelope_contract::prelude::*;

/// The money and property of a cooperative. Table of gateway; scope gateway.
///
/// Always `entrance + share + processing = incoming − outgoing + accepted − handed_back`; `share`
/// is the sum of all wallets and `processing` the sum of payments received and not yet distributed
/// or sent back.
#[table("funds", shared)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Funds {
    /// The cooperative.
    #[primary]
    pub coopname: Name,
    /// The number of the last payment; numbers only grow.
    pub last_payment: u64,
    /// Entrance fees.
    pub entrance: Asset,
    /// Shares of participants.
    pub share: Asset,
    /// Money received, whose fate is open.
    pub processing: Asset,
    /// All money that ever came.
    pub incoming: Asset,
    /// All money that was ever sent.
    pub outgoing: Asset,
    /// Valuation of all property that ever became a share.
    pub accepted: Asset,
    /// Valuation of all of it that was handed back.
    pub handed_back: Asset,
    /// The number of the last property; numbers only grow.
    pub last_property: u64,
    /// The number of the last reference of a bank record.
    pub last_reference: u64,
    /// Invoices that are not paid.
    pub invoices: u32,
    /// Those of them that people asked for without the cooperative's signature.
    pub alone: u32,
    /// Those of them of other contracts than the protocol's.
    pub foreign: u32,
    /// Outgoing payments that are overdue; while there are any, no invoice is made.
    pub overdue: u32,
}

impl Funds {
    /// Funds without money.
    pub fn new(coopname: Name, symbol: Symbol) -> Self {
        let zero = Asset::zero(symbol);
        Self {
            coopname,
            last_payment: 0,
            entrance: zero,
            share: zero,
            processing: zero,
            incoming: zero,
            outgoing: zero,
            accepted: zero,
            handed_back: zero,
            last_property: 0,
            last_reference: 0,
            invoices: 0,
            alone: 0,
            foreign: 0,
            overdue: 0,
        }
    }

    /// The symbol and precision of the cooperative.
    pub fn symbol(&self) -> Symbol {
        self.share.symbol
    }

    /// The property fund: valuation of property that is a share now.
    pub fn property(&self) -> Result<Asset, Refusal> {
        money::rest(self.accepted, self.handed_back)
    }

    /// Money came.
    pub fn receive(&mut self, quantity: Asset) -> Result<(), Refusal> {
        self.incoming = money::sum(self.incoming, quantity)?;
        self.processing = money::sum(self.processing, quantity)?;
        Ok(())
    }

    /// Money in processing becomes an entrance fee and a share.
    pub fn distribute(&mut self, entrance: Asset, share: Asset) -> Result<(), Refusal> {
        self.processing = money::rest(self.processing, money::sum(entrance, share)?)?;
        self.entrance = money::sum(self.entrance, entrance)?;
        self.share = money::sum(self.share, share)?;
        Ok(())
    }

    /// Money in processing was sent back.
    pub fn give_back(&mut self, quantity: Asset) -> Result<(), Refusal> {
        self.processing = money::rest(self.processing, quantity)?;
        self.outgoing = money::sum(self.outgoing, quantity)?;
        Ok(())
    }

    /// A share was paid out.
    pub fn pay_out(&mut self, quantity: Asset) -> Result<(), Refusal> {
        self.share = money::rest(self.share, quantity)?;
        self.outgoing = money::sum(self.outgoing, quantity)?;
        Ok(())
    }

    /// Property became a share.
    pub fn accept(&mut self, valuation: Asset) -> Result<(), Refusal> {
        self.share = money::sum(self.share, valuation)?;
        self.accepted = money::sum(self.accepted, valuation)?;
        Ok(())
    }

    /// Property that was a share was handed back.
    pub fn hand_back(&mut self, valuation: Asset) -> Result<(), Refusal> {
        self.share = money::rest(self.share, valuation)?;
        self.handed_back = money::sum(self.handed_back, valuation)?;
        Ok(())
    }
}

/// A participant's share in a cooperative. Table of gateway; scope the cooperative.
///
/// `minimum + available + blocked` is the share; `blocked` is the sum of the participant's open
/// returns, and `in_kind` the part of `available` that is property: it is returned as property.
#[table("wallets", shared)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wallet {
    /// The participant.
    #[primary]
    pub username: Name,
    /// The minimum share, which is paid at admission and returned at exit.
    pub minimum: Asset,
    /// What can be asked back.
    pub available: Asset,
    /// What has been asked back.
    pub blocked: Asset,
    /// The part of `available` that is property.
    pub in_kind: Asset,
    /// Processes of the participant that are not finished.
    pub open: u32,
    /// Things that the participant has contributed or offers.
    pub properties: u32,
    /// When the last document was rendered that the participant signed here; a document serves once.
    pub last_document: TimePoint,
}

impl Wallet {
    /// A wallet without money.
    pub fn new(username: Name, symbol: Symbol) -> Self {
        let zero = Asset::zero(symbol);
        Self {
            username,
            minimum: zero,
            available: zero,
            blocked: zero,
            in_kind: zero,
            open: 0,
            properties: 0,
            last_document: TimePoint::default(),
        }
    }

    /// `minimum + available + blocked`.
    pub fn total(&self) -> Result<Asset, Refusal> {
        money::sum(money::sum(self.minimum, self.available)?, self.blocked)
    }

    /// Money is asked back.
    pub fn block_money(&mut self, quantity: Asset) -> Result<(), Refusal> {
        money::rest(money::rest(self.available, self.in_kind)?, quantity)?;
        self.available = money::rest(self.available, quantity)?;
        self.blocked = money::sum(self.blocked, quantity)?;
        Ok(())
    }

    /// Money that was asked back stays.
    pub fn unblock_money(&mut self, quantity: Asset) -> Result<(), Refusal> {
        self.blocked = money::rest(self.blocked, quantity)?;
        self.available = money::sum(self.available, quantity)?;
        Ok(())
    }

    /// Property is asked back.
    pub fn block_property(&mut self, valuation: Asset) -> Result<(), Refusal> {
        self.in_kind = money::rest(self.in_kind, valuation)?;
        self.available = money::rest(self.available, valuation)?;
        self.blocked = money::sum(self.blocked, valuation)?;
        Ok(())
    }

    /// Property that was asked back stays.
    pub fn unblock_property(&mut self, valuation: Asset) -> Result<(), Refusal> {
        self.unblock_money(valuation)?;
        self.in_kind = money::sum(self.in_kind, valuation)?;
        Ok(())
    }

    /// Property became a share.
    pub fn add_property(&mut self, valuation: Asset) -> Result<(), Refusal> {
        self.available = money::sum(self.available, valuation)?;
        self.in_kind = money::sum(self.in_kind, valuation)?;
        Ok(())
    }

    /// What was asked back is gone.
    pub fn release(&mut self, quantity: Asset) -> Result<(), Refusal> {
        self.blocked = money::rest(self.blocked, quantity)?;
        Ok(())
    }
}

/// What a reader of balances gets.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, AbiType)]
pub struct Balances {
    /// Entrance fees.
    pub entrance: Asset,
    /// Shares of participants, the sum of all wallets.
    pub share: Asset,
    /// Money received, whose fate is open.
    pub processing: Asset,
    /// Valuation of property that is a share now.
    pub property: Asset,
    /// All money that ever came.
    pub incoming: Asset,
    /// All money that was ever sent.
    pub outgoing: Asset,
    /// Wallets, by account.
    pub wallets: Vec<Share>,
    /// Where to read on; empty when there is no more.
    pub next: Name,
}

/// A wallet as a reader sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, AbiType)]
pub struct Share {
    /// The participant.
    pub username: Name,
    /// The minimum share.
    pub minimum: Asset,
    /// What can be asked back, property included.
    pub available: Asset,
    /// What has been asked back.
    pub blocked: Asset,
    /// The part of `available` that is property.
    pub in_kind: Asset,
}

#[cfg(test)]
mod tests;
