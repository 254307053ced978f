//! The term of a vote ends while no delegate produces. The nodes' wall clocks are set to its last minutes, since nobody
//! can shorten it.

use super::Delegates;
use super::delegates::until;
use crate::cli::FOUNDERS;
use antelope_types::TimePoint;
use rustix::process::Signal;
use std::time::{Duration, SystemTime};

/// How long before the end the clocks are set: the nodes start meanwhile.
const BEFORE: Duration = Duration::from_secs(180);
/// How many seconds the vote may wait for its block.
const LASTING: &str = "1800";
/// The delegates by their nodes.
const PRODUCERS: [&str; 5] = ["a", "b", "c", "d", "e"];

/// How long it is from now until a moment of a clock that is so far ahead.
fn until_then(moment: TimePoint, ahead: Duration) -> Duration {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let now = now.expect("after 1970") + ahead;
    Duration::from_micros(moment.micros().unsigned_abs()).saturating_sub(now)
}

#[test]
#[ignore = "minutes of waiting; scripts/test network runs it"]
fn a_vote_that_was_sent_before_the_end_and_comes_into_a_block_after_it_does_not_count() {
    let Some(mut delegates) = Delegates::up() else {
        return;
    };
    let bureau = delegates.bureau();
    delegates.deploy(&bureau.desk);
    delegates.found(&bureau);
    delegates.buy_ram(&bureau.desk, FOUNDERS[1]);
    let texts = ["О колодце", "--decision", "Вычистить колодец"];
    bureau.by(FOUNDERS[1], "propose --question", &texts);
    let head = delegates.network.head().expect("a head");
    let irreversible = delegates.network.wait_until_irreversible(head + 2);
    irreversible.expect("the question is final");
    let question = bureau.desk.data("agenda")[0].clone();
    let end = question["ends_at"].as_str().expect("a moment");
    let end: TimePoint = end.parse().expect("a moment");

    let ahead = until_then(end, Duration::ZERO).saturating_sub(BEFORE);
    delegates.network.set_clocks(ahead).expect("later");
    // The nodes have other ports now.
    let bureau = delegates.bureau();
    let vote = format!("vote {} for", question["id"]);
    bureau.by(FOUNDERS[1], &vote, &[]);
    delegates.settle();
    for node in PRODUCERS {
        delegates.network.kill(node, Signal::STOP).expect("stopped");
    }
    assert!(!until_then(end, ahead).is_zero(), "the machine is too slow");
    // It outlives the end by far: it must not be its own term that keeps it out of a block.
    let lasting = ["--json", "--expiration", LASTING];
    let sent = bureau.with_keys(&[FOUNDERS[0]], &vote, &lasting);
    assert_eq!(sent.code, 0, "{}", sent.err);
    // The node has executed it, and that is all that is said.
    assert!(!sent.out.contains("irreversible"), "{}", sent.out);
    until("the end", || until_then(end, ahead).is_zero());
    for node in PRODUCERS {
        delegates.network.kill(node, Signal::CONT).expect("goes on");
    }
    let head = delegates.network.head().expect("a head");
    let irreversible = delegates.network.wait_until_irreversible(head + 2);
    irreversible.expect("blocks after the end are final");

    // It is on no agenda any more, and its row is still there.
    let question = bureau.desk.data(&format!("show {}", question["id"]));
    let counted = question["votes_for"].as_array().expect("votes");
    assert_eq!(counted, &[FOUNDERS[1]], "{question}");
    let late = bureau.with_keys(&[FOUNDERS[0]], &vote, &[]);
    assert_eq!(late.code, 6, "{}", late.err);
    assert!(late.err.contains("voting is over"), "{}", late.err);
    assert!(delegates.network.is_one_state().expect("states"));
}
