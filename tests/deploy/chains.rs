//! What other public chains do differently: WAX has a token with eight digits, a chain may lend nothing by
//! `powerup`, and its system contract need not sell RAM by the byte.

use super::network::{ACCOUNTS, NETWORK, Network};
use crate::cli::{Bureau, Desk, Host};
use antelope_rpc_client::{Abi, native};
use antelope_types::{Encode, name, symbol};

/// Who pays for others.
const PATRON: &str = "vechepatron1";

impl Network {
    /// Replaces the interface of the system contract by one without these actions.
    fn without_actions(&self, actions: &[&str]) {
        let client = self.node.client();
        let system = name!("eosio");
        let raw = client.get_raw_abi(system).expect("its ABI");
        let abi = Abi::from_binary(&raw.abi).expect("an ABI");
        let mut definition = abi.definition().clone();
        definition
            .actions
            .retain(|it| !actions.contains(&&*it.name.to_string()));
        let set = native::set_abi(system, &definition.to_bytes());
        client
            .push(&[set], &[self.node.key()])
            .expect("its new ABI");
        client.forget_abi(system);
        self.settle();
    }
}

#[test]
fn a_chain_like_wax_without_powerup_and_without_bytes_to_buy() {
    let network = Network::without_powerup(symbol!("8,WAX"));
    let [(_, people), ..] = ACCOUNTS;
    network.newcomer(people, None);
    network.rich(PATRON, 1000);
    for (_, account) in &ACCOUNTS[1..] {
        network.rich(account, 100);
    }
    network.without_actions(&["buyrambytes", "powerup"]);

    // Every shortage is told in the token of the chain, and with what the chain has.
    let only = |words: &str| network.deploy(&format!("--only registrator -x --json {words}"));
    let (code, message, hint) = only(&format!("--key {people}")).failure();
    assert_eq!(code, "rollout.tokens");
    assert!(message.contains("has 0.00000000 WAX"), "{message}");
    assert!(hint.contains(" WAX\""), "{hint}");
    // The patron types amounts as people do.
    let transfer = network.tokens(100);
    network
        .veche_with(
            &format!("transfer {PATRON} {people}"),
            &[&transfer, "--json", "--key", PATRON],
        )
        .data();
    network.settle();
    let (code, _, hint) = only(&format!("--no-buy --key {people}")).failure();
    assert_eq!(code, "rollout.ram");
    assert!(
        hint.contains(&format!("system buyram {people} {people} \"")) && hint.contains("WAX\""),
        "{hint}"
    );
    let (code, _, hint) = only(&format!("--key {people}")).failure();
    assert_eq!(code, "rollout.net");
    assert!(
        hint.contains("stake for it") && !hint.contains("powerup"),
        "{hint}"
    );
    network
        .typed(&format!(
            "veche system delegatebw {PATRON} {people} 10 10.5 --key {PATRON} --network {NETWORK}"
        ))
        .data();
    let wrong = network.typed(&format!(
        "veche system delegatebw {PATRON} {people} \"1.0000 EOS\" 1 --key {PATRON}"
    ));
    assert_eq!(wrong.failure().0, "usage.argument", "{}", wrong.out);
    let wrong = network.typed(&format!(
        "veche system buyram {PATRON} {people} 100 --bytes --key {PATRON}"
    ));
    assert_eq!(wrong.failure().0, "action.none", "{}", wrong.out);
    network.settle();

    // Otherwise it is deployed as anywhere else.
    let keys = Network::keys(&ACCOUNTS.map(|(_, account)| account));
    let dry = network.deploy("--json").data();
    let price = dry["transactions"][0]["ram_price"]
        .as_str()
        .expect("a price");
    assert!(price.ends_with(" WAX"), "{price}");
    let done = network.deploy(&format!("-x --json {keys}")).data();
    assert_eq!(done["is_done"], true, "{done:#}");
    let policy = network
        .veche(&format!("get table {people} {people} policy"))
        .data();
    assert_eq!(policy["rows"][0]["stake_net"], "0.10000000 WAX", "{policy}");

    // The registrar's code still buys bytes and stakes for people, in the token of the chain.
    let accounts = ACCOUNTS.map(|(_, account)| account);
    let host = Host::Elsewhere(network.node.url().to_owned(), accounts);
    let bureau = Bureau::at(Desk::of(host), "en");
    let open = |key: &str| {
        network
            .typed(&format!(
                "veche system newaccount {PATRON} zarechyekoop {key} --stake-net 1 --stake-cpu 1 \
                 --buy-ram 5 --key {PATRON}"
            ))
            .data();
        network.settle();
    };
    bureau.found(open, || {
        let coop = "--coop zarechyekoop --soviet vechecouncil --yes";
        network
            .veche(&format!("coop activate {coop} --key {people}"))
            .data();
        network.settle();
    });
    let founder = network.node.client().get_account(name!("mirodaluvaxe"));
    let founder = founder.expect("an account");
    assert_eq!(founder.total_resources["cpu_weight"], "0.10000000 WAX");
}
