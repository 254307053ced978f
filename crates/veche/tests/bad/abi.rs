//! A contract that is changed while a command is on its way.

use crate::support::Place;
use serde_json::Value;
use std::sync::atomic::{AtomicUsize, Ordering};
use test_support::proxy::Proxy;

/// An ABI without any action, in base64: its version and seven empty lists.
const EMPTY: &str = "DmVvc2lvOjphYmkvMS4wAAAAAAAAAA==";

/// The first look at the ABI is before the contract got the action, the second after it.
#[test]
fn arguments_that_do_not_fit_the_abi_are_tried_with_a_newer_one() {
    let Some(place) = Place::open() else { return };
    let asked = AtomicUsize::new(0);
    let proxy = Proxy::changing(place.url(), move |call, answer| {
        let is_first = call == "get_raw_abi" && asked.fetch_add(1, Ordering::Relaxed) == 0;
        if is_first {
            answer["abi"] = Value::from(EMPTY);
        }
    });
    let before = place.balance();
    let data = r#"{"from":"eosio","to":"bob","quantity":"1.0000 SYS","memo":"abi"}"#;
    let words = [
        "push",
        "action",
        "eosio.token",
        "transfer",
        data,
        "-p",
        "eosio",
    ];
    let said = place.veche(&[&proxy.url()], &words.map(str::to_owned));
    said.says(0, &[]);
    assert_eq!(place.balance() - before, 10_000, "{said:?}");
    assert!(proxy.calls("get_raw_abi") >= 2);
}

/// Where the contract is really another, the arguments are refused before anything is sent.
#[test]
fn arguments_for_a_contract_that_was_replaced_are_refused_by_name() {
    let Some(place) = Place::open() else { return };
    let (before, proxy) = (
        place.balance(),
        Proxy::changing(place.url(), |call, answer| {
            if call == "get_raw_abi" {
                answer["abi"] = Value::from(EMPTY);
            }
        }),
    );
    let data = r#"{"from":"eosio","to":"bob","quantity":"1.0000 SYS","memo":"abi"}"#;
    let words = [
        "push",
        "action",
        "eosio.token",
        "transfer",
        data,
        "-p",
        "eosio",
    ];
    let said = place.veche(&[&proxy.url()], &words.map(str::to_owned));
    said.says(2, &["transfer"]);
    assert_eq!((place.balance(), place.unfinished()), (before, 0));
    assert_eq!(proxy.calls("get_required_keys"), 0, "nothing was signed");
}
