//! Money and property of cooperatives: payments, wallets, funds, contributions and returns.
//!
//! Nobody else changes a balance. The arithmetic is in [`coop_model::funds`]; `incoming` and
//! `outgoing` are the two halves of a payment's life, `contribution`, `returns` and `exit` the
//! processes of participants. This file is only the list of actions; their signatures are those of
//! the interface [`coop_model::clients::Gateway`].
#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

mod balances;
mod callback;
mod contribution;
mod distribute;
mod exit;
mod funds;
mod handover;
mod incoming;
mod invoice;
#[cfg(feature = "migration")]
mod migration;
mod outgoing;
mod overdue;
pub mod payment;
pub mod property;
mod reference;
mod returns;
mod wallet;

use antelope_contract::prelude::*;

/// The actions of gateway.
#[contract(
    strict,
    implements(coop_model::clients::Gateway),
    parameters(coop_model::parameters::TEXTS),
    errors(refusal::config::Refusals, refusal::bounds::Refusals, refusal::coop::Refusals, refusal::migration::Refusals, refusal::money::Refusals, refusal::people::Refusals, refusal::staff::Refusals, refusal::council::Refusals, refusal::kind::Refusals, refusal::document::Refusals, refusal::payment::Refusals, refusal::wallet::Refusals, refusal::property::Refusals),
    tables(
        shared Config,
        shared Funds,
        shared Wallet,
        Payment,
        Property,
        Reference,
        Untold
    )
)]
pub mod gateway {
    use antelope_contract::prelude::*;
    use coop_model::funds::{Balances, Funds, Wallet};
    use coop_model::{Config, Document, refusal};

    use crate::callback::Untold;
    use crate::contribution::{money, property as offers};
    use crate::distribute::Parts;
    use crate::payment::{Callbacks, Payment, Terms};
    use crate::property::Property;
    use crate::reference::Reference;
    use crate::{
        balances, callback, contribution, distribute, exit, funds, handover, incoming, outgoing,
        reference, returns,
    };

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

    /// Carries up to `limit` rows of the version before over; a cooperative acts again when all are.
    #[cfg(feature = "migration")]
    #[action]
    pub fn migrate(coopname: Name, limit: u32) {
        crate::migration::migrate(coopname, limit);
    }

    /// Expects an incoming payment and remembers whom to tell.
    // What an action takes is its interface, and this one names a process and three callbacks.
    #[allow(clippy::too_many_arguments)]
    #[action]
    pub fn createinpay(
        coopname: Name,
        username: Name,
        kind: Name,
        hash: Checksum256,
        quantity: Asset,
        alone: bool,
        callback_contract: Name,
        confirm_callback: Name,
        decline_callback: Name,
    ) {
        let terms = Terms {
            coopname,
            username,
            kind,
            hash,
            quantity,
        };
        let callbacks = Callbacks {
            contract: callback_contract,
            confirm: confirm_callback,
            decline: decline_callback,
        };
        incoming::create(&terms, callbacks, alone);
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
        incoming::complete(coopname, actor, hash, quantity, &reference);
    }

    /// The payment will not come; staff or the payer says so.
    #[action]
    pub fn indecline(coopname: Name, actor: Name, hash: Checksum256, reason: &str) {
        incoming::decline(coopname, actor, hash, reason);
    }

    /// The payment did not come in its term; anyone may say so.
    #[action]
    pub fn inexpire(coopname: Name, hash: Checksum256) {
        incoming::expire(coopname, hash);
    }

