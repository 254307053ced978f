//! A chain and the oracle, which begin alike and are given the same.

use crate::oracle::Oracle;
use crate::shared::difference::difference;
use crate::shared::history;
use crate::shared::normal::except;
use crate::shared::signing::sign_with_data;
use antelope_chain::api::{Api, Production};
use antelope_chain::{Chain, ChainConfig, Detail, FeatureSet, Genesis, TransactionTrace, wasm};
use antelope_types::{Encode, Name, PackedTransaction, PrivateKey, Transaction};
use serde_json::{Map, Value, json};
use std::time::Duration;

/// The CPU that both bill for every transaction, in microseconds.
///
/// The oracle bills deferred transactions by the clock of the machine, and the least there is for
/// those that take less: here that is much more than any of them takes, and all else as much more.
const CPU: u32 = 100_000;

/// The parameters that both begin with.
pub fn config() -> ChainConfig {
    ChainConfig {
        min_transaction_cpu_usage: CPU,
        max_transaction_cpu_usage: 1500 * CPU,
        max_block_cpu_usage: 2000 * CPU,
        ..ChainConfig::default()
    }
}

pub struct Twin {
    pub chain: Chain,
    oracle: Oracle,
    transactions: usize,
    blocks: usize,
    differences: Vec<String>,
}

impl Twin {
    /// Two chains without protocol features; `None` where there is no oracle.
    pub fn start() -> Option<Self> {
        let genesis = Genesis {
            features: FeatureSet::NONE,
            initial_configuration: config(),
            ..Genesis::default()
        };
        let oracle = Oracle::start(&genesis)?;
        let mut chain = Chain::start(genesis, wasm::Engine::shared().unwrap()).unwrap();
        chain.record_history();
        chain.record_detail(Detail::Debug);
        let mut twin = Self {
            chain,
            oracle,
            transactions: 0,
            blocks: 0,
            differences: Vec::new(),
        };
        twin.begin_block();
        Some(twin)
    }

    /// Whether the oracle can tell the sender of a deferred transaction that this has failed.
    pub fn tells_senders(&mut self) -> bool {
        self.oracle.tells_senders()
    }

    /// Executes a transaction on both; whether it succeeded here.
    pub fn push(&mut self, what: &str, transaction: Transaction, keys: &[&PrivateKey]) -> bool {
        self.push_with_data(what, transaction, Vec::new(), keys)
    }

    /// The same of a transaction with data for its context-free actions.
    pub fn push_with_data(
        &mut self,
        what: &str,
        transaction: Transaction,
        data: Vec<Vec<u8>>,
        keys: &[&PrivateKey],
    ) -> bool {
        let signed = sign_with_data(&self.chain.chain_id(), transaction, data, keys);
        let packed = PackedTransaction::pack(&signed);
        let request = json!({ "do": "push", "packed": hex(&packed.to_bytes()), "cpu": CPU });
        let there = self.oracle.ask(&request);
        let (here, done) = match self.chain.push_packed(&packed) {
            Ok(trace) => (exact_here(&trace), true),
            Err(failure) => match failure.trace() {
                Some(trace) => (exact_here(trace), false),
                None => (json!({ "refused": failure.error().code() }), false),
            },
        };
        self.transactions += 1;
        self.compare(what, &exact_there(&there), &here);
        done
    }

    /// Ends the block and begins the next.
    pub fn block(&mut self) {
        self.advance(Duration::from_millis(500));
    }

    /// Ends the block and begins one so much later.
    pub fn advance(&mut self, time: Duration) {
        let block = self.chain.advance(time).unwrap();
        let there = self.oracle.ask(&json!({ "do": "end" }));
        self.blocks += 1;
        let number = block.number();
        let extensions = block.header.header_extensions.iter();
        let here = json!({
            "id": block.id,
            "timestamp": block.header.timestamp,
            "producer": block.header.producer,
            "confirmed": block.header.confirmed,
            "previous": block.header.previous,
            "transaction_mroot": block.header.transaction_mroot,
            "action_mroot": block.header.action_mroot,
            "schedule_version": block.header.schedule_version,
            "header_extensions": extensions.map(|e| json!([e.kind, hex(&e.data)])).collect::<Vec<_>>(),
        });
        let mut header = there["header"].clone();
        if let Some(fields) = header.as_object_mut() {
            fields.insert("id".into(), there["id"].clone());
            fields.remove("new_producers");
        }
        self.compare(&format!("block {number}"), &header, &here);
        self.begin_block();
        let request = json!({ "block_num_or_id": number.to_string() });
        self.compare_answers("get_block", &request);
        self.compare_answers("get_block_header_state", &request);
        self.compare_answers("get_producer_schedule", &json!({}));
    }

