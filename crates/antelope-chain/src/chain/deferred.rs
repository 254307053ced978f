//! Deferred transactions whose time has come.

use super::Chain;
use crate::block::BlockTransaction;
use antelope_ledger::config::{ACTIVE, SYSTEM};
use antelope_ledger::state::{Deferred, State};
use antelope_ledger::transaction::{Executed, Input, TransactionContext, TransactionKind};
use antelope_types::native::ONERROR;
use antelope_types::{
    AccountDelta, Action, ChainError, Encode, ErrorKind, Feature, PermissionLevel, TimePointSec,
    Transaction, TransactionHeader, TransactionReceipt, TransactionStatus, TransactionTrace,
};

impl Chain {
    /// What the deferred transactions did that were executed when the block in the making began.
    pub fn scheduled_traces(&self) -> impl ExactSizeIterator<Item = &TransactionTrace> {
        self.pending.scheduled.iter()
    }

    /// Executes the deferred transactions whose time has come, before all others of the block.
    pub(super) fn run_deferred(&mut self) -> Result<(), ChainError> {
        let now = self.now();
        let due = self.state.deferred().take_while(|d| d.delay_until <= now);
        let due: Vec<_> = due.filter(|d| d.published < now).cloned().collect();
        for deferred in due {
            // One before may have cancelled or replaced it.
            if self.state.find_deferred(deferred.key()) == Some(&deferred) {
                let trace = self.retire(&deferred)?;
                self.pending.scheduled.push_back(trace);
            }
        }
        Ok(())
    }

    /// Executes a deferred transaction, or tells its sender that it failed, or forgets it.
    fn retire(&mut self, deferred: &Deferred) -> Result<TransactionTrace, ChainError> {
        let mut state = self.state.clone();
        state.remove_deferred(deferred.key());
        state.add_ram(deferred.payer, -deferred.ram())?;
        let environment = self.environment();
        if deferred.expiration < self.now() {
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
        let transaction = std::sync::Arc::clone(&input.transaction);
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

    /// Takes what was executed into the block.
    fn retired(
        &mut self,
        state: State,
        outcome: Executed,
        deferred: &Deferred,
    ) -> TransactionTrace {
        let mut trace = outcome.trace;
        trace.account_ram_delta = given_back(deferred);
        self.state = state;
        self.pending.receipt_digests.extend(outcome.receipt_digests);
        self.receive(trace.receipt, deferred);
        trace
    }

    /// Takes a transaction into the block of which nothing is left but its end.
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

    fn receive(&mut self, receipt: Option<TransactionReceipt>, deferred: &Deferred) {
        if let Some(receipt) = receipt {
            self.pending.transactions.push_back(BlockTransaction {
                receipt,
                id: deferred.id,
                packed: None,
            });
        }
    }

    /// What tells a contract that its deferred transaction has failed.
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

    /// The header of a transaction of the chain's own.
    pub(super) fn own_header(&self) -> TransactionHeader {
        let mut header = TransactionHeader::default();
        if !self.state.has(Feature::NO_DUPLICATE_DEFERRED_ID) {
            // Rounded up, so that it does not seem to have expired.
            let seconds = (self.now().micros() + 999_999) / 1_000_000;
            header.expiration = TimePointSec::from_seconds(seconds as u32);
            header.set_reference_block(&self.head.id);
        }
        header
    }
}

fn given_back(deferred: &Deferred) -> Option<AccountDelta> {
    Some(AccountDelta {
        account: deferred.payer,
        delta: -deferred.ram(),
    })
}

/// Whether the failure says nothing of the transaction, which may then be tried again.
fn is_subjective(error: &ChainError) -> bool {
    matches!(
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
