//! The interface of `soviet`: boards, staff and decisions.

use crate::agenda::Agenda;
use crate::{Config, Document, Right, Seat};
use alloc::vec::Vec;
use antelope_contract::prelude::*;

/// Actions of `soviet`: boards, staff and decisions.
#[client]
pub trait Soviet {
    /// Sets the configuration, once.
    fn init(config: Config);
    /// Registers a kind of decisions, or mends it.
    fn regtype(kind: Name, contract: Name, confirm: Name, decline: Name, protocol_id: u64);
    /// Carries rows of the version before over, after an upgrade.
    #[cfg(feature = "migration")]
    fn migrate(coopname: Name, limit: u32);
    /// The cooperative accepts a kind of another contract than the protocol's.
    fn accepttype(coopname: Name, chairman: Name, kind: Name);
    /// The cooperative accepts it no longer.
    fn droptype(coopname: Name, chairman: Name, kind: Name);

    /// Seats the first council, elected by all founders.
    fn createboard(coopname: Name, members: Vec<Seat>, meeting: Document);
    /// Submits a board that a general meeting elected.
    fn updateboard(coopname: Name, kind: Name, members: Vec<Seat>, meeting: Document);
    /// A participant supports the board that was submitted.
    fn support(coopname: Name, username: Name, version: u64);
    /// A participant objects to it.
    fn object(coopname: Name, username: Name, version: u64);
    /// Seats the board that has its support when the term is over.
    fn seatboard(coopname: Name, version: u64);
    /// Erases the election of a board that has not, or that can no longer sit.
    fn dropboard(coopname: Name, version: u64);
    /// Frees the rows of voices on elections that are over.
    fn freevoices(coopname: Name, limit: u32);

    /// Makes an account staff.
    fn addstaff(coopname: Name, chairman: Name, username: Name, rights: Vec<Right>);
    /// Changes the rights of a staff member, or confirms them for the council that sits now.
    fn setrights(coopname: Name, chairman: Name, username: Name, rights: Vec<Right>);
    /// Dismisses a staff member.
    fn rmstaff(coopname: Name, actor: Name, username: Name);

    /// Puts a standardized question on the agenda.
    fn createagenda(coopname: Name, username: Name, kind: Name, hash: Checksum256);
    /// Puts a free question on the agenda.
    fn freedecision(coopname: Name, username: Name, proposal: Document);
    /// Votes for the question with this number and hash.
    fn votefor(coopname: Name, username: Name, decision_id: u64, hash: Checksum256);
    /// Votes against it.
    fn voteagainst(coopname: Name, username: Name, decision_id: u64, hash: Checksum256);
    /// Takes a question off that cannot be approved any more.
    fn declinedec(coopname: Name, decision_id: u64);
    /// Takes questions and decisions off whose term is over.
    fn expire(coopname: Name, decision_ids: Vec<u64>);
    /// Tells the owner of a kind that a question came to nothing.
    fn deliver(coopname: Name, decision_id: u64);
    /// Signs an approved decision.
    fn authorize(coopname: Name, chairman: Name, decision_id: u64, protocol: Document);
    /// Executes an authorized decision.
    fn exec(executer: Name, coopname: Name, decision_id: u64);

    /// Registry: published.
    fn newsubmitted(
        coopname: Name,
        username: Name,
        kind: Name,
        hash: Checksum256,
        decision_id: u64,
    );
    /// Registry: authorized.
    fn newresolved(
        coopname: Name,
        username: Name,
        kind: Name,
        hash: Checksum256,
        decision_id: u64,
        authorization: Checksum256,
    );
    /// Registry: executed.
    fn newdecision(
        coopname: Name,
        username: Name,
        kind: Name,
        hash: Checksum256,
        decision_id: u64,
        authorization: Checksum256,
    );
    /// Registry: declined or expired.
    fn newdeclined(
        coopname: Name,
        username: Name,
        kind: Name,
        hash: Checksum256,
        decision_id: u64,
        reason: &str,
    );
    /// Registry: an act that both sides signed.
    fn newact(
        coopname: Name,
        username: Name,
        registry_id: u64,
        hash: Checksum256,
        document: Checksum256,
    );
    /// Registry: an agreement that a person signed.
    fn newagreement(coopname: Name, username: Name, registry_id: u64, document: Checksum256);
    /// Registry: a board sits.
    fn newboard(coopname: Name, kind: Name, version: u64, meeting: Checksum256);
    /// Registry: a board that was submitted will not sit.
    fn lostboard(coopname: Name, kind: Name, version: u64, meeting: Checksum256);
    /// Registry: money or property did not go back in its term.
    fn newoverdue(coopname: Name, username: Name, hash: Checksum256);

    /// The questions on the agenda now, with votes by name; `limit` rows from `from_id` on.
    fn getagenda(coopname: Name, from_id: u64, limit: u32) -> Agenda;
}
