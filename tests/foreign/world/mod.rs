//! A chain of a test's own with the three contracts, and cooperatives on it.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use antelope_rpc_client::{Client, Signer, TableQuery, native};
use antelope_types::{Action, Authority, Checksum256, Name, TimePoint, asset, name};
use coop_model::catalogue::{self, CATALOGUE, Owner};
use coop_model::clients::{Gateway, Registrator, Soviet};
use coop_model::{AccountPolicy, Config};
use serde_json::Value;
use veche_tests::{Contract, Embedded, Person, random_name};

mod calls;
mod coop;
mod outcome;
mod papers;
mod process;

use calls::Calls;
pub(crate) use coop::{Coop, Question, fees};
pub(crate) use outcome::Outcome;
pub(crate) use papers::{Draft, number, signature};

/// A day in seconds.
pub(crate) const DAY: i64 = 86_400;

/// A chain with `registrator`, `soviet` and `gateway`.
pub(crate) struct World {
    pub chain: Embedded,
    pub id: Checksum256,
    pub eosio: Person,
    pub registrator: Person,
    pub soviet: Person,
    pub gateway: Person,
    /// Somebody with an account and no role anywhere.
    pub stranger: Person,
    last_clock: Cell<i64>,
    calls: Calls,
}

impl World {
    /// The contracts of this tree, configured, with every kind of the catalogue.
    pub(crate) fn new() -> Self {
        let world = Self::bare();
        for (person, package) in world.contracts() {
            world.deploy(person, veche_tests::built(package));
        }
        world
            .push(world.setting_up(), &world.operators())
            .accepted();
        world
    }

    /// The accounts alone.
    pub(crate) fn bare() -> Self {
        Self::on(Embedded::start())
    }

    /// The accounts alone, on this chain.
    pub(crate) fn on(chain: Embedded) -> Self {
        let id = chain.client().chain_id().expect("a chain id");
        let eosio = Person {
            name: name!("eosio"),
            ..Person::holding(chain.key().clone())
        };
        let world = Self {
            chain,
            id,
            eosio,
            registrator: Person::new(),
            soviet: Person::new(),
            gateway: Person::new(),
            stranger: Person::new(),
            last_clock: Cell::new(0),
            calls: Calls::default(),
        };
        for person in [
            &world.registrator,
            &world.soviet,
            &world.gateway,
            &world.stranger,
        ] {
            world.create(person);
        }
        world
    }

