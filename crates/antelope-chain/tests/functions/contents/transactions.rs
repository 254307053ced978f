//! Transactions and actions.

use super::spoiled::spoiled;
use crate::kinds::{FRIEND, LISTENER, PROBE};
use antelope_types::{Action, Encode, Name, PermissionLevel, Transaction, name};

pub fn transaction() -> Transaction {
    Transaction {
        actions: vec![action(PermissionLevel::active(FRIEND))],
        ..Transaction::default()
    }
}

fn action(level: PermissionLevel) -> Action {
    Action {
        account: LISTENER,
        name: name!("told"),
        authorization: vec![level],
        data: Vec::new(),
    }
}

pub fn actions(level: PermissionLevel) -> Vec<Vec<u8>> {
    let good = action(level);
    let mut all = spoiled(&good.to_bytes());
    let levels = [
        vec![],
        vec![PermissionLevel::new(PROBE, name!("owner"))],
        vec![PermissionLevel::new(PROBE, name!("nothing"))],
        vec![PermissionLevel::new(PROBE, name!("eosio.code"))],
        vec![PermissionLevel::active(FRIEND)],
        vec![PermissionLevel::active(name!("nobody"))],
        vec![level, level],
    ];
    for authorization in levels {
        for account in [PROBE, LISTENER, FRIEND, name!("nobody"), Name::default()] {
            let action = Action {
                account,
                authorization: authorization.clone(),
                ..good.clone()
            };
            all.push(action.to_bytes());
        }
    }
    all
}
