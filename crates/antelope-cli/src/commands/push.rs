//! `push`: any action of any contract.

use super::sending::packed;
use crate::given::{self, json_argument, readable, sentence};
use crate::transact::{Intent, SendOptions, done, send_signed, transact};
use crate::{Console, Failure, Fallible, Report, Session};
use antelope_types::{Action, Name, PackedTransaction, Signature, SignedTransaction, Transaction};
use clap::{Args, Subcommand};
use serde_json::{Value, json};

/// Send actions and transactions.
#[derive(Subcommand, Clone, Debug)]
pub enum Push {
    /// Send one action of a contract
    Action(Box<PushAction>),
    /// Send a transaction
    Transaction(Box<PushTransaction>),
    /// Send several transactions, each by itself
    Transactions {
        /// A JSON array of packed or plain transactions, or a file that holds it
        transactions: String,
    },
}

/// One action with its arguments as JSON.
#[derive(Args, Clone, Debug)]
pub struct PushAction {
    /// The contract's account
    pub account: Name,
    /// The action
    pub action: Name,
    /// Its arguments as JSON: an object or an array in their order, or a file that holds them
    pub data: String,
    /// Only read: nothing is changed, signed or paid
    #[arg(long)]
    pub read: bool,
    #[command(flatten)]
    #[allow(missing_docs)] // A text here would replace the command's own.
    pub send: SendOptions,
}

/// A transaction in any of its forms.
#[derive(Args, Clone, Debug)]
pub struct PushTransaction {
    /// The transaction as JSON, or a file that holds it
    pub transaction: String,
    /// A signature to add
    #[arg(long, value_name = "SIGNATURE")]
    pub signature: Vec<Signature>,
    /// Only read: nothing is changed, signed or paid
    #[arg(long)]
    pub read: bool,
    #[command(flatten)]
    #[allow(missing_docs)] // A text here would replace the command's own.
    pub send: SendOptions,
}

/// Runs a command of the group.
///
/// # Errors
/// As [`transact`]; `usage.data` for arguments that do not fit the ABI, with the field.
pub fn run(session: &Session, console: &mut Console<'_>, command: &Push) -> Fallible<Report> {
    match command {
        Push::Action(push) => action(session, console, push),
        Push::Transaction(push) => transaction(session, console, push),
        Push::Transactions { transactions } => several(session, console, transactions),
    }
}

fn action(session: &Session, console: &mut Console<'_>, push: &PushAction) -> Fallible<Report> {
    let PushAction {
        account,
        action: name,
        data,
        read,
        send,
    } = push;
    if send.permissions.is_empty() && !read {
        return Err(Failure::usage("nobody authorizes the action")
            .expected("-p ACCOUNT or -p ACCOUNT@PERMISSION"));
    }
    let arguments = json_argument(data)?;
    let action = Action {
        account: *account,
        name: *name,
        authorization: send.permissions.clone(),
        data: packed(session, *account, *name, &arguments)?,
    };
    if *read {
        let trace = session.client.read_only(action)?;
        return Ok(done(&session.client, &trace, false));
    }
    let intent = Intent::new(format!("{account}::{name} {arguments}"), vec![action]);
    transact(session, console, send, &intent)
}