    /// The accounts of the contracts with their packages.
    pub(crate) fn contracts(&self) -> [(&Person, &'static str); 3] {
        [
            (&self.registrator, "registrator"),
            (&self.soviet, "soviet"),
            (&self.gateway, "gateway"),
        ]
    }

    /// Whoever holds the keys of the contracts' accounts.
    pub(crate) fn operators(&self) -> [&Person; 3] {
        [&self.registrator, &self.soviet, &self.gateway]
    }

    /// Sets code and ABI; the code may act under the account's active permission.
    pub(crate) fn deploy(&self, person: &Person, contract: &Contract) {
        let active = Authority::from_key(person.public_key()).with_code(person.name);
        let actions = vec![
            native::set_code(person.name, &contract.wasm),
            native::set_abi(person.name, &contract.abi.to_binary()),
            native::update_auth(person.name, name!("active"), name!("owner"), active),
        ];
        self.push(actions, &[person]).accepted();
        self.client().forget_abi(person.name);
    }

    /// `init` of the three contracts and `regtype` of every kind of the catalogue.
    pub(crate) fn setting_up(&self) -> Vec<Action> {
        let (config, policy) = (self.config(), Self::policy());
        let mut actions = vec![
            Registrator::at(config.registrator)
                .signed_by(self.registrator.active())
                .init(config, policy)
                .to_action(),
            Soviet::at(config.soviet)
                .signed_by(self.soviet.active())
                .init(config)
                .to_action(),
            Gateway::at(config.gateway)
                .signed_by(self.gateway.active())
                .init(config)
                .to_action(),
        ];
        actions.extend(self.catalogue());
        actions
    }

    /// `regtype` of every kind of the catalogue.
    pub(crate) fn catalogue(&self) -> Vec<Action> {
        let kinds = CATALOGUE.iter().filter_map(|kind| {
            let contract = match kind.owner {
                Owner::Registrator => self.registrator.name,
                Owner::Gateway => self.gateway.name,
                Owner::Soviet => return None,
            };
            Some(self.regtype(
                kind.name,
                contract,
                kind.confirm,
                kind.decline,
                kind.protocol,
            ))
        });
        kinds.collect()
    }

    /// The operator registers a kind.
    pub(crate) fn regtype(
        &self,
        kind: Name,
        contract: Name,
        confirm: Name,
        decline: Name,
        protocol: u64,
    ) -> Action {
        Soviet::at(self.soviet.name)
            .signed_by(self.soviet.active())
            .regtype(kind, contract, confirm, decline, protocol)
            .to_action()
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

    /// Accounts are free here.
    pub(crate) fn policy() -> AccountPolicy {
        let free = asset!("0.0000 RUB");
        AccountPolicy {
            ram_bytes: 0,
            stake_net: free,
            stake_cpu: free,
        }
    }

    /// How many levels of inline actions each action of the contracts has had below it at most.
    pub(crate) fn depths(&self) -> BTreeMap<String, usize> {
        self.calls.depths()
    }

    /// The actions of the contracts that were sent inline.
    pub(crate) fn inline(&self) -> BTreeSet<String> {
        self.calls.inline()
    }

    pub(crate) fn client(&self) -> &Client {
        self.chain.client()
    }

    /// Sends one transaction.
    pub(crate) fn push(&self, actions: Vec<Action>, signers: &[&Person]) -> Outcome {
        let keys: Vec<&dyn Signer> = signers.iter().map(|person| person.signer()).collect();
        let outcome = self.client().push(&actions, &keys);
        if let Ok(trace) = &outcome {
            self.calls.remember(&self.contracts(), trace);
        }
        Outcome(outcome)
    }

    /// An account made by `eosio`.
    pub(crate) fn account(&self) -> Person {
        let person = Person::new();
        self.create(&person);
        person
    }

    /// Makes the account of a person, by `eosio`.
    pub(crate) fn create(&self, person: &Person) {
        let key = Authority::from_key(person.public_key());
        let action = native::new_account(name!("eosio"), person.name, key.clone(), key);
        self.push(vec![action], &[&self.eosio]).accepted();
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
        self.client()
            .all_rows(&query)
            .expect("a readable table")
            .pop()
    }

    /// All rows of a scope.
    pub(crate) fn rows(&self, contract: &Person, scope: Name, table: Name) -> Vec<Value> {
        self.client()
            .all_rows(&TableQuery::new(contract.name, scope, table))
            .expect("a readable table")
    }

    /// Registry id of the protocols of a kind: of the catalogue, or as another contract's kind is
    /// registered.
    pub(crate) fn protocol_id(&self, kind: Name) -> u64 {
        if let Some(entry) = catalogue::find(kind) {
            return entry.protocol;
        }
        let row = self.row(&self.soviet, self.soviet.name, name!("types"), kind);
        number(&row.expect("a registered kind")["protocol_id"])
    }

    /// Bytes of RAM that an account uses.
    pub(crate) fn ram(&self, account: Name) -> i64 {
        let account = self.client().get_account(account).expect("an account");
        account.ram_usage
    }

    /// The chain's clock, a microsecond later each time: documents must differ in time.
    pub(crate) fn clock(&self) -> TimePoint {
        let now = self.chain.now().micros();
        self.last_clock.set(now.max(self.last_clock.get() + 1));
        TimePoint::from_micros(self.last_clock.get())
    }

    /// The next transaction runs so many seconds later.
    pub(crate) fn wait(&self, seconds: i64) {
        let then = self.chain.now().micros() + seconds * 1_000_000;
        self.chain.jump_to(TimePoint::from_micros(then));
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
