//! Programs of the probe, executed on a node and on a chain.
//!
//! Most calls are made many in a transaction. The chain tells beforehand which of them fail, and
//! these have a transaction of their own. Where a transaction with many differs, each of its calls
//! is made again alone, so that what is reported is one call.

use crate::kinds::{FRIEND, LISTENER, PRIVILEGED, PROBE};
use crate::known::{KNOWN, known};
use crate::probe::{Probe, ROOM};
use crate::program::{Op, Unit, nonce};
use crate::shared::both::{Both, NOTHING};
use crate::shared::normal::normal;
use antelope_chain::{Chain, FeatureSet, Genesis, wasm};
use antelope_rpc_client::signing::Signer;
use antelope_rpc_client::{native, signing};
use antelope_types::{
    Action, Authority, Name, PermissionLevel, SignedTransaction, TimePointSec, Transaction,
    TransactionHeader, name,
};
use serde_json::Value;
use std::time::Duration;

/// How the probe is called.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Context {
    Ordinary,
    Privileged,
    Notified,
    Free,
    ReadOnly,
}

/// The most calls in a transaction.
const MANY: usize = 300;

pub struct Twin {
    pub both: Both,
    pub probe: Probe,
    expiration: TimePointSec,
    made: u64,
    pending: Vec<Unit>,
    context: Context,
    since_block: usize,
    /// How often each of [`KNOWN`] was come upon.
    known: [usize; KNOWN.len()],
}

impl Twin {
    /// A node and a chain with the probe; `None` where there is no node.
    pub fn start() -> Option<Self> {
        let mut both = Both::start()?;
        let genesis = Genesis {
            features: FeatureSet::LEAP_4,
            ..both.chain.genesis().clone()
        };
        both.chain = Chain::start(genesis, wasm::Engine::shared().unwrap()).unwrap();
        // The clocks agree, so that one transaction is good on both.
        let now = both.node.client().get_info().unwrap().head_block_time;
        let behind = now.micros() - both.chain.now().micros();
        both.chain
            .advance(Duration::from_micros(behind.max(0) as u64))
            .unwrap();
        let probe = Probe::new();
        let mut twin = Self {
            both,
            probe,
            expiration: TimePointSec::from_seconds((now.micros() / 1_000_000) as u32 + 3000),
            made: 0,
            pending: Vec::new(),
            context: Context::Ordinary,
            since_block: 0,
            known: [0; KNOWN.len()],
        };
        twin.deploy();
        Some(twin)
    }

    fn deploy(&mut self) {
        let own = Authority::from_key(signing::public_key(&self.both.key).unwrap());
        let mut actions = Vec::new();
        for account in [PROBE, PRIVILEGED, LISTENER, FRIEND] {
            let active = own.clone().with_code(account);
            actions.push(native::new_account(
                name!("eosio"),
                account,
                own.clone(),
                active,
            ));
        }
        self.both.push("accounts", &actions);
        let code = self.probe.code.clone();
        for account in [PROBE, PRIVILEGED, LISTENER] {
            self.both
                .push("code of the probe", &[native::set_code(account, &code)]);
        }
        // The node has had two contracts when it was booted.
        for code in [&code[..], NOTHING] {
            let set = native::set_code(name!("eosio"), code);
            self.both.chain.push(&[set]).unwrap();
        }
        // The system's account is the probe for as long as it takes to make another privileged.
        self.both
            .push("system's code", &[native::set_code(name!("eosio"), &code)]);
        let mut data = Vec::new();
        Unit::call("set_privileged", &[PRIVILEGED.raw(), 1]).encode(&self.probe, &mut data);
        self.both
            .push("privileges", &[action(name!("eosio"), data)]);
        let nothing = native::set_code(name!("eosio"), NOTHING);
        self.both.push("no system's code", &[nothing]);
    }

    /// From here on programs are executed like this.
    pub fn within(&mut self, context: Context) {
        self.flush();
        self.context = context;
    }

    /// Executes the operations, with others in one transaction where they do not fail.
    pub fn run(&mut self, unit: Unit) {
        let mut size = Vec::new();
        for unit in self.pending.iter().chain([&unit]) {
            unit.encode(&self.probe, &mut size);
        }
        if self.pending.len() == MANY || size.len() + 100 > ROOM {
            self.flush();
        }
        self.pending.push(unit);
    }

    /// Executes the operations in a transaction of their own; whether they succeeded.
    pub fn alone(&mut self, unit: &Unit) -> bool {
        let signed = self.transaction(std::slice::from_ref(unit));
        let (there, here) = self.outcomes(&signed);
        match known(unit, &there, &here).filter(|_| there != here) {
            Some(known) => self.known[known] += 1,
            None => {
                let what = format!("{:?}\n{}", self.context, unit.text(&self.probe));
                self.both.judge(&what, &there, &here);
            }
        }
        here["except"].is_null() && here["refused"].is_null()
    }

