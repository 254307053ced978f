//! Who has to sign what.

use crate::shared::both::Both;
use antelope_rpc_client::{native, signing};
use antelope_types::{
    Action, Authority, KeyWeight, Name, PermissionLevel, PermissionLevelWeight, PrivateKey,
    WaitWeight, name,
};

const A: Name = name!("autha");
const B: Name = name!("authb");
const C: Name = name!("authc");

fn act(code: Name, action: Name, levels: &[(Name, Name)]) -> Action {
    let levels: Vec<_> = levels
        .iter()
        .map(|&(actor, p)| PermissionLevel::new(actor, p))
        .collect();
    Action::new(code, action, &levels, &1u8)
}

pub fn run(both: &mut Both) {
    both.accounts(&[A, B, C]);
    let first = both.key.clone();
    let second = PrivateKey::K1([7; 32]);
    let third = PrivateKey::R1([9; 32]);
    let weight = |key: &PrivateKey, weight| KeyWeight {
        key: signing::public_key(key).unwrap(),
        weight,
    };
    let (active, owner) = (name!("active"), name!("owner"));

    let mut two = Authority {
        threshold: 2,
        keys: vec![weight(&first, 1), weight(&second, 1), weight(&third, 2)],
        ..Authority::default()
    };
    two.sort();
    both.push(
        "two of three keys",
        &[native::update_auth(B, name!("two"), active, two)],
    );
    let nested = Authority {
        threshold: 1,
        accounts: vec![PermissionLevelWeight {
            permission: PermissionLevel::new(B, name!("two")),
            weight: 1,
        }],
        ..Authority::default()
    };
    both.push(
        "another's permission",
        &[native::update_auth(A, name!("nested"), active, nested)],
    );
    let later = Authority {
        threshold: 2,
        keys: vec![weight(&first, 1)],
        waits: vec![WaitWeight {
            wait_sec: 60,
            weight: 1,
        }],
        ..Authority::default()
    };
    both.push(
        "a wait",
        &[native::update_auth(A, name!("later"), active, later)],
    );
    both.push(
        "links",
        &[
            native::link_auth(A, C, name!("nested"), name!("nested")),
            native::link_auth(A, C, name!("later"), name!("later")),
            native::link_auth(A, C, name!("open"), name!("eosio.any")),
            native::link_auth(B, C, Name::default(), name!("two")),
        ],
    );

    let sets: [(&str, Vec<&PrivateKey>); 7] = [
        ("none", vec![]),
        ("first", vec![&first]),
        ("second", vec![&second]),
        ("first and second", vec![&first, &second]),
        ("third", vec![&third]),
        ("first and third", vec![&first, &third]),
        ("first twice", vec![&first, &first]),
    ];
    let actions: [(&str, Vec<Action>); 12] = [
        ("active", vec![act(C, name!("x"), &[(A, active)])]),
        ("owner", vec![act(C, name!("x"), &[(A, owner)])]),
        (
            "nested where it is linked",
            vec![act(C, name!("nested"), &[(A, name!("nested"))])],
        ),
        (
            "active where nested is linked",
            vec![act(C, name!("nested"), &[(A, active)])],
        ),
        (
            "nested where it is not linked",
            vec![act(C, name!("x"), &[(A, name!("nested"))])],
        ),
        (
            "nested where any is linked",
            vec![act(C, name!("open"), &[(A, name!("nested"))])],
        ),
        (
            "later",
            vec![act(C, name!("later"), &[(A, name!("later"))])],
        ),
        (
            "all actions of a contract",
            vec![act(C, name!("y"), &[(B, name!("two"))])],
        ),
        (
            "two actors",
            vec![act(C, name!("x"), &[(A, active), (C, active)])],
        ),
        (
            "one twice",
            vec![act(C, name!("x"), &[(A, active), (A, active)])],
        ),
        (
            "two actions",
            vec![
                act(C, name!("x"), &[(A, active)]),
                act(C, name!("y"), &[(B, name!("two"))]),
            ],
        ),
        (
            "eosio.code",
            vec![act(C, name!("x"), &[(A, name!("eosio.code"))])],
        ),
    ];
    for (what, actions) in &actions {
        for (signers, keys) in &sets {
            both.push_with(
                &format!("{what}, signed by {signers}"),
                actions,
                keys,
                &|_| (),
            );
        }
    }
}
