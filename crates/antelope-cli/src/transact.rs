//! A transaction's way from actions to its place in the chain.
//!
//! | step | module | stops with |
//! |---|---|---|
//! | build it: expiration, reference block, limits | `build` | `usage…` |
//! | `--propose`: make a proposal of it, which goes this way in its place | `propose` | `permission.none` |
//! | `--print`: print cleos's line, and end | `print` | `print.long` |
//! | `--offline`: print all that signing needs, and end | `offline` | |
//! | `--dry-run`: let the node compute it, and end | | `chain.refused` |
//! | `--dont-broadcast --skip-sign`: print it, and end | | |
//! | is the node of the right chain? may this happen there? | `consent` | `mismatch.chain`, `declined` |
//! | which keys are needed, and are they at hand? sign | `authority` | `chain.keys` |
//! | has an earlier run sent the same and not learned the result? settle that first | `journal` | `unconfirmed` |
//! | keep, send | `send` | `chain.refused`, `unconfirmed` |
//! | `--retry-irreversible`: wait until it is final | `wait` | `unconfirmed` |
//! | show what was done, and forget what was kept | `tree`, [`Console::finish`] | |

mod authority;
mod build;
pub(crate) mod consent;
mod journal;
mod lookup;
mod offline;
mod options;
mod print;
pub(crate) mod propose;
mod send;
mod tree;
mod wait;

pub(crate) use journal::Entry;
pub use options::{Habits, SendOptions};
pub use tree::tree;

use crate::given::{readable, sentence, with_signatures};
use crate::{Console, Failure, Fallible, Report, Session};
use antelope_rpc_client::{Client, ErrorKind};
use antelope_types::{
    Action, Checksum256, PackedTransaction, SignedTransaction, Transaction, TransactionTrace,
};
use send::Fate;
use serde_json::{Value, json};

/// What a command wants done.
#[derive(Clone, Debug, Default)]
pub struct Intent {
    /// One sentence for whoever confirms it: `transfer 1.0000 EOS from alice to bob`.
    pub sentence: String,
    /// The actions, all of which take effect or none does.
    pub actions: Vec<Action>,
    /// The words of cleos that do the same, without options of the transaction; where there are none,
    /// they are made of the actions.
    pub cleos: Option<Vec<String>>,
    /// What the command was told, hashed. [`earlier`] finds what an interrupted run has sent by it, where
    /// the actions cannot be made again because of what they changed.
    pub command: Option<Checksum256>,
    /// A transaction that was given as a whole. Its context-free actions and extensions are kept, and of
    /// its header what the options do not say.
    pub given: Option<Box<Transaction>>,
}

impl Intent {
    /// What is said in one sentence and done by these actions.
    pub fn new(sentence: impl Into<String>, actions: Vec<Action>) -> Self {
        Self {
            sentence: sentence.into(),
            actions,
            cleos: None,
            command: None,
            given: None,
        }
    }
}

/// Does what is intended, as the options say.
///
/// # Errors
/// See the table of the [module](self).
pub fn transact(
    session: &Session,
    console: &mut Console<'_>,
    options: &SendOptions,
    intent: &Intent,
) -> Fallible<Report> {
    let outcome = match options.propose {
        Some(name) => {
            let (options, intent) = propose::instead(session, console, options, intent, name)?;
            way(session, console, &options, &intent)
        }
        None => way(session, console, options, intent),
    };
    kept(options, outcome)
}

/// Writes the report into the file of `--json-file` as well. Where that fails, it is still printed.
fn kept(options: &SendOptions, outcome: Fallible<Report>) -> Fallible<Report> {
    let report = match &outcome {
        Ok(report) => Some(report),
        Err(failure) => failure.report.as_ref(),
    };
    let (Some(file), Some(report)) = (&options.json_file, report) else {
        return outcome;
    };
    let Err(error) = std::fs::write(file, format!("{:#}\n", report.data)) else {
        return outcome;
    };
    let problem = format!("cannot write {}: {error}", file.display());
    match outcome {
        Ok(report) => {
            let mut failure = Failure::new("file.write", problem)
                .hint("the transaction itself is done, and its report was printed");
            failure.report = Some(report);
            Err(failure)
        }
        Err(failure) => Err(failure.hint(problem)),
    }
}

/// What an interrupted run of the same command has done.
#[derive(Debug)]
pub struct Earlier {
    /// The report, as that run would have given it.
    pub report: Report,
    /// What its transaction did.
    pub actions: Vec<Action>,
}

/// Settles what an earlier run of the same `command` has sent without learning its result, before anything
/// is read that it may have changed: a question that is decided, or a payment that is confirmed, is not
/// there any more. `None` where there is no such run, where its transaction has expired without having been
/// executed, and where the options send nothing. `agree` is asked before the transaction is sent again.
///
/// # Errors
/// `unconfirmed` where its result is still unknown; `declined`; `journal.read`, `journal.write`.
pub fn earlier(
    session: &Session,
    console: &mut Console<'_>,
    options: &SendOptions,
    command: Checksum256,
    mut agree: impl FnMut(&mut Console<'_>, &str) -> Fallible<()>,
) -> Fallible<Option<Earlier>> {
    let sends_nothing =
        options.print || options.offline || options.dry_run || options.dont_broadcast;
    if sends_nothing || options.force_unique || options.propose.is_some() {
        return Ok(None);
    }
    let agree = |console: &mut Console<'_>, signed: &SignedTransaction| {
        let sentence = sentence(&readable(&session.client, signed));
        agree(console, &sentence)?;
        consent::consent(session, console, &sentence, false)
    };
    let Some((trace, actions)) = send::earlier(session, console, command, agree)? else {
        return Ok(None);
    };
    let report = kept(options, finished(session, console, options, &trace))?;
    Ok(Some(Earlier { report, actions }))
}

