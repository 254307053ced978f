//! Typed callers of the three contracts, for inline actions on chain and for clients off chain.

use alloc::vec::Vec;

use antelope_contract::prelude::*;

use crate::{AccountPolicy, Config, CoopParams, Document, Right, Seat};

/// Actions of `registrator`: people and cooperatives.
#[client]
pub trait Registrator {
    /// Sets the configuration, once.
    fn init(config: Config, policy: AccountPolicy);
    /// Changes what a new account gets.
    fn setpolicy(policy: AccountPolicy);
    /// Registers a cooperative.
    fn regcoop(coopname: Name, params: CoopParams, document_hash: Checksum256);
    /// Changes a cooperative's fees.
    fn updatecoop(coopname: Name, params: CoopParams);
    /// Activates or blocks a cooperative.
    fn stcoopstatus(coopname: Name, status: Name);
    /// Makes the founders participants.
    fn regfounders(coopname: Name, founders: Vec<Name>, meeting: Document);
    /// Makes an account for a person.
    fn newaccount(coopname: Name, actor: Name, username: Name, public_key: PublicKey);
    /// Takes a candidate's statement.
    fn reguser(coopname: Name, username: Name, kind: Name, statement: Document);
    /// Callback: the candidate's payment came.
    fn confirmpay(coopname: Name, hash: Checksum256);
    /// Callback: the candidate's payment did not come.
    fn declinepay(coopname: Name, hash: Checksum256, reason: &str);
    /// Callback: the council admitted the candidate.
    fn confirmreg(coopname: Name, hash: Checksum256, authorization: Checksum256);
    /// Callback: the council did not admit the candidate.
    fn declinereg(coopname: Name, hash: Checksum256, reason: &str);
    /// Callback: the money went back.
    fn refundpay(coopname: Name, hash: Checksum256);
    /// Callback: the money could not be sent back.
    fn declinerfnd(coopname: Name, hash: Checksum256, reason: &str);
    /// Tries to send the money back again.
    fn retryrefund(coopname: Name, actor: Name, hash: Checksum256);
}

/// Actions of `gateway`: money.
#[client]
pub trait Gateway {
    /// Sets the configuration, once.
    fn init(config: Config);
    /// Opens a cooperative's funds.
    fn openfunds(coopname: Name, symbol: Symbol);
    /// Expects an incoming payment.
    fn createinpay(
        coopname: Name,
        username: Name,
        hash: Checksum256,
        quantity: Asset,
        callback_contract: Name,
        confirm_callback: Name,
        decline_callback: Name,
    );
    /// The exact sum came.
    fn incomplete(
        coopname: Name,
        actor: Name,
        hash: Checksum256,
        quantity: Asset,
        reference: Checksum256,
    );
    /// The payment will not come.
    fn indecline(coopname: Name, actor: Name, hash: Checksum256, reason: &str);
    /// The payment did not come in 30 days.
    fn inexpire(coopname: Name, hash: Checksum256);
    /// Moves a received payment to the funds.
    fn distribute(
        coopname: Name,
        username: Name,
        hash: Checksum256,
        entrance: Asset,
        minimum: Asset,
    );
    /// Sends a received payment back.
    fn createoutpay(
        coopname: Name,
        username: Name,
        hash: Checksum256,
        quantity: Asset,
        callback_contract: Name,
        confirm_callback: Name,
        decline_callback: Name,
    );
    /// The exact sum was sent.
    fn outcomplete(
        coopname: Name,
        actor: Name,
        hash: Checksum256,
        quantity: Asset,
        reference: Checksum256,
    );
    /// The transfer failed.
    fn outdecline(coopname: Name, actor: Name, hash: Checksum256, reason: &str);
}

/// Actions of `soviet`: councils, staff and decisions.
#[client]
pub trait Soviet {
    /// Sets the configuration, once.
    fn init(config: Config);
    /// Registers a kind of decisions.
    fn regtype(kind: Name, contract: Name, confirm: Name, decline: Name, protocol_id: u64);
    /// Seats the first council.
    fn createboard(coopname: Name, members: Vec<Seat>, meeting: Document);
    /// Seats another council.
    fn updateboard(coopname: Name, members: Vec<Seat>, meeting: Document);
    /// Makes an account staff.
    fn addstaff(coopname: Name, chairman: Name, username: Name, rights: Vec<Right>);
    /// Changes the rights of a staff member.
    fn setrights(coopname: Name, chairman: Name, username: Name, rights: Vec<Right>);
    /// Dismisses a staff member.
    fn rmstaff(coopname: Name, chairman: Name, username: Name);
    /// Puts a standardized question on the agenda.
    fn createagenda(coopname: Name, username: Name, kind: Name, hash: Checksum256);
    /// Puts a free question on the agenda.
    fn freedecision(coopname: Name, username: Name, proposal: Document);
    /// Votes for.
    fn votefor(coopname: Name, username: Name, decision_id: u64);
    /// Votes against.
    fn voteagainst(coopname: Name, username: Name, decision_id: u64);
    /// Removes a declined question.
    fn declinedec(coopname: Name, decision_id: u64);
    /// Removes a question or decision whose term is over.
    fn expire(coopname: Name, decision_id: u64);
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
}
