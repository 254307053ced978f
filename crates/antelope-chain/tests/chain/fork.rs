//! What blocks of a fork miss is fetched by a thread, and nobody waits for it.

use crate::puppets::{ALICE, Apply, chain_of};
use antelope_chain::api::{Api, Production, Source};
use antelope_chain::{ApplyContext, ChainError, ErrorKind, Fetched, Genesis, Missing, Origin};
use antelope_rpc_client::native;
use antelope_types::{Checksum256, Name, TimePoint, name};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(60);

/// What every block looks for.
const WANTED: Name = name!("wanted");

fn looks_in_blocks(context: &mut ApplyContext<'_>) -> Result<(), ChainError> {
    if context.action().name == name!("onblock") {
        context.is_account(WANTED);
    }
    Ok(())
}

/// A fork whose blocks miss an account, over this source.
fn fork(source: impl Source + 'static) -> Api {
    let system = (name!("eosio"), looks_in_blocks as Apply);
    let mut chain = chain_of(Genesis::default(), &[system], &[ALICE]);
    let origin = Origin {
        url: "http://other.example".to_owned(),
        chain_id: Checksum256([1; 32]),
        head_block_num: 1000,
        head_block_id: Checksum256([2; 32]),
        head_block_time: TimePoint::default(),
        total_net_weight: 0,
        total_cpu_weight: 0,
    };
    chain.take_over(vec![Fetched::Origin(origin)]).unwrap();
    chain.produce_block().unwrap();
    let api = Api::new(chain, Production::PerTransaction);
    api.set_source(Arc::new(source));
    api
}

/// The other chain has nothing; it answers when the test lets it.
struct Slow(Mutex<Receiver<()>>);

impl Source for Slow {
    fn fetch(&self, _: &Origin, missing: &BTreeSet<Missing>) -> Result<Vec<Fetched>, ChainError> {
        self.0.lock().unwrap().recv_timeout(PATIENCE).unwrap();
        let fetched = missing.iter().map(|missing| match missing {
            Missing::Account(name) => Fetched::Account {
                name: *name,
                account: None,
            },
            other => panic!("{other}"),
        });
        Ok(fetched.collect())
    }
}

#[test]
fn whoever_sends_does_not_wait_for_what_blocks_miss() {
    let (answer, awaited) = channel();
    let api = fork(Slow(Mutex::new(awaited)));
    let before = api.fork().head().number();
    for bytes in [b"1", b"2"] {
        let action = native::set_abi(ALICE, bytes);
        let key = &antelope_chain::DEVELOPMENT_KEY;
        api.client().push(&[action], &[key]).unwrap();
    }
    let chain = api.fork();
    assert_eq!(chain.head().number(), before + 2);
    assert!(!chain.state().foreign_accounts.contains_key(&WANTED));
    // What was fetched is there at last.
    answer.send(()).unwrap();
    let began = Instant::now();
    while !api.fork().state().foreign_accounts.contains_key(&WANTED) {
        assert!(began.elapsed() < PATIENCE);
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// The other chain cannot be reached.
struct Unreachable(Arc<AtomicUsize>);

impl Source for Unreachable {
    fn fetch(&self, _: &Origin, _: &BTreeSet<Missing>) -> Result<Vec<Fetched>, ChainError> {
        let tries = self.0.fetch_add(1, Ordering::Relaxed);
        let problem = format!("failure {tries}");
        Err(ChainError::new(ErrorKind::Unspecified, problem))
    }
}

#[test]
fn the_last_failure_is_told_until_it_is_tried_again() {
    let tries = Arc::<AtomicUsize>::default();
    let api = fork(Unreachable(Arc::clone(&tries)));
    for _ in 0..3 {
        let error = api.fetch_wanted().unwrap_err();
        assert_eq!(error.message(), "failure 0");
        let error = api.fetch_wanted_later().unwrap_err();
        assert_eq!(error.message(), "failure 0");
        api.with(|chain| chain.produce_block()).unwrap();
    }
    assert_eq!(tries.load(Ordering::Relaxed), 1);
}
