use super::*;
use std::sync::Arc;

/// A node that answers with a status, or not at all.
#[derive(Debug)]
struct Fake {
    /// How many calls it loses first, beside the question for its chain and head.
    loses: u32,
    status: Option<u16>,
    chain: u8,
    /// How many seconds ago its head was made.
    age: u64,
    body: &'static str,
    /// Calls beside the question for its chain and head.
    asked: Mutex<u32>,
}

impl Fake {
    fn new(status: Option<u16>) -> Self {
        Self {
            loses: 0,
            status,
            chain: 1,
            age: 0,
            body: match status {
                Some(200..300) => "{}",
                _ => {
                    r#"{"code": 500, "message": "x", "error": {"code": 1, "name": "x", "what": "x", "details": []}}"#
                }
            },
            asked: Mutex::default(),
        }
    }

    /// A node that answers this, with a head of so many seconds ago.
    fn answering(chain: u8, age: u64, body: &'static str) -> Self {
        Self {
            chain,
            age,
            body,
            ..Self::new(Some(200))
        }
    }

    fn info(&self) -> String {
        let now = SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let seconds = now.unwrap().as_secs() - self.age;
        let time = TimePoint::from_micros(i64::try_from(seconds).unwrap() * 1_000_000);
        let zeros = "0".repeat(64);
        serde_json::json!({
            "chain_id": Checksum256([self.chain; 32]), "head_block_num": 9, "head_block_id": zeros,
            "head_block_time": time, "head_block_producer": "eosio",
            "last_irreversible_block_num": 9, "last_irreversible_block_id": zeros,
        })
        .to_string()
    }
}

impl Transport for Fake {
    fn address(&self) -> &str {
        "fake"
    }

    fn post(&self, path: &str, _: &[u8]) -> Result<Answer, ClientError> {
        let status = self.status.ok_or_else(|| ClientError::Transport {
            url: path.to_owned(),
            problem: "refused".to_owned(),
            timed_out: false,
        });
        if path == INFO {
            let body = self.info().into_bytes();
            return status.map(|_| Answer { status: 200, body });
        }
        let mut asked = self.asked.lock().unwrap();
        *asked += 1;
        if *asked <= self.loses {
            return Err(ClientError::Transport {
                url: path.to_owned(),
                problem: "lost".to_owned(),
                timed_out: false,
            });
        }
        let body = self.body.as_bytes().to_vec();
        status.map(|status| Answer { status, body })
    }
}

const READ: &str = "/v1/chain/get_account";
const SEND: &str = "/v1/chain/send_transaction2";

fn over(fakes: Vec<Fake>, chain: Option<u8>) -> (Failover, Vec<Arc<Fake>>) {
    let fakes: Vec<_> = fakes.into_iter().map(Arc::new).collect();
    let clients = fakes
        .iter()
        .map(|it| Client::over(Arc::clone(it) as Arc<dyn Transport>));
    let chain = chain.map(|it| Checksum256([it; 32]));
    (Failover::over(clients.collect(), chain, true), fakes)
}

fn nodes(statuses: &[Option<u16>]) -> (Failover, Vec<Arc<Fake>>) {
    over(statuses.iter().map(|it| Fake::new(*it)).collect(), None)
}

fn asked(fakes: &[Arc<Fake>]) -> Vec<u32> {
    fakes.iter().map(|it| *it.asked.lock().unwrap()).collect()
}

#[test]
fn a_node_that_does_not_answer_is_left_for_the_next() {
    let (failover, fakes) = nodes(&[None, Some(503), Some(200)]);
    for _ in 0..3 {
        assert_eq!(failover.post(READ, b"{}").unwrap().status, 200);
    }
    assert_eq!(
        asked(&fakes),
        [0, 1, 3],
        "it stays with the node that answered"
    );
}

#[test]
fn a_refusal_is_an_answer() {
    let (failover, fakes) = nodes(&[Some(500), Some(200)]);
    assert_eq!(failover.post(READ, b"{}").unwrap().status, 500);
    assert_eq!(asked(&fakes), [1, 0]);
}

#[test]
fn what_is_not_a_nodes_is_no_answer() {
    for body in ["<html>", "{\"rows\": [", ""] {
        let bad = Fake::answering(1, 0, body);
        let (failover, fakes) = over(vec![bad, Fake::new(Some(200))], None);
        assert_eq!(failover.post(READ, b"{}").unwrap().body, b"{}");
        assert_eq!(asked(&fakes), [1, 1]);
    }
    // The only one is heard whatever it says, so that its words can be told.
    let (failover, _) = over(vec![Fake::answering(1, 0, "<html>")], None);
    assert_eq!(failover.post(READ, b"{}").unwrap().body, b"<html>");
}

