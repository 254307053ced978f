//! Authorities as text: `2 of [alice@active, EOS…, wait 3600]`.
//!
//! | form | what it is |
//! |---|---|
//! | `EOS…`, `PUB_K1_…`, `PUB_R1_…`, `PUB_WA_…` | this key alone |
//! | `alice@active` | that permission alone |
//! | `2 of [alice, bob@owner, EOS… * 2, wait 3600]` | a threshold of weights; a name alone means its `active` |
//! | `{"threshold": …}` or a file that holds it | cleos's form |
//!
//! Chains want keys, accounts and waits in ascending order and each once; they are sorted here, and what
//! no chain takes is refused before anything is sent.

use crate::given::json_argument;
use crate::{Failure, Fallible};
use antelope_rpc_client::RequiredAuth;
use antelope_types::{
    Authority, KeyWeight, Name, PermissionLevel, PermissionLevelWeight, PublicKey, WaitWeight,
};
use std::fs;

/// Reads an authority in any of its forms.
///
/// # Errors
/// `usage.argument`.
pub(crate) fn authority(text: &str) -> Fallible<Authority> {
    let text = text.trim();
    if text.starts_with('{') || (text.contains(['/', '.']) && fs::exists(text).unwrap_or(false)) {
        let value = json_argument(text)?;
        let read: Authority = serde_json::from_value(value).map_err(|error| {
            wrong(text).expected(format!("an authority as cleos takes it: {error}"))
        })?;
        return checked(read);
    }
    match text.split_once(" of ") {
        Some((threshold, items)) => listed(text, threshold, items),
        None => {
            let mut authority = Authority {
                threshold: 1,
                ..Authority::default()
            };
            add(&mut authority, text)?;
            checked(authority)
        }
    }
}

fn wrong(text: &str) -> Box<Failure> {
    Failure::usage(format!("{text:?} is not an authority"))
}

fn listed(text: &str, threshold: &str, items: &str) -> Fallible<Authority> {
    let threshold = threshold.trim().parse();
    let threshold = threshold.map_err(|_| {
        wrong(text).expected("a number before `of`: 2 of [alice@active, bob@active]")
    })?;
    let items = items.trim();
    let items = items
        .strip_prefix('[')
        .map_or(Some(items), |it| it.strip_suffix(']'));
    let items = items.ok_or_else(|| wrong(text).expected("a `]` at its end"))?;
    let mut authority = Authority {
        threshold,
        ..Authority::default()
    };
    for item in items.split(',') {
        add(&mut authority, item.trim())?;
    }
    checked(authority)
}

/// Adds one member: `what` or `what * weight`.
fn add(authority: &mut Authority, item: &str) -> Fallible<()> {
    let (what, weight) = match item.split_once('*') {
        None => (item, 1),
        Some((what, weight)) => {
            let weight = weight.trim().parse();
            let weight = weight.map_err(|_| wrong(item).expected("a weight up to 65535"))?;
            (what.trim(), weight)
        }
    };
    if let Some(seconds) = what.strip_prefix("wait ") {
        let seconds = seconds.trim().trim_end_matches('s').trim_end().parse();
        let wait_sec = seconds.map_err(|_| wrong(item).expected("wait SECONDS"))?;
        authority.waits.push(WaitWeight { wait_sec, weight });
    } else if let Ok(key) = PublicKey::parse_of_any_chain(what) {
        authority.keys.push(KeyWeight { key, weight });
    } else if let Ok(permission) = what.parse::<PermissionLevel>() {
        authority
            .accounts
            .push(PermissionLevelWeight { permission, weight });
    } else {
        return Err(wrong(item).expected("a public key, ACCOUNT@PERMISSION or wait SECONDS"));
    }
    Ok(())
}

