//! Nodes that go away while a transaction is on its way, and addresses half of which fail.

use crate::proxy::{Proxy, Spoil};
use crate::support::Place;

fn sends(call: &str) -> bool {
    call.starts_with("send_transaction") || call.starts_with("push_transaction")
}

#[test]
fn an_answer_that_is_lost_is_found_out_in_the_same_run() {
    let Some(place) = Place::open() else { return };
    let proxy = Proxy::spoiling(place.client(), |call, before| {
        match sends(call) && before == 0 {
            true => Spoil::After,
            false => Spoil::Nothing,
        }
    });
    let before = place.balance();
    let said = place.veche(&[&proxy.url()], &place.transfer());
    said.says(0, &[]);
    assert!(said.out.contains("executed"), "{said:?}");
    assert_eq!(place.balance() - before, 10_000, "once: {said:?}");
    assert_eq!(place.unfinished(), 0);
}

#[test]
fn a_node_that_is_gone_after_it_has_executed_is_asked_by_the_next_run() {
    let Some(place) = Place::open() else { return };
    // After the first, nothing is answered any more.
    let proxy = Proxy::spoiling(place.client(), |call, before| match (sends(call), before) {
        (true, 0) => Spoil::After,
        (true, _) => Spoil::Before,
        _ => Spoil::Nothing,
    });
    let (before, transfer) = (place.balance(), place.transfer());
    let said = place.veche(&[&proxy.url()], &transfer);
    said.says(
        7,
        &["was sent, and no answer came", "run the same command again"],
    );
    assert_eq!(place.unfinished(), 1);
    let again = place.veche(&[place.url()], &transfer);
    again.says(0, &["an earlier run has sent", "nothing was sent again"]);
    assert_eq!(place.balance() - before, 10_000, "once: {again:?}");
    assert_eq!(place.unfinished(), 0);
    // A third run is a second transfer.
    place.veche(&[place.url()], &transfer).says(0, &[]);
    assert_eq!(place.balance() - before, 20_000);
}

#[test]
fn a_node_that_is_gone_before_the_transaction_arrives_gets_it_from_the_next_run() {
    let Some(place) = Place::open() else { return };
    let proxy = Proxy::spoiling(place.client(), |call, _| match sends(call) {
        true => Spoil::Before,
        false => Spoil::Nothing,
    });
    let (before, transfer) = (place.balance(), place.transfer());
    let said = place.veche(&[&proxy.url()], &transfer);
    said.says(7, &["run the same command again"]);
    assert_eq!(place.balance(), before);
    place
        .veche(&[place.url()], &transfer)
        .says(0, &["an earlier run has sent"]);
    assert_eq!(place.balance() - before, 10_000);
}

#[test]
fn a_node_that_is_gone_before_anything_is_sent_is_told_and_nothing_is_kept() {
    let Some(place) = Place::open() else { return };
    let proxy = Proxy::spoiling(place.client(), |call, _| match call {
        "get_required_keys" => Spoil::Before,
        _ => Spoil::Nothing,
    });
    let said = place.veche(&[&proxy.url()], &place.transfer());
    said.says(5, &["is the node running", "--url or --network"]);
    assert_eq!(place.unfinished(), 0);
}

/// Each address fails every other time, in one way or another; together they do.
#[test]
fn half_of_the_addresses_failing_changes_nothing() {
    let Some(place) = Place::open() else { return };
    let failing = |spoil: Spoil, odd: usize| {
        let calls = std::sync::atomic::AtomicUsize::new(odd);
        Proxy::spoiling(place.client(), move |_, _| {
            let number = calls.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            if number.is_multiple_of(2) {
                spoil
            } else {
                Spoil::Nothing
            }
        })
    };
    let proxies = [
        failing(Spoil::Before, 0),
        failing(Spoil::Unavailable, 1),
        failing(Spoil::After, 0),
        failing(Spoil::After, 1),
    ];
    let urls: Vec<_> = proxies.iter().map(Proxy::url).collect();
    let urls: Vec<_> = urls.iter().map(String::as_str).collect();
    for _ in 0..8 {
        let (before, transfer) = (place.balance(), place.transfer());
        let said = place.veche(&urls, &transfer);
        if said.code == Some(7) {
            // Three answers in a row were lost; the next run finds out.
            place.veche(&urls, &transfer).says(0, &[]);
        } else {
            said.says(0, &[]);
        }
        assert_eq!(place.balance() - before, 10_000, "once: {said:?}");
    }
    assert_eq!(place.unfinished(), 0);
    let calls: usize = proxies.iter().map(|it| it.calls("get_info")).sum();
    assert!(calls > 8, "they were used");
}
