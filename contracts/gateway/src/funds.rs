//! Funds of a cooperative and wallets of its participants, with the arithmetic between them.

use antelope_contract::prelude::*;
use coop_model::{Config, money, must};

/// The money of a cooperative. Scope: gateway.
///
/// Always `entrance + share + processing = incoming − outgoing`; `share` is the sum of all wallets
/// and `processing` the sum of payments received and not yet distributed or sent back.
#[table("funds")]
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
    /// Everything that ever came.
    pub incoming: Asset,
    /// Everything that was ever sent.
    pub outgoing: Asset,
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
        }
    }

    /// The symbol and precision of the cooperative.
    pub fn symbol(&self) -> Symbol {
        self.share.symbol
    }

    /// Money came.
    pub fn receive(&mut self, quantity: Asset) -> Result<(), &'static str> {
        self.incoming = money::sum(self.incoming, quantity)?;
        self.processing = money::sum(self.processing, quantity)?;
        Ok(())
    }

    /// Money in processing becomes an entrance fee and a minimum share.
    pub fn distribute(&mut self, entrance: Asset, minimum: Asset) -> Result<(), &'static str> {
        self.processing = money::rest(self.processing, money::sum(entrance, minimum)?)?;
        self.entrance = money::sum(self.entrance, entrance)?;
        self.share = money::sum(self.share, minimum)?;
        Ok(())
    }

    /// Money in processing was sent back.
    pub fn give_back(&mut self, quantity: Asset) -> Result<(), &'static str> {
        self.processing = money::rest(self.processing, quantity)?;
        self.outgoing = money::sum(self.outgoing, quantity)?;
        Ok(())
    }
}

/// A participant's money in a cooperative. Scope: the cooperative.
#[table("wallets")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wallet {
    /// The participant.
    #[primary]
    pub username: Name,
    /// The minimum share.
    pub minimum: Asset,
}

/// Opens the funds of a cooperative; when they are open, only checks the symbol.
pub(crate) fn open(coopname: Name, symbol: Symbol) {
    require_auth(Config::load().registrator);
    money::require_symbol(symbol);
    let funds = Funds::table(receiver());
    match funds.get(coopname) {
        Some(row) => check!(
            row.symbol() == symbol,
            "the funds of the cooperative have another symbol"
        ),
        None => funds.insert(receiver(), &Funds::new(coopname, symbol)),
    }
}

/// The funds of a cooperative.
pub(crate) fn of(coopname: Name) -> Row<Funds> {
    Funds::table(receiver())
        .get(coopname)
        .or_fail("the cooperative has no funds")
}

/// Adds to the minimum share of a participant.
pub(crate) fn add_minimum(coopname: Name, username: Name, minimum: Asset) {
    let wallets = Wallet::table(coopname);
    match wallets.get(username) {
        Some(row) => {
            row.update(Payer::Same, |wallet| {
                wallet.minimum = must(money::sum(wallet.minimum, minimum));
            });
        }
        None => wallets.insert(receiver(), &Wallet { username, minimum }),
    }
}

#[cfg(test)]
mod tests;