    /// Moves a received payment to the entrance fund and the participant's wallet.
    #[action]
    pub fn distribute(
        coopname: Name,
        username: Name,
        hash: Checksum256,
        entrance: Asset,
        minimum: Asset,
        available: Asset,
        callback_contract: Name,
    ) {
        let parts = Parts {
            entrance,
            minimum,
            available,
        };
        distribute::distribute(coopname, username, hash, &parts, callback_contract);
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
            kind: Name::EMPTY,
            hash,
            quantity,
        };
        let callbacks = Callbacks {
            contract: callback_contract,
            confirm: confirm_callback,
            decline: decline_callback,
        };
        outgoing::create(&terms, callbacks);
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
        outgoing::complete(coopname, actor, hash, quantity, &reference);
    }

    /// The transfer failed; what was to be sent is where it was before.
    #[action]
    pub fn outdecline(coopname: Name, actor: Name, hash: Checksum256, reason: &str) {
        outgoing::decline(coopname, actor, hash, reason);
    }

    /// The transfer did not happen in its term; anyone may say so.
    #[action]
    pub fn outoverdue(coopname: Name, hash: Checksum256) {
        outgoing::overdue(coopname, hash);
    }

    /// Tells a contract of others how its payment went; anyone may, as often as it takes.
    #[action]
    pub fn tell(coopname: Name, payment_id: u64) {
        callback::tell(coopname, payment_id);
    }

    /// Tries once more to send a contribution back; staff or the person asks.
    #[action]
    pub fn retrypay(coopname: Name, actor: Name, hash: Checksum256) {
        outgoing::retry(coopname, actor, hash);
    }

    /// Takes a participant's statement of a contribution in money and sends the invoice.
    #[action]
    pub fn sharemoney(coopname: Name, username: Name, quantity: Asset, statement: Document) {
        money::offer(coopname, username, quantity, &statement);
    }

    /// Takes a participant's statement of a contribution in property.
    #[action]
    pub fn shareprop(
        coopname: Name,
        username: Name,
        description: Checksum256,
        valuation: Asset,
        statement: Document,
    ) {
        offers::offer(coopname, username, description, valuation, &statement);
    }

    /// Takes the act of acceptance, signed by both sides, and asks the council.
    #[action]
    pub fn acceptprop(coopname: Name, actor: Name, property_id: u64, act: Document) {
        offers::accept(coopname, actor, property_id, &act);
    }

    /// Withdraws an offer of property, or the return of property before it is handed over.
    #[action]
    pub fn cancelprop(coopname: Name, actor: Name, property_id: u64) {
        handover::cancel(coopname, actor, property_id);
    }

    /// Takes the act of handover, signed by both sides.
    #[action]
    pub fn handprop(coopname: Name, actor: Name, property_id: u64, act: Document) {
        handover::hand_over(coopname, actor, property_id, &act);
    }

    /// The property was not handed over in its term; anyone may say so.
    #[action]
    pub fn propoverdue(coopname: Name, property_id: u64) {
        handover::overdue(coopname, property_id);
    }

    /// Takes a participant's statement that asks for money, blocks it and asks the council.
    #[action]
    pub fn returnmoney(coopname: Name, username: Name, quantity: Asset, statement: Document) {
        returns::money::ask(coopname, username, quantity, &statement);
    }

    /// Takes a participant's statement that asks for property, blocks it and asks the council.
    #[action]
    pub fn returnprop(coopname: Name, username: Name, property_id: u64, statement: Document) {
        returns::property::ask(coopname, username, property_id, &statement);
    }

    /// Callback of soviet: the council takes the contribution.
    #[action]
    pub fn confirmin(coopname: Name, hash: Checksum256, authorization: Checksum256) {
        let _ = authorization;
        contribution::taken(coopname, hash);
    }

    /// Callback of soviet: the council does not take the contribution, which goes back.
    #[action]
    pub fn declinein(coopname: Name, hash: Checksum256, reason: &str) {
        let _ = reason;
        contribution::refused(coopname, hash);
    }

    /// Callback of soviet: the council returns the share.
    #[action]
    pub fn confirmout(coopname: Name, hash: Checksum256, authorization: Checksum256) {
        let _ = authorization;
        returns::granted(coopname, hash);
    }

    /// Callback of soviet: the council does not return the share, which is free again.
    #[action]
    pub fn declineout(coopname: Name, hash: Checksum256, reason: &str) {
        let _ = reason;
        returns::refused(coopname, hash);
    }

    /// Blocks the whole wallet of a participant who asks to leave.
    #[action]
    pub fn blockshares(coopname: Name, username: Name, hash: Checksum256) {
        exit::block(coopname, username, hash);
    }

    /// Gives the wallet of a participant who stays free again.
    #[action]
    pub fn freeshares(coopname: Name, username: Name, hash: Checksum256) {
        let _ = username;
        exit::free(coopname, hash);
    }

    /// Pays the wallet of a participant who leaves.
    #[action]
    pub fn payshares(coopname: Name, username: Name, hash: Checksum256) {
        exit::pay(coopname, username, hash);
    }

    /// Moves wallet and property to a participant's new account.
    #[action]
    pub fn moveshares(coopname: Name, username: Name, newname: Name) {
        exit::move_to(coopname, username, newname);
    }

    /// Erases references of bank records that are no longer remembered; anyone may.
    #[action]
    pub fn freerefs(coopname: Name, limit: u32) {
        reference::free(coopname, limit);
    }

    /// The cooperative's funds, and the wallets of up to `limit` participants from `from` on.
    ///
    /// For read-only transactions, whose results a node does not limit to 256 bytes.
    #[action(read_only)]
    pub fn getbalances(coopname: Name, from: Name, limit: u32) -> Balances {
        balances::read(coopname, from, limit)
    }
}
