//! Nodes that go away while a transaction is on its way, and addresses half of which fail.

use crate::faults::addresses;
use crate::support::{Place, add_network};
use crate::sweep::{number, seed};
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};
use test_support::proxy::{Proxy, Spoil, sends};
use test_support::random::Random;

#[test]
fn an_answer_that_is_lost_is_found_out_in_the_same_run() {
    let Some(place) = Place::open() else { return };
    let proxy = Proxy::spoiling(place.url(), |call, before| {
        match sends(call) && before == 0 {
            true => Spoil::LostAfter,
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
    let proxy = Proxy::spoiling(place.url(), |call, before| match (sends(call), before) {
        (true, 0) => Spoil::LostAfter,
        (true, _) => Spoil::LostBefore,
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
    let proxy = Proxy::spoiling(place.url(), |call, _| match sends(call) {
        true => Spoil::LostBefore,
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
    let proxy = Proxy::spoiling(place.url(), |call, _| match call {
        "get_required_keys" => Spoil::LostBefore,
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
        Proxy::spoiling(place.url(), move |_, _| {
            let number = calls.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            if number.is_multiple_of(2) {
                spoil
            } else {
                Spoil::Nothing
            }
        })
    };
    let proxies = [
        failing(Spoil::LostBefore, 0),
        failing(Spoil::Status(503), 1),
        failing(Spoil::LostAfter, 0),
        failing(Spoil::LostAfter, 1),
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

/// Two to six addresses of one chain, of which one is honest and each other fails in some way, now and then or
/// always: what they say of another chain or of an old head counts for nothing.
#[test]
fn a_command_succeeds_where_one_of_several_addresses_is_honest() {
    let Some(place) = Place::open() else { return };
    let (seed, rounds) = (seed(), number("VECHE_BAD_ROUNDS").unwrap_or(8));
    println!("seed {seed}");
    let mut random = Random::new(seed);
    add_network(
        &place,
        &[
            "--chain-id",
            &place.client().chain_id().unwrap().to_string(),
        ],
    );
    let mut spoiled = std::collections::BTreeMap::new();
    for round in 0..rounds {
        let proxies = addresses(place.url(), &mut random);
        let urls: Vec<_> = proxies.iter().map(Proxy::url).collect();
        let urls: Vec<_> = urls.iter().map(String::as_str).collect();
        let (before, mut words) = (place.balance(), place.transfer());
        words.extend(["-n", "known", "--timeout", "2"].map(str::to_owned));
        let said = place.veche(&urls, &words);
        assert_eq!(said.code, Some(0), "seed {seed}, round {round}: {said:?}");
        assert_eq!(
            place.balance() - before,
            10_000,
            "seed {seed}, round {round}: {said:?}"
        );
        assert_eq!(
            place.unfinished(),
            0,
            "seed {seed}, round {round}: {said:?}"
        );
        for (kind, count) in proxies.iter().flat_map(Proxy::spoiled) {
            *spoiled.entry(kind).or_insert(0) += count;
        }
    }
    println!("{rounds} transfers; calls that were spoiled: {spoiled:#?}");
}

/// Nobody is of the chain of the network: nothing is signed.
#[test]
fn addresses_of_another_chain_alone_are_refused() {
    let Some(place) = Place::open() else { return };
    let foreign = || Proxy::spoiling(place.url(), |_, _| Spoil::OtherChain);
    let proxies = [foreign(), foreign()];
    add_network(
        &place,
        &[
            "--chain-id",
            &place.client().chain_id().unwrap().to_string(),
        ],
    );
    let urls: Vec<_> = proxies.iter().map(Proxy::url).collect();
    let urls: Vec<_> = urls.iter().map(String::as_str).collect();
    let (before, mut words) = (place.balance(), place.transfer());
    words.extend(["-n", "known"].map(str::to_owned));
    let data = r#"{"from":"eosio","to":"bob","quantity":"1.0000 SYS","memo":"abi"}"#;
    let push = [
        "push",
        "action",
        "eosio.token",
        "transfer",
        data,
        "-p",
        "eosio",
        "-n",
        "known",
    ];
    for words in [words, push.map(str::to_owned).to_vec()] {
        place.veche(&urls, &words).says(8, &["nothing was signed"]);
    }
    assert_eq!((place.balance(), place.unfinished()), (before, 0));
}

/// The result is known to the program and not to the user, who waits for a block that is far away.
#[test]
fn what_was_executed_and_not_told_is_not_done_by_the_next_run() {
    let Some(place) = Place::open() else { return };
    let (before, transfer) = (place.balance(), place.transfer());
    let mut waiting = transfer.clone();
    waiting.extend(["--retry-num-blocks", "100000"].map(str::to_owned));
    let mut run = place.command(&[place.url()]);
    run.args(&waiting)
        .arg("--key-file")
        .arg(place.folder.path().join("all.key"));
    let mut run = run
        .stderr(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let start = Instant::now();
    while place.balance() == before {
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "nothing is executed"
        );
        sleep(Duration::from_millis(20));
    }
    // It has got its answer, and waits.
    sleep(Duration::from_millis(500));
    run.kill().unwrap();
    run.wait().unwrap();
    let again = place.veche(&[place.url()], &transfer);
    again.says(0, &["an earlier run has sent", "nothing was sent again"]);
    assert_eq!(place.balance() - before, 10_000, "once: {again:?}");
    assert_eq!(place.unfinished(), 0);
}
