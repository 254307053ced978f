//! Votes as fast as they are taken: by the network through several nodes, by one real node, by the embedded
//! chain, in one run. `scripts/bench-network` runs it on an idle machine; it asserts that every vote counts
//! once, and prints how fast they came.

use super::Delegates;
use crate::cli::{Bureau, Desk, FOUNDERS, VOTERS};
use antelope_rpc_client::{Client, TransactionOptions, transaction};
use antelope_types::{Name, PermissionLevel, SignedTransaction, name};
use serde_json::{Value, json};
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

/// Questions that each member may have on the agenda at a time, less one.
const QUESTIONS: usize = 19;
/// How long the votes may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// Each member puts questions on the agenda; the votes of all members on all of them, signed.
fn ballots(bureau: &Bureau, members: &[&str]) -> Vec<SignedTransaction> {
    for member in members {
        for number in 0..QUESTIONS {
            let about = format!("Вопрос {number} от {member}");
            let words = ["--question", &about, "--decision", "Так и сделать"];
            bureau.by(member, "propose", &words);
        }
    }
    let agenda = bureau.desk.data("agenda");
    // Those of the sample have votes already.
    let questions = agenda.as_array().expect("questions").iter();
    let questions = questions.filter(|it| it["votes_for"].as_array().is_some_and(Vec::is_empty));
    let client = Client::new(bureau.desk.url()).expect("a client");
    let options = TransactionOptions {
        expiration: Duration::from_secs(600),
        ..TransactionOptions::default()
    };
    let soviet: Name = bureau.desk.contracts()[1].parse().expect("a name");
    let chain_id = client.chain_id().expect("a chain");
    let votes = questions.flat_map(|it| members.iter().map(move |member| (it, member)));
    let sign = |(question, member): (&Value, &&str)| {
        let account: Name = member.parse().expect("a name");
        let data = json!({
            "coopname": "zarechyekoop", "username": member,
            "decision_id": question["id"], "hash": question["hash"],
        });
        let level = PermissionLevel::active(account);
        let action = client.action(soviet, name!("votefor"), level, &data);
        let built = client.build(&[action.expect("an action")], &options);
        let key = coop_demo::development_key(account);
        let signed = transaction::sign(&chain_id, built.expect("a transaction"), &[&key]);
        signed.expect("a signature")
    };
    votes.map(sign).collect()
}

/// How many votes of these members are on the agenda.
fn counted(bureau: &Bureau, members: &[&str]) -> usize {
    let agenda = bureau.desk.data("agenda");
    let names = agenda.as_array().expect("questions").iter();
    let names = names.flat_map(|it| it["votes_for"].as_array().into_iter().flatten());
    names
        .filter(|it| members.iter().any(|member| *it == member))
        .count()
}

/// How many senders each node has, one after the other.
const SENDERS: [usize; 3] = [1, 4, 16];

/// Sends votes through all of these nodes at once, a third of them with each number of senders, and waits until all are
/// counted. Prints how many a second that were, by the senders and by the tally, and how busy the processors were.
fn measure(told: &str, urls: &[String], bureau: &Bureau, members: &[&str]) {
    let ballots = ballots(bureau, members);
    for (senders, part) in SENDERS
        .iter()
        .zip(ballots.chunks(ballots.len().div_ceil(SENDERS.len())))
    {
        let before = counted(bureau, members);
        let (begin, work) = (Instant::now(), Work::now());
        let places: Vec<_> = (0..*senders).flat_map(|_| urls).collect();
        let refused: usize = thread::scope(|scope| {
            let parts = part.chunks(part.len().div_ceil(places.len()));
            let sent = places.iter().zip(parts).map(|(url, part)| {
                scope.spawn(move || {
                    let client = Client::new(url).expect("a client");
                    let sent = part.iter().map(|it| client.send(it));
                    sent.filter(Result::is_err).count()
                })
            });
            let sent: Vec<_> = sent.collect();
            let refused = sent.into_iter().map(|it| it.join().expect("a sender"));
            refused.sum()
        });
        let (sent, busy) = (begin.elapsed(), work.busy_since());
        assert_eq!(refused, 0, "{told}");
        while counted(bureau, members) < before + part.len() {
            assert!(begin.elapsed() < PATIENCE, "{told}: not all are counted");
            thread::sleep(Duration::from_millis(50));
        }
        let rate = |took: Duration| (part.len() as f64 / took.as_secs_f64()).round();
        let (sent, all, votes) = (rate(sent), rate(begin.elapsed()), part.len());
        println!("LOAD | {told} | {senders} | {votes} | {sent} | {all} | {busy:.0} % |");
    }
}

/// What the processors of the machine have done since it started, in ticks.
struct Work {
    idle: u64,
    all: u64,
}

impl Work {
    fn now() -> Self {
        let stat = fs::read_to_string("/proc/stat").expect("Linux");
        let line = stat.lines().next().expect("the line of all processors");
        let ticks = line.split_whitespace().skip(1);
        let ticks: Vec<u64> = ticks.map(|it| it.parse().expect("a number")).collect();
        Self {
            // Idle, and idle while a disk works.
            idle: ticks[3] + ticks[4],
            all: ticks.iter().sum(),
        }
    }

    /// The share of time since then in which they had something to do, in percent.
    fn busy_since(&self) -> f64 {
        let now = Self::now();
        let (idle, all) = (now.idle - self.idle, now.all - self.all);
        100.0 * (1.0 - idle as f64 / all.max(1) as f64)
    }
}

#[test]
#[ignore = "measures; scripts/bench-network runs it"]
fn votes_a_second() {
    println!(
        "LOAD | on | senders a node | votes | sent a second | counted a second | processors busy |"
    );
    let bureau = Bureau::at(Desk::open(), "en");
    measure(
        "the embedded chain",
        &[bureau.desk.url().to_owned()],
        &bureau,
        &VOTERS,
    );
    if let Err(error) = antelope_node::find_program("nodeos") {
        println!("SKIPPED: one node and the network ({error})");
        return;
    }
    let bureau = Bureau::at(Desk::on_nodeos(), "en");
    measure(
        "one nodeos",
        &[bureau.desk.url().to_owned()],
        &bureau,
        &VOTERS,
    );
    drop(bureau);
    let Some(delegates) = Delegates::up() else {
        return;
    };
    let bureau = delegates.bureau();
    delegates.deploy(&bureau.desk);
    delegates.found(&bureau);
    for member in FOUNDERS {
        delegates.buy_ram(&bureau.desk, member);
    }
    let urls = ["api", "a", "c"].map(|node| delegates.url(node));
    measure(
        "five delegates, through api, a, c",
        &urls,
        &bureau,
        &FOUNDERS,
    );
}
