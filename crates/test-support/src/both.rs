//! A node and a chain that begin alike, and are given the same.

use super::difference::difference;
use super::normal::{normal, normal_error, refused_alike};
use super::signing::sign_with;
use antelope_chain::{ApplyContext, Chain, ChainError, CodeRules, Executor, Genesis};
use antelope_node::{Node, NodeError, NodeOptions};
use antelope_rpc_client::{ClientError, native, signing};
use antelope_types::{
    Action, Authority, Checksum256, Name, PackedTransaction, PrivateKey, SignedTransaction,
    Transaction, name,
};
use serde_json::{Value, json};
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A contract that takes every action and does nothing: the least module there is.
pub const NOTHING: &[u8] = b"\0asm\x01\0\0\0\
    \x01\x07\x01\x60\x03\x7e\x7e\x7e\0\
    \x03\x02\x01\0\
    \x05\x03\x01\0\x01\
    \x07\x09\x01\x05apply\0\0\
    \x0a\x04\x01\x02\0\x0b";

/// Takes all code, and runs nothing: the modules given here do nothing.
struct DoesNothing;

impl Executor for DoesNothing {
    fn validate(&self, _: &Checksum256, _: &[u8], _: &CodeRules) -> Result<(), ChainError> {
        Ok(())
    }

    fn apply(&self, _: &Checksum256, _: &mut ApplyContext<'_>) -> Result<(), ChainError> {
        Ok(())
    }
}

/// A node measures by the clock, and its blocks end by the clock: limits of NET and CPU, deadlines.
/// What it refuses for one of these it takes later.
const BUSY: [u64; 7] = [
    3080002, 3080003, 3080004, 3080005, 3080006, 3080007, 3081001,
];

/// How often it is tried again.
const PATIENCE: usize = 10;

/// Changes a transaction before it is signed.
pub type Edit<'a> = &'a dyn Fn(&mut Transaction);

pub struct Both {
    pub node: Node,
    pub chain: Chain,
    pub key: PrivateKey,
    cases: usize,
    differences: Vec<String>,
}

impl Both {
    /// `None` where there is no node.
    pub fn start() -> Option<Self> {
        Self::start_with(NodeOptions::default())
    }

    /// With a node that is started in this way; `None` where there is none.
    pub fn start_with(options: NodeOptions) -> Option<Self> {
        let node = match Node::start(options) {
            Err(NodeError::ProgramMissing { .. }) => return None,
            started => started.unwrap(),
        };
        node.boot().unwrap();
        // The system's account runs the same contract on both from here on.
        node.client()
            .push(&[native::set_code(name!("eosio"), NOTHING)], &[node.key()])
            .unwrap();
        let key = node.key().clone();
        let genesis = Genesis {
            initial_key: node.public_key(),
            ..Genesis::default()
        };
        let chain = Chain::start(genesis, Arc::new(DoesNothing)).unwrap();
        Some(Self {
            node,
            chain,
            key,
            cases: 0,
            differences: Vec::new(),
        })
    }

    /// Makes accounts with the first key.
    pub fn accounts(&mut self, names: &[Name]) {
        let authority = Authority::from_key(signing::public_key(&self.key).unwrap());
        for name in names {
            let action =
                native::new_account(name!("eosio"), *name, authority.clone(), authority.clone());
            self.push(&format!("make {name}"), &[action]);
        }
    }

    /// Executes the actions on both, signed with the first key.
    pub fn push(&mut self, what: &str, actions: &[Action]) {
        let [there, here] = self.outcomes(actions);
        self.judge(what, &there, &here);
    }

    /// Executes the actions on both, signed with the first key; what the node makes of them, and what
    /// the chain.
    pub fn outcomes(&mut self, actions: &[Action]) -> [Value; 2] {
        let key = self.key.clone();
        let (there, here) = self.signed(actions, &[&key], &|_| ());
        [self.there(&there), self.here(&here)]
    }

    /// Executes the actions on both, signed with these keys and changed before.
    pub fn push_with(
        &mut self,
        what: &str,
        actions: &[Action],
        keys: &[&PrivateKey],
        edit: Edit<'_>,
    ) {
        let (there, here) = self.signed(actions, keys, edit);
        self.compare(what, &there, &here);
    }

