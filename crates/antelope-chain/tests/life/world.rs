//! The people and contracts of a chain, and what they do.

use crate::twin::Twin;
use antelope_abi::Abi;
use antelope_chain::{DEVELOPMENT_KEY, Genesis};
use antelope_node::package_contract;
use antelope_rpc_client::native;
use antelope_types::{Action, Authority, Name, PermissionLevel, PublicKey, Transaction};
use serde_json::Value;
use std::collections::BTreeMap;

pub struct World {
    pub twin: Twin,
    abis: BTreeMap<Name, Abi>,
}

/// A name that a test writes down.
pub fn n(text: &str) -> Name {
    text.parse().unwrap()
}

/// `alice@owner`, or `alice` for her active permission.
pub fn level(text: &str) -> PermissionLevel {
    let (actor, permission) = text.split_once('@').unwrap_or((text, "active"));
    PermissionLevel::new(n(actor), n(permission))
}

impl World {
    pub fn start() -> Option<Self> {
        Some(Self {
            twin: Twin::start()?,
            abis: BTreeMap::new(),
        })
    }

    pub fn key(&self) -> PublicKey {
        Genesis::default().initial_key
    }

    pub fn abi(&self, code: &str) -> &Abi {
        &self.abis[&n(code)]
    }

    /// An action by a contract's ABI.
    pub fn action(&self, code: &str, name: &str, by: &str, arguments: Value) -> Action {
        let (account, name) = (n(code), n(name));
        let data = self.abis[&account].pack_action(name, &arguments);
        Action {
            account,
            name,
            authorization: by.split(',').map(level).collect(),
            data: data.unwrap_or_else(|error| panic!("{code}::{name} {arguments}: {error}")),
        }
    }

    /// Does it on both; whether it succeeded.
    pub fn act(&mut self, code: &str, name: &str, by: &str, arguments: Value) -> bool {
        let action = self.action(code, name, by, arguments);
        self.push(&[action])
    }

    /// Does it, and ends the block.
    pub fn act_in_block(&mut self, code: &str, name: &str, by: &str, arguments: Value) -> bool {
        let done = self.act(code, name, by, arguments);
        self.twin.block();
        done
    }

    /// Does something that succeeds.
    pub fn does(&mut self, code: &str, name: &str, by: &str, arguments: Value) {
        let what = format!("{code}::{name} {arguments}");
        assert!(self.act(code, name, by, arguments), "{what}");
    }

    /// Tries something that fails.
    pub fn fails(&mut self, code: &str, name: &str, by: &str, arguments: Value) {
        let what = format!("{code}::{name} {arguments}");
        assert!(!self.act(code, name, by, arguments), "{what}");
    }

    pub fn push(&mut self, actions: &[Action]) -> bool {
        let transaction = self.twin.chain.transaction(actions);
        self.send(transaction)
    }

    pub fn send(&mut self, transaction: Transaction) -> bool {
        let first = transaction.actions.first();
        let what = first.map_or(String::new(), |a| format!("{}::{}", a.account, a.name));
        self.twin.push(&what, transaction, &[&DEVELOPMENT_KEY])
    }

    /// Makes accounts of the first key, whose own code may act for them.
    pub fn accounts(&mut self, names: &[&str]) {
        for name in names {
            let owner = Authority::from_key(self.key());
            let active = owner.clone().with_code(n(name));
            let create = native::new_account(n("eosio"), n(name), owner, active);
            assert!(self.push(&[create]), "{name}");
        }
    }

    /// Gives an account a contract of the node's package.
    pub fn deploy(&mut self, account: &str, contract: &str) {
        let (wasm, abi) = package_contract(contract).unwrap();
        let abi = Abi::from_json(&std::fs::read_to_string(abi).unwrap()).unwrap();
        let code = native::set_code(n(account), &std::fs::read(wasm).unwrap());
        let set_abi = native::set_abi(n(account), &abi.to_binary());
        self.abis.insert(n(account), abi);
        assert!(self.push(&[code]), "{contract}");
        assert!(self.push(&[set_abi]), "{contract}");
    }

    /// Compares all rows of a contract.
    pub fn rows(&mut self, code: &str) {
        let tables = &self.abi(code).definition().tables;
        let tables: Vec<_> = tables.iter().map(|table| table.name).collect();
        self.twin.rows(n(code), &tables);
    }
}
