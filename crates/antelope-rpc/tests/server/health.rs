//! `/health` where the chain takes no transactions any more.

use crate::support::{ask, server_of};
use antelope_chain::api::{Api, Production};
use antelope_chain::{LiveChain, NoContracts, OpenOptions};
use antelope_rpc::Options;
use std::sync::Arc;

const HEALTH: &[u8] = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";

#[test]
fn a_chain_that_takes_no_transactions_is_not_healthy() {
    let folder = tempfile::tempdir().unwrap();
    let chain = OpenOptions::new().open(folder.path(), Arc::new(NoContracts));
    let live = LiveChain::new(chain.unwrap());
    let api = Api::over(live.clone(), Production::PerTransaction);
    let server = server_of(api, Options::default());
    let healthy = ask(server.address(), HEALTH).unwrap();
    assert_eq!(
        (healthy.status, &healthy.json()["status"]),
        (200, &"ok".into())
    );
    assert!(healthy.json()["problem"].is_null());
    live.close().unwrap();
    let closed = ask(server.address(), HEALTH).unwrap();
    assert_eq!(
        (closed.status, &closed.json()["status"]),
        (503, &"stopped".into())
    );
    let problem = closed.json()["problem"].as_str().unwrap().to_owned();
    assert!(problem.contains("the chain was closed"), "{problem}");
}