#[test]
fn nodes_that_answer_now_and_then_are_asked_once_more() {
    let flaky = || Fake {
        loses: 1,
        ..Fake::new(Some(200))
    };
    let (failover, fakes) = over(vec![flaky(), flaky()], None);
    assert_eq!(failover.post(READ, b"{}").unwrap().status, 200);
    assert_eq!(asked(&fakes), [2, 1]);
    // What is sent is sent by whoever knows that it may have arrived.
    let (failover, fakes) = over(vec![flaky(), flaky()], None);
    assert!(failover.post(SEND, b"{}").is_err());
    assert_eq!(asked(&fakes), [1, 0]);
}

#[test]
fn a_transaction_that_may_have_arrived_is_not_sent_on() {
    let bad = || Fake::answering(1, 0, "{\"processed\": ");
    let (failover, fakes) = over(vec![bad(), Fake::new(Some(202))], None);
    assert!(failover.post(SEND, b"{}").is_err());
    assert_eq!(asked(&fakes), [1, 0]);
    assert_eq!(failover.post(SEND, b"{}").unwrap().status, 202);
    // To one that cannot even be asked for its chain nothing was sent.
    let (failover, fakes) = nodes(&[None, Some(202)]);
    assert_eq!(failover.post(SEND, b"{}").unwrap().status, 202);
    assert_eq!(asked(&fakes), [0, 1]);
}

#[test]
fn a_transaction_behind_a_proxy_that_gave_up_is_not_sent_on() {
    for status in [429, 502, 503, 504] {
        let (failover, fakes) = nodes(&[Some(status), Some(202)]);
        let error = failover.post(SEND, b"{}").unwrap_err();
        assert!(matches!(error, ClientError::Transport { .. }), "{error}");
        assert_eq!(asked(&fakes), [1, 0], "{status}");
        assert_eq!(failover.post(SEND, b"{}").unwrap().status, 202);
    }
}

#[test]
fn where_none_answers_the_last_error_is_told() {
    let (failover, _) = nodes(&[None, None]);
    let error = failover.post(READ, b"{}").unwrap_err();
    assert!(matches!(error, ClientError::Transport { .. }));
}

#[test]
fn a_node_of_another_chain_is_never_used() {
    let chains = |chains: &[u8], expected| {
        let fakes = chains.iter().map(|it| Fake::answering(*it, 0, "{}"));
        over(fakes.collect(), expected)
    };
    for path in [READ, SEND] {
        let (failover, fakes) = chains(&[2, 3, 1], Some(1));
        assert!(failover.post(path, b"{}").is_ok());
        assert_eq!(asked(&fakes), [0, 0, 1]);
        // Without a chain of the network, the first that answers says which it is.
        let (failover, fakes) = chains(&[1, 2], None);
        assert!(failover.post(path, b"{}").is_ok());
        assert_eq!(asked(&fakes), [1, 0]);
    }
    let (failover, fakes) = chains(&[2, 3], Some(1));
    for path in [READ, SEND] {
        let error = failover.post(path, b"{}").unwrap_err();
        assert!(error.to_string().contains(OTHER_CHAIN), "{error}");
        let failure = Box::<crate::Failure>::from(error);
        assert_eq!(failure.code, "mismatch.chain");
    }
    let told = failover.post(INFO, b"{}").unwrap().body;
    let told: serde_json::Value = serde_json::from_slice(&told).unwrap();
    assert_eq!(told["chain_id"], "03".repeat(32), "so that it can be named");
    assert_eq!(asked(&fakes), [0, 0]);
}

#[test]
fn a_node_that_is_behind_is_used_where_the_others_fail() {
    let ages = |ages: &[u64]| {
        let fakes = ages.iter().map(|it| Fake::answering(1, *it, "{}"));
        over(fakes.collect(), None)
    };
    let (failover, fakes) = ages(&[100, 0]);
    failover.post(READ, b"{}").unwrap();
    assert_eq!(asked(&fakes), [0, 1]);
    let (failover, fakes) = ages(&[900, 100, 500]);
    for _ in 0..2 {
        failover.post(READ, b"{}").unwrap();
    }
    assert_eq!(asked(&fakes), [0, 2, 0], "the youngest head");
    let behind = Fake::answering(1, 100, "{}");
    let (failover, fakes) = over(vec![behind, Fake::new(None)], None);
    failover.post(READ, b"{}").unwrap();
    assert_eq!(asked(&fakes), [1, 0]);
}
