//! How long documents and votes take through the API, from the request to the answer of the node, with many clients.
//! A bench: it prints a table and asserts no times.
//!
//! ```text
//! cargo test --release --workspace --test veche -- --ignored --nocapture api::figures
//! ```

use super::served::{Served, exchange};
use crate::scenarios::world::{Chain, Draft};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::thread;
use std::time::{Duration, Instant};

/// How many questions each size of a crowd votes on, as many as three members may have open; each has two votes, which
/// decline it.
const QUESTIONS: usize = 54;

/// Sends requests from so many clients at once; their times in order.
fn crowd(address: SocketAddr, clients: usize, requests: &[Vec<u8>]) -> Vec<Duration> {
    let share = requests.len().div_ceil(clients);
    let timed = |requests: &[Vec<u8>]| -> Vec<Duration> {
        let times = requests.iter().map(|request| {
            let start = Instant::now();
            let answer: Value = exchange(address, request);
            assert!(answer["errors"].is_null(), "{answer}");
            start.elapsed()
        });
        times.collect()
    };
    let mut times: Vec<Duration> = thread::scope(|scope| {
        let threads = requests
            .chunks(share)
            .map(|it| scope.spawn(move || timed(it)));
        let threads: Vec<_> = threads.collect();
        let times = threads.into_iter().map(|it| it.join().expect("a client"));
        times.flatten().collect()
    });
    times.sort_unstable();
    times
}

fn told(times: &[Duration]) -> String {
    let at = |part: usize| {
        let place = (times.len() * part / 100).min(times.len() - 1);
        times[place].as_secs_f64() * 1_000.0
    };
    format!("p50 {:>8.2} ms, p99 {:>8.2} ms", at(50), at(99))
}

#[test]
#[ignore = "a bench, for an idle machine and a build in release"]
fn votes_and_documents() {
    let (chain, live) = Chain::followed();
    let served = Served::with(&chain, live, |_| Vec::new());
    let coop = &served.coop;
    let clients: Vec<_> = (1..).zip(&coop.members).collect();
    let clients: Vec<_> = clients.iter().map(|(n, it)| served.login(it, *n)).collect();
    let vote_of = "mutation($data: VoteInput!) { voteAgainst(data: $data) { transaction_id block_num decision { id } } }";
    let paper_of = "mutation($data: MoneyStatementGenerateDocumentInput!) { \
        generateMoneyContributionStatement(data: $data, options: { skip_save: true }) { hash html packed } }";
    for number in [1, 16, 256] {
        let questions: Vec<_> = (0..QUESTIONS)
            .map(|place| {
                let member = &coop.members[place % coop.members.len()];
                let proposal = Draft::proposal(coop, member.name).signed_by(&chain, &[member]);
                coop.propose(member, &proposal).accepted();
                coop.question_of(proposal.hash())
            })
            .collect();
        let mut votes = Vec::new();
        for question in &questions {
            for (member, client) in coop.members.iter().zip(&clients).take(2) {
                let vote = coop.soviet(member);
                let vote = vote.voteagainst(coop.name(), member.name, question.id, question.hash);
                let transaction = served.transaction(&[vote.to_action()], &[member]);
                let data = json!({
                    "coopname": coop.name(), "username": member.name,
                    "decision_id": question.id, "transaction": transaction,
                });
                votes.push(client.request(vote_of, json!({ "data": data })));
            }
        }
        let times = crowd(served.address, number, &votes);
        println!("voteAgainst       {number:>3} clients: {}", told(&times));
        for question in &questions {
            coop.remove_declined(question).accepted();
        }
        let papers: Vec<_> = (0..votes.len())
            .map(|place| {
                let place = place % clients.len();
                let data = json!({
                    "coopname": coop.name(), "username": coop.members[place].name,
                    "quantity": "10.00 RUB",
                });
                clients[place].request(paper_of, json!({ "data": data }))
            })
            .collect();
        let times = crowd(served.address, number, &papers);
        println!("generateStatement {number:>3} clients: {}", told(&times));
    }
    // The floor: a vote that is sent to the node without the API.
    let mut times: Vec<_> = (0..QUESTIONS)
        .map(|_| {
            let member = coop.chairman();
            let question = coop.question_by(member);
            let start = Instant::now();
            coop.vote_against(member, &question).accepted();
            let took = start.elapsed();
            coop.decline(&question);
            coop.remove_declined(&question).accepted();
            took
        })
        .collect();
    times.sort_unstable();
    println!("a vote, to the node, floor: {}", told(&times));
}
