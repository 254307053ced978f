//! `cargo antelope call`: calls an action by the contract's ABI.
//!
//! 1. Read the ABI of the account and pack the arguments. JSON that does not fit is refused here, with
//!    the field that is wrong, before anything is sent.
//! 2. Send the transaction in one of three ways:
//!
//!    | `--as` | `--execute` | call of the node | keys | effects |
//!    |---|---|---|---|---|
//!    | no | no | `send_read_only_transaction` | none | an action that changes something fails |
//!    | yes | no | `compute_transaction` | not asked for | computed and discarded |
//!    | yes | yes | `send_transaction2` | needed | kept |
//!
//! 3. Print the returned value as JSON, what contracts printed, the change of RAM in bytes by account,
//!    and the id if it was sent. `--json` adds CPU in µs, NET in bytes and all actions of the trace.
//!
//! Exit codes: 0, and 1 where arguments do not fit, keys are missing, or the chain refuses.
//!
//! | field of the data | |
//! |---|---|
//! | `transaction` | the id, also of one that was only computed |
//! | `executed` | whether its effects are kept |
//! | `returned` | by the ABI; null where the action returned no bytes |
//! | `console` | what all its actions printed |
//! | `cpu_us`, `net_bytes` | what is billed, in microseconds and bytes |
//! | `ram` | `account` and `bytes` for each account whose RAM changed |
//! | `actions` | `receiver`, `account` and `name` of each action executed |

use super::keys;
use crate::arguments::Call;
use crate::failure::Failure;
use crate::output::{CommandResult, Output};
use antelope_rpc_client::{ActionTrace, Client, ClientError, TransactionTrace};
use antelope_types::{Action, SignedTransaction};
use serde_json::{Value, json};

/// Runs the command. Without arguments, the action gets an empty object.
pub(crate) fn run(arguments: &Call, output: &mut Output) -> CommandResult {
    let client = super::client(&arguments.node)?;
    let given = match &arguments.data {
        Some(text) => serde_json::from_str(text).map_err(|error| {
            let message = format!("arguments {text:?}: {error}, expected a JSON object");
            Box::new(Failure::new("usage.json", message))
        })?,
        None => json!({}),
    };
    let abi = client.abi(arguments.account)?;
    let packed = abi.pack_action(arguments.action, &given);
    let action = Action {
        account: arguments.account,
        name: arguments.action,
        authorization: arguments.authority.clone(),
        data: packed.map_err(ClientError::from)?,
    };
    let (trace, kept) = call(&client, arguments, action)?;
    let bytes = trace.return_value();
    let returned = match bytes.is_empty() {
        true => Value::Null,
        false => abi
            .unpack_result(arguments.action, bytes)
            .map_err(ClientError::from)?,
    };
    if !kept {
        output.say("nothing of it is kept; --execute sends it");
    }
    let deltas: Vec<_> = trace.ram_deltas().into_iter().collect();
    let data = json!({
        "transaction": trace.id,
        "executed": kept,
        "returned": returned,
        "console": trace.console(),
        "cpu_us": trace.cpu_us(),
        "net_bytes": trace.net_bytes(),
        "ram": deltas.iter().map(|(who, bytes)| json!({ "account": who, "bytes": bytes })).collect::<Vec<_>>(),
        "actions": trace.action_traces.iter().map(told).collect::<Vec<_>>(),
    });
    let mut lines = Vec::new();
    if !returned.is_null() {
        lines.push(returned.to_string());
    }
    lines.extend(trace.console().lines().map(str::to_owned));
    lines.extend(
        deltas
            .iter()
            .map(|(who, bytes)| format!("RAM of {who}: {bytes:+}")),
    );
    if kept {
        lines.push(format!("transaction {}", trace.id));
    }
    Ok((data, lines.join("\n")))
}

/// An action of the trace: who executed which action of which contract.
fn told(action: &ActionTrace) -> Value {
    json!({ "receiver": action.receiver, "account": action.act.account, "name": action.act.name })
}

/// Executes the action; tells whether the chain keeps what it did.
///
/// Without an authority it goes into a read-only transaction. With one it is computed, which a node
/// does like any transaction and forgets. Only `--execute` sends it. Keys given without `--execute` are
/// used: it is then found out whether they suffice, as `get_required_keys` refuses if not.
///
/// # Errors
/// `usage.authority` for `--execute` without `--as`, since a transaction needs an authority that is
/// billed.
fn call(
    client: &Client,
    arguments: &Call,
    action: Action,
) -> Result<(TransactionTrace, bool), Box<Failure>> {
    if arguments.execute {
        if action.authorization.is_empty() {
            let message = "--execute without an authority, expected --as ACCOUNT@PERMISSION";
            return Err(Box::new(Failure::new("usage.authority", message)));
        }
        return Ok((keys::push(client, &arguments.keys, &[action])?, true));
    }
    if action.authorization.is_empty() {
        return Ok((client.read_only(action)?, false));
    }
    let signed = if arguments.keys.are_given() {
        keys::sign(client, &arguments.keys, &[action])?
    } else {
        SignedTransaction {
            transaction: client.build(&[action], &keys::options())?,
            ..SignedTransaction::default()
        }
    };
    Ok((client.compute(&signed)?, false))
}
