//! The embedded chain beside a real node: every transaction goes to both, in the same bytes, and both
//! must say the same of it and have the same rows.

use crate::Embedded;
use crate::answers::{Difference, compare};
use antelope_chain::api::Api;
use antelope_chain::{ChainConfig, FeatureSet, Genesis};
use antelope_node::{Node, Operator};
use antelope_rpc_client::{Answer, Client, ClientError, Transport};
use antelope_types::{Checksum256, TimePoint};
use serde_json::Value;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::sleep;
use std::time::Duration;

/// Half a second, from one block to the next, in microseconds.
const BLOCK: i64 = 500_000;

/// Calls whose answers are compared, as they are the same at any time.
const COMPARED: [&str; 9] = [
    "get_table_rows",
    "get_table_by_scope",
    "get_currency_balance",
    "get_currency_stats",
    "get_abi",
    "get_raw_abi",
    "get_code_hash",
    "get_account",
    "get_required_keys",
];

/// How often a node is asked again that is between two blocks.
const ATTEMPTS: usize = 20;

/// A real node and the embedded chain, as one chain.
#[derive(Debug)]
pub struct Twin {
    operator: Operator,
    _node: Node,
}

impl Twin {
    /// Begins the embedded chain as the node began, with the same key and so the same id.
    ///
    /// # Panics
    /// When the two are not the same chain.
    pub(crate) fn beside(node: Node, max_transaction_cpu_ms: u32) -> Self {
        let cpu = max_transaction_cpu_ms * 1000;
        let config = ChainConfig {
            max_block_cpu_usage: (cpu + 50_000).max(200_000),
            max_transaction_cpu_usage: cpu,
            ..ChainConfig::default()
        };
        let genesis = Genesis {
            initial_key: node.public_key(),
            initial_configuration: config,
            features: FeatureSet::LEAP_4,
            ..Genesis::default()
        };
        let id = node.client().chain_id().expect("the node's chain");
        assert_eq!(genesis.chain_id(), id, "not the same chain");
        let both = Both {
            here: Embedded::follower(genesis, node.key().clone()),
            there: node.client().clone(),
            turn: Mutex::new(()),
        };
        let client = Client::over(Arc::new(both));
        Self {
            operator: Operator::new(client, node.key().clone()),
            _node: node,
        }
    }

    /// The operator of both.
    pub(crate) fn operator(&self) -> &Operator {
        &self.operator
    }
}

/// The way to both.
#[derive(Debug)]
struct Both {
    here: Api,
    there: Client,
    /// Both get the same in the same order.
    turn: Mutex<()>,
}

impl Transport for Both {
    fn address(&self) -> &str {
        self.there.url()
    }

    fn post(&self, path: &str, body: &[u8]) -> Result<Answer, ClientError> {
        let call = path.strip_prefix("/v1/chain/").unwrap_or_default();
        if call == "get_info" {
            return self.info(path, body);
        }
        let executes = call.starts_with("send_") || call.starts_with("push_");
        if !executes && call != "compute_transaction" && !COMPARED.contains(&call) {
            return self.there.post(path, body);
        }
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut attempt = 0;
        loop {
            let there = self.there.post(path, body)?;
            if executes || call == "compute_transaction" {
                self.follow(&there);
            }
            let here = self.here.answer(path, body);
            match compare(call, &there, &here) {
                Ok(()) => return Ok(there),
                // What is executed in one block may be undone and be in the next.
                Err(_) if !executes && attempt < ATTEMPTS => {
                    attempt += 1;
                    sleep(Duration::from_millis(100));
                }
                Err(Difference(text)) => panic!(
                    "{path} {}\n(- node, + embedded chain)\n{text}",
                    String::from_utf8_lossy(&body[..body.len().min(2000)])
                ),
            }
        }
    }
}

impl Both {
    /// The node's answer, but for the blocks that transactions refer to: one that neither has, whose
    /// place in the list of blocks is empty on both.
    fn info(&self, path: &str, body: &[u8]) -> Result<Answer, ClientError> {
        let mut answer = self.there.post(path, body)?;
        let mut info: Value = serde_json::from_slice(&answer.body).expect("the node's answer");
        for field in ["last_irreversible_block_id", "head_block_id"] {
            info[field] = Checksum256::ZERO.to_string().into();
        }
        answer.body = info.to_string().into_bytes();
        Ok(answer)
    }

    /// Moves the embedded chain to the block that the node has executed a transaction in.
    fn follow(&self, answer: &Answer) {
        let answer: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let trace = &answer["processed"];
        let time = trace["block_time"].as_str().and_then(|t| t.parse().ok());
        let (Some(time), Some(number)) = (time, trace["block_num"].as_u64()) else {
            return;
        };
        let time: TimePoint = time;
        self.here.with(|chain| {
            let blocks = number.saturating_sub(u64::from(chain.head().number()) + 1);
            for left in (0..blocks).rev() {
                // The blocks are half a second apart, up to the one where the node has stood still.
                let next = time.micros() - i64::try_from(left).expect("few blocks") * BLOCK;
                let ahead = u64::try_from(next - chain.now().micros()).unwrap_or(0);
                chain
                    .advance(Duration::from_micros(ahead))
                    .expect("a block");
            }
            let ahead = time.micros() - chain.now().micros();
            if let Ok(ahead @ 1..) = u64::try_from(ahead) {
                chain
                    .advance(Duration::from_micros(ahead))
                    .expect("a block");
            }
        });
    }
}
