//! `push`: any action of any contract.

use super::sending::packed;
use crate::given::{self, json_argument};
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

/// A transaction that is signed already is sent as it is; of any other the actions are sent.
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
    let is_to_send = !push.send.dry_run && !push.send.dont_broadcast && !push.send.print;
    if !signed.signatures.is_empty() && is_to_send {
        return send_signed(session, console, &push.send, &signed);
    }
    let mut actions = signed.transaction.actions;
    for action in &mut actions {
        if !push.send.permissions.is_empty() {
            action.authorization.clone_from(&push.send.permissions);
        }
    }
    let names = actions
        .iter()
        .map(|it| format!("{}::{}", it.account, it.name));
    let names: Vec<_> = names.collect();
    let intent = Intent::new(format!("a transaction of {}", names.join(", ")), actions);
    transact(session, console, &push.send, &intent)
}

/// Each is sent by itself: one that fails does not keep the others from being sent.
fn several(session: &Session, console: &mut Console<'_>, text: &str) -> Fallible<Report> {
    let Value::Array(all) = json_argument(text)? else {
        return Err(Failure::usage("this is not an array of transactions"));
    };
    let (mut results, mut said, mut failed) = (Vec::new(), String::new(), 0);
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
