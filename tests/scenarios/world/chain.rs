//! A chain on which the three contracts stand, configured and ready for cooperatives.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use antelope_chain::LiveChain;
use antelope_rpc_client::{Client, Signer, TableQuery, native};
use antelope_types::{Action, Authority, Checksum256, Name, TimePoint, asset, name};
use coop_model::catalogue::{self, CATALOGUE, Owner};
use coop_model::clients::{Gateway, Registrator, Soviet};
use coop_model::decision::after;
use coop_model::{AccountPolicy, Config};
use serde_json::Value;
use veche_tests::Embedded;

use super::{Outcome, Person, number, random_name};
use crate::timetravel::clock::{BLOCK_MS, Clock};

/// A chain with `registrator`, `soviet` and `gateway` deployed, and the key of `eosio`.
pub(crate) struct Chain {
    pub client: Client,
    pub id: Checksum256,
    pub eosio: Person,
    pub registrator: Person,
    pub soviet: Person,
    pub gateway: Person,
    /// Somebody with an account and no role anywhere.
    pub stranger: Person,
    clock: Option<Clock>,
    last_clock: Mutex<i64>,
    ram: Mutex<BTreeMap<Name, i64>>,
}

impl Chain {
    /// The chain that all scenarios share: one for the whole test run.
    pub(crate) fn shared() -> &'static Self {
        static CHAIN: OnceLock<Chain> = OnceLock::new();
        CHAIN.get_or_init(|| {
            let node = veche_tests::node();
            Self::set_up(node.client().clone(), node.key().clone())
        })
    }

    /// An embedded chain of its own, whose clock the test moves, also where the others run on a node:
    /// a whole life of 48 hours and 30 days takes milliseconds. `timetravel` compares with a node.
    pub(crate) fn own() -> Self {
        Self::of(Embedded::start())
    }

    /// The same, beginning in the same way in every run where names are
    /// [drawn alike](veche_tests::drawn_alike).
    pub(crate) fn alike() -> Self {
        Self::of(Embedded::alike())
    }

    /// The same, whose blocks are followed in this process.
    pub(crate) fn followed() -> (Self, LiveChain) {
        let chain = Embedded::start();
        let live = chain.recorded();
        (Self::of(chain), live)
    }

    fn of(chain: Embedded) -> Self {
        let (client, key) = (chain.client().clone(), chain.key().clone());
        Self::set_up(client, key).with_clock(Clock::Embedded(chain))
    }

    /// Another chain that goes on from here by itself: what happens on one is as if it had not been
    /// on the other. Of an embedded chain of its own.
    pub(crate) fn fork(&self) -> Self {
        let Clock::Embedded(trunk) = self.own_clock() else {
            panic!("only the embedded chain has branches");
        };
        let branch = trunk.fork();
        let last_clock = *self.lock_clock();
        Self {
            client: branch.client().clone(),
            id: self.id,
            eosio: self.eosio.clone(),
            registrator: self.registrator.clone(),
            soviet: self.soviet.clone(),
            gateway: self.gateway.clone(),
            stranger: self.stranger.clone(),
            clock: Some(Clock::Embedded(branch)),
            last_clock: Mutex::new(last_clock),
            ram: Mutex::new(self.ram()),
        }
    }

    fn lock_clock(&self) -> MutexGuard<'_, i64> {
        self.last_clock
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// The same chain, whose clock this one moves.
    pub(crate) fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = Some(clock);
        self
    }

    /// Deploys and configures the contracts on a chain that has a bios and no RAM market.
    pub(crate) fn set_up(client: Client, key: impl Signer + 'static) -> Self {
        Self::set_up_with(client, key, |person| vec![new_account(person)])
    }

    /// The same, on a chain where `make` tells how an account is made.
    pub(crate) fn set_up_with(
        client: Client,
        key: impl Signer + 'static,
        make: impl Fn(&Person) -> Vec<Action>,
    ) -> Self {
        let id = client.chain_id().expect("a chain id");
        let chain = Self {
            client,
            id,
            eosio: Person {
                name: name!("eosio"),
                ..Person::holding(key)
            },
            registrator: Person::new(),
            soviet: Person::new(),
            gateway: Person::new(),
            stranger: Person::new(),
            clock: None,
            last_clock: Mutex::new(0),
            ram: Mutex::default(),
        };
        let people = [
            &chain.registrator,
            &chain.soviet,
            &chain.gateway,
            &chain.stranger,
        ];
        chain
            .push(people.into_iter().flat_map(make).collect(), &[&chain.eosio])
            .accepted();
        for (contract, package) in [
            (&chain.registrator, "registrator"),
            (&chain.soviet, "soviet"),
            (&chain.gateway, "gateway"),
        ] {
            chain.deploy(contract, package);
        }
        chain.configure();
        chain
    }

    /// Puts a contract of this repository on an account that may act for itself.
    pub(crate) fn deploy(&self, contract: &Person, package: &str) {
        let built = veche_tests::built(package);
        let active = Authority::from_key(contract.public_key()).with_code(contract.name);
        let actions = vec![
            native::set_code(contract.name, &built.wasm),
            native::set_abi(contract.name, &built.abi.to_binary()),
            native::update_auth(contract.name, name!("active"), name!("owner"), active),
        ];
        self.push(actions, &[contract]).accepted();
    }

    fn configure(&self) {
        let config = self.config();
        let free = asset!("0.0000 RUB");
        let policy = AccountPolicy {
            ram_bytes: 0,
            stake_net: free,
            stake_cpu: free,
        };
        let mut actions = vec![
            Registrator::at(self.registrator.name)
                .signed_by(self.registrator.active())
                .init(config, policy)
                .to_action(),
            Soviet::at(self.soviet.name)
                .signed_by(self.soviet.active())
                .init(config)
                .to_action(),
            Gateway::at(self.gateway.name)
                .signed_by(self.gateway.active())
                .init(config)
                .to_action(),
        ];
        for kind in CATALOGUE {
            let owner = match kind.owner {
                Owner::Registrator => self.registrator.name,
                Owner::Gateway => self.gateway.name,
                Owner::Soviet => continue,
            };
            let soviet = Soviet::at(self.soviet.name).signed_by(self.soviet.active());
            actions.push(
                soviet
                    .regtype(kind.name, owner, kind.confirm, kind.decline, kind.protocol)
                    .to_action(),
            );
        }
        self.push(actions, &[&self.registrator, &self.soviet, &self.gateway])
            .accepted();
    }

    /// What the operator tells the contracts.
    pub(crate) fn config(&self) -> Config {
        Config {
            chain_id: self.id,
            registrator: self.registrator.name,
            soviet: self.soviet.name,
            gateway: self.gateway.name,
        }
    }

    /// Registry id of the protocols of a kind: of the catalogue, or as another contract's kind is
    /// registered.
    pub(crate) fn protocol_id(&self, kind: Name) -> u64 {
        if let Some(entry) = catalogue::find(kind) {
            return entry.protocol;
        }
        let soviet = &self.soviet;
        let row = self.row(soviet, soviet.name, name!("types"), kind);
        number(&row.expect("a registered kind")["protocol_id"])
    }

    /// Sends one transaction.
    pub(crate) fn push(&self, actions: Vec<Action>, signers: &[&Person]) -> Outcome {
        let keys: Vec<&dyn Signer> = signers.iter().map(|person| person.signer()).collect();
        let outcome = self.client.push(&actions, &keys);
        if let Ok(trace) = &outcome {
            let mut ram = self.ram.lock().unwrap_or_else(PoisonError::into_inner);
            for (account, delta) in trace.ram_deltas() {
                *ram.entry(account).or_insert(0) += delta;
            }
        }
        Outcome(outcome)
    }

    /// What every account has used of RAM since the beginning, by the transactions of this chain's
    /// scenarios.
    pub(crate) fn ram(&self) -> BTreeMap<Name, i64> {
        self.ram
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The clock that this chain's test moves.
    fn own_clock(&self) -> &Clock {
        self.clock.as_ref().expect("a chain of its own")
    }

    /// The time of the block that the next transaction will be in.
    pub(crate) fn now(&self) -> TimePoint {
        TimePoint::from_micros(self.own_clock().now() * 1000)
    }

    /// The next transaction runs exactly at this moment.
    pub(crate) fn jump_to(&self, moment: TimePoint) {
        self.own_clock().jump(moment.micros() / 1000);
    }

    /// The next transaction runs one block before this moment.
    pub(crate) fn jump_just_before(&self, moment: TimePoint) {
        self.own_clock().jump(moment.micros() / 1000 - BLOCK_MS);
    }

    /// Moves the clock forward.
    pub(crate) fn advance(&self, by: Duration) {
        self.own_clock().advance(by);
    }

    /// Moves the clock forward by a term of the parameters, in seconds.
    pub(crate) fn pass(&self, seconds: u32) {
        self.jump_to(after(self.now(), seconds));
    }

    /// An account with a K1 key, made by `eosio`.
    pub(crate) fn account(&self) -> Person {
        let person = Person::new();
        self.create(&person);
        person
    }

    /// Makes the account of a person, by `eosio`.
    pub(crate) fn create(&self, person: &Person) {
        self.push(vec![new_account(person)], &[&self.eosio])
            .accepted();
    }

    /// An account with code.
    pub(crate) fn account_with_code(&self, code: &[u8]) -> Person {
        let person = self.account();
        self.push(vec![native::set_code(person.name, code)], &[&person])
            .accepted();
        person
    }

    /// The operator stops new processes everywhere, or lets them start again.
    pub(crate) fn set_pause(&self, paused: bool) {
        let action = Registrator::at(self.registrator.name)
            .signed_by(self.registrator.active())
            .setpause(paused)
            .to_action();
        self.push(vec![action], &[&self.registrator]).accepted();
    }

    /// A row by its primary key.
    pub(crate) fn row(
        &self,
        contract: &Person,
        scope: Name,
        table: Name,
        key: impl Into<antelope_rpc_client::Bound>,
    ) -> Option<Value> {
        let query = TableQuery::new(contract.name, scope, table).exactly(key);
        self.client
            .all_rows(&query)
            .expect("a readable table")
            .pop()
    }

    /// All rows of a scope.
    pub(crate) fn rows(&self, contract: &Person, scope: Name, table: Name) -> Vec<Value> {
        self.client
            .all_rows(&TableQuery::new(contract.name, scope, table))
            .expect("a readable table")
    }

    /// The chain's clock, a microsecond later each time: each document is newer than the one before.
    pub(crate) fn clock(&self) -> TimePoint {
        let head = self.client.get_info().expect("info").head_block_time;
        let mut last = self.lock_clock();
        *last = head.micros().max(*last + 1);
        TimePoint::from_micros(*last)
    }

    /// A hash that nobody has used.
    pub(crate) fn unique_hash(&self) -> Checksum256 {
        let mut bytes = [0; 32];
        for part in bytes.chunks_exact_mut(8) {
            part.copy_from_slice(&random_name().raw().to_le_bytes());
        }
        Checksum256(bytes)
    }
}

/// A person's account, made by `eosio`.
pub(crate) fn new_account(person: &Person) -> Action {
    let key = Authority::from_key(person.public_key());
    native::new_account(name!("eosio"), person.name, key.clone(), key)
}
