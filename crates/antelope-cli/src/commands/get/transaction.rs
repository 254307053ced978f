//! `get transaction` and `get transaction_id`.

use crate::given::transaction;
use crate::{Failure, Fallible, Report, Session};
use antelope_rpc_client::ClientError;
use antelope_types::Checksum256;
use clap::Args;
use serde_json::{Value, json};

/// A transaction that was executed
#[derive(Args, Clone, Debug)]
pub struct TransactionArgs {
    /// Its id
    pub id: Checksum256,
    /// Taken for habit's sake: nodes find it without the number of its block
    #[arg(short, long, hide = true)]
    pub block_hint: Option<u32>,
}

/// Runs `get transaction`.
///
/// # Errors
/// `transaction.none` where the node has no trace of it; those of the client.
pub(super) fn run(session: &Session, given: &TransactionArgs) -> Fallible<Report> {
    let id = given.id;
    let path = "/v1/trace_api/get_transaction_trace";
    let answer: Result<Value, _> = session.client.call(path, &json!({ "id": id }));
    match answer {
        Ok(answer) => Ok(Report::json(answer)),
        Err(ClientError::Chain(_)) => {
            let message = format!("the node has no transaction {id}");
            Err(Failure::not_found("transaction.none", message)
                .hint("it may still be on its way: get transaction-status ID")
                .hint("nodes keep traces for a time only: another one with --url"))
        }
        Err(error) => {
            let failure = Box::<Failure>::from(error);
            match &*failure.code {
                "node.unsupported" => Err(failure
                    .hint("only nodes with trace_api_plugin know this: another one with --url")),
                _ => Err(failure),
            }
        }
    }
}

/// Runs `get transaction_id`.
///
/// # Errors
/// Those of reading the transaction.
pub(super) fn id(session: &Session, text: &str) -> Fallible<Report> {
    let signed = transaction(Some(&session.client), text)?;
    let id = signed.transaction.id();
    Ok(Report::new(id, id.to_string()))
}
