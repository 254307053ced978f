//! A transaction with all that is needed to sign it on a machine that sees no node.

use super::unsigned;
use crate::given::readable;
use crate::{Console, Fallible, Report, Session};
use antelope_types::{PermissionLevel, Transaction};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The chain's id, the transaction, and what each of its permissions consists of.
///
/// # Errors
/// `mismatch.chain`; those of the client.
pub(super) fn report(
    session: &Session,
    console: &mut Console<'_>,
    transaction: &Transaction,
) -> Fallible<Report> {
    let chain_id = session.chain_id()?;
    let levels: BTreeSet<PermissionLevel> = transaction
        .actions
        .iter()
        .flat_map(|action| action.authorization.iter().copied())
        .collect();
    let mut permissions = Vec::new();
    for level in levels {
        let account = session.client.get_account(level.actor)?;
        let found = account.permission(level.permission);
        let authority = found.map_or(Value::Null, |it| json!(it.required_auth));
        permissions.push(json!({ "level": level.to_string(), "authority": authority }));
    }
    console.say("sign it where the keys are: veche sign FILE --key-file KEYS > SIGNED");
    console.say(&format!(
        "send it before {}: veche push transaction SIGNED",
        transaction.header.expiration
    ));
    Ok(Report::json(json!({
        "chain_id": chain_id,
        "transaction_id": transaction.id(),
        "permissions": permissions,
        "transaction": readable(&session.client, &unsigned(transaction.clone())),
    })))
}
