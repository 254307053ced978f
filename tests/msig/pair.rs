//! The two contracts, each on a chain of its own, and their comparison after each step.

use super::step::{Hash, Step};
use super::{ALICE, BOB, CAROL, PEOPLE, SHARED};
use antelope_chain::{Chain, Contract};
use antelope_types::{
    Action, Asset, Authority, Checksum256, FeatureSet, Name, PermissionLevel,
    PermissionLevelWeight, Symbol, TimePointSec, Transaction, VarUint32, name, symbol,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use veche_tests::{built, reference};

const MSIG: Name = name!("eosio.msig");
const TOKEN: Name = name!("eosio.token");
/// Who is paid.
const SHOP: Name = name!("shop");
const UNIT: Symbol = symbol!("4,SYS");
/// What each has at first, in units of the last decimal.
const SUPPLY: i64 = 1_000_000;

/// Both sides, and how often what has happened.
pub(crate) struct Pair {
    reference: Side,
    ours: Side,
    seen: BTreeMap<String, usize>,
}

impl Pair {
    pub(crate) fn new() -> Self {
        Self {
            reference: Side::new(reference("eosio.msig")),
            ours: Side::new(built("msig")),
            seen: BTreeMap::new(),
        }
    }

    /// The reference, then ours.
    pub(crate) fn sides(&mut self) -> [&mut Side; 2] {
        [&mut self.reference, &mut self.ours]
    }

    /// Successes by action, refusals by their words.
    pub(crate) fn seen(&self) -> &BTreeMap<String, usize> {
        &self.seen
    }

    /// Does the same on both sides.
    pub(crate) fn take(&mut self, step: &Step) {
        let [theirs, ours] = self.sides().map(|side| side.take(step));
        assert_eq!(ours, theirs, "{step:?}");
        // The reference leaves the execution to the next block.
        if let Step::Exec { .. } = step {
            for side in self.sides() {
                side.advance(1);
            }
        }
        let [theirs, ours] = self.sides().map(|side| side.state());
        assert_eq!(ours, theirs, "{step:?}");
        let refused = self.reference.last.clone();
        let what = refused.unwrap_or_else(|| step.name().to_owned());
        *self.seen.entry(what).or_default() += 1;
    }
}

/// One contract on its chain.
pub(crate) struct Side {
    chain: Chain,
    /// The words with which the last step was refused.
    last: Option<String>,
}

impl Side {
    fn new(msig: &veche_tests::Contract) -> Self {
        let contract = |it: &veche_tests::Contract| {
            let abi = serde_json::to_string(it.abi.definition()).expect("an ABI is JSON");
            Contract::new(it.wasm.clone(), &abi).expect("a contract")
        };
        let both = Authority {
            threshold: 2,
            accounts: [ALICE, BOB]
                .map(|who| PermissionLevelWeight {
                    permission: PermissionLevel::active(who),
                    weight: 1,
                })
                .into(),
            ..Authority::default()
        };
        let chain = Chain::builder()
            // The reference defers transactions, which later versions of nodes have stopped to do.
            .features(FeatureSet::LEAP_4)
            .accounts([ALICE, BOB, CAROL, SHOP])
            .account_with(SHARED, both)
            .contract(TOKEN, &contract(reference("eosio.token")))
            .contract(MSIG, &contract(msig))
            .privileged(MSIG)
            .build();
        let mut side = Self {
            chain: chain.expect("a chain"),
            last: None,
        };
        let count = PEOPLE.len() as i64;
        let create = json!({ "issuer": TOKEN, "maximum_supply": amount(SUPPLY * count) });
        let issue = json!({ "to": TOKEN, "quantity": amount(SUPPLY * count), "memo": "" });
        side.push(TOKEN, name!("create"), TOKEN, &create)
            .expect("created");
        side.push(TOKEN, name!("issue"), TOKEN, &issue)
            .expect("issued");
        for who in PEOPLE {
            let transfer = side.transfer(TOKEN, who, SUPPLY);
            side.chain.push(transfer).expect("paid");
        }
        side
    }

    fn transfer(&self, from: Name, to: Name, units: i64) -> Action {
        let arguments = json!({ "from": from, "to": to, "quantity": amount(units), "memo": "" });
        let action = self
            .chain
            .action(TOKEN, name!("transfer"), from, &arguments);
        action.expect("a transfer")
    }

    fn push(&mut self, code: Name, action: Name, by: Name, json: &Value) -> Result<(), String> {
        let action = self
            .chain
            .action(code, action, by, json)
            .expect("an action");
        match self.chain.push(action) {
            Ok(_) => Ok(()),
            Err(failure) => {
                let message = failure.error().message();
                let words = message.strip_prefix("assertion failure with message: ");
                Err(words.unwrap_or(message).to_owned())
            }
        }
    }

    /// Does a step. What refuses it says so.
    pub(crate) fn take(&mut self, step: &Step) -> Result<(), String> {
        let (signer, arguments) = match step {
            Step::Wait(seconds) => {
                self.advance(*seconds);
                self.last = None;
                return Ok(());
            }
            Step::Propose {
                proposer,
                name,
                requested,
                pay,
                expires_in,
                delay,
            } => {
                let now = TimePointSec::from(self.chain.now()).seconds();
                let mut trx = Transaction {
                    actions: vec![self.transfer(pay.from, SHOP, pay.units)],
                    ..Transaction::default()
                };
                let end = if *expires_in == 0 {
                    now - 1
                } else {
                    now + expires_in
                };
                trx.header.expiration = TimePointSec::from_seconds(end);
                trx.header.delay_sec = VarUint32(*delay);
                let levels = requested.iter().copied().map(PermissionLevel::active);
                let levels: Vec<_> = levels.collect();
                let arguments = json!({ "proposer": proposer, "proposal_name": name,
                    "requested": levels, "trx": trx_json(&trx) });
                (*proposer, arguments)
            }
            Step::Approve {
                signer,
                who,
                proposer,
                name,
                hash,
            } => {
                let mut arguments = json!({ "proposer": proposer, "proposal_name": name,
                    "level": PermissionLevel::active(*who) });
                if let Some(hash) = self.hash(*hash, *proposer, *name) {
                    arguments["proposal_hash"] = json!(hash);
                }
                (*signer, arguments)
            }
            Step::Unapprove {
                signer,
                who,
                proposer,
                name,
            } => (
                *signer,
                json!({ "proposer": proposer, "proposal_name": name,
                    "level": PermissionLevel::active(*who) }),
            ),
            Step::Cancel {
                signer,
                canceler,
                proposer,
                name,
            } => (
                *signer,
                json!({ "proposer": proposer, "proposal_name": name, "canceler": canceler }),
            ),
            Step::Exec {
                signer,
                executer,
                proposer,
                name,
            } => (
                *signer,
                json!({ "proposer": proposer, "proposal_name": name, "executer": executer }),
            ),
            Step::Invalidate { account } => (*account, json!({ "account": account })),
        };
        let action = step.name().parse().expect("a name");
        let result = self.push(MSIG, action, signer, &arguments);
        self.last = result.as_ref().err().cloned();
        result
    }

    /// The hash of what is proposed, or another.
    fn hash(&self, hash: Hash, proposer: Name, name: Name) -> Option<Checksum256> {
        let rows = self.proposals(proposer);
        let row = rows.iter().find(|row| row["proposal_name"] == json!(name));
        let packed = row.and_then(|row| row["packed_transaction"].as_str());
        match hash {
            Hash::None => None,
            Hash::Wrong => Some(Checksum256::ZERO),
            Hash::Right => Some(Checksum256::sha256(&bytes(packed.unwrap_or_default()))),
        }
    }

    /// Blocks go by.
    pub(crate) fn advance(&mut self, seconds: u32) {
        for _ in 0..2 {
            self.chain.produce_block().expect("a block");
        }
        let more = Duration::from_secs(seconds.into());
        self.chain.advance(more).expect("a block");
    }

    pub(crate) fn proposals(&self, proposer: Name) -> Vec<Value> {
        self.rows(proposer, name!("proposal"))
    }

    fn rows(&self, scope: Name, table: Name) -> Vec<Value> {
        self.chain.rows_json(MSIG, scope, table).expect("rows")
    }

    /// How much this person has paid, in units of the last decimal.
    pub(crate) fn paid(&self, who: Name) -> i64 {
        let rows = self.chain.rows_json(TOKEN, who, name!("accounts"));
        let rows = rows.expect("rows");
        let balance: Asset = rows[0]["balance"]
            .as_str()
            .expect("text")
            .parse()
            .expect("an asset");
        SUPPLY - balance.amount
    }

    /// All rows of the contract, and what was paid.
    fn state(&self) -> (Vec<Value>, Vec<i64>) {
        let mut rows = self.rows(MSIG, name!("invals"));
        for proposer in PEOPLE {
            for mut row in self.proposals(proposer) {
                // Of version 2 and later: from when on it can be executed.
                if let Some(fields) = row.as_object_mut() {
                    fields.remove("earliest_exec_time");
                }
                rows.push(row);
            }
            rows.extend(self.rows(proposer, name!("approvals2")));
        }
        (rows, PEOPLE.map(|who| self.paid(who)).into())
    }
}

fn amount(units: i64) -> Asset {
    Asset::new(units, UNIT).expect("an asset")
}

/// With the lists that the ABI of a transaction has besides.
fn trx_json(transaction: &Transaction) -> Value {
    let mut value = serde_json::to_value(transaction).expect("JSON");
    let fields = value.as_object_mut().expect("an object");
    fields.entry("context_free_actions").or_insert(json!([]));
    fields.entry("transaction_extensions").or_insert(json!([]));
    value
}

fn bytes(digits: &str) -> Vec<u8> {
    let json = json!(digits);
    antelope_types::json::bytes::deserialize(&json).expect("hexadecimal digits")
}
