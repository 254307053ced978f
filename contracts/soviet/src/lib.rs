//! Councils, staff and decisions: agenda, votes, authorization and execution.
//!
//! The rules of a decision are pure and stand in [`decision`]; every other module is one step of a
//! question's life or one thing that the chairman or the general meeting decides. This file is only
//! the list of actions.
#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

mod agenda;
mod authorize;
mod boards;
mod callback;
pub mod council;
pub mod decision;
mod decline;
mod events;
mod execute;
mod kinds;
mod publish;
mod staff;
mod vote;

use antelope_contract::prelude::*;

pub use agenda::{Agenda, Question};
pub use kinds::Kind;

/// The actions of soviet.
#[contract(tables(
    shared Config,
    shared Staff,
    Board,
    Council,
    Decision,
    Kind
))]
pub mod soviet {
    use alloc::vec::Vec;

    use antelope_contract::prelude::*;
    use coop_model::staff::Staff;
    use coop_model::{Config, Document, Right, Seat};

    use crate::agenda::Agenda;
    use crate::council::{Board, Council};
    use crate::decision::{Decision, Voice};
    use crate::kinds::Kind;
    use crate::{agenda, authorize, boards, decline, execute, kinds, publish, staff, vote};

    /// Sets the accounts of the contracts and the chain id, once.
    #[action]
    pub fn init(config: Config) {
        config.store_once(config.soviet);
    }

    /// Registers a kind of decisions: who may publish it, its callbacks, its protocol.
    #[action]
    pub fn regtype(kind: Name, contract: Name, confirm: Name, decline: Name, protocol_id: u64) {
        kinds::register(Kind {
            kind,
            contract,
            confirm,
            decline,
            protocol_id,
        });
    }

    /// Seats the first council, elected by a general meeting.
    #[action]
    pub fn createboard(coopname: Name, members: Vec<Seat>, meeting: Document) {
        boards::create(coopname, members, &meeting);
    }

    /// Seats another council, elected by a general meeting.
    #[action]
    pub fn updateboard(coopname: Name, members: Vec<Seat>, meeting: Document) {
        boards::update(coopname, members, &meeting);
    }

    /// Makes an account staff of the cooperative, with rights.
    #[action]
    pub fn addstaff(coopname: Name, chairman: Name, username: Name, rights: Vec<Right>) {
        staff::add(coopname, chairman, username, rights);
    }

    /// Gives a staff member other rights.
    #[action]
    pub fn setrights(coopname: Name, chairman: Name, username: Name, rights: Vec<Right>) {
        staff::set_rights(coopname, chairman, username, rights);
    }

    /// Dismisses a staff member.
    #[action]
    pub fn rmstaff(coopname: Name, chairman: Name, username: Name) {
        staff::remove(coopname, chairman, username);
    }

    /// Puts a standardized question on the agenda; sent by the contract of its kind.
    #[action]
    pub fn createagenda(coopname: Name, username: Name, kind: Name, hash: Checksum256) {
        publish::standardized(coopname, username, kind, hash);
    }

    /// Puts a free question on the agenda, with its signed proposal.
    #[action]
    pub fn freedecision(coopname: Name, username: Name, proposal: Document) {
        publish::free(coopname, username, &proposal);
    }

    /// Votes for a question.
    #[action]
    pub fn votefor(coopname: Name, username: Name, decision_id: u64) {
        vote::cast(coopname, username, decision_id, Voice::For);
    }

    /// Votes against a question.
    #[action]
    pub fn voteagainst(coopname: Name, username: Name, decision_id: u64) {
        vote::cast(coopname, username, decision_id, Voice::Against);
    }

    /// Removes a question that the council declined; anyone may.
    #[action]
    pub fn declinedec(coopname: Name, decision_id: u64) {
        decline::declined(coopname, decision_id);
    }

    /// Removes a question that was not approved in 48 hours, or a decision that was not authorized
    /// in 30 days; anyone may.
    #[action]
    pub fn expire(coopname: Name, decision_id: u64) {
        decline::expired(coopname, decision_id);
    }

    /// Records the protocol that the chairman signed.
    #[action]
    pub fn authorize(coopname: Name, chairman: Name, decision_id: u64, protocol: Document) {
        authorize::authorize(coopname, chairman, decision_id, &protocol);
    }

    /// Brings an authorized decision into effect; anyone may.
    #[action]
    pub fn exec(executer: Name, coopname: Name, decision_id: u64) {
        execute::execute(executer, coopname, decision_id);
    }

    /// Registry event: a question is on the agenda.
    #[action]
    pub fn newsubmitted(
        coopname: Name,
        username: Name,
        kind: Name,
        hash: Checksum256,
        decision_id: u64,
    ) {
        let _ = (coopname, username, kind, hash, decision_id);
        require_auth(receiver());
    }

    /// Registry event: a decision is authorized by the protocol with this hash.
    #[action]
    pub fn newresolved(
        coopname: Name,
        username: Name,
        kind: Name,
        hash: Checksum256,
        decision_id: u64,
        authorization: Checksum256,
    ) {
        let _ = (coopname, username, kind, hash, decision_id, authorization);
        require_auth(receiver());
    }

    /// Registry event: a decision is executed.
    #[action]
    pub fn newdecision(
        coopname: Name,
        username: Name,
        kind: Name,
        hash: Checksum256,
        decision_id: u64,
        authorization: Checksum256,
    ) {
        let _ = (coopname, username, kind, hash, decision_id, authorization);
        require_auth(receiver());
    }

    /// Registry event: a question is declined, or its term is over.
    #[action]
    pub fn newdeclined(
        coopname: Name,
        username: Name,
        kind: Name,
        hash: Checksum256,
        decision_id: u64,
        reason: &str,
    ) {
        let _ = (coopname, username, kind, hash, decision_id, reason);
        require_auth(receiver());
    }

    /// The questions on the agenda now, with votes by name; `limit` rows from `from_id` on.
    ///
    /// For read-only transactions, whose results a node does not limit to 256 bytes.
    #[action(read_only)]
    pub fn getagenda(coopname: Name, from_id: u64, limit: u32) -> Agenda {
        agenda::read(coopname, from_id, limit)
    }
}
