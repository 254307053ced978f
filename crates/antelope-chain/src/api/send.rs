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
//! executes and, with [`Production::PerTransaction`], while its block is completed. The response is
//! made from a fork.
//!
//! A response has `transaction_id` and, in `processed`, the trace. What failed has no effect and is
//! not in a block, even if its trace is returned with status 202.

use super::answer::Refusal;
use super::request::Request;
use super::{Api, Production, Reader, trace};
use crate::chain::{Chain, Failure};
use antelope_ledger::transaction::{RecoveredTransaction, unpack};
use antelope_types::{
    ChainError, Checksum256, ErrorKind, PackedTransaction, TimePoint, TransactionTrace,
};
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
    /// The response decodes the trace by the ABIs of a fork taken right after the transaction, so
    /// that a `setabi` in it is already in effect.
    pub(super) fn transact(&self, call: &str, request: Request) -> Result<Value, Refusal> {
        // Read also where nobody asks for it.
        let retry = call == "send_transaction2" && retries(&request)?;
        let (packed, tell_failure) = match call {
            "push_transaction" | "send_transaction" => (request.into_value(), false),
            "send_transaction2" => {
                let tell = request.flag("return_failure_trace", true)?;
                (
                    request.value("transaction").cloned().unwrap_or_default(),
                    tell,
                )
            }
            // What is computed is a success or an error; what is only read has a trace of both.
            _ => (
                request.value("transaction").cloned().unwrap_or_default(),
                call == "send_read_only_transaction",
            ),
        };
        let packed = self.read_packed(packed)?;
        if retry {
            let message =
                "Transaction retry not enabled on node. transaction-retry-max-storage-size-gb is 0";
            return Err(ChainError::new(ErrorKind::UnsupportedFeature, message).into());
        }
        let (result, chain) = match call {
            "compute_transaction" => {
                let chain = self.fork();
                (chain.compute_packed(&packed), chain)
            }
            "send_read_only_transaction" => {
                let chain = self.fork();
                (chain.read_packed(&packed), chain)
            }
            _ => self.push(&packed)?,
        };
        let mut trace = match result {
            Ok(trace) => trace,
            Err(failure) => match before_it_began(&failure, &chain, &packed) {
                Some(refusal) => return Err(refusal),
                None if !tell_failure => return Err(Refusal::failed(failure.error())),
                None => match failure.trace() {
                    Some(trace) => trace.clone(),
                    None => return Err(Refusal::failed(failure.error())),
                },
            },
        };
        let reader = Reader {
            chain: &chain,
            abis: &self.shared.abis,
        };
        trace::add_decoded(reader, &mut trace);
        let mut processed = json!(trace);
        if call == "push_transaction" {
            processed = trace::as_tree(processed);
        }
        Ok(json!({ "transaction_id": trace.id, "processed": processed }))
    }

    /// `push_transactions`: executes a list in order, independently of each other.
    ///
    /// # Errors
    /// `too_many_tx_at_once` (3040012) for more than [`MOST_AT_ONCE`].
    pub(super) fn push_all(&self, body: &[u8]) -> Result<Value, Refusal> {
        let transactions = Request::list(body)?;
        if transactions.len() > MOST_AT_ONCE {
            let message = "Attempt to push too many transactions at once";
            return Err(ChainError::new(ErrorKind::TooManyTxAtOnce, message).into());
        }
        if transactions.is_empty() {
            // Nodes begin with the first one, whether there is one or not.
            let message = "vector::_M_range_check: __n (which is 0) >= this->size() (which is 0)";
            return Err(ChainError::new(ErrorKind::Std, message).into());
        }
        let outcomes = transactions.into_iter().map(|request| {
            let pushed = self.transact("push_transaction", request);
            pushed.unwrap_or_else(|refusal| {
                let error = json!({ "error": refusal.details() });
                json!({ "transaction_id": Checksum256::ZERO, "processed": error })
            })
        });
        Ok(outcomes.collect())
    }

    /// Executes a transaction and keeps it. Returns its result and a fork of the chain right after
    /// it, by which the response is decoded.
    fn push(
        &self,
        packed: &PackedTransaction,
    ) -> Result<(Result<TransactionTrace, Failure>, Chain), ChainError> {
        // Signers are found before others are kept waiting.
        let recovered =
            match RecoveredTransaction::recover(packed.clone(), &self.shared.chain.chain_id()) {
                Ok(recovered) => recovered,
                Err(error) => return Ok((Err(error.into()), self.fork())),
            };
        let expiration = recovered.expiration();
        let pushed = self.shared.chain.with(|chain| -> Result<_, ChainError> {
            let result = chain.push_recovered(recovered);
            if result.is_ok() && self.shared.production == Production::PerTransaction {
                chain.produce_block()?;
            }
            Ok((result, chain.clone()))
        });
        let (result, chain): (Result<TransactionTrace, Failure>, _) =
            pushed.map_err(ChainError::from)??;
        if let Ok(trace) = &result {
            self.shared
                .traces
                .keep(&Arc::new(trace.clone()), expiration);
        }
        Ok((result, chain))
    }
}

/// The error response where a node refuses a transaction before it makes a trace: duplicates and
/// expired ones. The texts differ from those of the same faults found later.
fn before_it_began(
    failure: &Failure,
    chain: &Chain,
    packed: &PackedTransaction,
) -> Option<Refusal> {
    let error = failure.error();
    let trace = failure.trace()?;
    let message = match error.kind() {
        _ if !trace.action_traces.is_empty() => return None,
        ErrorKind::TxDuplicate => format!("duplicate transaction {}", trace.id),
        ErrorKind::ExpiredTx => format!(
            "expired transaction {}, expiration {}, block time {}",
            trace.id,
            TimePoint::from(unpack(packed).ok()?.transaction.header.expiration),
            TimePoint::from(chain.head().header.timestamp)
        ),
        _ => return None,
    };
    Some(ChainError::new(error.kind(), message).into())
}
