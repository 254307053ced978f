//! Calls that execute transactions.
//!
//! | call | keeps its effects | status | on failure |
//! |---|---|---|---|
//! | `send_transaction2` | yes | 202 | a trace with `except`, unless `return_failure_trace` is false |
//! | `send_transaction` | yes | 202 | an error |
//! | `push_transaction` | yes | 202 | an error; on success the actions form a tree |
//! | `push_transactions` | yes | 202 | an error in place of that transaction's trace |
//! | `compute_transaction` | no | 200 | an error |
//! | `send_read_only_transaction` | no | 200 | a trace with `except` |
//! | `push_block` | no | 202 | `{}` always |
//!
//! A request has the packed transaction: `signatures`, `compression` (`none` or `zlib`),
//! `packed_context_free_data` and `packed_trx`, both hexadecimal. In `send_transaction2`,
//! `compute_transaction` and `send_read_only_transaction` it is in the field `transaction`.
//!
//! A transaction that does not fit into the block in production is tried again in the next one, see
//! [`waiting`](super::waiting). What is only computed or read is not kept waiting: it is executed on
//! a fork that has completed the block.
//!
//! # Locks
//!
//! Signatures are recovered before the chain is locked. The lock is held while the transaction
//! executes and, with `Production::PerTransaction`, while its block is completed. What the response
//! needs of the chain is taken before the lock is released ([`After`]). A fork would do as well, but
//! while it exists the next transaction copies every node of the state that it changes.
//!
//! A response has `transaction_id` and, in `processed`, the trace. What failed has no effect and is
//! not in a block, even if its trace is returned with status 202.

use super::answer::{Refusal, success};
use super::request::Request;
use super::waiting::{Promised, does_not_fit};
use super::{Api, trace};
use crate::chain::{Chain, Failure};
use antelope_ledger::transaction::RecoveredTransaction;
use antelope_types::{
    ChainError, Checksum256, ErrorDetail, ErrorKind, PackedTransaction, TimePoint, TransactionTrace,
};
use serde::Serialize;
use serde_json::{Value, json};

/// The HTTP status of success of a call that executes one transaction; `None` for other calls.
pub(super) fn status_of(call: &str) -> Option<u16> {
    match call {
        "send_transaction2" | "send_transaction" | "push_transaction" => Some(202),
        "compute_transaction" | "send_read_only_transaction" => Some(200),
        _ => None,
    }
}

/// Whether a transaction is to be sent again until it is in a block, which a node does where it is
/// told to (`--transaction-retry-max-storage-size-gb`).
fn retries(request: &Request) -> Result<bool, Refusal> {
    if request.value("retry_trx_num_blocks").is_some() {
        request.number("retry_trx_num_blocks", 0)?;
    }
    request.flag("retry_trx", false)
}

/// The most transactions of one `push_transactions`.
const MOST_AT_ONCE: usize = 1000;

