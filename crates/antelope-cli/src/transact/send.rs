//! Sends a signed transaction, and learns what became of it.

use super::id_of;
use super::journal::Entry;
use crate::{Console, Failure, Fallible, Session};
use antelope_envelope::Exit;
use antelope_rpc_client::{Client, ClientError, ErrorKind};
use antelope_types::{SignedTransaction, TransactionTrace};

/// What became of a transaction.
#[derive(Debug)]
pub(super) enum Fate {
    /// It was executed.
    Executed(Box<TransactionTrace>),
    /// Not this run's: the chain has had one of the same id, whose sender has learned its fate.
    Duplicate,
}

/// Sends it once. If an earlier run has sent the same and was interrupted, that one is settled first; if
/// it was executed, it is the result.
///
/// # Errors
/// `chain.refused`; `unconfirmed` where the answer is lost and the node cannot tell what became of it:
/// the same command, run again, asks again.
pub(super) fn send(
    session: &Session,
    console: &mut Console<'_>,
    signed: &SignedTransaction,
) -> Fallible<Fate> {
    let client = &session.client;
    let chain_id = session.chain_id()?;
    let entry = Entry::of(session.folder()?, &chain_id, &signed.transaction);
    if let Some(earlier) = entry.read()? {
        let id = id_of(&earlier.transaction);
        console.say(&format!(
            "an earlier run has sent transaction {id} and did not learn what became of it; asking"
        ));
        if let Some(fate) = settle(client, &entry, &earlier, true)? {
            console.say("it was executed; nothing was sent again");
            return Ok(fate);
        }
        console.say("it was not executed and cannot be any more");
    }
    entry.write(signed)?;
    settle(client, &entry, signed, false)?.ok_or_else(|| {
        let id = id_of(&signed.transaction);
        let message = format!("transaction {id} expired before it was executed");
        Failure::new("chain.expired", message)
            .exit(Exit::Rejected)
            .hint("run the command again; -x SECONDS gives it more time")
    })
}

/// Sends it until its fate is known; `None` where it has expired without having been executed. The entry
/// goes with a fate that is known, and stays otherwise. A duplicate is this run's own transaction where
/// it `was_sent` before, by an earlier run or in an attempt whose answer was lost.
fn settle(
    client: &Client,
    entry: &Entry,
    signed: &SignedTransaction,
    mut was_sent: bool,
) -> Fallible<Option<Fate>> {
    let mut last = None;
    for _ in 0..3 {
        match client.send(signed) {
            Ok(trace) => {
                entry.forget();
                return Ok(Some(Fate::Executed(Box::new(trace))));
            }
            Err(error) if error.is(ErrorKind::TxDuplicate) => {
                entry.forget();
                return Ok(Some(match was_sent {
                    true => executed_before(client, signed),
                    false => Fate::Duplicate,
                }));
            }
            Err(error) if error.is(ErrorKind::ExpiredTx) => {
                return expired(client, entry, signed, error);
            }
            Err(error @ ClientError::Chain(_)) => {
                entry.forget();
                return Err(error.into());
            }
            Err(error) => last = Some(error),
        }
        was_sent = true;
    }
    let id = id_of(&signed.transaction);
    let problem = last.map(|error| error.to_string()).unwrap_or_default();
    let message = format!("transaction {id} was sent, and no answer came: {problem}");
    Err(Failure::new("unconfirmed", message)
        .exit(Exit::Unconfirmed)
        .hint("run the same command again: it finds out first, and does nothing twice"))
}

/// The node says that it has expired; it may have been executed before.
fn expired(
    client: &Client,
    entry: &Entry,
    signed: &SignedTransaction,
    error: ClientError,
) -> Fallible<Option<Fate>> {
    let id = signed.transaction.id();
    match client.get_transaction(id) {
        Ok(_) => {
            entry.forget();
            Ok(Some(executed_before(client, signed)))
        }
        // The node keeps traces, and has none of it.
        Err(ClientError::Chain(refusal)) if refusal.status == 404 => {
            entry.forget();
            Ok(None)
        }
        Err(ClientError::Unsupported { .. }) => match client.get_transaction_status(id) {
            Ok(status) if matches!(&*status.state, "IN_BLOCK" | "IRREVERSIBLE") => {
                entry.forget();
                Ok(Some(executed_before(client, signed)))
            }
            Ok(status) if status.state == "FAILED" => {
                entry.forget();
                Ok(None)
            }
            _ => Err(untold(&error)),
        },
        Err(other) => Err(untold(&other)),
    }
}

/// The node cannot tell what became of a transaction.
fn untold(error: &ClientError) -> Box<Failure> {
    let message = format!("the node cannot tell what became of an earlier transaction: {error}");
    Failure::new("unconfirmed", message)
        .exit(Exit::Unconfirmed)
        .hint("ask a node with a history: --url URL of one with trace_api_plugin")
}

/// The trace of a transaction that is in the chain already, as far as it is known.
fn executed_before(client: &Client, signed: &SignedTransaction) -> Fate {
    let id = signed.transaction.id();
    let recorded = client.get_transaction(id).ok();
    let block_num = recorded.map_or(0, |it| it.block_num);
    let trace = TransactionTrace::new(id, block_num, Default::default());
    Fate::Executed(Box::new(trace))
}
