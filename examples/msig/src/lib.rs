//! Transactions that several accounts approve: `eosio.msig` in Rust, with its actions, tables and texts.
//!
//! | action | who | what happens |
//! |---|---|---|
//! | `propose` | proposer | the transaction is stored with the permissions asked for approval |
//! | `approve` | one of them | the approval is stored with its time |
//! | `unapprove` | who approved | the approval is taken back |
//! | `cancel` | proposer; anybody once the transaction has expired | the proposal is removed |
//! | `exec` | anybody, once the approvals suffice | the actions are executed and the proposal is removed |
//! | `invalidate` | any account | approvals that this account gave before no longer count |
//!
//! The account of the contract must be privileged: the actions of a proposal are executed under the
//! permissions of those who approved it, which only a privileged contract may do. Whether approvals
//! suffice is decided by the chain, as for a transaction that the same accounts have signed.
//!
//! Tables and semantics are those of `eosio.msig` 3: a delay of the transaction counts from the moment
//! at which the approvals suffice. The table `approvals` of versions before 1.6 is left out.

#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

mod transaction;

use alloc::vec::Vec;
use antelope_contract::auth::check_transaction_authorization;
use antelope_contract::prelude::*;
use transaction::PackedTransaction;

/// A proposal. Scope: its proposer.
#[table("proposal")]
#[abi(name = "proposal")]
pub struct Proposal {
    /// Its name.
    #[primary]
    pub proposal_name: Name,
    /// The transaction.
    pub packed_transaction: Vec<u8>,
    /// From when on it can be executed; none while the approvals do not suffice.
    pub earliest_exec_time: BinaryExtension<Option<TimePoint>>,
}

/// The approvals of a proposal. Scope: its proposer.
#[table("approvals2")]
#[abi(name = "approvals_info")]
pub struct Approvals {
    /// Version of this row, 1.
    pub version: u8,
    /// The proposal.
    #[primary]
    pub proposal_name: Name,
    /// Who was asked and has not approved.
    pub requested_approvals: Vec<Approval>,
    /// Who has approved.
    pub provided_approvals: Vec<Approval>,
}

/// An approval, given or asked for.
#[derive(Clone, Copy, Encode, Decode, AbiType)]
#[abi(name = "approval")]
pub struct Approval {
    /// The permission.
    pub level: PermissionLevel,
    /// When it was given or taken back; zero if neither has happened.
    pub time: TimePoint,
}

/// Until when the approvals of an account do not count. Scope: the contract.
#[table("invals")]
#[abi(name = "invalidation")]
pub struct Invalidation {
    /// The account.
    #[primary]
    pub account: Name,
    /// The moment.
    pub last_invalidation_time: TimePoint,
}

/// The contract.
#[contract(tables(Proposal, Approvals, Invalidation))]
pub mod msig {
    use super::*;

    /// Proposes a transaction to those whose permissions are `requested`.
    ///
    /// They must be enough to authorize it.
    #[action]
    pub fn propose(
        proposer: Name,
        proposal_name: Name,
        requested: Vec<PermissionLevel>,
        trx: PackedTransaction<'_>,
    ) {
        require_auth(proposer);
        check!(!trx.is_expired(), "transaction expired");
        let proposals = Proposal::table(proposer);
        check!(
            !proposals.contains(proposal_name),
            "proposal with the same name exists"
        );
        check!(
            check_transaction_authorization(trx.0, &[], &requested),
            "transaction authorization failed"
        );
        let proposal = Proposal {
            proposal_name,
            packed_transaction: trx.0.into(),
            earliest_exec_time: BinaryExtension(Some(None)),
        };
        proposals.insert(proposer, &proposal);
        let asked = |level| Approval {
            level,
            time: TimePoint::default(),
        };
        let approvals = Approvals {
            version: 1,
            proposal_name,
            requested_approvals: requested.into_iter().map(asked).collect(),
            provided_approvals: Vec::new(),
        };
        Approvals::table(proposer).insert(proposer, &approvals);
    }

