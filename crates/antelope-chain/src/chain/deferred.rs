//! Deferred transactions whose time has come: executed when a block starts.
//!
//! On a node the producer plugin picks them and `controller::push_scheduled_transaction` executes
//! each. Its outcomes, all of which are imitated here:
//!
//! | outcome | when | status in the block |
//! |---|---|---|
//! | executed | it succeeds | `executed` |
//! | soft failure | it fails and the sender's `onerror` succeeds | `soft_fail` |
//! | hard failure | it fails and there is no sender, or `onerror` fails too | `hard_fail` |
//! | expired | its expiration has passed, or `DISABLE_DEFERRED_TRXS_STAGE_1` is active | `expired` |
//! | retried | it fails for a reason that is not its own, such as a full block | none; it stays scheduled |
//!
//! RAM of a deferred transaction is billed to its payer from sending it until here, and
//! `account_ram_delta` of its trace reports it as given back.

use super::Chain;
use crate::block::BlockTransaction;
use antelope_ledger::config::{ACTIVE, SYSTEM};
use antelope_ledger::state::{Deferred, State, is_not_here, missing_during};
use antelope_ledger::transaction::{Executed, Input, TransactionContext, TransactionKind};
use antelope_types::native::ONERROR;
use antelope_types::{
    AccountDelta, Action, ChainError, Encode, ErrorKind, Feature, PermissionLevel,
    SignedTransaction, TimePointSec, Transaction, TransactionHeader, TransactionReceipt,
    TransactionStatus, TransactionTrace,
};
use std::sync::Arc;

impl Chain {
    /// The traces of the deferred transactions that were executed when the block in production
    /// started.
    pub fn scheduled_traces(&self) -> impl ExactSizeIterator<Item = &TransactionTrace> {
        self.pending.scheduled.iter()
    }

    /// Executes the deferred transactions that are due, in the order of their time. One published
    /// in this very block waits for the next.
    ///
    /// Once `DISABLE_DEFERRED_TRXS_STAGE_1` is active, none is executed: all are retired as expired,
    /// whether due or not, in the order of their expiration. The producers of Leap 5 and of Spring 1
    /// do so (`producer_plugin_impl::retire_deferred_trxs`), as many in a block as 10 ms allow; Spring
    /// 2 leaves them to `DISABLE_DEFERRED_TRXS_STAGE_2`, which removes all at once.
    ///
    /// The list is made before the first is executed. One that another cancels or replaces meanwhile
    /// is passed over, and one that another sends waits for the next block.
    ///
    /// # Errors
    /// As for [`retire`](Self::retire). A transaction that fails is not an error.
    pub(super) fn run_deferred(&mut self) -> Result<(), ChainError> {
        let now = self.now();
        let due: Vec<_> = if self.is_retiring() {
            let mut all: Vec<_> = self.state.deferred().cloned().collect();
            all.sort_by_key(|deferred| (deferred.expiration, deferred.number));
            all
        } else {
            let due = self.state.deferred().take_while(|d| d.delay_until <= now);
            due.filter(|d| d.published < now).cloned().collect()
        };
        for deferred in due {
            // An earlier one of this block may have cancelled or replaced it.
            if self.state.find_deferred(deferred.key()) == Some(&deferred) {
                let (trace, missing) = missing_during(|| self.retire(&deferred));
                self.wanted.extend(missing);
                let trace = trace?;
                self.record_trace(&trace, || {
                    let transaction = deferred.transaction().ok()?;
                    Some(Arc::new(SignedTransaction {
                        transaction,
                        ..SignedTransaction::default()
                    }))
                });
                self.pending.scheduled.push_back(trace);
            }
        }
        Ok(())
    }

    /// Whether deferred transactions can only be retired as expired.
    fn is_retiring(&self) -> bool {
        self.state.has(Feature::DISABLE_DEFERRED_TRXS_STAGE_1)
    }

    /// Executes one deferred transaction and removes it from the state; see the table of outcomes
    /// above. Its RAM goes back to the payer before it runs, so that it may use it.
    ///
    /// All of it happens on a copy of the state, which replaces the chain's at the end; a retried
    /// transaction leaves it as it was. A failed transaction without a working `onerror` is billed
    /// for CPU as far as its payers have any left.
    ///
    /// # Errors
    /// Where the RAM or CPU of the payers cannot be updated, which no transaction can bring about.
    fn retire(&mut self, deferred: &Deferred) -> Result<TransactionTrace, ChainError> {
        let mut state = self.state.clone();
        state.remove_deferred(deferred.key());
        state.add_ram(deferred.payer, -deferred.ram())?;
        let environment = self.environment();
        if self.is_retiring() || deferred.expiration < self.now() {
            let trace =
                TransactionTrace::new(deferred.id, environment.block_num, environment.timestamp);
            let trace = TransactionTrace {
                scheduled: true,
                ..trace
            };
            let status = TransactionStatus::Expired;
            return Ok(self.without_actions(state, deferred, trace, status, 0));
        }
        let kind = TransactionKind::Deferred(deferred.published);
        let mut input = Input::local(deferred.transaction()?, kind);
        input.id = deferred.id;
        let transaction = Arc::clone(&input.transaction);
        let (error, trace) =
            match TransactionContext::execute(&mut state, &*self.executor, environment, input) {
                Ok(outcome) => return Ok(self.retired(state, outcome, deferred)),
                Err(failed) => (failed.error, failed.trace),
            };
        if is_subjective(&error) {
            return Ok(trace);
        }
        let mut trace = trace;
        if deferred.sender != Default::default() {
            let input = self.on_error(deferred);
            match TransactionContext::execute(&mut state, &*self.executor, environment, input) {
                Ok(mut outcome) => {
                    outcome.trace.failed_dtrx_trace = Some(Box::new(trace));
                    return Ok(self.retired(state, outcome, deferred));
                }
                Err(failure) => {
                    let (error, mut told) = (failure.error, failure.trace);
                    told.failed_dtrx_trace = Some(Box::new(trace));
                    if is_subjective(&error) {
                        return Ok(told);
                    }
                    trace = told;
                }
            }
        }
        let cpu =
            TransactionContext::bill_failed(&mut state, &environment, &transaction.transaction)?;
        let status = TransactionStatus::HardFail;
        Ok(self.without_actions(state, deferred, trace, status, cpu))
    }

