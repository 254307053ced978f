//! Traces as they are stored: the fields of the protocol's structs.

use super::{Detail, RecordedTrace, text};
use antelope_ledger::transaction::unpack;
use antelope_types::{
    AccountDelta, Action, ActionReceipt, ActionTrace, ChainError, Checksum256, Extension,
    GENERIC_CODE, Name, PackedTransaction, Signature, TransactionHeader, TransactionStatus,
    TransactionTrace,
};

/// What a transaction did: `transaction_trace_v0`.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredTrace {
    /// The transaction's id; where `onerror` was executed instead of it, the id of that.
    pub id: Checksum256,
    /// How it ended.
    pub status: TransactionStatus,
    /// What was billed for CPU, in microseconds.
    pub cpu_usage_us: u32,
    /// What was billed for NET, in words of 8 bytes.
    pub net_usage_words: u32,
    /// How long it took, in microseconds; 0 in plain detail.
    pub elapsed: i64,
    /// NET in bytes.
    pub net_usage: u64,
    /// Whether it was deferred.
    pub scheduled: bool,
    /// Its actions, with those that they sent and notified, in the order of their ordinals.
    pub action_traces: Vec<StoredAction>,
    /// The RAM that a deferred transaction gave back when its time had come.
    pub account_ram_delta: Option<AccountDelta>,
    /// Why it failed; `Y` in plain detail.
    pub except: Option<String>,
    /// The number of the failure.
    pub error_code: Option<u64>,
    /// The deferred transaction that failed, where this is the `onerror` of it.
    pub failed_dtrx_trace: Option<Box<StoredTrace>>,
    /// What the block does not repeat of the transaction, or repeats only packed.
    pub partial: Option<PartialTransaction>,
}

/// What an action did: `action_trace_v1`.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredAction {
    /// Its number in the transaction, from 1.
    pub action_ordinal: u32,
    /// The number of the action that sent it or notified; 0 for the transaction.
    pub creator_action_ordinal: u32,
    /// Its place in the chain's history; none if it was not executed.
    pub receipt: Option<ActionReceipt>,
    /// The account whose code ran.
    pub receiver: Name,
    /// The action.
    pub act: Action,
    /// Whether it saw no state.
    pub context_free: bool,
    /// How long it took, in microseconds; 0 in plain detail.
    pub elapsed: i64,
    /// What it printed; empty in plain detail.
    pub console: String,
    /// The change of RAM of each account that it touched, ascending by account.
    pub account_ram_deltas: Vec<AccountDelta>,
    /// Why it failed; `Y` in plain detail.
    pub except: Option<String>,
    /// The number of the failure.
    pub error_code: Option<u64>,
    /// What it returned.
    pub return_value: Vec<u8>,
}

/// A transaction without its actions: `partial_transaction_v0`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartialTransaction {
    /// Expiration, reference block and limits.
    pub header: TransactionHeader,
    /// Further data; of a deferred transaction, who sent it.
    pub transaction_extensions: Vec<Extension>,
    /// The signatures; none of a deferred transaction.
    pub signatures: Vec<Signature>,
    /// Data for context-free actions.
    pub context_free_data: Vec<Vec<u8>>,
}

impl StoredTrace {
    /// The trace as history has it.
    pub fn of(recorded: &RecordedTrace, detail: Detail) -> Self {
        let partial = recorded.packed.as_ref().and_then(PartialTransaction::of);
        Self::with(
            &recorded.trace,
            TransactionStatus::HardFail,
            partial,
            detail,
        )
    }

