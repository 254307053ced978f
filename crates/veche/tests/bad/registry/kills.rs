//! `kill -9` at random moments, which `VECHE_BAD_SEED` repeats: the rows are those of a rebuild.

use super::{PATIENCE, Run, caught_up, following, ran, rebuilt, rows, veche, wait_until};
use crate::home::{COOP, Home, MARIA, VOTERS, copy};
use crate::keepers::by;
use crate::sweep::{number, seed};
use coop_index::IndexReader;
use std::process::Stdio;
use std::time::Duration;
use test_support::random::Random;

/// How many kills without `VECHE_BAD_KILLS`.
const KILLS: u64 = 24;

/// The longest life of a process in ms: from its start to well beyond the head.
const LONGEST: usize = 900;

fn kills() -> u64 {
    number("VECHE_BAD_KILLS").unwrap_or(KILLS)
}

/// Waits for the next block: what was acknowledged is in it.
fn next_block(home: &Home) {
    let head = || home.client().get_info().unwrap().head_block_num;
    let now = head();
    wait_until("the next block", || head() > now);
}

/// Somebody does something that the registry keeps.
fn live(home: &Home, random: &mut Random, number: u64) {
    let (sum, text) = (
        format!("{}.0000 RUB", number + 1),
        format!("question {number}"),
    );
    match random.below(3) {
        0 => drop(by(home, MARIA, &["contribute", &sum])),
        1 => drop(by(
            home,
            VOTERS[1],
            &["propose", "--question", &text, "--decision", "no"],
        )),
        _ => home.pass(3_600),
    }
}

#[test]
fn an_index_that_is_killed_at_any_moment_equals_a_rebuild() {
    let seed = seed();
    println!("seed {seed}");
    let (home, mut random) = (Home::open(), Random::new(seed));
    let folder = tempfile::tempdir().unwrap();
    for kill in 0..kills() {
        let words: &[&str] = match kill % 2 {
            0 => &["index", "run", "--check-every", "1"],
            _ => &[
                "serve",
                "--no-api",
                "--no-keeper",
                "--listen",
                "127.0.0.1:0",
            ],
        };
        let mut command = following(&home, folder.path(), words);
        command.stderr(Stdio::null());
        let run = Run::start(command);
        if kill % 4 == 0 {
            live(&home, &mut random, kill);
        }
        std::thread::sleep(Duration::from_millis(random.below(LONGEST) as u64));
        run.kill();
    }
    next_block(&home);
    caught_up(&home, folder.path());
    let before = rows(folder.path());
    for (table, rows) in rebuilt(&home) {
        assert_eq!(before[&table], rows, "{table}, seed {seed}");
    }
    assert!(before["documents"].len() > 3 && before["unreadable"].is_empty());

    // A rebuild that is killed leaves the index as it was, and readers that are open go on.
    let mut reader = IndexReader::open(&folder.path().join("index.db")).unwrap();
    let questions = reader.status().unwrap().questions;
    for _ in 0..kills() / 3 {
        let mut command = following(&home, folder.path(), &["index", "rebuild"]);
        command.stderr(Stdio::null());
        let run = Run::start(command);
        std::thread::sleep(Duration::from_millis(random.below(LONGEST) as u64));
        run.kill();
        assert_eq!(rows(folder.path()), before, "seed {seed}");
        assert_eq!(reader.status().unwrap().questions, questions);
    }
    by(
        &home,
        VOTERS[2],
        &["propose", "--question", "one more", "--decision", "yes"],
    );
    let mut command = following(&home, folder.path(), &["index", "rebuild"]);
    command.stderr(Stdio::null());
    ran(command, 0);
    next_block(&home);
    caught_up(&home, folder.path());
    assert_eq!(rows(folder.path()), rebuilt(&home));
    assert!(
        reader.status().unwrap().questions > questions,
        "the open reader sees the new index"
    );
    checked(&home, folder.path());
}

