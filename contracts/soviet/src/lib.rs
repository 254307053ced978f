//! Boards, staff and decisions: agenda, votes, authorization and execution.
//!
//! The rules of a decision are pure and stand in [`decision`]; every other module is one step of a
//! question's life or one thing that the chairman or the general meeting decides. This file is only
//! the list of actions; their signatures are those of the interface [`coop_model::clients::Soviet`].
#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

mod agenda;
mod authorize;
pub mod boards;
mod callback;
pub mod council;
pub mod decision;
mod decline;
mod events;
mod execute;
mod kinds;
#[cfg(feature = "migration")]
mod migration;
mod proposer;
mod publish;
mod staff;
mod vote;

use antelope_contract::prelude::*;

/// The actions of soviet.
#[contract(
    strict,
    implements(coop_model::clients::Soviet),
    parameters(coop_model::parameters::TEXTS),
    errors(refusal::config::Refusals, refusal::bounds::Refusals, refusal::coop::Refusals, refusal::migration::Refusals, refusal::people::Refusals, refusal::staff::Refusals, refusal::council::Refusals, refusal::kind::Refusals, refusal::decision::Refusals, refusal::document::Refusals),
    tables(
        shared Accepted,
        shared Board,
        shared Config,
        shared Council,
        shared Election,
        shared Kind,
        shared SittingMember,
        shared Staff,
        Decision,
        Proposer,
        Retired,
        Undelivered,
        Voice
    )
)]
pub mod soviet {
    use alloc::vec::Vec;

    use antelope_contract::prelude::*;
    use coop_model::agenda::Agenda;
    use coop_model::council::{Board, Council, Election, SittingMember};
    use coop_model::kinds::{Accepted, Kind};
    use coop_model::staff::Staff;
    use coop_model::{Config, Document, Right, Seat, refusal};

    use crate::boards::voices::Voice;
    use crate::boards::{election, voices};
    use crate::council::Retired;
    use crate::decision::{self, Decision};
    use crate::decline::Undelivered;
    use crate::proposer::Proposer;
    use crate::{agenda, authorize, boards, decline, events, execute, kinds, publish, staff, vote};

    /// Sets the accounts of the contracts and the chain id, once.
    #[action]
    pub fn init(config: Config) {
        config.store_once(config.soviet);
    }

    /// Registers a kind of decisions, or mends one.
    #[action]
    pub fn regtype(kind: Name, contract: Name, confirm: Name, decline: Name, protocol_id: u64) {
        kinds::register(Kind {
            kind,
            contract,
            confirm,
            decline,
            protocol_id,
            unfinished: 0,
        });
    }

    /// Carries up to `limit` rows of the version before over; a cooperative acts again when all are.
    #[cfg(feature = "migration")]
    #[action]
    pub fn migrate(coopname: Name, limit: u32) {
        crate::migration::migrate(coopname, limit);
    }

    /// The cooperative and its chairman accept a kind of another contract.
    #[action]
    pub fn accepttype(coopname: Name, chairman: Name, kind: Name) {
        kinds::accept(coopname, chairman, kind);
    }

    /// The cooperative and its chairman accept a kind no longer.
    #[action]
    pub fn droptype(coopname: Name, chairman: Name, kind: Name) {
        kinds::drop(coopname, chairman, kind);
    }

    /// Seats the first council, by a document that all founders signed.
    #[action]
    pub fn createboard(coopname: Name, members: Vec<Seat>, meeting: Document) {
        boards::create(coopname, members, &meeting);
    }

    /// Submits a board that a general meeting elected, with the consent of everyone elected.
    #[action]
    pub fn updateboard(coopname: Name, kind: Name, members: Vec<Seat>, meeting: Document) {
        election::submit(coopname, kind, members, &meeting);
    }

    /// A participant supports the board that was submitted.
    #[action]
    pub fn support(coopname: Name, username: Name, version: u64) {
        voices::raise(coopname, username, version, true);
    }

    /// A participant objects to the board that was submitted.
    #[action]
    pub fn object(coopname: Name, username: Name, version: u64) {
        voices::raise(coopname, username, version, false);
    }