    /// Executes what waits for others.
    pub fn flush(&mut self) {
        let mut units = std::mem::take(&mut self.pending);
        if self.fails_here(&units) {
            let fails = |unit: &Unit| self.fails_here(std::slice::from_ref(unit));
            let (failing, good) = units.into_iter().partition(fails);
            units = good;
            let failing: Vec<_> = failing;
            for unit in &failing {
                self.alone(unit);
            }
        }
        if units.is_empty() {
            return;
        }
        let signed = self.transaction(&units);
        let (there, here) = self.outcomes(&signed);
        if there == here && here["except"].is_null() {
            self.both.judge("", &there, &here);
            return;
        }
        for unit in &units {
            self.alone(unit);
        }
    }

    /// Whether the chain refuses the operations. Nothing changes.
    pub fn fails_here(&mut self, units: &[Unit]) -> bool {
        let signed = self.transaction(units);
        let mut chain = self.both.chain.clone();
        if self.context == Context::ReadOnly {
            return chain.read(&signed.transaction.actions).is_err();
        }
        chain.push_signed(&signed).is_err()
    }

    fn outcomes(&mut self, signed: &SignedTransaction) -> (Value, Value) {
        if self.context == Context::ReadOnly {
            let there = self
                .both
                .sent("/v1/chain/send_read_only_transaction", signed);
            let here = match self.both.chain.read(&signed.transaction.actions) {
                Ok(trace) => trace,
                Err(failure) => failure.trace().unwrap().clone(),
            };
            let here = normal(&serde_json::to_value(here).unwrap());
            return [there, here]
                .map(without_transaction)
                .map(comparable)
                .into();
        }
        self.since_block += 1;
        if self.since_block == 100 {
            self.since_block = 0;
            self.both.chain.produce_block().unwrap();
        }
        let outcomes = [self.both.there(signed), self.both.here(signed)];
        outcomes.map(comparable).into()
    }

    fn transaction(&mut self, units: &[Unit]) -> SignedTransaction {
        let mut data = Vec::new();
        self.made += 1;
        nonce(&mut data, self.made);
        if self.context == Context::Notified {
            let tell = Op::Call("require_recipient", vec![LISTENER.raw()]);
            Unit(vec![tell, Op::OnlyNotified]).encode(&self.probe, &mut data);
        }
        for unit in units {
            unit.encode(&self.probe, &mut data);
        }
        // A transaction may refer to a block that was never there by zeros alone.
        let mut transaction = Transaction {
            header: TransactionHeader {
                expiration: self.expiration,
                ..TransactionHeader::default()
            },
            ..Transaction::default()
        };
        let mut context_free_data = Vec::new();
        match self.context {
            Context::Ordinary | Context::Notified => transaction.actions.push(action(PROBE, data)),
            Context::Privileged => transaction.actions.push(action(PRIVILEGED, data)),
            Context::ReadOnly => {
                let mut action = action(PROBE, data);
                action.authorization.clear();
                transaction.actions.push(action);
            }
            Context::Free => {
                let mut free = action(PROBE, data);
                free.authorization.clear();
                transaction.context_free_actions.push(free);
                transaction.actions.push(action(PROBE, Vec::new()));
                context_free_data = vec![b"free of context".to_vec(), Vec::new()];
            }
        }
        let digest = transaction.signing_digest(&self.both.chain.chain_id(), &context_free_data);
        let signed = self.context != Context::ReadOnly;
        SignedTransaction {
            signatures: signed
                .then(|| self.both.key.sign(&digest).unwrap())
                .into_iter()
                .collect(),
            transaction,
            context_free_data,
        }
    }

    pub fn finish(mut self) {
        self.flush();
        for (known, count) in KNOWN.iter().zip(self.known) {
            eprintln!("{count} differ as is known, {}: {}", known.what, known.why);
        }
        self.both.finish();
    }

    /// Fails if a known difference is none any more.
    pub fn demand_known(&self) {
        for (known, count) in KNOWN.iter().zip(self.known) {
            assert!(count > 0, "no longer different: {}", known.what);
        }
    }
}

fn action(account: Name, data: Vec<u8>) -> Action {
    Action {
        account,
        name: name!("run"),
        authorization: vec![PermissionLevel::active(account)],
        data,
    }
}

/// Without the sequences of accounts: where a call has done more on one of the two, all that come
/// after would differ. And without the words about bytes that are none, in which nodes tell the way
/// through their C++ types.
fn comparable(mut outcome: Value) -> Value {
    without_words(&mut outcome["except"]);
    for action in outcome["actions"].as_array_mut().into_iter().flatten() {
        without_words(&mut action["except"]);
        if let Some(receipt) = action["receipt"].as_object_mut() {
            receipt.remove("recv_sequence");
            receipt.remove("auth_sequence");
        }
    }
    outcome
}

/// The chain reads by actions, and there is no transaction that could have a size.
fn without_transaction(mut outcome: Value) -> Value {
    for field in ["net_usage", "net_usage_words", "status"] {
        outcome[field].take();
    }
    outcome
}

fn without_words(except: &mut Value) {
    const OF_READING: [u64; 2] = [8, 10];
    if except["code"]
        .as_u64()
        .is_some_and(|code| OF_READING.contains(&code))
    {
        let stack = except["stack"].as_array_mut().unwrap();
        stack.retain(|message| {
            message
                .as_str()
                .unwrap()
                .starts_with("pending console output")
        });
    }
}
