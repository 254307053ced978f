//! A cooperative's life on the network, by `veche` alone: a clerk's day at the public node, then several
//! clients at once at nodes of their own choice, two keepers at once, and a registry that is followed from one
//! node and then from another.

use super::Delegates;
use super::delegates::{object, succeeded};
use super::histories::hash;
use super::registry::Followed;
use crate::cli::{Bureau, Day, FOUNDERS, Said};
use coop_documents::Lang;
use rustix::process::Signal;
use serde_json::Value;
use std::thread;

const CASHIER: &str = "gipavudorezo";
const CHAIRMAN: &str = FOUNDERS[0];

/// Runs commands at once, each at a node as somebody: what they said, in order.
fn at_once(delegates: &Delegates, bureau: &Bureau, commands: &[(&str, &str, &str)]) -> Vec<Said> {
    let (urls, desk) = (delegates.urls(), &bureau.desk);
    // The keys are files that one writes at a time.
    commands.iter().for_each(|(_, who, _)| drop(desk.key(who)));
    let folder = desk.folder.path();
    thread::scope(|scope| {
        let started = commands.iter().map(|(node, who, words)| {
            let (url, key) = (&urls[*node], folder.join(format!("{who}.key")));
            scope.spawn(move || super::delegates::as_somebody(url, folder, &key, who, words))
        });
        let started: Vec<_> = started.collect();
        let ended = started.into_iter().map(|it| it.join().expect("a client"));
        ended.collect()
    })
}

/// A question about a roof; its row.
fn proposed(bureau: &Bureau, about: &str) -> Value {
    let words = ["--question", about, "--decision", "Так и сделать"];
    bureau.by(FOUNDERS[1], "propose", &words);
    let id = bureau.newest();
    bureau.desk.data(&format!("show {id}"))
}

/// Each member votes at two nodes at once while a delegate dies, and the chairman signs at two nodes at once.
/// The hash of the question.
fn decided_by_several_clients(delegates: &Delegates, bureau: &Bureau) -> String {
    let question = proposed(bureau, "О крыше");
    let vote = format!("vote {} for", question["id"]);
    delegates.network.kill("d", Signal::KILL).expect("d dies");
    let nodes = [("api", "a"), ("b", "e"), ("c", "api")];
    let twice = FOUNDERS.iter().zip(nodes);
    let votes = twice.flat_map(|(who, (one, other))| [(one, *who, &*vote), (other, *who, &*vote)]);
    let votes: Vec<_> = votes.collect();
    let said = at_once(delegates, bureau, &votes);
    for pair in said.chunks(2) {
        assert!(pair.iter().any(|it| it.code == 0), "{pair:?}");
        // The other one has voted as well, has found the vote, or is told that it was refused.
        assert!(
            pair.iter().all(|it| [0, 4, 6, 7].contains(&it.code)),
            "{pair:?}"
        );
        pair.iter().for_each(claims_no_more_than_it_knows);
    }
    delegates.settle();
    delegates.network.start("d").expect("d starts");
    let seen = bureau.desk.data(&format!("show {}", question["id"]));
    assert_eq!(
        seen["votes_for"].as_array().map(Vec::len),
        Some(FOUNDERS.len()),
        "{seen:#}"
    );

    let sign = format!("authorize {}", question["id"]);
    let said = at_once(
        delegates,
        bureau,
        &[("api", CHAIRMAN, &*sign), ("b", CHAIRMAN, &*sign)],
    );
    assert!(said.iter().any(|it| it.code == 0), "{said:?}");
    delegates.settle();
    hash(&question)
}

/// A client never calls final what the network can still undo.
fn claims_no_more_than_it_knows(said: &Said) {
    for word in ["irreversible", "final"] {
        assert!(!said.out.contains(word), "{}", said.out);
    }
}

/// A question is declined, and two keepers take it off at once, at two nodes. The hash of the question.
fn kept_by_two_keepers(delegates: &Delegates, bureau: &Bureau) -> String {
    let question = proposed(bureau, "О заборе");
    for member in FOUNDERS {
        let vote = format!("vote {} against", question["id"]);
        let said = bureau.with_keys(&[member], &vote, &[]);
        // It is declined by the second of three; the third may be told so.
        assert!([0, 4, 6].contains(&said.code), "{}", said.err);
    }
    let (urls, folder) = (delegates.urls(), bureau.desk.folder.path());
    let keepers = [("api", CASHIER), ("b", CHAIRMAN)];
    let keys = keepers.map(|(_, who)| bureau.desk.key(who));
    let said: Vec<Said> = thread::scope(|scope| {
        let run = keepers.iter().zip(&keys).map(|((node, who), key)| {
            let url = &urls[*node];
            scope.spawn(move || super::delegates::keeper(url, folder, who, key))
        });
        let run: Vec<_> = run.collect();
        run.into_iter()
            .map(|it| it.join().expect("a keeper"))
            .collect()
    });
    for said in &said {
        succeeded(said);
        let done = object(said)["data"]["done"].clone();
        println!("keeper: {done}");
        // The question is taken off; there is nobody to be told of a free one.
        assert!(done.as_array().is_some_and(|it| it.len() <= 1), "{done:#}");
    }
    delegates.settle();
    let agenda = bureau.desk.data("agenda");
    assert_eq!(agenda.as_array().map(Vec::len), Some(0), "{agenda:#}");
    hash(&question)
}

#[test]
#[ignore = "minutes; scripts/test network runs it"]
fn a_cooperative_lives_on_a_network_of_delegates() {
    let Some(delegates) = Delegates::up() else {
        return;
    };
    let bureau = delegates.bureau();
    delegates.deploy(&bureau.desk);
    delegates.found(&bureau);
    let followed = Followed::from(&delegates, "api");
    Day::of_council(&bureau.desk, Lang::En, &FOUNDERS);
    followed.until(&delegates, delegates.network.head().expect("a head"));

    // From here on the registry comes from another node.
    let followed = followed.moved(&delegates, "b");
    let roof = decided_by_several_clients(&delegates, &bureau);
    let fence = kept_by_two_keepers(&delegates, &bureau);
    let head = delegates.network.head().expect("a head");
    delegates
        .network
        .wait_until_irreversible(head)
        .expect("everything is irreversible");
    assert!(delegates.network.is_one_state().expect("states"));
    followed.until(&delegates, head);
    followed.equals_a_rebuild(&delegates, "e");

    // Once each, whoever tried how often; the rows are gone, the history has it.
    let found = delegates.verified(&["a", "c", "d", "api"], &roof);
    let times = |what: &str| found.get(what).copied().unwrap_or(0);
    assert_eq!(times("votefor"), FOUNDERS.len(), "{found:?}");
    assert_eq!(
        (times("freedecision"), times("authorize"), times("exec")),
        (1, 1, 1),
        "{found:?}"
    );
    let found = delegates.verified(&["b", "e"], &fence);
    let times = |what: &str| found.get(what).copied().unwrap_or(0);
    assert_eq!(times("declinedec"), 1, "{found:?}");
}