/// A transaction that is signed already is sent as it is; any other is completed by the options, and
/// signed.
fn transaction(
    session: &Session,
    console: &mut Console<'_>,
    push: &PushTransaction,
) -> Fallible<Report> {
    let client = &session.client;
    let mut signed = given::transaction(Some(client), &push.transaction)?;
    signed.signatures.extend(push.signature.iter().cloned());
    if push.read {
        let request = json!({ "transaction": PackedTransaction::pack(&signed) });
        let path = "/v1/chain/send_read_only_transaction";
        return Ok(Report::json(client.call(path, &request)?));
    }
    if !signed.signatures.is_empty() {
        return already_signed(session, console, push, &signed);
    }
    if !signed.context_free_data.is_empty() {
        return Err(Failure::usage(
            "a transaction with context-free data has to be signed as it is",
        )
        .hint("sign FILE, then push transaction SIGNED"));
    }
    let given = Box::new(signed.transaction);
    let mut actions = given.actions.clone();
    for action in &mut actions {
        if !push.send.permissions.is_empty() {
            action.authorization.clone_from(&push.send.permissions);
        }
    }
    let expiration = given.header.expiration;
    if expiration.seconds() > 0
        && push.send.expiration.is_none()
        && i64::from(expiration.seconds()) <= client.get_info()?.head_block_time.seconds()
    {
        console.say(&format!(
            "it has expired at {expiration}: it gets a new expiration and reference block"
        ));
    }
    let intent = Intent {
        sentence: sentence(&readable(client, &unsigned(&given, &actions))),
        actions,
        cleos: None,
        command: None,
        given: Some(given),
    };
    transact(session, console, &push.send, &intent)
}

/// The given transaction with these actions.
fn unsigned(given: &Transaction, actions: &[Action]) -> SignedTransaction {
    SignedTransaction {
        transaction: Transaction {
            actions: actions.to_vec(),
            ..given.clone()
        },
        ..SignedTransaction::default()
    }
}

/// What is signed is sent or computed as it is; it cannot become anything else.
fn already_signed(
    session: &Session,
    console: &mut Console<'_>,
    push: &PushTransaction,
    signed: &SignedTransaction,
) -> Fallible<Report> {
    let send = &push.send;
    for (is_given, option) in [
        (send.offline, "--offline"),
        (send.propose.is_some(), "--propose"),
        (send.skip_sign, "--skip-sign"),
        (send.dont_broadcast, "--dont-broadcast"),
        (send.print, "--print"),
        (send.force_unique, "--force-unique"),
        (!send.permissions.is_empty(), "--permission"),
        (send.expiration.is_some(), "--expiration"),
        (send.reference_block.is_some(), "--ref-block"),
        (send.max_cpu_usage_ms > 0, "--max-cpu-usage-ms"),
        (send.max_net_usage > 0, "--max-net-usage"),
        (send.delay_sec > 0, "--delay-sec"),
    ] {
        if is_given {
            return Err(Failure::usage(format!(
                "{option} would change a transaction that is signed already; nothing was sent"
            ))
            .hint("leave the option out, or remove the signatures from the file"));
        }
    }
    if send.dry_run {
        let trace = session.client.compute(signed)?;
        console.say("dry run: nothing of it is kept");
        return Ok(done(&session.client, &trace, false));
    }
    send_signed(session, console, send, signed)
}

/// Each is sent by itself: one that fails does not keep the others from being sent.
fn several(session: &Session, console: &mut Console<'_>, text: &str) -> Fallible<Report> {
    let Value::Array(all) = json_argument(text)? else {
        return Err(Failure::usage("this is not an array of transactions"));
    };
    let (mut results, mut said, mut failed) = (Vec::new(), String::new(), 0);
    let mut code = "chain.refused";
    for value in all {
        let sent = given::transaction_of(Some(&session.client), value)
            .and_then(|signed| send_signed(session, console, &SendOptions::default(), &signed));
        match sent {
            Ok(report) => {
                said += &report.text;
                results.push(report.data);
            }
            Err(failure) => {
                failed += 1;
                // That one may have been executed counts for more than that others were refused.
                if failure.code == "unconfirmed" {
                    code = "unconfirmed";
                }
                said += &format!("failed: {}\n", failure.message);
                results.push(json!({ "error": failure.to_message() }));
            }
        }
    }
    let report = Report::new(results, said);
    if failed == 0 {
        return Ok(report);
    }
    let message = format!("{failed} of the transactions failed");
    let mut failure = Failure::new(code, message);
    failure.report = Some(report);
    Err(failure)
}