    /// Approves a proposal. With `proposal_hash`, only if that is the hash of its transaction.
    #[action]
    pub fn approve(
        proposer: Name,
        proposal_name: Name,
        level: PermissionLevel,
        proposal_hash: BinaryExtension<Checksum256>,
    ) {
        require_permission(level);
        let proposal = find(proposer, proposal_name);
        if let BinaryExtension(Some(hash)) = proposal_hash {
            antelope_contract::crypto::assert_sha256(&proposal.packed_transaction, &hash);
        }
        let approvals = approvals(proposer, proposal_name).update(proposer, |row| {
            let at = position(&row.requested_approvals, level)
                .or_fail("approval is not on the list of requested approvals");
            row.requested_approvals.remove(at);
            row.provided_approvals.push(Approval { level, time: now() });
        });
        set_time(proposal, proposer, &approvals);
    }

    /// Takes an approval back.
    #[action]
    pub fn unapprove(proposer: Name, proposal_name: Name, level: PermissionLevel) {
        require_permission(level);
        let proposal = find(proposer, proposal_name);
        let approvals = approvals(proposer, proposal_name).update(proposer, |row| {
            let at =
                position(&row.provided_approvals, level).or_fail("no approval previously granted");
            row.provided_approvals.remove(at);
            row.requested_approvals
                .push(Approval { level, time: now() });
        });
        set_time(proposal, proposer, &approvals);
    }

    /// Removes a proposal: its proposer at any time, others once its transaction has expired.
    #[action]
    pub fn cancel(proposer: Name, proposal_name: Name, canceler: Name) {
        require_auth(canceler);
        let proposal = find(proposer, proposal_name);
        if canceler != proposer {
            let trx = PackedTransaction(&proposal.packed_transaction);
            check!(trx.is_expired(), "cannot cancel until expiration");
        }
        proposal.remove();
        approvals(proposer, proposal_name).remove();
    }

    /// Executes the transaction of a proposal with enough approvals, and removes the proposal.
    #[action]
    pub fn exec(proposer: Name, proposal_name: Name, executer: Name) {
        require_auth(executer);
        let proposal = find(proposer, proposal_name);
        let trx = PackedTransaction(&proposal.packed_transaction);
        check!(!trx.is_expired(), "transaction expired");
        let provided = approvals(proposer, proposal_name).remove();
        check!(
            suffice(&provided, trx.0),
            "transaction authorization failed"
        );
        check!(
            matches!(proposal.earliest_exec_time, BinaryExtension(Some(Some(time))) if time <= now()),
            "too early to execute"
        );
        trx.send_actions();
        proposal.remove();
    }

    /// Lets no approval count that the account has given up to now, in any proposal.
    #[action]
    pub fn invalidate(account: Name) {
        require_auth(account);
        let invalidations = Invalidation::table(receiver());
        match invalidations.get(account) {
            Some(row) => {
                row.update(Payer::Same, |row| row.last_invalidation_time = now());
            }
            None => invalidations.insert(
                account,
                &Invalidation {
                    account,
                    last_invalidation_time: now(),
                },
            ),
        }
    }
}

fn find(proposer: Name, proposal_name: Name) -> Row<Proposal> {
    Proposal::table(proposer)
        .get(proposal_name)
        .or_fail("proposal not found")
}

fn approvals(proposer: Name, proposal_name: Name) -> Row<Approvals> {
    Approvals::table(proposer)
        .get(proposal_name)
        .or_fail("proposal not found")
}

fn position(approvals: &[Approval], level: PermissionLevel) -> Option<usize> {
    approvals.iter().position(|it| it.level == level)
}

/// Whether the approvals that still count are enough for the transaction.
fn suffice(approvals: &Approvals, transaction: &[u8]) -> bool {
    let invalidations = Invalidation::table(receiver());
    let counts = |approval: &&Approval| {
        let row = invalidations.get(approval.level.actor);
        row.is_none_or(|row| row.last_invalidation_time < approval.time)
    };
    let provided = approvals.provided_approvals.iter().filter(counts);
    let levels: Vec<_> = provided.map(|approval| approval.level).collect();
    check_transaction_authorization(transaction, &[], &levels)
}

/// Sets from when on a proposal can be executed, where this has changed: its delay begins when the
/// approvals suffice, and begins again when one of them was missing in between.
fn set_time(proposal: Row<Proposal>, payer: Name, approvals: &Approvals) {
    let trx = PackedTransaction(&proposal.packed_transaction);
    let time = suffice(approvals, trx.0).then(|| trx.delayed(now()));
    let was_set = matches!(proposal.earliest_exec_time, BinaryExtension(Some(Some(_))));
    if was_set != time.is_some() {
        proposal.update(payer, |row| {
            row.earliest_exec_time = BinaryExtension(Some(time))
        });
    }
}
