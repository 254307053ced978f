//! Calls at the same time, on a node that is made up.

use super::super::{ForkOptions, Shared};
use super::*;
use antelope_chain::TableKey;
use antelope_rpc_client::{Answer, Client, ClientError, Transport};
use antelope_types::rpc::{ErrorAnswer, Info};
use antelope_types::{Checksum256, Name, TimePoint, name};
use serde_json::Value;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{Scope, ScopedJoinHandle, sleep};
use std::time::Duration;

/// A node without accounts, by the last letter of the name that is asked for: `x` is refused, at `z`
/// no answer comes.
#[derive(Debug, Default)]
struct Fake {
    /// Names that were asked for.
    asked: Mutex<Vec<String>>,
    /// While it is true, no account is told.
    is_shut: Mutex<bool>,
    opened: Condvar,
}

impl Fake {
    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    fn open(&self) {
        *self.is_shut.lock().unwrap() = false;
        self.opened.notify_all();
    }
}

impl Transport for Fake {
    fn address(&self) -> &str {
        "fake:"
    }

    fn post(&self, path: &str, body: &[u8]) -> Result<Answer, ClientError> {
        let told = |status, body| Ok(Answer { status, body });
        if path.ends_with("get_info") {
            let info = Info {
                head_block_num: 7,
                ..Info::default()
            };
            return told(200, serde_json::to_vec(&info).unwrap());
        }
        let request: Value = serde_json::from_slice(body).unwrap();
        let name = request["account_name"].as_str().unwrap();
        self.asked.lock().unwrap().push(name.to_owned());
        let shut = self.is_shut.lock().unwrap();
        drop(self.opened.wait_while(shut, |shut| *shut).unwrap());
        let error = match name.as_bytes().last() {
            Some(b'z') => {
                return Err(ClientError::Transport {
                    url: "fake:".to_owned(),
                    problem: format!("silence at {name}"),
                    timed_out: true,
                });
            }
            Some(b'x') => ChainError::new(ErrorKind::Unspecified, format!("refused {name}")),
            _ => ChainError::unknown_key("eosio::chain::name", name),
        };
        let message = "Internal Service Error".to_owned();
        let answer = ErrorAnswer {
            code: 500,
            message,
            error,
        };
        told(500, serde_json::to_vec(&answer).unwrap())
    }
}

fn origin(url: &str) -> Origin {
    Origin {
        url: url.to_owned(),
        chain_id: Checksum256::default(),
        head_block_num: 5,
        head_block_id: Checksum256::default(),
        head_block_time: TimePoint::default(),
        total_net_weight: 0,
        total_cpu_weight: 0,
    }
}

/// A source over such a node.
fn source(patience: Duration) -> (ForkSource, Arc<Fake>) {
    let fake = Arc::new(Fake::default());
    let options = ForkOptions {
        patience,
        ..ForkOptions::new("fake:")
    };
    let reading = Reading {
        origin: Some(origin("fake:")),
        ..Reading::default()
    };
    let source = ForkSource(Arc::new(Shared {
        options,
        client: Client::over(fake.clone()),
        last_block: AtomicU32::new(0),
        state: Mutex::new(reading),
        ended: Condvar::new(),
    }));
    (source, fake)
}

/// More than any test takes.
const LONG: Duration = Duration::from_secs(60);

fn accounts(names: &[Name]) -> BTreeSet<Missing> {
    names.iter().copied().map(Missing::Account).collect()
}

type Read = Result<Vec<Fetched>, ChainError>;

/// Reads one name while another is held by the node; both results.
fn beside(source: &ForkSource, fake: &Fake, first: Name, second: Name) -> (Read, Read) {
    fn reading<'scope>(
        scope: &'scope Scope<'scope, '_>,
        source: &'scope ForkSource,
        name: Name,
        begun: &'scope AtomicUsize,
    ) -> ScopedJoinHandle<'scope, Read> {
        scope.spawn(move || {
            begun.fetch_add(1, Ordering::SeqCst);
            source.read(&accounts(&[name]))
        })
    }
    *fake.is_shut.lock().unwrap() = true;
    let begun = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let first = reading(scope, source, first, &begun);
        while fake.asked().is_empty() {
            sleep(Duration::from_millis(1));
        }
        let second = reading(scope, source, second, &begun);
        while begun.load(Ordering::SeqCst) < 2 {
            sleep(Duration::from_millis(1));
        }
        // It waits by now, or asks for itself in a moment, which comes to the same.
        sleep(Duration::from_millis(100));
        fake.open();
        (first.join().unwrap(), second.join().unwrap())
    })
}

fn error(read: Read) -> String {
    read.err().unwrap().message().to_owned()
}