    fn begin_block(&mut self) {
        let protocol = self.chain.state().protocol();
        let number = self.chain.head().number() + 1;
        let activated = protocol.activated().filter(|(_, block)| *block == number);
        let features: Vec<_> = activated.map(|(feature, _)| feature.digest).collect();
        let (_, confirmed) = self.chain.turn();
        let started = self.oracle.ask(&json!({
            "do": "start",
            "time": self.chain.now().micros() / 1000,
            "confirmed": confirmed,
            "features": features,
        }));
        assert_eq!(started, json!({}), "block {number} cannot begin there");
        let traces: Vec<_> = self.chain.scheduled_traces().cloned().collect();
        for here in traces {
            let id = here
                .failed_dtrx_trace
                .as_ref()
                .map_or(here.id, |failed| failed.id);
            let status = here.receipt.as_ref().map(|receipt| receipt.cpu_usage_us);
            let request = json!({ "do": "scheduled", "id": id, "cpu": status.unwrap_or(CPU) });
            let there = self.oracle.ask(&request);
            self.transactions += 1;
            self.compare(
                &format!("deferred {id}"),
                &exact_there(&there),
                &exact_here(&here),
            );
        }
        self.compare_deferred();
    }

    /// The transactions that wait.
    fn compare_deferred(&mut self) {
        let here = self.chain.state().deferred();
        let mut here: Vec<_> = here.map(|deferred| deferred.id.to_string()).collect();
        let there = self.oracle.ask(&json!({ "do": "deferred" }));
        let list = there["answer"].as_array().cloned().unwrap_or_default();
        let mut there: Vec<_> = list
            .iter()
            .map(|id| id.as_str().unwrap().to_owned())
            .collect();
        here.sort();
        there.sort();
        self.compare("transactions that wait", &json!(there), &json!(here));
    }

    /// Compares all rows of these tables of a contract, with their payers.
    pub fn rows(&mut self, code: Name, tables: &[Name]) {
        for table in tables {
            let scopes: Vec<_> = self.chain.state().scopes(code, *table).collect();
            let scopes: Vec<_> = scopes
                .iter()
                .map(|(scope, info)| (*scope, info.payer, info.count))
                .collect();
            let request = json!({
                "do": "ask", "function": "get_table_by_scope",
                "code": code, "table": table, "limit": 1000,
            });
            let there = self.oracle.ask(&request)["answer"]["rows"].clone();
            let here = scopes.iter().map(|(scope, payer, count)| {
                json!({ "code": code, "scope": scope, "table": table, "payer": payer, "count": count })
            });
            let here = Value::from_iter(here);
            self.compare(&format!("scopes of {code} {table}"), &there, &here);
            for (scope, ..) in scopes {
                self.scope(code, scope, *table);
            }
        }
    }

    fn scope(&mut self, code: Name, scope: Name, table: Name) {
        let key = antelope_chain::TableKey { code, scope, table };
        let rows = self.chain.state().rows(key);
        let here = rows.map(|(_, row)| json!({ "data": hex(&row.value), "payer": row.payer }));
        let here = Value::from_iter(here);
        let there = self.oracle.ask(&json!({
            "do": "ask", "function": "get_table_rows", "json": false, "show_payer": true,
            "code": code, "scope": scope.to_string(), "table": table, "limit": 10000,
        }));
        self.compare(
            &format!("rows of {code} {table} {scope}"),
            &there["answer"]["rows"],
            &here,
        );
    }

