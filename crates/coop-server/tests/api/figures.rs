//! How fast the API answers at the size of a large cooperative, with many clients, and beside clients that misbehave.
//! A bench: it prints a table and asserts no times.
//!
//! ```text
//! cargo test --release -p coop-server --test api -- --ignored --nocapture figures
//! ```
//!
//! `API_TENTHS=1` takes a tenth of the size: 1 000 participants, 100 open questions, 10 000 entries. `floor` is what the
//! index alone needs for the same question, on one thread, without names and texts.

use crate::support::{MEMBER, Server, settings};
use coop_index::samples::{COOP, ENDS, Sample};
use coop_index::{IndexReader, QuestionFilter, SearchFilter, Slice};
use coop_server::ApiSettings;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How many requests each size of a crowd sends in all; `API_REQUESTS` is another number.
const REQUESTS: usize = 2_560;

const PAGE: &str = "query($data: GetAgendaInput) { getAgenda(data: $data) { cursor table { id status votes_for } \
    action { name data } documents { statement { action { user { ... on Individual { last_name } } } \
    document { ... on ProjectFreeDecisionDocument { hash html } ... on ParticipantApplicationDocument { hash html } } } \
    decision { action { name } } } } }";
const SEARCH: &str = "query($data: SearchDocumentsInput!) { searchDocuments(data: $data) { totalCount cursor \
    items { hash full_title registry_id username created_at } } }";
const QUESTIONS: &str = "{ getQuestions(filter: { is_open: false }) { totalCount items { id type outcome username } } }";

/// A client that keeps its connection.
struct Crowd<'a> {
    address: SocketAddr,
    requests: usize,
    head: &'a str,
    body: &'a str,
}

impl Crowd<'_> {
    fn connect(&self) -> BufReader<TcpStream> {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_nodelay(true).unwrap();
        BufReader::new(stream)
    }

    /// One request; `true` where it has an answer without errors.
    fn ask(&self, stream: &mut BufReader<TcpStream>) -> bool {
        let request = format!("{}{}", self.head, self.body);
        stream.get_mut().write_all(request.as_bytes()).unwrap();
        let mut length = 0;
        let mut line = String::new();
        loop {
            line.clear();
            if stream.read_line(&mut line).unwrap() == 0 {
                return false;
            }
            let lower = line.to_ascii_lowercase();
            if let Some(value) = lower.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            if line == "\r\n" {
                break;
            }
        }
        let mut body = vec![0; length];
        stream.read_exact(&mut body).unwrap();
        let answer: Value = serde_json::from_slice(&body).unwrap();
        answer["errors"].is_null() && !answer["data"].is_null()
    }

    /// Sends requests from so many clients at once; their times in order, and how many were not answered.
    fn send(&self, clients: usize) -> (Vec<Duration>, usize) {
        let lost = AtomicUsize::new(0);
        let mut times: Vec<Duration> = thread::scope(|scope| {
            let of_one = |_| {
                scope.spawn(|| {
                    let mut stream = self.connect();
                    let times = (0..self.requests.div_ceil(clients)).map(|_| {
                        let start = Instant::now();
                        if !self.ask(&mut stream) {
                            lost.fetch_add(1, Ordering::Relaxed);
                        }
                        start.elapsed()
                    });
                    times.collect::<Vec<_>>()
                })
            };
            let threads: Vec<_> = (0..clients).map(of_one).collect();
            let times = threads.into_iter().flat_map(|it| it.join().unwrap());
            times.collect()
        });
        times.sort_unstable();
        (times, lost.into_inner())
    }
}

/// The middle of times that are in order, and the one that a hundredth is above, in milliseconds.
pub fn told(times: &[Duration]) -> String {
    let at = |part: usize| {
        let place = (times.len() * part / 100).min(times.len() - 1);
        times[place].as_secs_f64() * 1_000.0
    };
    format!("p50 {:>8.2} ms, p99 {:>8.2} ms", at(50), at(99))
}

/// The sample of the size, with the profiles of those who ask.
pub fn large(tenths: u32) -> Server {
    let server = Server::start(ApiSettings {
        requests_a_minute: 1_000_000_000,
        logins_a_minute: 1_000_000_000,
        ..settings()
    });
    let (participants, open, finished) = (1_000 * tenths, 100 * tenths, 4_950 * tenths);
    for first in (2..participants).step_by(100) {
        server.live(|sample| (first..(first + 100).min(participants)).for_each(|_| sample.admit()));
    }
    let mut number = 0;
    while number < finished + open {
        server.live(|sample| {
            for number in number..(number + 20).min(finished + open) {
                let about = Sample::account(number % participants);
                let words = format!(", участок {}", number % 500);
                let id = sample.ask(number as usize, about, &words);
                for voter in 0..4 {
                    sample.vote(id, Sample::account(voter), voter != 3);
                }
                if number < finished {
                    sample.end(id, ENDS[number as usize / 9 % ENDS.len()]);
                }
            }
        });
        number += 20;
    }
    for number in finished..finished + open {
        server.register(Sample::account(number % participants));
    }
    server
}

