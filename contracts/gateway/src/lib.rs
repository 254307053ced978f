//! Money of cooperatives: incoming and outgoing payments, wallets, funds.
//!
//! Nobody else changes a balance. [`funds`] holds the arithmetic, `incoming` and `outgoing` are the
//! two halves of a payment's life; this file is only the list of actions.
#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

mod callback;
mod distribute;
pub mod funds;
mod incoming;
mod outgoing;
pub mod payment;

use antelope_contract::prelude::*;

/// The actions of gateway.
#[contract(tables(
    shared Config,
    Funds,
    Payment,
    Wallet
))]
pub mod gateway {
    use antelope_contract::prelude::*;
    use coop_model::Config;

    use crate::funds::{Funds, Wallet};
    use crate::payment::{Callbacks, Payment, Terms};
    use crate::{distribute, funds, incoming, outgoing};

    /// Sets the accounts of the contracts and the chain id, once.
    #[action]
    pub fn init(config: Config) {
        config.store_once(config.gateway);
    }

    /// Opens the funds of a cooperative, all zero; does nothing if they are open.
    #[action]
    pub fn openfunds(coopname: Name, symbol: Symbol) {
        funds::open(coopname, symbol);
    }

    /// Expects an incoming payment and remembers whom to tell.
    #[action]
    pub fn createinpay(
        coopname: Name,
        username: Name,
        hash: Checksum256,
        quantity: Asset,
        callback_contract: Name,
        confirm_callback: Name,
        decline_callback: Name,
    ) {
        let terms = Terms {
            coopname,
            username,
            hash,
            quantity,
        };
        let callbacks = Callbacks {
            contract: callback_contract,
            confirm: confirm_callback,
            decline: decline_callback,
        };
        incoming::create(&terms, &callbacks);
    }

    /// The exact sum came; `reference` is the hash of the bank's record.
    #[action]
    pub fn incomplete(
        coopname: Name,
        actor: Name,
        hash: Checksum256,
        quantity: Asset,
        reference: Checksum256,
    ) {
        incoming::complete(coopname, actor, hash, quantity, reference);
    }

    /// The payment will not come.
    #[action]
    pub fn indecline(coopname: Name, actor: Name, hash: Checksum256, reason: &str) {
        incoming::decline(coopname, actor, hash, reason);
    }

    /// The payment did not come in 30 days; anyone may say so.
    #[action]
    pub fn inexpire(coopname: Name, hash: Checksum256) {
        incoming::expire(coopname, hash);
    }

    /// Moves a received payment to the entrance fund and the participant's minimum share.
    #[action]
    pub fn distribute(
        coopname: Name,
        username: Name,
        hash: Checksum256,
        entrance: Asset,
        minimum: Asset,
    ) {
        distribute::admission(coopname, username, hash, entrance, minimum);
    }

    /// A received payment is to be sent back whole.
    #[action]
    pub fn createoutpay(
        coopname: Name,
        username: Name,
        hash: Checksum256,
        quantity: Asset,
        callback_contract: Name,
        confirm_callback: Name,
        decline_callback: Name,
    ) {
        let terms = Terms {
            coopname,
            username,
            hash,
            quantity,
        };
        let callbacks = Callbacks {
            contract: callback_contract,
            confirm: confirm_callback,
            decline: decline_callback,
        };
        outgoing::create(&terms, &callbacks);
    }

    /// The exact sum was sent; `reference` is the hash of the bank's record.
    #[action]
    pub fn outcomplete(
        coopname: Name,
        actor: Name,
        hash: Checksum256,
        quantity: Asset,
        reference: Checksum256,
    ) {
        outgoing::complete(coopname, actor, hash, quantity, reference);
    }

    /// The transfer failed; the money is in processing again.
    #[action]
    pub fn outdecline(coopname: Name, actor: Name, hash: Checksum256, reason: &str) {
        outgoing::decline(coopname, actor, hash, reason);
    }
}
