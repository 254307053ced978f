//! Nodes that are behind, and clocks that are wrong.

use crate::faults::seconds;
use crate::home::{Home, MARIA};
use crate::support::Place;
use crate::sweep::{number, seed};
use serde_json::{Value, json};
use std::process::Output;
use std::time::{SystemTime, UNIX_EPOCH};
use test_support::proxy::{Proxy, Spoil};
use test_support::random::Random;

/// A node whose head is of so many seconds ago.
fn behind(place: &Place, seconds: i64) -> Proxy {
    Proxy::spoiling(place.url(), move |_, _| Spoil::Behind(seconds))
}

#[test]
fn a_node_that_is_behind_is_told_and_its_transaction_expires_in_place_of_being_done_late() {
    let Some(place) = Place::open() else { return };
    let proxy = behind(&place, 100);
    let (before, transfer) = (place.balance(), place.transfer());
    let said = place.veche(&[&proxy.far_url()], &transfer);
    said.says(
        6,
        &[
            "s old: it is behind, or the chain has stopped",
            "another node with --url; if all tell the same, look at this machine's clock",
            "expired",
            "run the command again",
        ],
    );
    assert_eq!((place.balance(), place.unfinished()), (before, 0));
    // As it says: another node.
    place.veche(&[place.url()], &transfer).says(0, &[]);
    assert_eq!(place.balance() - before, 10_000);
    // A reader in JSON finds the warning too.
    let mut words = place.transfer();
    words.extend(["--json".to_owned(), "-x".to_owned(), "300".to_owned()]);
    let said = place.veche(&[&proxy.far_url()], &words);
    said.says(0, &["warning:"]);
    let object: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(object["warnings"][0]["code"], "node.behind", "{object}");
}

#[test]
fn a_machine_whose_clock_is_behind_uses_the_time_of_the_chain() {
    let Some(place) = Place::open() else { return };
    let client = place.client();
    let passed = client.call::<Value>("/v1/dev/advance_time", &json!({ "seconds": 7200 }));
    passed.unwrap();
    let proxy = Proxy::changing(place.url(), |_, _| {});
    let before = place.balance();
    let said = place.veche(&[&proxy.far_url()], &place.transfer());
    said.says(
        0,
        &[
            "s ahead of this machine's clock",
            "set the clock; the chain's time is used meanwhile",
        ],
    );
    assert_eq!(place.balance() - before, 10_000);
    // On a node of this machine the clock is the same, and a chain of one's own may be at any time.
    let said = place.veche(&[place.url()], &place.transfer());
    said.says(0, &[]);
    assert!(!said.err.contains("warning"), "{said:?}");
}

/// Votes and money of yesterday look like those of today.
#[test]
fn who_reads_from_a_node_that_is_behind_is_warned() {
    let Some(place) = Place::open() else { return };
    let proxy = behind(&place, 100);
    for command in ["agenda", "pay", "coop", "board", "wallet-of bob"] {
        let mut words: Vec<_> = command.split(' ').map(str::to_owned).collect();
        words.extend(["--lang", "en"].map(str::to_owned));
        let url = proxy.far_url();
        let output = place.command(&[&url]).args(&words).output().unwrap();
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            err.starts_with("warning: the head of http://0.0.0.0"),
            "{err}"
        );
        assert!(err.contains("another node with --url"), "{err}");
        // There is no cooperative on this chain.
        assert_eq!(output.status.code(), Some(4), "{err}");
    }
}

/// Heads of another time, drawn around the limits: 30 s, from which they are doubted; 60 s, after which what
/// is built on them has expired; 3600 s, before which nothing may expire.
#[test]
fn the_bounds_of_a_head_hold_just_inside_and_just_outside() {
    let Some(place) = Place::open() else { return };
    let (seed, rounds) = (seed(), number("VECHE_BAD_ROUNDS").unwrap_or(6));
    println!("seed {seed}");
    let mut random = Random::new(seed);
    let edges = [0, 25, 35, 45, 70, -25, -35, -3_500, -3_600];
    let drawn = (0..rounds).map(|_| seconds(&mut random));
    for seconds in edges.into_iter().chain(drawn) {
        let proxy = behind(&place, seconds);
        let (before, transfer) = (place.balance(), place.transfer());
        // The chain is some seconds ahead of the clock where its blocks were made in haste.
        let head = place.client().get_info().unwrap().head_block_time;
        let clock = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let age = clock.as_secs() as i64 - head.seconds() + seconds;
        let said = place.veche(&[&proxy.far_url()], &transfer);
        let told = format!("seed {seed}, {seconds} s, head {age} s old: {said:?}");
        // A busy machine is a second or two late; the limits themselves are held by unit tests.
        match age {
            31.. => assert!(said.err.contains("s old: it is behind"), "{told}"),
            ..=-34 => assert!(said.err.contains("ahead of this machine's clock"), "{told}"),
            -29..=26 => assert!(!said.err.contains("warning"), "{told}"),
            _ => {}
        }
        match seconds {
            61.. | ..=-3_550 => {
                assert_eq!(said.code, Some(6), "{told}");
                let next = ["run the command again", "-x SECONDS"];
                assert!(next.iter().any(|it| said.err.contains(it)), "{told}");
            }
            -3_500..=46 => assert_eq!(said.code, Some(0), "{told}"),
            _ => {}
        }
        let done = i64::from(said.code == Some(0)) * 10_000;
        assert_eq!(place.balance() - before, done, "{told}");
        assert_eq!(place.unfinished(), 0, "{told}");
        // As it says: another node.
        if done == 0 {
            place.veche(&[place.url()], &transfer).says(0, &[]);
        }
    }
}

/// A document may be dated ten minutes ahead; the next one of the same person is then dated after it.
#[test]
fn a_document_of_a_clock_that_was_fast_does_not_keep_out_the_next() {
    let home = Home::open();
    let contribute = |url: &str, sum: &str| -> Output {
        let words = ["contribute", sum, "--yes"].map(str::to_owned);
        let mut command = home.command(&[url.to_owned()], MARIA, &words);
        command.output().unwrap()
    };
    let said = |home: &Home| std::fs::read_to_string(home.said()).unwrap();
    let mut random = Random::new(seed());
    let inside = 30 + random.below(560) as i64;
    let proxy = Proxy::spoiling(home.url(), move |_, _| Spoil::Behind(-inside));
    let output = contribute(&proxy.url(), "1.0000 RUB");
    assert_eq!(output.status.code(), Some(0), "{inside} s: {}", said(&home));
    let output = contribute(home.url(), "2.0000 RUB");
    assert_eq!(
        output.status.code(),
        Some(0),
        "after {inside} s: {}",
        said(&home)
    );
    // Further ahead the contracts do not take it, and tell what to do.
    let outside = 640 + random.below(1_000) as i64;
    let proxy = Proxy::spoiling(home.url(), move |_, _| Spoil::Behind(-outside));
    let output = contribute(&proxy.url(), "3.0000 RUB");
    assert_eq!(
        output.status.code(),
        Some(6),
        "{outside} s: {}",
        said(&home)
    );
    assert!(said(&home).contains("set the clock"), "{}", said(&home));
    // The document of the fast clock is of the past by now.
    home.pass(610);
    let output = contribute(home.url(), "3.0000 RUB");
    assert_eq!(
        output.status.code(),
        Some(0),
        "after {outside} s: {}",
        said(&home)
    );
}
