//! `get_accounts_by_authorizers`: the permissions that a key or an account is a part of.
//!
//! Wallets use it to find the accounts that a key controls. On a node: `account_query_db` of
//! `chain_plugin`, which keeps an index of authorities; here all permissions of the state are searched
//! for each request, so the time is proportional to their number.
//!
//! | field of a row | what |
//! |---|---|
//! | `account_name`, `permission_name` | the permission whose authority has the key or account |
//! | `authorizing_key` | the key that was asked for |
//! | `authorizing_account` | the level in the authority, with its `actor` and `permission` |
//! | `weight` | the weight of that key or level in the authority |
//! | `threshold` | the weight that the authority needs: the key suffices alone if `weight` reaches it |
//!
//! A row has one of `authorizing_key` and `authorizing_account`, never both.

use super::Reader;
use super::answer::Refusal;
use super::fault::{cast, no_name};
use super::forking::refuse_list;
use super::request::Request;
use antelope_ledger::state::Permission;
use antelope_types::{ChainError, ErrorKind, Name, PermissionLevel, PublicKey};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// `get_accounts_by_authorizers`, as of a node that has them (`--enable-account-queries`): first
/// those of the accounts, then those of the keys, each in their order, then by weight, then those
/// that were set earlier.
///
/// Request: `accounts`, a list of names or levels, and `keys`, a list of public keys; both may be
/// missing, and duplicates in them count once. Response: `accounts`, the rows described above, all in
/// one page.
///
/// # Errors
/// `invalid_http_request` (3200006, status 400) where a field is not a list, a key is not a public
/// key, or an account is text that is not a name, or an object without an `actor`.
pub(super) fn accounts(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    refuse_list(reader.chain, "all accounts that have a key")?;
    let levels = match request.field("accounts") {
        None => BTreeSet::new(),
        Some(Value::Array(given)) => given.iter().map(level).collect::<Result<_, _>>()?,
        Some(other) => return Err(Refusal::field(cast(other, "Array"))),
    };
    let keys: BTreeSet<PublicKey> = request.keys("keys")?.into_iter().collect();
    let mut answer = Vec::new();
    for wanted in levels {
        let mut found: Vec<_> = all(reader)
            .flat_map(|(owner, permission)| {
                let parts = permission.authority.accounts.iter();
                parts.map(move |part| (part.permission, part.weight, owner, permission))
            })
            .filter(|(level, ..)| matches(*level, wanted))
            .collect();
        found.sort_by_key(|(level, weight, owner, permission)| {
            (*level, *weight, since(reader, *owner, permission))
        });
        let rows = found.into_iter().map(|(level, weight, owner, permission)| {
            row(
                owner,
                permission,
                weight,
                "authorizing_account",
                json!(level),
            )
        });
        answer.extend(rows);
    }
    for wanted in keys {
        let mut found: Vec<_> = all(reader)
            .flat_map(|(owner, permission)| {
                let parts = permission.authority.keys.iter();
                parts.map(move |part| (&part.key, part.weight, owner, permission))
            })
            .filter(|(key, ..)| **key == wanted)
            .collect();
        found.sort_by_key(|(_, weight, owner, permission)| {
            (*weight, since(reader, *owner, permission))
        });
        let rows = found.into_iter().map(|(key, weight, owner, permission)| {
            row(owner, permission, weight, "authorizing_key", json!(key))
        });
        answer.extend(rows);
    }
    Ok(json!({ "accounts": answer }))
}

/// Every permission, with its account and its name.
fn all(reader: Reader<'_>) -> impl Iterator<Item = (PermissionLevel, &Permission)> {
    let all = reader.chain.state().permissions.iter();
    all.map(|((actor, permission), content)| {
        let owner = PermissionLevel {
            actor: *actor,
            permission: *permission,
        };
        (owner, content)
    })
}

/// Whether a level of an authority is the wanted one. An empty permission stands for all of the
/// account.
fn matches(level: PermissionLevel, wanted: PermissionLevel) -> bool {
    level.actor == wanted.actor
        && (wanted.permission.is_empty() || level.permission == wanted.permission)
}

/// When a permission was put where it is: the first ones by their numbers, those of one block by
/// their names.
fn since(reader: Reader<'_>, owner: PermissionLevel, permission: &Permission) -> impl Ord + use<> {
    let genesis = reader.chain.genesis().initial_timestamp;
    let id = (permission.last_updated == genesis).then_some(permission.id);
    (permission.last_updated, id, owner)
}

/// One row of the response; `field` is the name of the field that holds the authorizer.
fn row(
    owner: PermissionLevel,
    permission: &Permission,
    weight: u16,
    field: &str,
    authorizer: Value,
) -> Value {
    json!({
        "account_name": owner.actor,
        "permission_name": owner.permission,
        field: authorizer,
        "weight": weight,
        "threshold": permission.authority.threshold,
    })
}

/// A name of an account, or an object with its `actor` and perhaps a `permission`.
///
/// # Errors
/// `invalid_http_request` (3200006) for text that is not a name, an object without `actor`, and an
/// object with further fields.
fn level(given: &Value) -> Result<PermissionLevel, Refusal> {
    let refused = |why: &str| Refusal::from(ChainError::new(ErrorKind::InvalidHttpRequest, why));
    let fields = match given {
        Value::String(text) => {
            let actor = Name::parse(text);
            let actor = actor.map_err(|_| Refusal::field(no_name(text)))?;
            return Ok(PermissionLevel {
                actor,
                permission: Name::default(),
            });
        }
        Value::Object(fields) => fields,
        // Other values are passed over.
        _ => return Ok(PermissionLevel::default()),
    };
    if !fields.contains_key("actor") {
        return Err(refused("Missing Actor field"));
    }
    if fields.len() > 1 + usize::from(fields.contains_key("permission")) {
        return Err(refused("Unrecognized fields in account"));
    }
    let request = Request::of(fields.clone());
    Ok(PermissionLevel {
        actor: request.name("actor")?,
        permission: request.name("permission")?,
    })
}