/// In the order of chains, and one that a chain takes.
fn checked(mut authority: Authority) -> Fallible<Authority> {
    authority.sort();
    let twice = authority.keys.windows(2).any(|it| it[0].key == it[1].key)
        || (authority.accounts)
            .windows(2)
            .any(|it| it[0].permission == it[1].permission)
        || (authority.waits)
            .windows(2)
            .any(|it| it[0].wait_sec == it[1].wait_sec);
    if twice {
        return Err(Failure::usage("a member of the authority is in it twice")
            .hint("give it a weight instead: alice@active * 2"));
    }
    let keys = authority.keys.iter().map(|it| it.weight);
    let accounts = authority.accounts.iter().map(|it| it.weight);
    let waits = authority.waits.iter().map(|it| it.weight);
    let total: u64 = keys.chain(accounts).chain(waits).map(u64::from).sum();
    if authority.threshold == 0 || u64::from(authority.threshold) > total {
        let message = format!(
            "nobody could satisfy it: the threshold is {}, the weights are {total} together",
            authority.threshold
        );
        return Err(Failure::usage(message).expected(format!("a threshold from 1 to {total}")));
    }
    Ok(authority)
}

/// An authority as the node tells it, to be changed and set again.
///
/// # Errors
/// `keys.text` where it has a key that is not known here.
pub(crate) fn of_node(required: &RequiredAuth) -> Fallible<Authority> {
    let mut authority = Authority {
        threshold: required.threshold,
        keys: Vec::new(),
        accounts: required.accounts.clone(),
        waits: required.waits.clone(),
    };
    for it in &required.keys {
        let key = it.key.key().cloned().ok_or_else(|| {
            Failure::new(
                "keys.text",
                format!("{} is a key of an unknown kind", it.key),
            )
        })?;
        let weight = it.weight;
        authority.keys.push(KeyWeight { key, weight });
    }
    Ok(authority)
}

/// With or without a contract's `eosio.code`; `None` where nothing would change.
pub(crate) fn with_code(
    mut authority: Authority,
    contract: Name,
    is_in: bool,
) -> Option<Authority> {
    let code = PermissionLevel::new(contract, antelope_types::name!("eosio.code"));
    let before = authority.accounts.clone();
    // With the threshold as its weight, as cleos sets it: the code acts alone.
    let whole = u16::try_from(authority.threshold).unwrap_or(u16::MAX);
    let weight = before.iter().find(|it| it.permission == code);
    let weight = weight.map_or(whole, |it| it.weight.max(whole));
    authority.accounts.retain(|it| it.permission != code);
    if is_in {
        authority.accounts.push(PermissionLevelWeight {
            permission: code,
            weight,
        });
        authority.sort();
    }
    (authority.accounts != before).then_some(authority)
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_types::name;

    const KEY: &str = "EOS6MRyAjQq8ud7hVNYcfnVPJqcVpscN5So8BhtHuGYqET5GDW5CV";

    #[test]
    fn members_are_sorted() {
        let read = authority(&format!("2 of [carol, alice@active * 2, {KEY}, wait 60]")).unwrap();
        let names: Vec<_> = read.accounts.iter().map(|it| it.permission.actor).collect();
        assert_eq!(names, [name!("alice"), name!("carol")]);
        assert_eq!(read.accounts[0].weight, 2);
        assert_eq!((read.keys.len(), read.waits[0].wait_sec), (1, 60));
        let json = serde_json::to_string(&read).unwrap();
        assert_eq!(authority(&json).unwrap(), read, "cleos's form");
    }

    #[test]
    fn one_member_is_enough() {
        assert_eq!(authority(KEY).unwrap().keys.len(), 1);
        let expected = Authority::from_permission(PermissionLevel::owner(name!("bob")));
        assert_eq!(authority("bob@owner").unwrap(), expected);
    }

    #[test]
    fn what_no_chain_takes_is_refused() {
        for (text, problem) in [
            ("3 of [alice, bob]", "nobody could satisfy it"),
            ("0 of [alice]", "nobody could satisfy it"),
            ("2 of [alice, alice@active]", "twice"),
            ("x of [alice]", "not an authority"),
            ("1 of [alice", "not an authority"),
            ("1 of [alice * 70000]", "not an authority"),
            ("EOS123", "not an authority"),
        ] {
            let failure = authority(text).unwrap_err();
            assert!(
                failure.message.contains(problem),
                "{text}: {}",
                failure.message
            );
        }
    }

    #[test]
    fn code_is_added_once_and_removed() {
        let before = authority(KEY).unwrap();
        let with = with_code(before.clone(), name!("bank"), true).unwrap();
        assert_eq!(with_code(with.clone(), name!("bank"), true), None);
        assert_eq!(with_code(with, name!("bank"), false), Some(before));
    }
}