fn way(
    session: &Session,
    console: &mut Console<'_>,
    options: &SendOptions,
    intent: &Intent,
) -> Fallible<Report> {
    let client = &session.client;
    for note in options.habits.notes() {
        console.say(note);
    }
    if options.print {
        return print::report(session, options, intent);
    }
    if options.offline {
        let transaction = build::build(client, options, intent)?;
        return offline::report(session, console, &transaction);
    }
    if options.dry_run {
        return dry_run(client, console, options, intent);
    }
    if options.skip_sign && options.dont_broadcast {
        let unsigned = unsigned(build::build(client, options, intent)?);
        return Ok(unsent(client, options, &unsigned));
    }
    consent::consent(session, console, &intent.sentence, options.dont_broadcast)?;
    let signers = match options.skip_sign {
        true => Vec::new(),
        false => options.signers(session)?,
    };
    let signed = || {
        let transaction = build::build(client, options, intent)?;
        match options.skip_sign {
            true => Ok(unsigned(transaction)),
            false => authority::sign(session, &signers, transaction),
        }
    };
    if options.dont_broadcast {
        return Ok(unsent(client, options, &signed()?));
    }
    for _ in 0..ATTEMPTS {
        // Another run has done the same within the second: this is a second time, with an id of its own.
        // What is to be unlike every other is not the same when it is run again.
        let command = intent.command.filter(|_| !options.force_unique);
        if let Fate::Executed(trace) = send::send(session, console, &signed()?, command)? {
            return finished(session, console, options, &trace);
        }
    }
    Err(duplicate())
}

/// The report of a transaction that was executed, once it is as final as the options ask for.
fn finished(
    session: &Session,
    console: &mut Console<'_>,
    options: &SendOptions,
    trace: &TransactionTrace,
) -> Fallible<Report> {
    if let Some(explorer) = &session.network.explorer {
        console.say(&format!("{explorer}{}", trace.id));
    }
    let waited = wait::wait(session, console, options, trace);
    let report = done(&session.client, trace, true);
    match waited {
        Ok(()) => Ok(report),
        Err(mut failure) => {
            failure.report = Some(report);
            Err(failure)
        }
    }
}

/// How many transactions of the same content may have been sent within the second.
const ATTEMPTS: u32 = 10;

/// Lets the node compute what would happen.
fn dry_run(
    client: &Client,
    console: &mut Console<'_>,
    options: &SendOptions,
    intent: &Intent,
) -> Fallible<Report> {
    for _ in 0..ATTEMPTS {
        let unsigned = unsigned(build::build(client, options, intent)?);
        match client.compute(&unsigned) {
            Ok(trace) => {
                console.say("dry run: nothing of it is kept");
                return Ok(done(client, &trace, false));
            }
            Err(error) if error.is(ErrorKind::TxDuplicate) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(duplicate())
}

fn unsigned(transaction: Transaction) -> SignedTransaction {
    SignedTransaction {
        transaction,
        ..SignedTransaction::default()
    }
}

fn duplicate() -> Box<Failure> {
    Failure::new(
        "chain.duplicate",
        "the same was sent too often within a second",
    )
    .hint("run the command again, or add --force-unique")
}

/// Sends a transaction that is signed already, once somebody has agreed where it counts.
///
/// # Errors
/// As [`transact`].
pub fn send_signed(
    session: &Session,
    console: &mut Console<'_>,
    options: &SendOptions,
    signed: &SignedTransaction,
) -> Fallible<Report> {
    session.chain_id()?;
    let sentence = sentence(&readable(&session.client, signed));
    consent::consent(session, console, &sentence, false)?;
    kept(options, send_agreed(session, console, options, signed))
}

fn send_agreed(
    session: &Session,
    console: &mut Console<'_>,
    options: &SendOptions,
    signed: &SignedTransaction,
) -> Fallible<Report> {
    match send::send(session, console, signed, None)? {
        Fate::Executed(trace) => finished(session, console, options, &trace),
        Fate::Duplicate => Err(Failure::new(
            "chain.duplicate",
            format!(
                "transaction {} was executed before",
                id_of(&signed.transaction)
            ),
        )),
    }
}

/// The report of a transaction that was executed, or only computed.
pub(crate) fn done(client: &Client, trace: &TransactionTrace, executed: bool) -> Report {
    let ram = trace.ram_deltas();
    let data = json!({
        "transaction_id": trace.id,
        "executed": executed,
        "block_num": trace.block_num,
        "cpu_us": trace.cpu_us(),
        "net_bytes": trace.net_bytes(),
        "ram": ram,
        "processed": trace,
    });
    Report::new(data, tree::tree(client, trace, executed))
}

/// The report of a transaction that was not sent.
fn unsent(client: &Client, options: &SendOptions, signed: &SignedTransaction) -> Report {
    let value: Value = match options.return_packed {
        true => serde_json::to_value(PackedTransaction::pack(signed)).unwrap_or_default(),
        false => {
            let value = match options.unpack_action_data {
                true => readable(client, signed),
                false => json!(signed.transaction),
            };
            with_signatures(value, signed)
        }
    };
    Report::json(value)
}

/// The id by which a chain knows it.
fn id_of(transaction: &Transaction) -> String {
    transaction.id().to_string()
}
