//! Contracts and permissions.

use crate::support::{Place, name};
use antelope_node::package_contract;
use serde_json::{Value, json};

fn auth(place: &Place, account: &str, permission: &str) -> Value {
    let account = place.node.client().get_account(name(account)).unwrap();
    json!(
        account
            .permission(name(permission))
            .map(|it| it.required_auth.clone())
    )
}

#[test]
fn contracts_are_set_as_cleos_sets_them() {
    let place = Place::with_system();
    place.veche("system buyram alice bob 400 --kbytes").well();
    let (wasm, _) = package_contract("eosio.token").unwrap();
    let folder = wasm.parent().unwrap().display();
    let actions = |it: &Value| {
        let all = it["actions"].as_array().unwrap().iter();
        all.map(|it| (it["name"].clone(), it["data"].clone()))
            .collect::<Vec<_>>()
    };
    let line = format!("set contract bob {folder}");
    let ours = place.veche(&format!("{line} -s -d")).well().json();
    let theirs = place.cleos(&format!("{line} -s -d")).well().json();
    assert_eq!(actions(&ours), actions(&theirs));
    // This cleos fails at `set code` and `set abi`, whose files it looks for in a folder without a name.
    for (number, what, file) in [(0, "code", "wasm"), (1, "abi", "abi")] {
        let line = format!("set {what} bob {folder}/eosio.token.{file} -s -d");
        let one = place.veche(&line).well().json();
        assert_eq!(
            actions(&one)[..],
            actions(&theirs)[number..=number],
            "{what}"
        );
    }
    let printed = place.veche(&format!("{line} --print")).well().out;
    assert!(printed.contains("set contract bob"), "{printed}");
    place.veche(&line).well();
    place.settle();
    let again = place.veche(&line).well();
    assert!(
        again.out.contains("nothing to do") && again.err.contains("skipped"),
        "{again:?}"
    );
    let hash = |account| place.node.client().get_code_hash(name(account)).unwrap();
    assert_eq!(hash("bob"), hash("eosio.token"));
    place.veche("set contract bob --clear").well();
    place.settle();
    assert_eq!(hash("bob").0, [0; 32]);
    let said = place.veche("set code bob {folder}/keys");
    assert!(said.code == 1 && said.err.contains("not wasm"), "{said:?}");
}

#[test]
fn permissions_are_set_as_cleos_sets_them() {
    let place = Place::with_system();
    let json = "{\"threshold\":2,\"keys\":[],\"accounts\":[{\"permission\":{\"actor\":\"alice\",\"permission\":\"active\"},\"weight\":1},{\"permission\":{\"actor\":\"carol\",\"permission\":\"active\"},\"weight\":1}],\"waits\":[]}";
    for line in [
        format!("set account permission bob pay '{json}'"),
        "set account permission bob pay {key} owner -p bob@owner".to_owned(),
        "set account permission bob active --add-code".to_owned(),
        "set account permission bob active eosio.token --add-code".to_owned(),
        "set account permission bob pay NULL".to_owned(),
        "set action permission bob eosio.token transfer pay".to_owned(),
        "set action permission bob eosio.token ALL pay".to_owned(),
        "set action permission bob eosio.token transfer NULL".to_owned(),
    ] {
        let ours = place.veche(&format!("{line} -s -d")).well().json();
        let theirs = place.cleos(&format!("{line} -s -d")).well().json();
        assert_eq!(ours["actions"], theirs["actions"], "{line}");
    }
    place
        .veche(&format!("set account permission bob pay '{json}'"))
        .well();
    place.settle();
    let by_json = auth(&place, "bob", "pay");
    place
        .veche("set account permission bob pay '2 of [carol, alice@active]' --json")
        .well();
    place.settle();
    assert_eq!(
        auth(&place, "bob", "pay"),
        by_json,
        "the text is compiled to the same"
    );
    place
        .veche("set action permission bob eosio.token transfer pay")
        .well();
    place.settle();
    let said = place.veche("get account bob").well().out;
    assert!(said.contains("for eosio.token::transfer"), "{said}");
    place
        .veche("set account permission bob active --add-code")
        .well();
    place.settle();
    assert_eq!(
        auth(&place, "bob", "active")["accounts"][0]["permission"]["permission"],
        "eosio.code"
    );
    let again = place
        .veche("set account permission bob active --add-code")
        .well();
    assert!(again.out.contains("nothing to do"), "{again:?}");
    place
        .veche("set account permission bob active --remove-code")
        .well();
    place.settle();
    assert_eq!(auth(&place, "bob", "active")["accounts"], json!([]));
    place
        .veche("set action permission bob eosio.token transfer NULL")
        .well();
    place.settle();
    place.veche("set account permission bob pay NULL").well();
    place.settle();
    assert_eq!(auth(&place, "bob", "pay"), json!(null));
    let said = place.veche("set account permission bob pay '3 of [alice, carol]'");
    assert!(
        said.code == 2 && said.err.contains("nobody could satisfy"),
        "{said:?}"
    );
}