impl Api {
    /// Executes the transaction of a request in the manner of the call, or keeps it for the next
    /// block.
    ///
    /// # Errors
    /// `packed_transaction_type_exception` (3010010) for a transaction that cannot be read; the
    /// error of the transaction where the call does not return failed traces.
    pub(super) fn send(
        &self,
        call: &str,
        mut request: Request,
        list: Option<u64>,
    ) -> Result<Sent, Refusal> {
        // Read also where nobody asks for it.
        let retry = call == "send_transaction2" && retries(&request)?;
        let (packed, tell_failure) = match call {
            "push_transaction" | "send_transaction" => (request.into_value(), false),
            "send_transaction2" => {
                let tell = request.flag("return_failure_trace", true)?;
                (request.take("transaction"), tell)
            }
            // What is computed is a success or an error; what is only read has a trace of both.
            _ => (
                request.take("transaction"),
                call == "send_read_only_transaction",
            ),
        };
        let (packed, signed) = match self.is_fork() {
            true => self.fetching(|| self.read_packed(packed.clone()))??,
            false => self.read_packed(packed)?,
        };
        if retry {
            let message =
                "Transaction retry not enabled on node. transaction-retry-max-storage-size-gb is 0";
            return Err(ChainError::new(ErrorKind::UnsupportedFeature, message).into());
        }
        let manner = Manner {
            tell_failure,
            as_tree: call == "push_transaction",
            expiration: signed.transaction.header.expiration.into(),
        };
        let result = match call {
            "compute_transaction" | "send_read_only_transaction" => {
                self.fetching(|| self.dry(call, &packed))?
            }
            _ => {
                let chain_id = self.shared.chain.chain_id();
                // Signers are found before others are kept waiting.
                match RecoveredTransaction::recover_unpacked(packed, signed, &chain_id) {
                    Ok(recovered) => match self.push_fetching(recovered, list)? {
                        Pushing::Done(pushed) => pushed,
                        Pushing::Waits(promised) => return Ok(Sent::Waits(manner, promised)),
                    },
                    Err(error) => {
                        let result = Err(error.into());
                        let after = After::of(&self.lock(), &result);
                        (result, after)
                    }
                }
            }
        };
        Ok(Sent::Done(self.told(&manner, Ok(result))))
    }

    /// Executes a transaction on a fork. Where the block has no room for it, the fork completes the
    /// block: what waited for the next one would see the same.
    fn dry(&self, call: &str, packed: &PackedTransaction) -> (Tried, After) {
        let execute = |chain: &Chain| match call {
            "compute_transaction" => chain.compute_packed(packed),
            _ => chain.read_packed(packed),
        };
        let mut chain = self.fork();
        let mut result = execute(&chain);
        let full = |result: &Tried| {
            let failure = result.as_ref().err();
            failure.is_some_and(|failure| does_not_fit(failure.error().kind()))
        };
        if full(&result) && chain.produce_block().is_ok() {
            result = execute(&chain);
        }
        let after = After::of(&chain, &result);
        (result, after)
    }

    /// What the response says of a transaction.
    ///
    /// It decodes the trace by the ABIs right after the transaction, so that a `setabi` in it is
    /// already in effect.
    ///
    /// # Errors
    /// As for [`send`](Self::send).
    pub(super) fn told(&self, manner: &Manner, pushed: Pushed) -> Result<Executed, Refusal> {
        let (result, after) = pushed?;
        let mut trace = match result {
            Ok(trace) => trace,
            Err(failure) => match before_it_began(&failure, &after, manner.expiration) {
                Some(refusal) => return Err(refusal),
                None if !manner.tell_failure => return Err(Refusal::failed(failure.error())),
                None => match failure.trace() {
                    Some(trace) => trace.clone(),
                    None => return Err(Refusal::failed(failure.error())),
                },
            },
        };
        trace::add_decoded_by(&self.shared.abis, &after.abis, &mut trace);
        Ok(Executed {
            transaction_id: trace.id,
            processed: match manner.as_tree {
                true => Processed::Other(trace::as_tree(json!(trace))),
                false => Processed::Trace(Box::new(trace)),
            },
        })
    }

    /// `push_transactions`: executes a list in order, independently of each other. Where one waits
    /// for the next block, those after it wait behind it.
    ///
    /// # Errors
    /// `too_many_tx_at_once` (3040012) for more than [`MOST_AT_ONCE`].
    pub(super) fn send_list(&self, body: &[u8]) -> Result<Vec<Sent>, Refusal> {
        let transactions = Request::list(body)?;
        if transactions.len() > MOST_AT_ONCE {
            let message = "Attempt to push too many transactions at once";
            return Err(ChainError::new(ErrorKind::TooManyTxAtOnce, message).into());
        }
        if transactions.is_empty() {
            // Nodes begin with the first one, whether there is one or not.
            let what = "vector::_M_range_check: __n (which is 0) >= this->size() (which is 0)";
            let details = vec![ErrorDetail::new(format!("rethrow {what}: "))];
            let code = ErrorKind::Std.code();
            let name = "St12out_of_range".into();
            return Err(ChainError::from_node(code, name, what.into(), details).into());
        }
        let list = Some(self.next_list());
        let sent = transactions.into_iter().map(|request| {
            let sent = self.send("push_transaction", request, list);
            sent.unwrap_or_else(|refusal| Sent::Done(Err(refusal)))
        });
        Ok(sent.collect())
    }
}

