//! A proposal to eosio.msig in place of what is proposed.

use super::{Intent, SendOptions, build};
use crate::answers::permission;
use crate::{Console, Failure, Fallible, Session};
use antelope_rpc_client::Client;
use antelope_types::{Action, Name, PermissionLevel, TimePointSec, Transaction, VarUint32, name};
use serde_json::json;
use std::collections::BTreeSet;

/// The contract of proposals.
pub(crate) const MSIG: Name = name!("eosio.msig");

/// How deep permissions of permissions are followed: as deep as chains follow them.
const DEEPEST: u32 = 6;

/// What proposes an intent: the options and the intent of the proposal.
///
/// # Errors
/// Those of finding out whose approvals are needed, and of the client.
pub(super) fn instead(
    session: &Session,
    console: &mut Console<'_>,
    options: &SendOptions,
    intent: &Intent,
    name: Name,
) -> Fallible<(SendOptions, Intent)> {
    let client = &session.client;
    let proposer = options.proposer.ok_or_else(|| {
        Failure::usage("nobody proposes it").expected("--proposer ACCOUNT or ACCOUNT@PERMISSION")
    })?;
    let mut transaction = Transaction {
        actions: intent.actions.clone(),
        ..Transaction::default()
    };
    if let Some(given) = &intent.given {
        transaction
            .context_free_actions
            .clone_from(&given.context_free_actions);
        transaction
            .transaction_extensions
            .clone_from(&given.transaction_extensions);
    }
    let header = &mut transaction.header;
    header.max_net_usage_words = VarUint32(options.max_net_usage.div_ceil(8));
    header.max_cpu_usage_ms = options.max_cpu_usage_ms;
    header.delay_sec = VarUint32(options.delay_sec);
    if let Some(given) = &intent.given {
        build::keep_limits(header, &given.header);
    }
    transaction.header.expiration = expiration(client, options.proposal_expiration)?;
    let requested = match options.requested.is_empty() {
        true => approvers(client, &transaction)?,
        false => options.requested.clone(),
    };
    let names: Vec<_> = requested.iter().map(ToString::to_string).collect();
    console.say(&format!("approvals asked for: {}", names.join(", ")));
    let action = proposal(client, proposer, name, &requested, &transaction)?;
    let sentence = format!("propose {} {name}: {}", proposer.actor, intent.sentence);
    let options = SendOptions {
        permissions: vec![proposer],
        propose: None,
        // Those of what is proposed.
        delay_sec: 0,
        max_cpu_usage_ms: 0,
        max_net_usage: 0,
        ..options.clone()
    };
    Ok((options, Intent::new(sentence, vec![action])))
}

/// So many hours from the chain's head.
pub(crate) fn expiration(client: &Client, hours: u32) -> Fallible<TimePointSec> {
    let now = client.get_info()?.head_block_time.seconds();
    let then = now.saturating_add(i64::from(hours) * 3600);
    Ok(TimePointSec::from_seconds(u32::try_from(then).map_err(
        |_| Failure::usage(format!("{hours} hours are more than a chain counts")),
    )?))
}

/// The action that proposes a transaction.
pub(crate) fn proposal(
    client: &Client,
    proposer: PermissionLevel,
    name: Name,
    requested: &[PermissionLevel],
    transaction: &Transaction,
) -> Fallible<Action> {
    let mut requested = requested.to_vec();
    requested.sort();
    requested.dedup();
    let arguments = json!({
        "proposer": proposer.actor,
        "proposal_name": name,
        "requested": requested,
        "trx": transaction,
    });
    Ok(client.action(MSIG, name!("propose"), proposer, &arguments)?)
}

/// Whose approvals satisfy the permissions of a transaction: of a permission that other accounts make up,
/// theirs, and so on down to those that keys make up.
///
/// # Errors
/// `permission.none`; those of the client.
pub(crate) fn approvers(
    client: &Client,
    transaction: &Transaction,
) -> Fallible<Vec<PermissionLevel>> {
    let mut found = BTreeSet::new();
    for action in &transaction.actions {
        for level in &action.authorization {
            descend(client, *level, 0, &mut found)?;
        }
    }
    Ok(found.into_iter().collect())
}

fn descend(
    client: &Client,
    level: PermissionLevel,
    depth: u32,
    found: &mut BTreeSet<PermissionLevel>,
) -> Fallible<()> {
    let account = client.get_account(level.actor)?;
    let authority = &permission(&account, level.permission)?.required_auth;
    let accounts = authority.accounts.iter().map(|it| it.permission);
    let accounts: Vec<_> = accounts
        .filter(|it| it.permission != name!("eosio.code") && *it != level)
        .collect();
    if !authority.keys.is_empty() || accounts.is_empty() || depth == DEEPEST {
        found.insert(level);
    }
    if depth < DEEPEST {
        for below in accounts {
            if !found.contains(&below) {
                descend(client, below, depth + 1, found)?;
            }
        }
    }
    Ok(())
}
