//! People and cooperatives: accounts, agreements, cooperatives, candidates, participants, exits.
//!
//! `admission` is the road from a statement to a participant, `refund` the road back, `exit` the
//! road out; this file is only the list of actions, whose signatures are those of the interface
//! [`coop_model::clients::Registrator`].
#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

mod account;
mod accounts;
mod admission;
mod agreements;
mod blocking;
pub mod candidate;
mod coops;
pub mod exit;
mod founders;
#[cfg(feature = "migration")]
mod migration;
mod moving;
mod office;
mod participants;
mod refund;
mod system;

use antelope_contract::prelude::*;

/// The actions of registrator.
#[contract(
    strict,
    implements(coop_model::clients::Registrator),
    parameters(coop_model::parameters::TEXTS),
    errors(refusal::config::Refusals, refusal::coop::Refusals, refusal::migration::Refusals, refusal::money::Refusals, refusal::account::Refusals, refusal::people::Refusals, refusal::founder::Refusals, refusal::agreement::Refusals, refusal::candidate::Refusals, refusal::exit::Refusals, refusal::moving::Refusals, refusal::blocking::Refusals, refusal::staff::Refusals, refusal::council::Refusals, refusal::document::Refusals),
    tables(
        shared AccountPolicy,
        shared Config,
        shared Coop,
        shared Participant,
        shared Settings,
        Account,
        Agreements,
        Blocking,
        Candidate,
        Exit,
        Move
    )
)]
pub mod registrator {
    use alloc::vec::Vec;

    use antelope_contract::prelude::*;
    use coop_model::coop::{Coop, Settings};
    use coop_model::people::Participant;
    use coop_model::{AccountPolicy, Charter, Config, CoopParams, Document, refusal};

    use crate::account::Account;
    use crate::agreements::Agreements;
    use crate::blocking::Blocking;
    use crate::candidate::Candidate;
    use crate::exit::Exit;
    use crate::moving::Move;
    use crate::{accounts, admission, agreements, blocking, coops, exit, founders, moving, refund};

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

    /// Stops new processes in all cooperatives, or lets them start again.
    #[action]
    pub fn setpause(paused: bool) {
        coops::set_pause(paused);
    }

    /// Sets how many accounts a cooperative may make and how many participants it may have.
    #[action]
    pub fn setquota(coopname: Name, accounts: u32, participants: u32) {
        coops::set_quota(coopname, accounts, participants);
    }

    /// Carries up to `limit` rows of the version before over; a cooperative acts again when all are.
    #[cfg(feature = "migration")]
    #[action]
    pub fn migrate(coopname: Name, limit: u32) {
        crate::migration::migrate(coopname, limit);
    }

    /// Registers a cooperative; the operator activates it.
    #[action]
    pub fn regcoop(
        coopname: Name,
        params: CoopParams,
        charter: Charter,
        document_hash: Checksum256,
    ) {
        coops::register(coopname, &params, charter, document_hash);
    }

    /// Changes the fees of a cooperative; candidates keep theirs.
    #[action]
    pub fn updatecoop(coopname: Name, params: CoopParams) {
        coops::update(coopname, &params);
    }

    /// Changes what the charter says about decisions, by the document of a general meeting.
    #[action]
    pub fn setcharter(coopname: Name, charter: Charter, meeting: Document) {
        coops::set_charter(coopname, charter, &meeting);
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

    /// Takes agreements that a person signed; admission needs them.
    #[action]
    pub fn signagree(coopname: Name, username: Name, documents: Vec<Document>) {
        agreements::sign(coopname, username, &documents);
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

    /// Takes a participant's signed statement of exit, blocks the wallet and asks the council.
    #[action]
    pub fn exitcoop(coopname: Name, username: Name, statement: Document) {
        exit::ask(coopname, username, &statement);
    }

    /// Callback of soviet: the council lets the participant go, so the shares are paid out.
    #[action]
    pub fn confirmexit(coopname: Name, hash: Checksum256, authorization: Checksum256) {
        let _ = authorization;
        exit::granted(coopname, hash);
    }

    /// Callback of soviet or gateway: the participant stays.
    #[action]
    pub fn declinexit(coopname: Name, hash: Checksum256, reason: &str) {
        let _ = reason;
        exit::stays(coopname, hash);
    }

    /// Callback of gateway: all shares were paid out.
    #[action]
    pub fn completexit(coopname: Name, hash: Checksum256) {
        exit::complete(coopname, hash);
    }

    /// Takes a statement of a person who lost the key, signed with the key of the new account.
    #[action]
    pub fn moveuser(coopname: Name, username: Name, newname: Name, statement: Document) {
        moving::ask(coopname, username, newname, &statement);
    }

    /// Callback of soviet: the council agrees; the old account has time for a veto.
    #[action]
    pub fn confirmmove(coopname: Name, hash: Checksum256, authorization: Checksum256) {
        let _ = authorization;
        moving::granted(coopname, hash);
    }

    /// Callback of soviet: the council does not agree.
    #[action]
    pub fn declinemove(coopname: Name, hash: Checksum256, reason: &str) {
        let _ = reason;
        moving::refused(coopname, hash);
    }

    /// The old account vetoes the move, or the new one withdraws from it.
    #[action]
    pub fn vetomove(coopname: Name, username: Name) {
        moving::veto(coopname, username);
    }

    /// Moves participation, wallet and property when the time for a veto is over; anyone may.
    #[action]
    pub fn completemove(coopname: Name, username: Name) {
        moving::complete(coopname, username);
    }

    /// Takes a council member's proposal to block a participant, or to end it; asks the council.
    #[action]
    pub fn blockuser(coopname: Name, proposer: Name, username: Name, proposal: Document) {
        blocking::propose(coopname, proposer, username, &proposal);
    }

    /// Callback of soviet: the council agrees.
    #[action]
    pub fn confirmblock(coopname: Name, hash: Checksum256, authorization: Checksum256) {
        let _ = authorization;
        blocking::granted(coopname, hash);
    }

    /// Callback of soviet: the council does not agree.
    #[action]
    pub fn declineblock(coopname: Name, hash: Checksum256, reason: &str) {
        let _ = reason;
        blocking::refused(coopname, hash);
    }
}