/// How a call tells of its transaction.
pub(super) struct Manner {
    /// Whether a failed transaction is told by its trace, and not as an error.
    tell_failure: bool,
    /// Whether the actions form a tree.
    as_tree: bool,
    /// When the transaction expires.
    expiration: TimePoint,
}

/// A transaction that was sent.
pub(super) enum Sent {
    /// It was executed or refused.
    Done(Result<Executed, Refusal>),
    /// It waits for the next block.
    Waits(Manner, Promised<Pushed>),
}

/// The trace of a transaction, or how it has failed.
pub(super) type Tried = Result<TransactionTrace, Failure>;

/// What a transaction has come to, with what the response needs of the chain; or why that is
/// unknown.
pub(super) type Pushed = Result<(Tried, After), ChainError>;

/// What has become of a transaction that was given to the chain.
// It is taken apart at once where it is returned; a box would be an allocation for each transaction.
#[allow(clippy::large_enum_variant)]
pub(super) enum Pushing {
    /// It was tried.
    Done((Tried, After)),
    /// It waits for the next block.
    Waits(Promised<Pushed>),
}

/// The response to one transaction.
pub(super) fn one(status: u16, executed: Result<Executed, Refusal>) -> antelope_rpc_client::Answer {
    match executed {
        Ok(executed) => success(status, &executed),
        Err(refusal) => refusal.answer(),
    }
}

/// The response to a list of transactions.
pub(super) fn list(
    executed: impl Iterator<Item = Result<Executed, Refusal>>,
) -> antelope_rpc_client::Answer {
    let outcomes = executed.map(|executed| {
        executed.unwrap_or_else(|refusal| Executed {
            transaction_id: Checksum256::ZERO,
            processed: Processed::Other(json!({ "error": refusal.details() })),
        })
    });
    success(202, &outcomes.collect::<Vec<_>>())
}

/// A transaction that was executed, as the response has it.
#[derive(Serialize)]
pub(super) struct Executed {
    transaction_id: Checksum256,
    processed: Processed,
}

/// What became of it.
#[derive(Serialize)]
#[serde(untagged)]
enum Processed {
    /// Its trace, which is written without a tree of JSON in between.
    Trace(Box<TransactionTrace>),
    /// Another form of the trace, or an error.
    Other(Value),
}

/// What a response needs of the chain as it is right after the transaction.
pub(super) struct After {
    /// The time of the head block.
    head: TimePoint,
    /// The ABIs of the accounts in the trace, as bytes.
    abis: trace::AbiBytes,
}

impl After {
    pub(super) fn of(chain: &Chain, result: &Tried) -> Self {
        let trace = match result {
            Ok(trace) => Some(trace),
            Err(failure) => failure.trace(),
        };
        Self {
            head: chain.head_time(),
            abis: trace.map_or_else(Vec::new, |trace| trace::abis_of(chain.state(), trace)),
        }
    }
}

/// The error response where a node refuses a transaction before it makes a trace: duplicates and
/// expired ones. The texts differ from those of the same faults found later.
fn before_it_began(failure: &Failure, after: &After, expiration: TimePoint) -> Option<Refusal> {
    let error = failure.error();
    let trace = failure.trace()?;
    let message = match error.kind() {
        _ if !trace.action_traces.is_empty() => return None,
        ErrorKind::TxDuplicate => format!("duplicate transaction {}", trace.id),
        ErrorKind::ExpiredTx => format!(
            "expired transaction {}, expiration {expiration}, block time {}",
            trace.id, after.head
        ),
        _ => return None,
    };
    Some(ChainError::new(error.kind(), message).into())
}
