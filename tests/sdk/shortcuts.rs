//! What saves lines in a contract: upsert, equal keys, actions as data, shapes of CDT.

use std::collections::BTreeMap;

use antelope_types::{
    Action, Asset, Decode, PermissionLevel, TimePointSec, Transaction, asset, name,
};
use shelf::Side;

use super::bench::Bench;
use super::model::item;

#[test]
fn rows_are_put_and_found_by_equal_keys() {
    let bench = Bench::new();
    let (same, other) = (item(1, 3, 4), item(2, 5, 4));
    let number = same.number;
    let ids = |items: Vec<shelf::Item>| {
        let action = bench.calls().shortcuts(7, items, number).to_action();
        let trace = bench.push(action).expect("shortcuts");
        Vec::<u64>::from_bytes(trace.return_value()).expect("ids")
    };
    // Each item brings a second row with its number, whose text is counted up.
    assert_eq!(ids(vec![same.clone(), other.clone()]), [1, 101]);
    // The second item moves to the number; its other row stays where it is.
    let moved = shelf::Item { number, ..other };
    assert_eq!(ids(vec![moved, same]), [1, 2, 101]);
    let walk = bench.run(7, &[shelf::Step::Get(101), shelf::Step::Get(2)]);
    assert_eq!(walk[0].ids, [101]);
    assert_eq!(walk[1].ids, [2]);
}

#[test]
fn actions_and_transactions_are_data() {
    let bench = Bench::new();
    let me = PermissionLevel::active(bench.account);
    let count = bench.calls().count(bench.account).to_action();
    let transaction = Transaction {
        actions: vec![count.clone()],
        ..Transaction::default()
    };

    let approved = |levels: &[PermissionLevel]| {
        let action = bench.calls().approved(transaction.clone(), levels.to_vec());
        let trace = bench.push(action.to_action()).expect("approved");
        <(bool, bool)>::from_bytes(trace.return_value()).expect("two answers")
    };
    assert_eq!(approved(&[]), (false, false));
    assert_eq!(approved(&[me]), (true, true));

    let relayed = bench.calls().relay(vec![count.clone(), count]).to_action();
    let trace = bench.push(relayed).expect("relay");
    let now = TimePointSec::from_bytes(trace.return_value()).expect("a time");
    assert!(now > TimePointSec::default());
    let third: Action = bench.calls().count(bench.account).to_action();
    let trace = bench.push(third).expect("count");
    assert_eq!(u64::from_bytes(trace.return_value()), Ok(3));
}

#[test]
fn shapes_of_cdt_go_to_a_contract_and_come_back() {
    let bench = Bench::new();
    let prices = BTreeMap::from([
        (name!("alice"), (1, asset!("1.0000 EOS"))),
        (name!("bob"), (2, asset!("2.5000 EOS"))),
    ]);
    let action = bench.calls().shapes(prices, Side::Right).to_action();
    let trace = bench.push(action).expect("shapes");
    let back = <(Side, Asset, u32)>::from_bytes(trace.return_value());
    assert_eq!(back, Ok((Side::Right, asset!("3.5000 EOS"), 2)));
}
