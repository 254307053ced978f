//! Two keepers at once, each of which is killed at random moments and started again, over days in which people
//! forget what they began: each thing is done once, and in the end nothing is left.

use crate::home::{CASHIER, COOP, Home, MARIA, VOTERS};
use crate::sweep::{number, seed};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use test_support::random::Random;

const DAY: u64 = 86_400;
const PATIENCE: Duration = Duration::from_secs(120);

/// Whether somebody could do it: what is open already may be as much as the contracts allow.
pub fn by(home: &Home, who: &str, words: &[&str]) -> bool {
    let mut words: Vec<_> = words.iter().map(|it| (*it).to_owned()).collect();
    words.push("--yes".to_owned());
    let mut run = home.command(&[home.url().to_owned()], who, &words);
    let code = run.output().unwrap().status.code();
    let said = std::fs::read_to_string(home.said()).unwrap();
    assert!(matches!(code, Some(0 | 6)), "{words:?}: {said}");
    code == Some(0)
}

/// A keeper that looks every second, by the account that pays for it.
fn keeper(home: &Home, who: &str) -> Child {
    let level = format!("{who}@active");
    let mut run = std::process::Command::new(crate::support::program());
    run.args([
        "--url",
        home.url(),
        "keeper",
        "--every",
        "1",
        "-p",
        &level,
        "--key-file",
    ]);
    run.arg(home.key(who)).env("VECHE_CONFIG", home.desk.path());
    run.stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    run.spawn().unwrap()
}

/// How often each action of a keeper is in blocks, with its arguments.
fn executed(home: &Home) -> BTreeMap<String, usize> {
    let client = home.client();
    let mut times = BTreeMap::new();
    for block in 2..=client.get_info().unwrap().head_block_num {
        let request = json!({ "block_num_or_id": block });
        let block: Value = client.call("/v1/chain/get_block", &request).unwrap();
        for transaction in block["transactions"].as_array().unwrap() {
            let actions = transaction["trx"]["transaction"]["actions"].as_array();
            for action in actions.into_iter().flatten() {
                let name = action["name"].as_str().unwrap();
                let is_keepers = [
                    "expire",
                    "declinedec",
                    "deliver",
                    "inexpire",
                    "outoverdue",
                    "exec",
                ];
                if is_keepers.contains(&name) {
                    let mut data = action["data"].clone();
                    if let Value::Object(fields) = &mut data {
                        // Whoever of the two has done it.
                        fields.retain(|_, it| *it != "eosio" && *it != CASHIER);
                    }
                    let key = format!("{name} {data}");
                    *times.entry(key).or_default() += 1;
                }
            }
        }
    }
    times
}

/// Something that nobody finishes.
fn forget(home: &Home, random: &mut Random, number: usize) {
    let (sum, text) = (format!("{number}.0000 RUB"), format!("question {number}"));
    let what = random.below(3);
    if what == 0 {
        let question = ["propose", "--question", &text, "--decision", "no"];
        by(home, VOTERS[1], &question);
    } else if by(home, MARIA, &["contribute", &sum]) && what == 2 {
        by(home, CASHIER, &["pay", MARIA, &sum, "--record", &text]);
    }
}

#[test]
fn keepers_that_are_killed_at_any_moment_do_each_thing_once() {
    let (seed, days) = (seed(), number("VECHE_BAD_DAYS").unwrap_or(4));
    println!("seed {seed}");
    let (home, mut random) = (Home::open(), Random::new(seed));
    let mut keepers = ["eosio", CASHIER].map(|who| (who, keeper(&home, who)));
    let mut kills = 0;
    for day in 0..days {
        for number in 0..1 + random.below(2) {
            forget(&home, &mut random, day as usize * 10 + number + 1);
        }
        home.pass(DAY);
        for _ in 0..2 {
            sleep(Duration::from_millis(random.below(1_200) as u64));
            let (who, run) = &mut keepers[random.below(2)];
            run.kill().unwrap();
            run.wait().unwrap();
            *run = keeper(&home, who);
            kills += 1;
        }
    }
    // A month more, in which nobody begins anything.
    let left = || -> usize {
        let open = home.rows("gateway", COOP, "payments");
        // Money that has to be sent back waits for the cashier.
        let unpaid = open.iter().filter(|it| it["status"] == "pending").count();
        unpaid + home.rows("soviet", COOP, "decisions").len()
    };
    home.pass(40 * DAY);
    let start = Instant::now();
    while left() > 0 {
        assert!(
            start.elapsed() < PATIENCE,
            "seed {seed}: {} are left",
            left()
        );
        sleep(Duration::from_millis(200));
    }
    for (_, run) in &mut keepers {
        run.kill().unwrap();
        run.wait().unwrap();
    }
    // Blocks of the last second.
    sleep(Duration::from_secs(1));
    let times = executed(&home);
    println!("{days} days, {kills} kills, {} things done", times.len());
    let twice: Vec<_> = times.iter().filter(|(_, count)| **count != 1).collect();
    assert!(twice.is_empty(), "seed {seed}: {twice:#?}");
    assert!(!times.is_empty());
}
