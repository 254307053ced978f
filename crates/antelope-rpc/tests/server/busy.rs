//! What goes on while a transaction executes on a thread that also serves connections.
//!
//! That thread wakes another one before it, where the last transaction was a long one; when that is so
//! is tested beside the code.

use crate::support::{PATIENCE, ask, connect, post, read, server_of};
use antelope_chain::api::{Api, Production};
use antelope_chain::{ApplyContext, Chain, CodeRules, DEVELOPMENT_KEY, Executor, Genesis};
use antelope_keys::signing;
use antelope_rpc::Options;
use antelope_rpc_client::native;
use antelope_types::{
    Action, ChainError, Checksum256, PackedTransaction, PermissionLevel, SignedTransaction, name,
};
use serde_json::json;
use std::io::Write;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Longer than a short transaction.
const LONG: Duration = Duration::from_millis(2);

/// A contract that says when it begins, and ends when it is told to.
struct Waiting {
    begun: Mutex<Sender<()>>,
    end: Mutex<Receiver<()>>,
}

impl Executor for Waiting {
    fn validate(&self, _: &Checksum256, _: &[u8], _: &CodeRules) -> Result<(), ChainError> {
        Ok(())
    }

    fn apply(&self, _: &Checksum256, _: &mut ApplyContext<'_>) -> Result<(), ChainError> {
        self.begun.lock().unwrap().send(()).unwrap();
        self.end.lock().unwrap().recv_timeout(PATIENCE).unwrap();
        Ok(())
    }
}

#[test]
fn other_connections_are_served_while_a_transaction_executes() {
    let ((begin, begun), (end, ended)) = (channel(), channel());
    let waiting = Waiting {
        begun: Mutex::new(begin),
        end: Mutex::new(ended),
    };
    let mut chain = Chain::start(Genesis::default(), Arc::new(waiting)).unwrap();
    let slow = name!("slow");
    chain.create_account(slow).unwrap();
    chain.push(&[native::set_code(slow, b"code")]).unwrap();
    chain.produce_block().unwrap();
    let api = Api::new(chain, Production::OnDemand);
    let server = server_of(api.clone(), Options::default());
    let preflight = b"OPTIONS / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    // One connection is known to the threads already.
    let mut known = connect(server.address());
    for _ in 0..20 {
        known.write_all(preflight).unwrap();
        assert_eq!(read(&mut known).unwrap().status, 200);
        let mut sender = connect(server.address());
        let body = calling(&api).to_string();
        let request = post("/v1/chain/send_transaction2", &body);
        sender.write_all(&request).unwrap();
        begun.recv_timeout(PATIENCE).unwrap();
        for _ in 0..3 {
            known.write_all(preflight).unwrap();
            assert_eq!(read(&mut known).unwrap().status, 200);
            assert_eq!(ask(server.address(), preflight).unwrap().status, 200);
        }
        // However fast the others were served, the next transaction is expected to be long.
        std::thread::sleep(LONG);
        end.send(()).unwrap();
        assert_eq!(read(&mut sender).unwrap().status, 202);
    }
}

/// A signed call of the contract, as the body of `send_transaction2`.
fn calling(api: &Api) -> serde_json::Value {
    let action = Action {
        account: name!("slow"),
        name: name!("wait"),
        authorization: vec![PermissionLevel::active(name!("slow"))],
        data: Vec::new(),
    };
    let (transaction, chain_id) =
        api.with(|chain| (chain.transaction(vec![action]), chain.chain_id()));
    let digest = transaction.signing_digest(&chain_id, &[]);
    let signed = SignedTransaction {
        transaction,
        signatures: vec![signing::sign_digest(&DEVELOPMENT_KEY, &digest).unwrap()],
        context_free_data: Vec::new(),
    };
    json!({ "transaction": PackedTransaction::pack(&signed) })
}
