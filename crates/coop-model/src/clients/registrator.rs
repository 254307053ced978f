//! The interface of `registrator`: people and cooperatives.

use crate::coop::Charter;
use crate::{AccountPolicy, Config, CoopParams, Document};
use alloc::vec::Vec;
use antelope_contract::prelude::*;

/// Actions of `registrator`: people and cooperatives.
#[client]
pub trait Registrator {
    /// Sets the configuration and what a new account gets, once.
    fn init(config: Config, policy: AccountPolicy);
    /// Changes what a new account gets.
    fn setpolicy(policy: AccountPolicy);
    /// Stops new processes in all cooperatives, or lets them start again.
    fn setpause(paused: bool);
    /// Sets how many accounts a cooperative may make and how many participants it may have.
    fn setquota(coopname: Name, accounts: u32, participants: u32);
    /// Carries rows of the version before over, after an upgrade.
    #[cfg(feature = "migration")]
    fn migrate(coopname: Name, limit: u32);

    /// Registers a cooperative.
    fn regcoop(coopname: Name, params: CoopParams, charter: Charter, document_hash: Checksum256);
    /// Changes a cooperative's fees.
    fn updatecoop(coopname: Name, params: CoopParams);
    /// Changes what the charter says about decisions, by a general meeting.
    fn setcharter(coopname: Name, charter: Charter, meeting: Document);
    /// Activates or blocks a cooperative.
    fn stcoopstatus(coopname: Name, status: Name);
    /// Makes the founders participants.
    fn regfounders(coopname: Name, founders: Vec<Name>, meeting: Document);

    /// Makes an account for a person.
    fn newaccount(coopname: Name, actor: Name, username: Name, public_key: PublicKey);
    /// Takes agreements that a person signed.
    fn signagree(coopname: Name, username: Name, documents: Vec<Document>);

    /// Takes a candidate's statement.
    fn reguser(coopname: Name, username: Name, kind: Name, statement: Document);
    /// Callback of gateway: the candidate's payment came.
    fn confirmpay(coopname: Name, hash: Checksum256);
    /// Callback of gateway: the candidate's payment did not come.
    fn declinepay(coopname: Name, hash: Checksum256, reason: &str);
    /// Callback of soviet: the council admitted the candidate.
    fn confirmreg(coopname: Name, hash: Checksum256, authorization: Checksum256);
    /// Callback of soviet: the council did not admit the candidate.
    fn declinereg(coopname: Name, hash: Checksum256, reason: &str);
    /// Callback of gateway: the money went back.
    fn refundpay(coopname: Name, hash: Checksum256);
    /// Callback of gateway: the money could not be sent back.
    fn declinerfnd(coopname: Name, hash: Checksum256, reason: &str);
    /// Tries to send the money back again.
    fn retryrefund(coopname: Name, actor: Name, hash: Checksum256);

    /// Takes a participant's statement of exit.
    fn exitcoop(coopname: Name, username: Name, statement: Document);
    /// Callback of soviet: the council lets the participant go.
    fn confirmexit(coopname: Name, hash: Checksum256, authorization: Checksum256);
    /// Callback of soviet: the council does not; of gateway: the money could not be sent.
    fn declinexit(coopname: Name, hash: Checksum256, reason: &str);
    /// Callback of gateway: all shares were paid out.
    fn completexit(coopname: Name, hash: Checksum256);

    /// Takes a statement of a person who lost the key, signed with the key of the new account.
    fn moveuser(coopname: Name, username: Name, newname: Name, statement: Document);
    /// Callback of soviet: the council agrees; the old account may veto.
    fn confirmmove(coopname: Name, hash: Checksum256, authorization: Checksum256);
    /// Callback of soviet: the council does not agree.
    fn declinemove(coopname: Name, hash: Checksum256, reason: &str);
    /// The old account vetoes the move.
    fn vetomove(coopname: Name, username: Name);
    /// Moves participation, wallet and property when the time for a veto is over.
    fn completemove(coopname: Name, username: Name);

    /// Takes a council member's proposal to block a participant, or to end it.
    fn blockuser(coopname: Name, proposer: Name, username: Name, proposal: Document);
    /// Callback of soviet: the council agrees.
    fn confirmblock(coopname: Name, hash: Checksum256, authorization: Checksum256);
    /// Callback of soviet: the council does not agree.
    fn declineblock(coopname: Name, hash: Checksum256, reason: &str);
}
