//! Sends a signed transaction, and learns what became of it.

use super::id_of;
use super::journal::{self, Entry};
use super::lookup::{Known, lookup};
use crate::session::failover::is_of_a_proxy;
use crate::{Console, Failure, Fallible, Session};
use antelope_rpc_client::{Client, ClientError, ErrorKind};
use antelope_types::{Action, Checksum256, SignedTransaction, Transaction, TransactionTrace};

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
    command: Option<Checksum256>,
) -> Fallible<Fate> {
    // A run that sends the same twice, as a list of transactions may, does not wait for itself.
    console.told();
    let way = Way::of(session);
    let chain_id = session.chain_id()?;
    let entry = Entry::lock(session.folder()?, &chain_id, &signed.transaction, || {
        console.say("another run is sending the same; waiting for it");
    })?;
    if let Some(earlier) = entry.read()? {
        tell_of(console, &earlier);
        if let Some(fate) = settle_earlier(way, console, &entry, &earlier)? {
            console.keep_until_told(entry);
            return Ok(fate);
        }
    }
    entry.write(signed, command)?;
    let fate = settle(way, &entry, signed, false)?.ok_or_else(|| {
        let id = id_of(&signed.transaction);
        let message = format!("transaction {id} expired before it was executed");
        Failure::new("chain.expired", message)
            .hint("run the command again; -x SECONDS gives it more time")
    })?;
    if matches!(fate, Fate::Executed(_)) {
        console.keep_until_told(entry);
    }
    Ok(fate)
}

/// Where a transaction is sent.
#[derive(Clone, Copy)]
struct Way<'s> {
    client: &'s Client,
    /// How often it is sent before the next run is left to find out: each address has its turn.
    attempts: usize,
}

/// How often a transaction is sent to one address.
const ATTEMPTS: usize = 3;

impl<'s> Way<'s> {
    fn of(session: &'s Session) -> Self {
        Self {
            client: &session.client,
            attempts: session.network.urls.len().max(ATTEMPTS),
        }
    }
}

/// What was told of a transaction that an earlier run has sent.
const EXECUTED: &str = "it was executed; nothing was sent again";
const SENT_AGAIN: &str = "it had not been executed, and is now, as it was signed then";
const NOT_EXECUTED: &str = "it was not executed and cannot be any more";

/// Learns what became of a transaction that an earlier run has sent, and tells it. It is looked up first;
/// where the node does not know it as executed, it is sent as it is.
fn settle_earlier(
    way: Way<'_>,
    console: &mut Console<'_>,
    entry: &Entry,
    earlier: &SignedTransaction,
) -> Fallible<Option<Fate>> {
    if let Known::Executed(block) = lookup(way.client, &earlier.transaction) {
        console.say(EXECUTED);
        return Ok(Some(executed_in(&earlier.transaction, block)));
    }
    let fate = settle(way, entry, earlier, true)?;
    console.say(match &fate {
        // What was executed before has the trace of nothing.
        Some(Fate::Executed(trace)) if trace.action_traces.is_empty() => EXECUTED,
        Some(_) => SENT_AGAIN,
        None => NOT_EXECUTED,
    });
    Ok(fate)
}

fn tell_of(console: &mut Console<'_>, earlier: &SignedTransaction) {
    let id = id_of(&earlier.transaction);
    console.say(&format!(
        "an earlier run has sent transaction {id} and did not learn what became of it; asking"
    ));
}

