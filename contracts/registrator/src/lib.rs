//! People and cooperatives: accounts, cooperatives, candidates, participants.
//!
//! `admission` is the road from a statement to a participant, `refund` the road back; this file is
//! only the list of actions.
#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

mod accounts;
mod admission;
pub mod candidate;
mod coops;
mod founders;
mod refund;
mod system;

use antelope_contract::prelude::*;

pub use accounts::Account;

/// The actions of registrator.
#[contract(tables(
    shared AccountPolicy,
    shared Config,
    shared Coop,
    shared Participant,
    Account,
    Candidate
))]
pub mod registrator {
    use alloc::vec::Vec;

    use antelope_contract::prelude::*;
    use coop_model::coop::Coop;
    use coop_model::people::Participant;
    use coop_model::{AccountPolicy, Config, CoopParams, Document};

    use crate::accounts::Account;
    use crate::candidate::Candidate;
    use crate::{accounts, admission, coops, founders, refund};

    /// Sets the accounts of the contracts, the chain id and what a new account gets, once.
    #[action]
    pub fn init(config: Config, policy: AccountPolicy) {
        config.store_once(config.registrator);
        accounts::set_policy(&policy);
    }

    /// Changes what a new account gets on a chain with a RAM market.
    #[action]
    pub fn setpolicy(policy: AccountPolicy) {
        accounts::set_policy(&policy);
    }

    /// Registers a cooperative; the operator activates it.
    #[action]
    pub fn regcoop(coopname: Name, params: CoopParams, document_hash: Checksum256) {
        coops::register(coopname, &params, document_hash);
    }

    /// Changes the fees of a cooperative; candidates keep theirs.
    #[action]
    pub fn updatecoop(coopname: Name, params: CoopParams) {
        coops::update(coopname, &params);
    }

    /// Activates or blocks a cooperative.
    #[action]
    pub fn stcoopstatus(coopname: Name, status: Name) {
        coops::set_status(coopname, status);
    }

    /// Makes the founders participants, by the founding meeting's document.
    #[action]
    pub fn regfounders(coopname: Name, founders: Vec<Name>, meeting: Document) {
        founders::register(coopname, &founders, &meeting);
    }

    /// Makes an account whose owner and active keys are the person's own.
    #[action]
    pub fn newaccount(coopname: Name, actor: Name, username: Name, public_key: PublicKey) {
        accounts::create(coopname, actor, username, public_key);
    }

    /// Takes a candidate's signed statement and sends the invoice.
    #[action]
    pub fn reguser(coopname: Name, username: Name, kind: Name, statement: Document) {
        admission::apply(coopname, username, kind, &statement);
    }

    /// Callback of gateway: the candidate paid, so the council is asked.
    #[action]
    pub fn confirmpay(coopname: Name, hash: Checksum256) {
        admission::paid(coopname, hash);
    }

    /// Callback of gateway: the candidate did not pay.
    #[action]
    pub fn declinepay(coopname: Name, hash: Checksum256, reason: &str) {
        let _ = reason;
        admission::not_paid(coopname, hash);
    }

    /// Callback of soviet: the council admitted the candidate.
    #[action]
    pub fn confirmreg(coopname: Name, hash: Checksum256, authorization: Checksum256) {
        admission::admitted(coopname, hash, authorization);
    }

    /// Callback of soviet: the council did not admit the candidate, so the money goes back.
    #[action]
    pub fn declinereg(coopname: Name, hash: Checksum256, reason: &str) {
        let _ = reason;
        refund::begin(coopname, hash);
    }

    /// Callback of gateway: the money went back.
    #[action]
    pub fn refundpay(coopname: Name, hash: Checksum256) {
        refund::done(coopname, hash);
    }

    /// Callback of gateway: the money could not be sent back.
    #[action]
    pub fn declinerfnd(coopname: Name, hash: Checksum256, reason: &str) {
        let _ = reason;
        refund::failed(coopname, hash);
    }

    /// Tries once more to send the money back.
    #[action]
    pub fn retryrefund(coopname: Name, actor: Name, hash: Checksum256) {
        refund::retry(coopname, actor, hash);
    }
}