    /// The trace with the status that it has if there is no receipt, and the transaction.
    fn with(
        trace: &TransactionTrace,
        failed: TransactionStatus,
        partial: Option<PartialTransaction>,
        detail: Detail,
    ) -> Self {
        let receipt = trace.receipt;
        let told = receipt.is_some_and(|receipt| receipt.status == TransactionStatus::SoftFail);
        let status = match receipt {
            // The failure is that of the inner trace.
            Some(_) if told && trace.failed_dtrx_trace.is_some() => TransactionStatus::Executed,
            Some(receipt) => receipt.status,
            None => failed,
        };
        // A failed transaction has the transaction itself, and its `onerror` has none.
        let (own, inner) = match trace.failed_dtrx_trace {
            Some(_) => (None, partial),
            None => (partial, None),
        };
        let failed = match told {
            true => TransactionStatus::SoftFail,
            false => TransactionStatus::HardFail,
        };
        let inner = trace.failed_dtrx_trace.as_deref().map(|trace| {
            let stored = Self::with(trace, failed, inner, detail);
            Box::new(stored)
        });
        let actions = trace.action_traces.iter();
        Self {
            id: trace.id,
            status,
            cpu_usage_us: receipt.map_or(0, |receipt| receipt.cpu_usage_us),
            net_usage_words: receipt.map_or(0, |receipt| receipt.net_usage_words),
            elapsed: measured(trace.elapsed, detail),
            net_usage: trace.net_usage,
            scheduled: trace.scheduled,
            action_traces: actions
                .map(|action| StoredAction::of(action, detail))
                .collect(),
            account_ram_delta: trace.account_ram_delta,
            except: trace.except.as_ref().map(|error| text_of(error, detail)),
            error_code: trace.error_code.map(|code| number(code, detail)),
            failed_dtrx_trace: inner,
            partial: own,
        }
    }

    /// Takes out what plain detail does not have.
    pub fn strip(&mut self) {
        self.elapsed = 0;
        strip_error(&mut self.except, &mut self.error_code);
        for action in &mut self.action_traces {
            action.elapsed = 0;
            action.console.clear();
            strip_error(&mut action.except, &mut action.error_code);
        }
        if let Some(failed) = &mut self.failed_dtrx_trace {
            failed.strip();
        }
    }
}

impl StoredAction {
    /// The trace of an action as history has it.
    fn of(trace: &ActionTrace, detail: Detail) -> Self {
        let deltas = trace.account_ram_deltas.iter();
        Self {
            action_ordinal: trace.action_ordinal,
            creator_action_ordinal: trace.creator_action_ordinal,
            receipt: trace.receipt.clone(),
            receiver: trace.receiver,
            act: Action::clone(&trace.act),
            context_free: trace.context_free,
            elapsed: measured(trace.elapsed, detail),
            console: match detail {
                Detail::Plain => String::new(),
                Detail::Debug => trace.console.clone(),
            },
            account_ram_deltas: deltas
                .map(|(account, delta)| AccountDelta {
                    account: *account,
                    delta: *delta,
                })
                .collect(),
            except: trace.except.as_ref().map(|error| text_of(error, detail)),
            error_code: trace.error_code.map(|code| number(code, detail)),
            return_value: trace.return_value.clone(),
        }
    }
}

impl PartialTransaction {
    /// That of a transaction, which may be compressed. `None` if the bytes are no transaction, which
    /// cannot be of one that was executed.
    fn of(packed: &PackedTransaction) -> Option<Self> {
        let signed = unpack(packed).ok()?;
        Some(Self {
            header: signed.transaction.header,
            transaction_extensions: signed.transaction.transaction_extensions,
            signatures: signed.signatures,
            context_free_data: signed.context_free_data,
        })
    }
}

/// A time that a node has measured.
fn measured(elapsed: i64, detail: Detail) -> i64 {
    match detail {
        Detail::Plain => 0,
        Detail::Debug => elapsed,
    }
}

/// The text of an error.
fn text_of(error: &ChainError, detail: Detail) -> String {
    match detail {
        Detail::Plain => PLAIN_ERROR.to_owned(),
        Detail::Debug => text::text(error),
    }
}

/// What plain detail says of every error.
const PLAIN_ERROR: &str = "Y";

/// The number of an error. Those of the chain, which differ between versions of nodes, are one number
/// in plain detail.
fn number(code: u64, detail: Detail) -> u64 {
    match detail {
        Detail::Plain => code.min(GENERIC_CODE),
        Detail::Debug => code,
    }
}

/// Takes out of an error what plain detail does not have.
fn strip_error(except: &mut Option<String>, code: &mut Option<u64>) {
    if let Some(text) = except {
        PLAIN_ERROR.clone_into(text);
    }
    if let Some(code) = code {
        *code = number(*code, Detail::Plain);
    }
}
