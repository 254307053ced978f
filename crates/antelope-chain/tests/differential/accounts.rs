//! Accounts and their code.

use crate::shared::both::{Both, NOTHING};
use antelope_rpc_client::{native, signing};
use antelope_types::{Action, Authority, Name, PermissionLevel, PublicKey, WaitWeight, name};

pub fn run(both: &mut Both) {
    both.accounts(&[name!("acca"), name!("accb")]);
    let key = signing::public_key(&both.key).unwrap();
    let own = Authority::from_key(key.clone());
    let new = |creator: Name, name: Name, owner: &Authority| {
        native::new_account(creator, name, owner.clone(), own.clone())
    };
    let eosio = name!("eosio");

    let mut full = own.clone().with_code(name!("acca"));
    full.accounts.push(antelope_types::PermissionLevelWeight {
        permission: PermissionLevel::active(name!("accb")),
        weight: 1,
    });
    full.waits.push(WaitWeight {
        wait_sec: 60,
        weight: 1,
    });
    full.waits.push(WaitWeight {
        wait_sec: 3600,
        weight: 1,
    });
    full.sort();
    both.push(
        "newaccount with a full authority",
        &[new(eosio, name!("accfull"), &full)],
    );
    both.push(
        "newaccount by a plain account",
        &[new(name!("acca"), name!("accplain"), &own)],
    );
    both.push(
        "newaccount that is there",
        &[new(eosio, name!("acca"), &own)],
    );
    both.push(
        "newaccount without a name",
        &[new(eosio, Name::default(), &own)],
    );
    both.push(
        "newaccount of 13 characters",
        &[new(eosio, name!("aaaaaaaaaaaaj"), &own)],
    );
    both.push(
        "newaccount eosio.x by eosio",
        &[new(eosio, name!("eosio.x"), &own)],
    );
    both.push(
        "newaccount eosio.y by another",
        &[new(name!("acca"), name!("eosio.y"), &own)],
    );
    both.push(
        "newaccount by one who is not there",
        &[new(name!("nobody"), name!("accx"), &own)],
    );

    let mut by_other = new(eosio, name!("accx"), &own);
    by_other.authorization = vec![PermissionLevel::active(name!("acca"))];
    both.push("newaccount signed by another", &[by_other]);
    let mut cut = new(eosio, name!("accx"), &own);
    cut.data.truncate(20);
    both.push("newaccount with half its data", &[cut]);
    let mut long = new(eosio, name!("acclong"), &own);
    long.data.push(7);
    both.push("newaccount with a byte too many", &[long]);

    let zero = Authority {
        threshold: 0,
        ..own.clone()
    };
    let high = Authority {
        threshold: 2,
        ..own.clone()
    };
    let mut twice = own.clone();
    twice.keys.push(twice.keys[0].clone());
    let absent = Authority::from_permission(PermissionLevel::active(name!("nobody")));
    let unknown = Authority::from_permission(PermissionLevel::new(name!("acca"), name!("trade")));
    let mut now = own.clone();
    now.waits.push(WaitWeight {
        wait_sec: 0,
        weight: 1,
    });
    for (what, authority) in [
        ("threshold 0", &zero),
        ("threshold out of reach", &high),
        ("a key twice", &twice),
        ("an account that is not there", &absent),
        ("a permission that is not there", &unknown),
        ("a wait of nothing", &now),
    ] {
        both.push(
            &format!("newaccount with {what}"),
            &[new(eosio, name!("accx"), authority)],
        );
    }
    let r1 = Authority::from_key(PublicKey::R1([3; 33]));
    both.push(
        "newaccount with an R1 key",
        &[new(eosio, name!("accr"), &r1)],
    );

    let acca = name!("acca");
    both.push("setcode", &[native::set_code(acca, NOTHING)]);
    both.push("setcode the same", &[native::set_code(acca, NOTHING)]);
    both.push(
        "setcode of a second account",
        &[native::set_code(name!("accb"), NOTHING)],
    );
    both.push(
        "an action of a contract",
        &[Action::new(
            acca,
            name!("anything"),
            &[PermissionLevel::active(acca)],
            &7u64,
        )],
    );
    both.push(
        "an action without any data of another",
        &[Action {
            account: acca,
            name: name!("x"),
            authorization: vec![PermissionLevel::owner(name!("accb"))],
            data: vec![],
        }],
    );
    both.push("setabi", &[native::set_abi(acca, &[0; 100])]);
    both.push("setabi shorter", &[native::set_abi(acca, &[0; 40])]);
    both.push(
        "setabi of the same length",
        &[native::set_abi(acca, &[0; 40])],
    );
    both.push(
        "setcode and setabi",
        &[native::set_code(acca, b""), native::set_abi(acca, b"")],
    );
    both.push("setcode of nothing again", &[native::set_code(acca, b"")]);
    let mut version = native::set_code(acca, NOTHING);
    version.data[9] = 1;
    both.push("setcode of another version", &[version.clone()]);
    version.data[8] = 1;
    both.push("setcode of another machine", &[version]);
    // The ABI's length, of one byte after the account.
    for (what, length) in [
        (
            "with bits that have no place",
            &[0x80, 0x80, 0x80, 0x80, 0xf0][..],
        ),
        ("beyond the end", &[0x80, 0x80, 0x40]),
    ] {
        let mut abi = native::set_abi(acca, b"");
        abi.data.truncate(8);
        abi.data.extend(length);
        both.push(&format!("setabi of a length {what}"), &[abi]);
    }
}
