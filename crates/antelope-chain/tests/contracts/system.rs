//! Contracts of the system and of this repository: their code is taken, and what fails first is
//! what fails first on a node.

use crate::shared::both::Both;
use crate::shared::package::package;
use antelope_rpc_client::native;
use antelope_testing::{Contract, contract};
use antelope_types::{Action, Name, PermissionLevel, name};

pub fn run(both: &mut Both) {
    let of_the_node = ["eosio.bios", "eosio.msig", "eosio.system", "eosio.wrap"];
    let accounts = [name!("bios"), name!("msig"), name!("system"), name!("wrap")];
    for (contract, account) in of_the_node.into_iter().zip(accounts) {
        deploy(both, account, &package(contract));
    }
    let ours = ["hello", "registrator", "gateway", "soviet"];
    let accounts = [
        name!("hello"),
        name!("registrator"),
        name!("gateway"),
        name!("soviet"),
    ];
    for (contract, account) in ours.into_iter().zip(accounts) {
        deploy(both, account, &contract!(contract).unwrap());
    }
    greetings(both);
}

fn deploy(both: &mut Both, account: Name, contract: &Contract) {
    both.accounts(&[account]);
    both.push(
        &format!("{account}: code"),
        &[native::set_code(account, contract.wasm())],
    );
    for action in [
        "init",
        "propose",
        "exec",
        "setpriv",
        "reqactivated",
        "updatecoop",
        "votefor",
    ] {
        // Its deferred transaction cannot be read, and how often a node says so depends on where.
        if account == name!("wrap") && action == "exec" {
            continue;
        }
        for length in [0, 8, 60] {
            let mut data = account.raw().to_le_bytes().repeat(8);
            data.truncate(length);
            let action = Action {
                account,
                name: action.parse().unwrap(),
                authorization: vec![PermissionLevel::active(account)],
                data,
            };
            both.push(
                &format!("{account}: {} with {length} bytes", action.name),
                &[action],
            );
        }
    }
}

/// The example of the guide: a table with a row for each person.
fn greetings(both: &mut Both) {
    let friend = name!("friend");
    both.accounts(&[friend]);
    for (account, signer, data) in [
        (name!("hello"), friend, friend.raw().to_le_bytes().to_vec()),
        (name!("hello"), friend, friend.raw().to_le_bytes().to_vec()),
    ] {
        for action in [name!("hi"), name!("hello"), name!("greet"), name!("bye")] {
            let mut data = data.clone();
            data.extend(b"\x05there");
            let authorization = vec![PermissionLevel::active(signer)];
            let what = format!("{account}: {action}");
            both.push(
                &what,
                &[Action {
                    account,
                    name: action,
                    authorization,
                    data,
                }],
            );
        }
    }
}