#[test]
fn calls_at_once_ask_for_each_thing_once() {
    let (source, fake) = source(LONG);
    let names = [name!("alice"), name!("bob"), name!("carol")];
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| assert_eq!(source.read(&accounts(&names)).unwrap().len(), 3));
        }
    });
    assert_eq!(fake.asked(), ["alice", "bob", "carol"]);
    assert_eq!(source.last_read_block(), 7);
}

#[test]
fn an_error_is_of_those_that_miss_the_same_and_of_all_where_no_answer_comes() {
    let (source, fake) = source(LONG);
    let (first, second) = beside(&source, &fake, name!("alicex"), name!("bob"));
    assert!(error(first).contains("refused alicex"));
    assert_eq!(second.unwrap().len(), 1);
    assert_eq!(fake.asked(), ["alicex", "bob"]);

    let (source, fake) = self::source(LONG);
    let (first, second) = beside(&source, &fake, name!("alicex"), name!("alicex"));
    assert_eq!(error(first), error(second));

    let (source, fake) = self::source(LONG);
    let (first, second) = beside(&source, &fake, name!("alicez"), name!("bobz"));
    assert!(error(first).contains("silence at alicez"));
    assert!(error(second).contains("silence at"));
    // Who comes later asks again.
    fake.asked.lock().unwrap().clear();
    source.read(&accounts(&[name!("bob")])).unwrap();
    assert_eq!(fake.asked(), ["bob"]);
}

#[test]
fn who_waits_too_long_is_refused_and_who_misses_nothing_does_not_wait() {
    let (source, fake) = source(Duration::from_millis(100));
    source.read(&accounts(&[name!("known")])).unwrap();
    fake.asked.lock().unwrap().clear();
    *fake.is_shut.lock().unwrap() = true;
    std::thread::scope(|scope| {
        scope.spawn(|| source.read(&accounts(&[name!("alice")])));
        while fake.asked().is_empty() {
            sleep(Duration::from_millis(1));
        }
        let refused = error(source.read(&accounts(&[name!("bob")])));
        let known = source.read(&accounts(&[name!("known")]));
        fake.open();
        assert!(refused.contains("read for another call"), "{refused}");
        assert_eq!(known.unwrap().len(), 1);
    });
    assert_eq!(fake.asked(), ["alice"]);
}

/// The first request of all is as late as any other.
#[test]
fn no_request_begins_when_the_time_is_up() {
    let (source, fake) = source(Duration::ZERO);
    let late = error(source.read(&accounts(&[name!("alice")])));
    assert!(late.contains("takes too long"), "{late}");
    assert_eq!(fake.asked(), Vec::<String>::new());
    let remote = source.remote(Instant::now());
    sleep(Duration::from_millis(1));
    assert!(remote.fetch_account(name!("alice")).is_err());
    assert!(remote.parameters().is_err());
    assert!(remote.info().is_err());
    assert_eq!(fake.asked(), Vec::<String>::new());
}

#[test]
fn what_was_read_before_an_error_is_known() {
    let (source, fake) = source(LONG);
    let both = accounts(&[name!("alice"), name!("bobx")]);
    for _ in 0..2 {
        assert!(error(source.read(&both)).contains("refused bobx"));
    }
    assert_eq!(fake.asked(), ["alice", "bobx", "bobx"]);
}

#[test]
fn a_fork_of_another_node_is_refused() {
    let (source, fake) = source(LONG);
    let missing = accounts(&[name!("alice")]);
    let refused = error(source.fetch(&origin("https://node.example"), &missing));
    assert!(
        refused.contains("a fork of https://node.example"),
        "{refused}"
    );
    let mut later = origin("fake:");
    later.chain_id = Checksum256::from([1; 32]);
    assert!(source.fetch(&later, &missing).is_err());
    assert_eq!(fake.asked(), Vec::<String>::new());
    // The same node, forked at another time.
    later = origin("fake:");
    later.head_block_num = 6;
    source.fetch(&later, &missing).unwrap();
}

#[test]
fn an_error_of_the_request_stays_one() {
    let missing = Missing::Table(TableKey {
        code: name!("market"),
        scope: name!("market"),
        table: name!("offers"),
    });
    for (kind, kept) in [
        (ErrorKind::InvalidHttpRequest, ErrorKind::InvalidHttpRequest),
        (ErrorKind::TxDuplicate, ErrorKind::Unspecified),
    ] {
        let error = explained(missing, &ChainError::new(kind, "too many rows"));
        assert_eq!(error.kind(), kept);
        assert!(error.message().ends_with("taken over: too many rows"));
    }
}
