//! ABI definitions: the ABIs of the node's package, packed as `rs_abieos` packs them and read back
//! from the node.

use antelope_node::package_contract;
use antelope_rpc_client::native;
use antelope_types::abi::AbiDef;
use antelope_types::{Decode, Encode, Name};
use rs_abieos::Abieos;
use serde_json::{Value, json};
use veche_tests::{nodeos, random_name};

/// Contracts of the package whose ABIs are looked at.
const CONTRACTS: [&str; 5] = [
    "eosio.bios",
    "eosio.token",
    "eosio.msig",
    "eosio.wrap",
    "eosio.system",
];

fn texts() -> impl Iterator<Item = (&'static str, String)> {
    CONTRACTS.into_iter().map(|name| {
        let (_, path) = package_contract(name).expect("the package has the contract");
        let text = std::fs::read_to_string(path).expect("the ABI can be read");
        (name, text)
    })
}

fn read(text: &str) -> AbiDef {
    serde_json::from_str(text).expect("the file is an ABI")
}

#[test]
fn packed_as_rs_abieos_packs_them() {
    let abieos = Abieos::new();
    for (name, text) in texts() {
        let abi = read(&text);
        let bytes = abi.to_bytes();
        let theirs = abieos.abi_json_to_bin(&text);
        assert!(theirs.is_ok_and(|theirs| theirs == bytes), "{name}");
        assert_eq!(AbiDef::from_bytes(&bytes).as_ref(), Ok(&abi), "{name}");
    }
}

#[test]
fn files_are_what_we_write() {
    for (name, text) in texts() {
        let mut file: Value = serde_json::from_str(&text).expect("the file is JSON");
        let ours = serde_json::to_value(read(&text)).expect("an ABI has JSON");
        let keys = file.as_object_mut().expect("an ABI is an object");
        keys.remove("____comment");
        // Older files lack the keys of newer versions.
        for (key, value) in ours.as_object().expect("an ABI is an object") {
            if !keys.contains_key(key) {
                keys.insert(key.clone(), json!([]));
            }
            assert_eq!(keys[key], *value, "{name}: {key}");
        }
    }
}

#[test]
fn the_node_reads_them() {
    let node = nodeos();
    for (name, text) in texts() {
        let account: Name = random_name();
        node.create_contract_account(account)
            .expect("an account can be made");
        let abi = read(&text);
        node.client()
            .push(&[native::set_abi(account, &abi.to_bytes())], &[node.key()])
            .expect("the node takes the ABI");
        let answer: Value = node
            .client()
            .call("/v1/chain/get_abi", &json!({"account_name": account}))
            .expect("the node shows the ABI");
        let theirs: AbiDef = serde_json::from_value(answer["abi"].clone()).expect("it is an ABI");
        assert_eq!(theirs, abi, "{name}");
    }
}
