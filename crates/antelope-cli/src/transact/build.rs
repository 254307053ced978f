//! From actions to a transaction that is not signed yet.

use super::{Intent, SendOptions};
use crate::{Failure, Fallible};
use antelope_rpc_client::{Client, TransactionOptions};
use antelope_types::{Action, Checksum256, Transaction, TransactionHeader, VarUint32, name};
use serde::Deserialize;
use serde_json::json;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Builds it as the options say, and where they say nothing, as the transaction that was given.
///
/// # Errors
/// `usage.argument` without an action; those of the client.
pub(super) fn build(
    client: &Client,
    options: &SendOptions,
    intent: &Intent,
) -> Fallible<Transaction> {
    if intent.actions.is_empty() {
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
    let mut transaction = client.build(&intent.actions, &client_options)?;
    transaction.header.delay_sec = VarUint32(options.delay_sec);
    if let Some(given) = &intent.given {
        keep_limits(&mut transaction.header, &given.header);
        if options.expiration.is_none() {
            keep_time(&mut transaction.header, &given.header, options.lifetime());
        }
        transaction
            .context_free_actions
            .clone_from(&given.context_free_actions);
        transaction
            .transaction_extensions
            .clone_from(&given.transaction_extensions);
    }
    if let Some(block) = &options.reference_block {
        let id = block_id(client, block)?;
        transaction.header.set_reference_block(&id);
    }
    if options.force_unique {
        transaction.context_free_actions.push(nonce());
    }
    Ok(transaction)
}

/// The limits and the delay of a header, where the other says nothing about them.
pub(super) fn keep_limits(header: &mut TransactionHeader, given: &TransactionHeader) {
    if header.max_net_usage_words.0 == 0 {
        header.max_net_usage_words = given.max_net_usage_words;
    }
    if header.max_cpu_usage_ms == 0 {
        header.max_cpu_usage_ms = given.max_cpu_usage_ms;
    }
    if header.delay_sec.0 == 0 {
        header.delay_sec = given.delay_sec;
    }
}

/// The expiration and the reference block of a header, unless it has expired: `header` expires this many
/// seconds from now.
fn keep_time(header: &mut TransactionHeader, given: &TransactionHeader, lifetime: u32) {
    let now = header.expiration.seconds().saturating_sub(lifetime);
    if given.expiration.seconds() <= now {
        return;
    }
    header.expiration = given.expiration;
    if (given.ref_block_num, given.ref_block_prefix) != (0, 0) {
        header.ref_block_num = given.ref_block_num;
        header.ref_block_prefix = given.ref_block_prefix;
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake_node::{info, node};
    use antelope_types::TimePointSec;

    #[test]
    fn what_a_given_transaction_says_is_kept() {
        let client = node(|_, _| info(9, 7));
        let mut given = Transaction {
            actions: vec![nonce()],
            context_free_actions: vec![nonce()],
            ..Transaction::default()
        };
        // An hour after the head.
        given.header = TransactionHeader {
            expiration: TimePointSec::from_seconds(1_767_225_600 + 3600),
            ref_block_num: 3,
            ref_block_prefix: 4,
            max_net_usage_words: VarUint32(5),
            max_cpu_usage_ms: 6,
            delay_sec: VarUint32(7),
        };
        let intent = |given: &Transaction| Intent {
            actions: given.actions.clone(),
            given: Some(Box::new(given.clone())),
            ..Intent::default()
        };
        let usual = SendOptions::default();
        assert_eq!(build(&client, &usual, &intent(&given)).unwrap(), given);
        let options = SendOptions {
            expiration: Some(30),
            max_cpu_usage_ms: 9,
            ..SendOptions::default()
        };
        let built = build(&client, &options, &intent(&given)).unwrap();
        assert_ne!(built.header.expiration, given.header.expiration);
        assert_eq!(built.header.max_cpu_usage_ms, 9, "options come first");
        assert_eq!(built.header.max_net_usage_words, VarUint32(5));
        // One that has expired gets a new time.
        given.header.expiration = TimePointSec::from_seconds(1_767_225_600);
        let built = build(&client, &usual, &intent(&given)).unwrap();
        assert!(built.header.expiration > given.header.expiration);
        assert_ne!(built.header.ref_block_num, 3);
    }
}