/// A healthy index has no differences while blocks are made; a spoilt row is named.
fn checked(home: &Home, folder: &std::path::Path) {
    let check = || following(home, folder, &["index", "check"]);
    let alike = ran(check(), 0);
    assert!(alike["data"]["rows"].as_u64().unwrap() > 5, "{alike}");
    assert_eq!(alike["data"]["differences"].as_array().unwrap().len(), 0);

    let spoil = |sql: &str| {
        let file = folder.join("index.db");
        let changed = rusqlite::Connection::open(file).unwrap().execute(sql, []);
        assert_eq!(changed.unwrap(), 1, "{sql}");
    };
    let sql = format!("UPDATE participants SET status = 'blocked' WHERE username = '{MARIA}'");
    spoil(&sql);
    let differs = ran(check(), 8);
    let found = &differs["data"]["differences"];
    assert_eq!(found.as_array().unwrap().len(), 1, "{differs}");
    assert_eq!(
        (
            &found[0]["table"],
            &found[0]["key"],
            &found[0]["chain"]["status"]
        ),
        (&"participants".into(), &MARIA.into(), &"active".into())
    );
    // Nobody follows, and the check cannot catch up by itself.
    let behind = ran(veche(home, folder, &["index", "check", "--within", "3"]), 1);
    assert_eq!(behind["errors"][0]["code"], "indexing.behind", "{behind}");
    let mut command = following(home, folder, &["index", "rebuild"]);
    command.stderr(Stdio::null());
    ran(command, 0);
    ran(check(), 0);
    let status = ran(veche(home, folder, &["index", "status"]), 0);
    assert_eq!(status["data"]["cooperative"], COOP);
    // A rebuild that waits for its node ends by a signal, and leaves the index as it was.
    let before = rows(folder);
    let nowhere = ["index", "rebuild", "--state-history", "ws://127.0.0.1:1"];
    let mut command = veche(home, folder, &nowhere);
    command.stderr(Stdio::null());
    let run = Run::start(command);
    let new = folder.join("rebuild.db");
    wait_until("the rebuild", || new.exists());
    let (ended, _) = run.stop();
    assert_eq!(ended.code(), Some(1), "{ended}");
    assert_eq!(rows(folder), before);
    // The trace API tells of final blocks, and of no rows that could be compared.
    let traced = tempfile::tempdir().unwrap();
    let traced = traced.path();
    ran(veche(home, traced, &["index", "run", "--until-head"]), 0);
    let (here, there) = (rows(traced), rows(folder));
    assert_eq!(here["documents"], there["documents"]);
    assert!(here["participants"].is_empty());
}

#[test]
fn a_service_with_its_node_that_is_killed_at_any_moment_equals_a_rebuild() {
    let seed = seed();
    println!("seed {seed}");
    let (mut home, mut random) = (Home::open(), Random::new(seed));
    by(&home, MARIA, &["contribute", "7.0000 RUB"]);
    home.stop();
    let (folder, chain) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    copy(home.chain(), chain.path());
    let serve = || {
        let words = [
            "serve",
            "--no-api",
            "--no-keeper",
            "--listen",
            "127.0.0.1:0",
        ];
        let mut command = veche(&home, folder.path(), &words);
        command.args(["--node-listen", "127.0.0.1:0", "--node-interval", "20"]);
        command.arg("--embedded").arg(chain.path());
        command.stderr(Stdio::null());
        command
    };
    for _ in 0..kills() {
        let run = Run::start(serve());
        std::thread::sleep(Duration::from_millis(200 + random.below(LONGEST) as u64));
        run.kill();
    }
    let run = Run::start(serve());
    let head = || {
        let reader = IndexReader::open(&folder.path().join("index.db"));
        let status = reader.ok().and_then(|mut it| it.status().ok());
        status.and_then(|it| it.head).map_or(0, |it| it.block_num)
    };
    let mut seen = 0;
    wait_until("blocks", || {
        seen = seen.max(head());
        seen > 0
    });
    wait_until("more blocks", || head() > seen + 10);
    let (status, took) = run.stop();
    assert!(
        status.success() && took < PATIENCE / 4,
        "{status} in {took:?}"
    );
    let here = rows(folder.path());
    // The same chain, by its state history.
    copy(chain.path(), home.chain());
    home.restart();
    assert_eq!(here, rebuilt(&home), "seed {seed}");
}