    /// Adds an executed deferred transaction, or its `onerror`, to the block, with the digests of its
    /// action receipts. The state after it becomes the chain's.
    fn retired(
        &mut self,
        state: State,
        outcome: Executed,
        deferred: &Deferred,
    ) -> TransactionTrace {
        let mut trace = outcome.trace;
        trace.account_ram_delta = given_back(deferred);
        self.state = state;
        self.pending.acted(outcome.receipt_digests);
        self.receive(trace.receipt, deferred);
        trace
    }

    /// Adds a deferred transaction to the block that left no actions: it expired or failed. CPU is
    /// in microseconds; an expired one is billed nothing, and neither is billed for NET.
    fn without_actions(
        &mut self,
        state: State,
        deferred: &Deferred,
        mut trace: TransactionTrace,
        status: TransactionStatus,
        cpu_usage_us: u32,
    ) -> TransactionTrace {
        self.state = state;
        trace.account_ram_delta = given_back(deferred);
        trace.receipt = Some(TransactionReceipt {
            status,
            cpu_usage_us,
            net_usage_words: 0,
        });
        self.receive(trace.receipt, deferred);
        trace
    }

    /// Adds its receipt and id to the block; the transaction itself is not repeated in it.
    fn receive(&mut self, receipt: Option<TransactionReceipt>, deferred: &Deferred) {
        if let Some(receipt) = receipt {
            self.pending.receive(BlockTransaction {
                receipt,
                id: deferred.id,
                packed: None,
            });
        }
    }

    /// The implicit transaction that notifies the sender: `eosio::onerror` with the sender id (16
    /// bytes) and the failed transaction.
    ///
    /// The sender is its receiver. A sender without code accepts it; a contract of CDT or of this
    /// workspace's SDK that does not handle `eosio::onerror` fails it.
    fn on_error(&self, deferred: &Deferred) -> Input {
        let mut data = deferred.sender_id.to_bytes();
        data.extend(deferred.packed.to_vec().to_bytes());
        let action = Action {
            account: SYSTEM,
            name: ONERROR,
            authorization: vec![PermissionLevel::new(deferred.sender, ACTIVE)],
            data,
        };
        let transaction = Transaction {
            header: self.own_header(),
            actions: vec![action],
            ..Transaction::default()
        };
        Input::local(transaction, TransactionKind::OnError(deferred.published))
    }

    /// The header of an implicit transaction of the chain: all zeros once `NO_DUPLICATE_DEFERRED_ID`
    /// is active. It enters the id of the transaction.
    pub(super) fn own_header(&self) -> TransactionHeader {
        let mut header = TransactionHeader::default();
        if !self.state.has(Feature::NO_DUPLICATE_DEFERRED_ID) {
            // Before `NO_DUPLICATE_DEFERRED_ID`, nodes set expiration and reference block in it.
            // The expiration is rounded up to a second, so that it has not passed already.
            let seconds = (self.now().micros() + 999_999) / 1_000_000;
            header.expiration = TimePointSec::from_seconds(seconds as u32);
            header.set_reference_block(&self.head.id);
        }
        header
    }
}

/// The RAM that the payer gets back, in bytes, as a negative change of its usage.
fn given_back(deferred: &Deferred) -> Option<AccountDelta> {
    Some(AccountDelta {
        account: deferred.payer,
        delta: -deferred.ram(),
    })
}

/// Whether a failure is due to the node or the block and not to the transaction, which may then be
/// retried: `scheduled_failure_is_subjective` in `controller.cpp`.
fn is_subjective(error: &ChainError) -> bool {
    // In a fork, what was missing is here by the next block.
    is_not_here(error)
        || matches!(
            error.kind(),
            ErrorKind::TxCpuUsageExceeded
                | ErrorKind::SubjectiveBlockProduction
                | ErrorKind::BlockNetUsageExceeded
                | ErrorKind::BlockCpuUsageExceeded
                | ErrorKind::Deadline
                | ErrorKind::LeewayDeadline
                | ErrorKind::SigVariableSizeLimit
                | ErrorKind::InlineActionTooBigNonprivileged
        )
}
