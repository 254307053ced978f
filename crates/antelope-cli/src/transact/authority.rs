//! Which keys the chain asks for, and whether they are at hand.

use crate::answers::permission;
use crate::{Failure, Fallible, Session};
use antelope_rpc_client::{Client, ClientError, ErrorKind, KeyText, Signer, transaction};
use antelope_types::{PermissionLevel, PublicKey, SignedTransaction, Transaction};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeSet;

/// Signs with those of the keys at hand that the chain asks for.
///
/// # Errors
/// `chain.keys` where they are not enough: it tells for each permission what it wants. `keys…` where a
/// key cannot be read or does not sign.
pub(super) fn sign(
    session: &Session,
    signers: &[Box<dyn Signer>],
    unsigned: Transaction,
) -> Fallible<SignedTransaction> {
    let client = &session.client;
    let available: Vec<_> = signers.iter().map(|it| it.public_key()).collect();
    let needed = match required(client, &unsigned, &available) {
        Ok(needed) => needed,
        Err(error) if error.is(ErrorKind::UnsatisfiedAuthorization) => {
            return Err(missing(client, &unsigned, &available, &error));
        }
        Err(error) => return Err(error.into()),
    };
    let signers: Vec<&dyn Signer> = signers
        .iter()
        .map(|it| &**it)
        .filter(|it| needed.contains(&it.public_key()))
        .collect();
    let chain_id = session.chain_id()?;
    Ok(transaction::sign(&chain_id, unsigned, &signers).map_err(ClientError::from)?)
}

/// The keys of those at hand that the transaction needs.
fn required(
    client: &Client,
    transaction: &Transaction,
    available: &[PublicKey],
) -> Result<Vec<PublicKey>, ClientError> {
    #[derive(Deserialize)]
    struct Answer {
        // In the text of the node's chain, which may have a prefix of its own.
        required_keys: Vec<KeyText>,
    }
    let request = json!({ "transaction": transaction, "available_keys": available });
    let answer: Answer = client.call("/v1/chain/get_required_keys", &request)?;
    let keys = answer.required_keys.iter().filter_map(KeyText::key);
    Ok(keys.cloned().collect())
}

/// What each permission wants, and which of it is at hand.
fn missing(
    client: &Client,
    transaction: &Transaction,
    available: &[PublicKey],
    error: &ClientError,
) -> Box<Failure> {
    let levels: BTreeSet<PermissionLevel> = transaction
        .actions
        .iter()
        .flat_map(|action| action.authorization.iter().copied())
        .collect();
    let mut lines = Vec::new();
    for level in levels {
        lines.push(match wanted(client, level, available) {
            Ok(wanted) => format!("{level} wants {wanted}"),
            Err(failure) => format!("{level}: {}", failure.message),
        });
    }
    let at_hand: Vec<_> = available.iter().map(PublicKey::to_string).collect();
    let mut failure = Failure::new(
        "chain.keys",
        "the keys at hand do not satisfy the permissions",
    )
    .expected(lines.join("\n"))
    .hint(format!("at hand: {}", at_hand.join(", ")))
    .hint("add the key, or take another permission with -p");
    failure.details =
        json!({ "permissions": lines, "at_hand": at_hand, "chain": error.to_string() });
    failure
}

/// What satisfies a permission, in words: `2 of EOS… (at hand), bob@active`.
fn wanted(client: &Client, level: PermissionLevel, available: &[PublicKey]) -> Fallible<String> {
    let account = client.get_account(level.actor)?;
    let authority = &permission(&account, level.permission)?.required_auth;
    let weight = |weight: u16| match weight {
        1 => String::new(),
        more => format!(" (weight {more})"),
    };
    let keys = authority.keys.iter().map(|it| {
        let is_there = it.key.key().is_some_and(|key| available.contains(key));
        let there = if is_there { " (at hand)" } else { "" };
        format!("{}{}{there}", it.key, weight(it.weight))
    });
    let accounts = authority.accounts.iter();
    let accounts = accounts.map(|it| format!("{}{}", it.permission, weight(it.weight)));
    let all: Vec<_> = keys.chain(accounts).collect();
    Ok(format!("{} of {}", authority.threshold, all.join(", ")))
}