    /// Compares what the two answer to a call of the API.
    fn compare_answers(&mut self, call: &str, body: &Value) {
        let api = Api::new(self.chain.clone(), Production::OnDemand);
        let here = api.answer(&format!("/v1/chain/{call}"), body.to_string().as_bytes());
        let mut here: Value = serde_json::from_slice(&here.body).unwrap();
        let mut request = body.clone();
        request["do"] = "ask".into();
        request["function"] = call.into();
        let mut there = self.oracle.ask(&request)["answer"].clone();
        for answer in [&mut there, &mut here] {
            // The two sign alike, but not with the same random numbers.
            for place in ["", "/header"] {
                let header = answer.pointer_mut(place).and_then(Value::as_object_mut);
                header.map(|fields| fields.remove("producer_signature"));
            }
        }
        self.compare(&format!("{call} {body}"), &there, &here);
    }

    /// Compares the RAM, the limits and the permissions of every account.
    pub fn accounts(&mut self) {
        let all: Vec<_> = self.chain.state().ram_usage().collect();
        for (name, used) in all {
            let request = json!({ "do": "ask", "function": "get_account", "account_name": name });
            let there = self.oracle.ask(&request)["answer"].clone();
            self.compare(&format!("RAM of {name}"), &there["ram_usage"], &json!(used));
        }
    }

    fn compare(&mut self, what: &str, there: &Value, here: &Value) {
        if let Some(lines) = difference(there, here) {
            let different = format!("== {what}\n{lines}");
            // The first ones tell more than those that follow of them.
            if self.differences.len() < 12 {
                eprintln!("{different}");
            }
            self.differences.push(different);
        }
    }

    /// Fails if anything was different, or there was less than promised. Tells what details there were
    /// in the traces of state history, where there is a node to compare them with.
    pub fn finish(&mut self, least: usize) -> Option<history::Details> {
        self.block();
        self.accounts();
        let details = history::compare(&self.chain, Detail::Debug);
        let count = self.differences.len();
        assert!(count == 0, "{count} differences (- there, + here)");
        let done = self.transactions;
        assert!(done >= least, "only {done} transactions");
        eprintln!(
            "{done} transactions in {} blocks: equal traces, equal ids of blocks",
            self.blocks
        );
        details
    }
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A trace of this chain without what depends on the machine.
fn exact_here(trace: &TransactionTrace) -> Value {
    exact(&serde_json::to_value(trace).unwrap())
}

fn exact_there(answer: &Value) -> Value {
    match answer.get("trace") {
        Some(trace) => exact(trace),
        None => json!({ "refused": answer["refused"]["code"] }),
    }
}

fn exact(trace: &Value) -> Value {
    let Value::Object(fields) = trace else {
        return trace.clone();
    };
    let mut out = Map::new();
    for (name, value) in fields {
        let value = match name.as_str() {
            "elapsed" | "producer_block_id" => continue,
            "except" => except(value),
            "act" => act(value),
            "failed_dtrx_trace" => exact(value),
            "action_traces" => value.as_array().unwrap().iter().map(exact).collect(),
            "return_value" => {
                out.insert("return_value_hex_data".into(), value.clone());
                continue;
            }
            "error_code" => number(value),
            "receipt" => numbers(value),
            _ => value.clone(),
        };
        if !value.is_null() {
            out.insert(name.clone(), value);
        }
    }
    Value::Object(out)
}

/// The library behind the oracle tells the bytes once.
fn act(value: &Value) -> Value {
    let mut act = value.clone();
    if let Some(fields) = act.as_object_mut() {
        fields.remove("hex_data");
    }
    act
}

/// Large numbers are texts in nodes' JSON.
fn number(value: &Value) -> Value {
    let text = value.as_str().and_then(|text| text.parse::<u64>().ok());
    text.map_or(value.clone(), Value::from)
}

fn numbers(value: &Value) -> Value {
    let Value::Object(fields) = value else {
        return value.clone();
    };
    let fields = fields
        .iter()
        .map(|(name, value)| (name.clone(), number(value)));
    Value::Object(fields.collect())
}
