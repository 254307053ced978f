//! Results, tables of one row and secondary keys in the contract's own types.

use crate::{ALICE, BOB};
use antelope_chain::{Chain, ErrorKind, contract};
use antelope_types::{Checksum256, Float128, Name, PermissionLevel, name};
use shelf::shelf::{Client, ClientSigned};
use shelf::{Counter, Item, Step};
use std::sync::LazyLock;

const SHELF: Name = name!("shelf");

fn chain() -> Chain {
    static BOOTED: LazyLock<Chain> = LazyLock::new(|| {
        Chain::builder()
            .accounts([ALICE, BOB])
            .contract(SHELF, &contract!("shelf").unwrap())
            .build()
            .unwrap()
    });
    BOOTED.clone()
}

fn alice() -> ClientSigned<1> {
    Client::at(SHELF).signed_by(PermissionLevel::active(ALICE))
}

fn item(id: u64) -> Item {
    Item {
        id,
        number: 100 - id,
        wide: u128::from(id) << 70,
        hash: Checksum256::sha256(&[id as u8]),
        ratio: -1.5 * id as f64,
        long: Float128::from_bits(0),
        text: "a text".into(),
    }
}

fn filled(scope: u64) -> Chain {
    let mut chain = chain();
    let own = Client::at(SHELF).signed_by(PermissionLevel::active(SHELF));
    let steps = (1..=5).map(|id| Step::Insert(item(id))).collect();
    chain.push(own.run(scope, steps)).unwrap();
    chain
}

#[test]
fn a_call_is_pushed_as_it_is_and_its_result_has_its_type() {
    let mut chain = chain();
    let trace = chain.push(alice().count(ALICE)).unwrap();
    assert_eq!(trace.returned::<u64>(), Ok(1));
    assert!(trace.returned::<u32>().is_err());
    let both = chain.push((alice().count(ALICE), alice().count(ALICE)));
    assert_eq!(both.unwrap().action_traces.len(), 2);
    let list = chain.push([alice().count(ALICE), alice().count(ALICE)]);
    assert_eq!(list.unwrap().action_traces.len(), 2);
    assert_eq!(
        chain.singleton::<Counter>(SHELF).unwrap(),
        Some(Counter { times: 5 })
    );
}

#[test]
fn anybody_is_impersonated() {
    let mut chain = chain();
    let missing = chain.push(alice().count(BOB)).unwrap_err();
    assert!(missing.error().is(ErrorKind::UnauthorizedRamUsageIncrease));
    let trace = chain.push_as(BOB, alice().count(BOB)).unwrap();
    assert_eq!(trace.ram_deltas()[&BOB], 112 + 128 - 8);
    let act = &trace.action_traces[0].act;
    assert_eq!(act.authorization, [PermissionLevel::active(BOB)]);
    let levels = [PermissionLevel::owner(ALICE), PermissionLevel::active(BOB)];
    let trace = chain.push_as(levels, alice().count(ALICE)).unwrap();
    assert_eq!(trace.action_traces[0].act.authorization, levels);
}

#[test]
fn rows_are_what_the_contract_wrote() {
    let chain = filled(7);
    let all: Vec<Item> = (1..=5).map(item).collect();
    assert_eq!(chain.rows::<Item>(SHELF, 7).unwrap(), all);
    assert_eq!(chain.rows::<Item>(SHELF, 8).unwrap(), []);
    assert_eq!(chain.row::<Item>(SHELF, 7, 3).unwrap(), Some(item(3)));
    assert_eq!(chain.row::<Item>(SHELF, 7, 6).unwrap(), None);
    assert_eq!(chain.singleton::<Counter>(SHELF).unwrap(), None);
}

#[test]
fn a_result_is_json_by_the_abi() {
    let mut chain = chain();
    let trace = chain.push(alice().count(ALICE)).unwrap();
    let returned = chain.returned_json(&trace.action_traces[0]).unwrap();
    assert_eq!(returned, 1);
    let trace = chain.push(alice().arguments(true, "", vec![])).unwrap();
    let error = chain.returned_json(&trace.action_traces[0]).unwrap_err();
    assert_eq!(
        error.message(),
        "shelf::arguments: ABI has no action result `arguments`"
    );
}

#[test]
fn rows_are_found_by_every_kind_of_secondary_key() {
    let chain = filled(7);
    let ids = |items: Vec<Item>| items.iter().map(|item| item.id).collect::<Vec<_>>();
    let by_number = chain.rows_by::<Item, u64>(SHELF, 7, 0, 96..98);
    assert_eq!(ids(by_number.unwrap()), [4, 3]);
    let by_wide = chain.rows_by::<Item, u128>(SHELF, 7, 1, ..=2 << 70);
    assert_eq!(ids(by_wide.unwrap()), [1, 2]);
    let hash = item(4).hash;
    let by_hash = chain.rows_by::<Item, Checksum256>(SHELF, 7, 2, hash..=hash);
    assert_eq!(ids(by_hash.unwrap()), [4]);
    let above = std::ops::Bound::Excluded(-4.5);
    let by_ratio = chain.rows_by::<Item, f64>(SHELF, 7, 3, (above, std::ops::Bound::Unbounded));
    assert_eq!(ids(by_ratio.unwrap()), [2, 1]);
    let by_long = chain.rows_by::<Item, Float128>(SHELF, 7, 4, ..);
    assert_eq!(ids(by_long.unwrap()), [1, 2, 3, 4, 5]);
    let elsewhere = chain.rows_by::<Item, u64>(SHELF, 8, 0, ..);
    assert!(elsewhere.unwrap().is_empty());
}

#[test]
fn a_question_is_asked_in_the_contracts_types() {
    let chain = filled(7);
    let question = Client::at(SHELF).signed_by_all([]).peek(SHELF, 7);
    let trace = chain.read(question).unwrap();
    assert_eq!(trace.returned(), Ok(vec![1u64, 2, 3, 4, 5]));
}
