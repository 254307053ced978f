//! Nodes that are behind, and clocks that are wrong.

use crate::proxy::Proxy;
use crate::support::Place;
use antelope_types::TimePoint;
use serde_json::{Value, json};

/// A node whose head is of another time.
fn shifted(place: &Place, seconds: i64) -> Proxy {
    Proxy::changing(place.client(), move |call, answer| {
        let Some(time) = answer["head_block_time"].as_str() else {
            return;
        };
        if call == "get_info" {
            let time: TimePoint = time.parse().unwrap();
            let shifted = TimePoint::from_micros(time.micros() + seconds * 1_000_000);
            answer["head_block_time"] = json!(shifted);
        }
    })
}

#[test]
fn a_node_that_is_behind_is_told_and_its_transaction_expires_in_place_of_being_done_late() {
    let Some(place) = Place::open() else { return };
    let proxy = shifted(&place, -100);
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
    let proxy = Proxy::changing(place.client(), |_, _| {});
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
    let proxy = shifted(&place, -100);
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
