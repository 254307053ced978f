//! From actions to a transaction that is not signed yet.

use super::SendOptions;
use crate::{Failure, Fallible};
use antelope_rpc_client::{Client, TransactionOptions};
use antelope_types::{Action, Checksum256, Transaction, VarUint32, name};
use serde::Deserialize;
use serde_json::json;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Builds it as the options say.
///
/// # Errors
/// `usage.argument` without an action; those of the client.
pub(super) fn build(
    client: &Client,
    options: &SendOptions,
    actions: &[Action],
) -> Fallible<Transaction> {
    if actions.is_empty() {
        return Err(Failure::usage(
            "a transaction without an action does nothing",
        ));
    }
    let client_options = TransactionOptions {
        expiration: Duration::from_secs(u64::from(options.lifetime())),
        max_net_usage: options.max_net_usage,
        max_cpu_usage_ms: options.max_cpu_usage_ms,
        ..TransactionOptions::default()
    };
    let mut transaction = client.build(actions, &client_options)?;
    transaction.header.delay_sec = VarUint32(options.delay_sec);
    if let Some(block) = &options.reference_block {
        let id = block_id(client, block)?;
        transaction.header.set_reference_block(&id);
    }
    if options.force_unique {
        transaction.context_free_actions.push(nonce());
    }
    Ok(transaction)
}

/// An action that does nothing and has data of this moment, as cleos adds it.
fn nonce() -> Action {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let nanos = now.map_or(0, |now| now.as_nanos());
    let text = nanos.to_string();
    Action::new(name!("eosio.null"), name!("nonce"), &[], &text)
}

/// The id of a block that is given by its number or id.
fn block_id(client: &Client, block: &str) -> Fallible<Checksum256> {
    #[derive(Deserialize)]
    struct Answer {
        id: Checksum256,
    }
    let path = "/v1/chain/get_block";
    let answer: Answer = client.call(path, &json!({ "block_num_or_id": block }))?;
    Ok(answer.id)
}
