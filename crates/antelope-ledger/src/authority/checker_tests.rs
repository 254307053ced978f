use super::*;
use crate::config::ChainConfig;
use antelope_types::{Name, TimePoint};

fn key(n: u8) -> PublicKey {
    let mut bytes = [2; 33];
    bytes[32] = n;
    PublicKey::K1(bytes)
}

fn level(text: &str) -> PermissionLevel {
    text.parse().unwrap()
}

fn authority(
    threshold: u32,
    keys: &[(u8, u16)],
    accounts: &[(&str, u16)],
    waits: &[(u32, u16)],
) -> Authority {
    let keys = keys.iter().map(|&(n, weight)| KeyWeight {
        key: key(n),
        weight,
    });
    let accounts = accounts
        .iter()
        .map(|&(text, weight)| PermissionLevelWeight {
            permission: level(text),
            weight,
        });
    let waits = waits
        .iter()
        .map(|&(wait_sec, weight)| WaitWeight { wait_sec, weight });
    let mut authority = Authority {
        threshold,
        keys: keys.collect(),
        accounts: accounts.collect(),
        waits: waits.collect(),
    };
    authority.sort();
    authority
}

fn state(permissions: &[(&str, Authority)]) -> State {
    let mut state = State::new(ChainConfig::default());
    for (text, authority) in permissions {
        state.create_permission(level(text), 0, authority.clone(), TimePoint::default());
    }
    state
}

/// Whether the permission is satisfied, and how many of the keys were of use.
fn check(
    state: &State,
    text: &str,
    keys: &[u8],
    permissions: &[&str],
    delay: i64,
) -> (bool, usize) {
    let keys = keys.iter().map(|n| key(*n)).collect();
    let permissions = permissions.iter().map(|text| level(text)).collect();
    let mut checker = Checker::new(state, &keys, &permissions, delay);
    (checker.satisfied(level(text)), checker.used_keys().len())
}

#[test]
fn weights_add_up_to_the_threshold() {
    let state = state(&[(
        "alice@active",
        authority(3, &[(1, 1), (2, 2), (3, 1)], &[], &[]),
    )]);
    for (keys, expected) in [
        (&[1u8, 3][..], (false, 0)),
        (&[2], (false, 0)),
        (&[1, 2], (true, 2)),
        (&[1, 2, 3], (true, 2)),
    ] {
        assert_eq!(
            check(&state, "alice@active", keys, &[], 0),
            expected,
            "{keys:?}"
        );
    }
}

#[test]
fn keys_of_an_authority_that_fails_are_not_used() {
    let state = state(&[
        (
            "alice@active",
            authority(1, &[(9, 1)], &[("bob@active", 1)], &[]),
        ),
        ("bob@active", authority(2, &[(1, 1), (2, 1)], &[], &[])),
    ]);
    assert_eq!(check(&state, "alice@active", &[1, 9], &[], 0), (true, 1));
    assert_eq!(check(&state, "alice@active", &[1], &[], 0), (false, 0));
    assert_eq!(check(&state, "alice@active", &[1, 2], &[], 0), (true, 2));
}

#[test]
fn waits_are_tried_before_keys_of_the_same_weight() {
    let state = state(&[("alice@active", authority(1, &[(1, 1)], &[], &[(60, 1)]))]);
    assert_eq!(
        check(&state, "alice@active", &[1], &[], 60_000_000),
        (true, 0)
    );
    assert_eq!(
        check(&state, "alice@active", &[1], &[], 59_999_999),
        (true, 1)
    );
    assert_eq!(
        check(&state, "alice@active", &[], &[], 59_999_999),
        (false, 0)
    );
}

#[test]
fn a_circle_does_not_satisfy_itself() {
    let state = state(&[
        ("alice@active", authority(1, &[], &[("bob@active", 1)], &[])),
        (
            "bob@active",
            authority(1, &[(1, 1)], &[("alice@active", 1)], &[]),
        ),
    ]);
    assert_eq!(check(&state, "alice@active", &[], &[], 0), (false, 0));
    assert_eq!(check(&state, "alice@active", &[1], &[], 0), (true, 1));
}

#[test]
fn authorities_are_followed_six_deep() {
    let chain = |length: usize| {
        let mut permissions = Vec::new();
        let name = |n: usize| format!("a{}@active", (b'a' + n as u8) as char);
        for n in 0..length - 1 {
            permissions.push((name(n), authority(1, &[], &[(&name(n + 1), 1)], &[])));
        }
        permissions.push((name(length - 1), authority(1, &[(1, 1)], &[], &[])));
        let permissions: Vec<_> = permissions
            .iter()
            .map(|(n, a)| (n.as_str(), a.clone()))
            .collect();
        check(&state(&permissions), "aa@active", &[1], &[], 0).0
    };
    assert!(chain(6));
    assert!(!chain(7));
}

#[test]
fn given_permissions_need_not_be_there() {
    let state = state(&[(
        "alice@active",
        authority(1, &[], &[("token@eosio.code", 1)], &[]),
    )]);
    assert!(check(&state, "alice@active", &[], &["token@eosio.code"], 0).0);
    assert!(!check(&state, "alice@active", &[], &["other@eosio.code"], 0).0);
    let all = PermissionLevel::new(level("token").actor, Name::default());
    let permissions = BTreeSet::from([all]);
    let keys = BTreeSet::new();
    let mut checker = Checker::new(&state, &keys, &permissions, 0);
    assert!(
        checker.satisfied(level("alice@active")),
        "no name stands for all"
    );
}