    /// A transaction for the node and one for the chain.
    fn signed(
        &mut self,
        actions: &[Action],
        keys: &[&PrivateKey],
        edit: Edit<'_>,
    ) -> (SignedTransaction, SignedTransaction) {
        let mut there = self
            .node
            .client()
            .build(actions, &Default::default())
            .unwrap();
        edit(&mut there);
        let there = sign_with(&self.node.client().chain_id().unwrap(), there, keys);
        let mut here = self.chain.transaction(actions);
        edit(&mut here);
        let here = sign_with(&self.chain.chain_id(), here, keys);
        (there, here)
    }

    /// A transaction for the node, signed with the first key.
    pub fn built(&self, actions: &[Action]) -> SignedTransaction {
        let client = self.node.client();
        let transaction = client.build(actions, &Default::default()).unwrap();
        sign_with(&client.chain_id().unwrap(), transaction, &[&self.key])
    }

    /// Sends one transaction to the node and the other to the chain.
    pub fn compare(&mut self, what: &str, there: &SignedTransaction, here: &SignedTransaction) {
        let there = self.there(there);
        let here = self.here(here);
        self.judge(what, &there, &here);
    }

    /// Notes whether two outcomes of the same are equal.
    pub fn judge(&mut self, what: &str, there: &Value, here: &Value) {
        self.cases += 1;
        if refused_alike(there, here) {
            return;
        }
        if let Some(lines) = difference(there, here) {
            self.differences.push(format!("== {what}\n{lines}"));
        }
    }

    /// What the node makes of a transaction.
    pub fn there(&self, signed: &SignedTransaction) -> Value {
        let mut outcome = self.sent("/v1/chain/send_transaction2", signed);
        for _ in 0..PATIENCE {
            let refused = &outcome["except"]["code"];
            let refused = refused.as_u64().or(outcome["refused"]["code"].as_u64());
            if !refused.is_some_and(|code| BUSY.contains(&code)) {
                break;
            }
            sleep(Duration::from_millis(100));
            outcome = self.sent("/v1/chain/send_transaction2", signed);
        }
        outcome
    }

    /// What the node answers to a transaction.
    pub fn sent(&self, call: &str, signed: &SignedTransaction) -> Value {
        let request = json!({
            "return_failure_trace": true,
            "transaction": PackedTransaction::pack(signed),
        });
        match self.node.client().call::<Value>(call, &request) {
            Ok(answer) => normal(&answer["processed"]),
            Err(ClientError::Chain(error)) => normal_error(error.error.code(), error.error.name()),
            Err(error) => panic!("{error}"),
        }
    }

    /// What the chain makes of a transaction.
    pub fn here(&mut self, signed: &SignedTransaction) -> Value {
        let trace = match self.chain.push_signed(signed) {
            Ok(trace) => trace,
            Err(failure) => match failure.trace() {
                Some(trace) => trace.clone(),
                None => {
                    let error = failure.error();
                    return normal_error(error.code(), error.name());
                }
            },
        };
        normal(&serde_json::to_value(trace).unwrap())
    }

    /// Executes the actions on the node alone; the number of the block, once it is complete.
    pub fn only_there(&self, actions: &[Action]) -> u32 {
        let client = self.node.client();
        let trace = client.push(actions, &[&self.key]).unwrap();
        let start = Instant::now();
        while client.get_info().unwrap().head_block_num < trace.block_num {
            assert!(start.elapsed() < Duration::from_secs(60), "no blocks");
            sleep(Duration::from_millis(100));
        }
        trace.block_num
    }

    /// A block of the node.
    pub fn block(&self, number: u32) -> Value {
        let request = json!({ "block_num_or_id": number });
        self.node
            .client()
            .call("/v1/chain/get_block", &request)
            .unwrap()
    }

    /// Fails if anything was different.
    pub fn finish(self) {
        let count = self.differences.len();
        let text = self.differences.join("\n");
        assert!(
            count == 0,
            "{count} of {} cases differ (- node, + chain)\n{text}",
            self.cases
        );
        eprintln!("{} transactions, equal traces", self.cases);
    }
}
