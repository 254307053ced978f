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
//! # Locks
//!
//! Signatures are recovered before the chain is locked. The lock is held while the transaction
//! executes and, with [`Production::PerTransaction`], while its block is completed. What the response
//! needs of the chain is taken before the lock is released ([`After`]). A fork would do as well, but
//! while it exists the next transaction copies every node of the state that it changes.
//!
//! A response has `transaction_id` and, in `processed`, the trace. What failed has no effect and is
//! not in a block, even if its trace is returned with status 202.

use super::answer::Refusal;
use super::request::Request;
use super::{Api, Production, trace};
use crate::chain::{Chain, Failure};
use antelope_ledger::transaction::RecoveredTransaction;
use antelope_types::{
    ChainError, Checksum256, ErrorDetail, ErrorKind, TimePoint, TransactionTrace,
};
use serde::Serialize;
use serde_json::{Value, json};
use std::sync::Arc;

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
    /// Executes the transaction of a request in the manner of the call.
    ///
    /// # Errors
    /// `packed_transaction_type_exception` (3010010) for a transaction that cannot be read; the
    /// error of the transaction where the call does not return failed traces.
    ///
    /// The response decodes the trace by the ABIs right after the transaction, so that a `setabi` in
    /// it is already in effect.
    pub(super) fn transact(&self, call: &str, mut request: Request) -> Result<Executed, Refusal> {
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
        let expiration = signed.transaction.header.expiration;
        let (result, after) = match call {
            "compute_transaction" | "send_read_only_transaction" => self.fetching(|| {
                let chain = self.fork();
                let result = match call {
                    "compute_transaction" => chain.compute_packed(&packed),
                    _ => chain.read_packed(&packed),
                };
                let after = After::of(&chain, &result);
                (result, after)
            })?,
            _ => {
                let chain_id = self.shared.chain.chain_id();
                // Signers are found before others are kept waiting.
                match RecoveredTransaction::recover_unpacked(packed, signed, &chain_id) {
                    Ok(recovered) if self.is_fork() => {
                        self.fetching(|| self.push(recovered.clone()))??
                    }
                    Ok(recovered) => self.push(recovered)?,
                    Err(error) => {
                        let result = Err(error.into());
                        let after = After::of(&self.lock(), &result);
                        (result, after)
                    }
                }
            }
        };
        let mut trace = match result {
            Ok(trace) => trace,
            Err(failure) => match before_it_began(&failure, &after, expiration.into()) {
                Some(refusal) => return Err(refusal),
                None if !tell_failure => return Err(Refusal::failed(failure.error())),
                None => match failure.trace() {
                    Some(trace) => trace.clone(),
                    None => return Err(Refusal::failed(failure.error())),
                },
            },
        };
        trace::add_decoded_by(&self.shared.abis, &after.abis, &mut trace);
        Ok(Executed {
            transaction_id: trace.id,
            processed: match call {
                "push_transaction" => Processed::Other(trace::as_tree(json!(trace))),
                _ => Processed::Trace(Box::new(trace)),
            },
        })
    }

    /// `push_transactions`: executes a list in order, independently of each other.
    ///
    /// # Errors
    /// `too_many_tx_at_once` (3040012) for more than [`MOST_AT_ONCE`].
    pub(super) fn push_all(&self, body: &[u8]) -> Result<Vec<Executed>, Refusal> {
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
        let outcomes = transactions.into_iter().map(|request| {
            let pushed = self.transact("push_transaction", request);
            pushed.unwrap_or_else(|refusal| Executed {
                transaction_id: Checksum256::ZERO,
                processed: Processed::Other(json!({ "error": refusal.details() })),
            })
        });
        Ok(outcomes.collect())
    }

    /// Executes a transaction and keeps it.
    fn push(
        &self,
        recovered: RecoveredTransaction,
    ) -> Result<(Result<TransactionTrace, Failure>, After), ChainError> {
        let expiration = recovered.expiration();
        let pushed = self.shared.chain.with(|chain| -> Result<_, ChainError> {
            let result = chain.push_recovered(recovered);
            if result.is_ok() && self.production() == Production::PerTransaction {
                chain.produce_block()?;
            }
            let after = After::of(chain, &result);
            Ok((result, after))
        });
        let (result, after): (Result<TransactionTrace, Failure>, _) =
            pushed.map_err(ChainError::from)??;
        if let Ok(trace) = &result {
            self.shared
                .traces
                .keep(&Arc::new(trace.clone()), expiration);
        }
        Ok((result, after))
    }
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
struct After {
    /// The time of the head block.
    head: TimePoint,
    /// The ABIs of the accounts in the trace, as bytes.
    abis: trace::AbiBytes,
}

impl After {
    fn of(chain: &Chain, result: &Result<TransactionTrace, Failure>) -> Self {
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