    /// Seats the board when the term is over and it has its support; anyone may.
    #[action]
    pub fn seatboard(coopname: Name, version: u64) {
        election::seat(coopname, version);
    }

    /// Erases an election: the cooperative may, and anyone when the board cannot sit.
    #[action]
    pub fn dropboard(coopname: Name, version: u64) {
        election::drop(coopname, version);
    }

    /// Frees voices when no election goes on; anyone may.
    #[action]
    pub fn freevoices(coopname: Name, limit: u32) {
        voices::free(coopname, limit);
    }

    /// Makes an account staff of the cooperative, with rights.
    #[action]
    pub fn addstaff(coopname: Name, chairman: Name, username: Name, rights: Vec<Right>) {
        staff::add(coopname, chairman, username, rights);
    }

    /// Gives a staff member other rights, or confirms them for the council that sits now.
    #[action]
    pub fn setrights(coopname: Name, chairman: Name, username: Name, rights: Vec<Right>) {
        staff::set_rights(coopname, chairman, username, rights);
    }

    /// Dismisses a staff member: the chairman does, the cooperative or the member.
    #[action]
    pub fn rmstaff(coopname: Name, actor: Name, username: Name) {
        staff::remove(coopname, actor, username);
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
    pub fn votefor(coopname: Name, username: Name, decision_id: u64, hash: Checksum256) {
        vote::cast(coopname, username, decision_id, &hash, decision::Voice::For);
    }

    /// Votes against a question.
    #[action]
    pub fn voteagainst(coopname: Name, username: Name, decision_id: u64, hash: Checksum256) {
        vote::cast(
            coopname,
            username,
            decision_id,
            &hash,
            decision::Voice::Against,
        );
    }

    /// Takes a question off that cannot be approved any more; anyone may.
    #[action]
    pub fn declinedec(coopname: Name, decision_id: u64) {
        decline::declined(coopname, decision_id);
    }

    /// Takes questions off that were not approved in time, and decisions that were not authorized
    /// in time; anyone may.
    #[action]
    pub fn expire(coopname: Name, decision_ids: Vec<u64>) {
        decline::expired(coopname, &decision_ids);
    }

    /// Tells the owner of a kind that a question came to nothing; anyone may, as often as it takes.
    #[action]
    pub fn deliver(coopname: Name, decision_id: u64) {
        decline::deliver(coopname, decision_id);
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
        events::require_own();
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
        events::require_own();
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
        events::require_own();
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
        events::require_own();
    }

    /// Registry event: both sides signed an act; `hash` is the statement's, `document` the act's.
    #[action]
    pub fn newact(
        coopname: Name,
        username: Name,
        registry_id: u64,
        hash: Checksum256,
        document: Checksum256,
    ) {
        let _ = (coopname, username, registry_id, hash, document);
        events::require_of_contracts();
    }

    /// Registry event: a person signed an agreement.
    #[action]
    pub fn newagreement(coopname: Name, username: Name, registry_id: u64, document: Checksum256) {
        let _ = (coopname, username, registry_id, document);
        events::require_of_contracts();
    }

    /// Registry event: a board sits.
    #[action]
    pub fn newboard(coopname: Name, kind: Name, version: u64, meeting: Checksum256) {
        let _ = (coopname, kind, version, meeting);
        events::require_own();
    }

    /// Registry event: a board that was submitted will not sit.
    #[action]
    pub fn lostboard(coopname: Name, kind: Name, version: u64, meeting: Checksum256) {
        let _ = (coopname, kind, version, meeting);
        events::require_own();
    }

    /// Registry event: money or property did not go back in its term.
    #[action]
    pub fn newoverdue(coopname: Name, username: Name, hash: Checksum256) {
        let _ = (coopname, username, hash);
        events::require_of_contracts();
    }

    /// The questions on the agenda now, with votes by name; `limit` rows from `from_id` on.
    ///
    /// For read-only transactions, whose results a node does not limit to 256 bytes.
    #[action(read_only)]
    pub fn getagenda(coopname: Name, from_id: u64, limit: u32) -> Agenda {
        agenda::read(coopname, from_id, limit)
    }
}