/// What an interrupted run of this command has sent, if it was executed, with its actions. It is looked up
/// first; where the node does not know it as executed, it is sent again once `agree` allows that.
///
/// # Errors
/// Those of `agree`, and of [`send`].
pub(super) fn earlier(
    session: &Session,
    console: &mut Console<'_>,
    command: Checksum256,
    mut agree: impl FnMut(&mut Console<'_>, &SignedTransaction) -> Fallible<()>,
) -> Fallible<Option<(Box<TransactionTrace>, Vec<Action>)>> {
    let way = Way::of(session);
    let folder = session.folder()?;
    let chain_id = session.chain_id()?;
    for found in journal::of_command(&folder, &chain_id, &command) {
        let entry = Entry::lock(folder.clone(), &chain_id, &found.transaction, || {
            console.say("another run is sending the same; waiting for it");
        })?;
        // Another run may have settled it meanwhile.
        let Some(signed) = entry.read()? else {
            continue;
        };
        tell_of(console, &signed);
        if !matches!(lookup(way.client, &signed.transaction), Known::Executed(_)) {
            agree(console, &signed)?;
        }
        if let Some(Fate::Executed(trace)) = settle_earlier(way, console, &entry, &signed)? {
            console.keep_until_told(entry);
            return Ok(Some((trace, signed.transaction.actions)));
        }
    }
    Ok(None)
}

/// Sends it until its fate is known; `None` where it has expired without having been executed. The entry
/// goes where the transaction was not executed, and stays otherwise: one that was is to be told first. A
/// duplicate is this run's own transaction where
/// it `was_sent` before, by an earlier run or in an attempt whose answer was lost.
fn settle(
    way: Way<'_>,
    entry: &Entry,
    signed: &SignedTransaction,
    mut was_sent: bool,
) -> Fallible<Option<Fate>> {
    let (client, transaction) = (way.client, &signed.transaction);
    let mut last = String::new();
    for _ in 0..way.attempts {
        let error = match client.send(signed) {
            Ok(trace) => return Ok(Some(Fate::Executed(Box::new(trace)))),
            Err(error) => error,
        };
        if error.is(ErrorKind::TxDuplicate) {
            if was_sent {
                return Ok(Some(executed_before(client, transaction)));
            }
            entry.forget();
            return Ok(Some(Fate::Duplicate));
        }
        if error.is(ErrorKind::ExpiredTx) {
            return expired(client, entry, transaction);
        }
        let is_answer = match &error {
            ClientError::Chain(refusal) => !is_of_a_proxy(refusal.status),
            other => matches!(other, ClientError::Unsupported { .. }),
        };
        if is_answer && was_sent {
            return refused_later(client, transaction, &error);
        }
        if is_answer {
            entry.forget();
            return Err(error.into());
        }
        last = error.to_string();
        was_sent = true;
    }
    let what = format!("was sent, and no answer came: {last}");
    Err(unconfirmed(transaction, &what))
}

/// The node says that it has expired; it may have been executed before.
fn expired(client: &Client, entry: &Entry, transaction: &Transaction) -> Fallible<Option<Fate>> {
    match lookup(client, transaction) {
        Known::Executed(block) => Ok(Some(executed_in(transaction, block))),
        Known::Absent => {
            entry.forget();
            Ok(None)
        }
        Known::Untold(why) => {
            let what = format!("has expired, and the node cannot tell what became of it: {why}");
            Err(unconfirmed(transaction, &what)
                .hint("ask a node with a history: --url URL of one with trace_api_plugin"))
        }
    }
}

/// It was sent before and may have been executed then; the refusal can be the very consequence of that, as
/// when the payer has no second payment left. Only once it has expired is it known not to be executed.
fn refused_later(
    client: &Client,
    transaction: &Transaction,
    error: &ClientError,
) -> Fallible<Option<Fate>> {
    match lookup(client, transaction) {
        Known::Executed(block) => Ok(Some(executed_in(transaction, block))),
        _ => {
            let what = format!("was sent before, no answer came, and now it is refused: {error}");
            Err(unconfirmed(transaction, &what))
        }
    }
}

/// What became of a transaction is not known, and the entry stays.
fn unconfirmed(transaction: &Transaction, what: &str) -> Box<Failure> {
    let id = id_of(transaction);
    let failure = Failure::new("unconfirmed", format!("transaction {id} {what}"));
    // With --force-unique, and what else is made anew each time, the same command is another transaction.
    match transaction.context_free_actions.is_empty() {
        true => {
            failure.hint("run the same command again: it finds out first, and does nothing twice")
        }
        false => failure.hint(format!(
            "look first: get transaction-status {id}; the same command again is another transaction"
        )),
    }
}

/// The trace of a transaction that is in the chain already, as far as it is known.
fn executed_before(client: &Client, transaction: &Transaction) -> Fate {
    executed_in(
        transaction,
        match lookup(client, transaction) {
            Known::Executed(block) => block,
            _ => 0,
        },
    )
}

fn executed_in(transaction: &Transaction, block_num: u32) -> Fate {
    let trace = TransactionTrace::new(transaction.id(), block_num, Default::default());
    Fate::Executed(Box::new(trace))
}

#[cfg(test)]
mod tests;