/// What the index alone needs for the same question: the middle of 21 times.
fn floor(server: &Server, mut ask: impl FnMut(&mut IndexReader)) -> f64 {
    let mut reader = IndexReader::open(&server.index()).unwrap();
    let mut times: Vec<_> = (0..21)
        .map(|_| {
            let start = Instant::now();
            ask(&mut reader);
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[10].as_secs_f64() * 1_000.0
}

/// Clients that misbehave until they are told to end: slow, huge, deep, and many.
fn misbehave(address: SocketAddr, is_over: &AtomicBool) {
    let send = |request: &[u8]| {
        let Ok(mut stream) = TcpStream::connect(address) else {
            return;
        };
        let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
        let _ = stream.write_all(request);
        let _ = stream.read(&mut [0; 1_024]);
    };
    let post = |body: &str| {
        format!(
            "POST /v1/graphql HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n\
             Connection: close\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    let deep = json!({ "query": format!("{}{}", "{ a ".repeat(2_000), "}".repeat(2_000)) });
    let (deep, huge) = (post(&deep.to_string()), post(&"x".repeat(8 << 20)));
    let many = post(&json!({ "query": "{ getStatus { version } }" }).to_string());
    thread::scope(|scope| {
        for _ in 0..32 {
            scope.spawn(|| {
                while !is_over.load(Ordering::Relaxed) {
                    let Ok(mut stream) = TcpStream::connect(address) else {
                        continue;
                    };
                    for byte in
                        b"POST /v1/graphql HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\n{"
                    {
                        if is_over.load(Ordering::Relaxed) || stream.write_all(&[*byte]).is_err() {
                            break;
                        }
                        thread::sleep(Duration::from_millis(100));
                    }
                }
            });
        }
        for request in [&deep, &huge, &many, &many] {
            scope.spawn(|| {
                while !is_over.load(Ordering::Relaxed) {
                    send(request.as_bytes());
                }
            });
        }
    });
}

#[test]
#[ignore = "a bench, for an idle machine and a build in release"]
fn figures() {
    let given = |name: &str| std::env::var(name).ok()?.parse::<u32>().ok();
    let tenths = given("API_TENTHS").unwrap_or(10);
    let requests = given("API_REQUESTS").map_or(REQUESTS, |it| it as usize);
    let start = Instant::now();
    let server = large(tenths);
    println!(
        "{tenths}/10, made in {:.0} s",
        start.elapsed().as_secs_f64()
    );
    let token = server.register(MEMBER);
    let open = QuestionFilter {
        is_open: Some(true),
        ..QuestionFilter::default()
    };
    let slice = |count| Slice { count, after: None };
    let words = SearchFilter {
        words: "участка 137".to_owned(),
        ..SearchFilter::default()
    };
    let agenda = floor(&server, |reader| {
        for question in reader.questions(COOP, &open, &slice(20)).unwrap().entries {
            reader.package(COOP, question.id).unwrap();
        }
    });
    let search = floor(&server, |reader| {
        reader.search(COOP, &words, &slice(20)).unwrap();
    });
    let list = floor(&server, |reader| {
        let finished = QuestionFilter {
            is_open: Some(false),
            ..QuestionFilter::default()
        };
        reader.questions(COOP, &finished, &slice(20)).unwrap();
    });
    let asked = [
        (
            "getAgenda, 20",
            PAGE,
            json!({ "data": { "limit": 20 } }),
            agenda,
        ),
        (
            "searchDocuments",
            SEARCH,
            json!({ "data": { "query": "участка 137" } }),
            search,
        ),
        ("getQuestions, 20", QUESTIONS, json!({}), list),
    ];
    for (name, query, variables, floor) in asked {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let head = format!(
            "POST /v1/graphql HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n\
             Authorization: Bearer {token}\r\nContent-Length: {}\r\n\r\n",
            server.address,
            body.len()
        );
        let crowd = Crowd {
            address: server.address,
            requests,
            head: &head,
            body: &body,
        };
        println!("{name:<18} floor {floor:>8.2} ms");
        for clients in [1, 16, 256] {
            let (times, lost) = crowd.send(clients);
            println!(
                "{name:<18} {clients:>3} clients: {}, not answered {lost}",
                told(&times)
            );
        }
        let is_over = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| misbehave(server.address, &is_over));
            let (times, lost) = crowd.send(16);
            is_over.store(true, Ordering::Relaxed);
            println!(
                "{name:<18}  16 beside others that misbehave: {}, not answered {lost}",
                told(&times)
            );
            assert_eq!(lost, 0, "{name}: an honest client was not answered");
        });
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|it| it.starts_with("VmHWM:"));
    println!("memory: {}", peak.unwrap_or("not told"));
}
