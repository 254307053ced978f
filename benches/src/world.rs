//! A chain with a token and people who have some.

use crate::Failed;
use crate::contracts::Files;
use antelope_abi::Abi;
use antelope_chain::wasm::Engine;
use antelope_chain::{Chain, DEVELOPMENT_KEY};
use antelope_node::{TREASURIES, package_contract};
use antelope_rpc_client::signing::Signer;
use antelope_types::{
    Action, Name, PackedTransaction, PermissionLevel, Signature, SignedTransaction, Transaction,
    name,
};
use serde_json::{Value, json};
use std::sync::Arc;

const EOSIO: Name = name!("eosio");
const TOKEN: Name = name!("eosio.token");
const ALICE: Name = name!("alice");

/// A chain and the ABI of its token.
pub struct World {
    pub chain: Chain,
    abi: Arc<Abi>,
}

impl World {
    /// As chains are: with a system contract, multisignatures and a core token.
    pub fn booted() -> Result<Self, Failed> {
        let mut chain = Chain::new()?;
        // The last one is of system contracts with powerup.
        for account in TREASURIES.into_iter().chain(["eosio.reserv"]) {
            chain.create_account(account.parse()?)?;
        }
        for account in ["eosio.msig", "eosio.token", "alice", "bob", "hello"] {
            chain.create_account(account.parse()?)?;
        }
        let abi = Arc::new(deploy(&mut chain, TOKEN, "eosio.token")?);
        let system = deploy(&mut chain, EOSIO, "eosio.system")?;
        deploy(&mut chain, name!("eosio.msig"), "eosio.msig")?;
        let mut world = Self { chain, abi };
        world.act(
            name!("create"),
            TOKEN,
            json!([EOSIO, "11000000000.0000 EOS"]),
        )?;
        world.act(
            name!("issue"),
            EOSIO,
            json!([EOSIO, "1000000000.0000 EOS", ""]),
        )?;
        for to in ["alice", "bob", "hello"] {
            world.act(
                name!("transfer"),
                EOSIO,
                json!([EOSIO, to, "5000000.0000 EOS", ""]),
            )?;
        }
        for (action, arguments) in [
            (name!("setpriv"), json!(["eosio.msig", 1])),
            (name!("init"), json!([0, "4,EOS"])),
        ] {
            let data = system.pack_action(action, &arguments)?;
            world.chain.push(&[action_of(EOSIO, action, EOSIO, data)])?;
        }
        world.chain.produce_block()?;
        Ok(world)
    }

    /// A token and nothing else.
    pub fn simple() -> Result<Self, Failed> {
        Self::simple_on(Chain::new()?)
    }

    /// The same with blocks that have room for twenty thousand transfers of the minimum of CPU, and for seven thousand
    /// by NET.
    pub fn roomy() -> Result<Self, Failed> {
        let builder = Chain::builder().config(|config| config.max_block_cpu_usage = 2_000_000);
        Self::simple_on(builder.build()?)
    }

    /// The same on a chain that has just begun.
    pub fn simple_on(mut chain: Chain) -> Result<Self, Failed> {
        for account in ["eosio.token", "alice", "bob", "large", "soviet"] {
            chain.create_account(account.parse()?)?;
        }
        let abi = Arc::new(deploy(&mut chain, TOKEN, "eosio.token")?);
        let mut world = Self { chain, abi };
        world.act(
            name!("create"),
            TOKEN,
            json!([ALICE, "1000000000.0000 EOS"]),
        )?;
        world.act(
            name!("issue"),
            ALICE,
            json!([ALICE, "1000000.0000 EOS", ""]),
        )?;
        Ok(world)
    }

    /// The same chain run by an engine that keeps no calls to be told of.
    pub fn without_backtraces(&self) -> Result<Self, Failed> {
        Ok(Self {
            chain: self
                .chain
                .with_executor(Arc::new(Engine::without_backtraces()?)),
            abi: Arc::clone(&self.abi),
        })
    }

    /// The same chain once more, for another thread.
    pub fn fork(&self) -> Self {
        self.over(self.chain.clone())
    }

    /// Another chain with the same token.
    pub fn over(&self, chain: Chain) -> Self {
        Self {
            chain,
            abi: Arc::clone(&self.abi),
        }
    }

    /// A small transfer; `n` makes it another one.
    pub fn transfer(&mut self, n: usize) -> Result<(), Failed> {
        self.act(name!("transfer"), ALICE, arguments(n))
    }

    /// The same as an action.
    pub fn packed(&self, n: usize) -> Result<Action, Failed> {
        let data = self.abi.pack_action(name!("transfer"), &arguments(n))?;
        Ok(action_of(TOKEN, name!("transfer"), ALICE, data))
    }

    /// The same, signed and packed.
    pub fn signed(&mut self, n: usize) -> Result<PackedTransaction, Failed> {
        let action = self.packed(n)?;
        let transaction = self.chain.transaction(&[action]);
        Ok(PackedTransaction::pack(&SignedTransaction {
            signatures: vec![self.sign(&transaction)?],
            transaction,
            context_free_data: Vec::new(),
        }))
    }

    /// The signature of a transaction by everybody's key.
    pub fn sign(&self, transaction: &Transaction) -> Result<Signature, Failed> {
        let digest = transaction.signing_digest(&self.chain.chain_id(), &[]);
        Ok(DEVELOPMENT_KEY.sign(&digest)?)
    }

    /// A row in a table of its own.
    pub fn create_currency(&mut self, n: usize) -> Result<(), Failed> {
        let letters = |n: usize| char::from(b'A' + (n % 26) as u8);
        let code: String = [n, n / 26, n / 676, n / 17576, 25]
            .map(letters)
            .iter()
            .collect();
        let supply = format!("1000.0000 {code}");
        self.act(name!("create"), TOKEN, json!([ALICE, supply]))
    }

    /// So many rows, and the blocks with them.
    pub fn create_currencies(&mut self, number: usize) -> Result<(), Failed> {
        for n in 0..number {
            self.create_currency(n)?;
            if n % 1000 == 999 {
                self.chain.produce_block()?;
            }
        }
        Ok(())
    }

    /// An action that the contract refuses: it is loaded for it.
    fn call_nothing(&mut self, account: Name) {
        let action = action_of(account, name!("nothing"), account, Vec::new());
        let _ = self.chain.push(&[action]);
    }

    fn act(&mut self, action: Name, actor: Name, arguments: Value) -> Result<(), Failed> {
        let data = self.abi.pack_action(action, &arguments)?;
        self.chain.push(&[action_of(TOKEN, action, actor, data)])?;
        Ok(())
    }
}

/// Deploys a contract of the node's package; its ABI.
fn deploy(chain: &mut Chain, account: Name, contract: &str) -> Result<Abi, Failed> {
    let (wasm, abi) = package_contract(contract)?;
    let abi = Abi::from_json(&std::fs::read_to_string(abi)?)?;
    chain.deploy(account, &std::fs::read(wasm)?, &abi.to_binary())?;
    Ok(abi)
}

/// A contract, ready to be deployed.
pub struct Contract {
    code: Vec<u8>,
    abi: Vec<u8>,
}

impl Contract {
    pub fn read(files: &Files) -> Result<Self, Failed> {
        let (code, abi) = files.read()?;
        Ok(Self { code, abi })
    }

    /// Deploys it and calls it for the first time.
    pub fn begin(&self, world: &mut World, account: Name) -> Result<(), Failed> {
        world.chain.deploy(account, &self.code, &self.abi)?;
        world.call_nothing(account);
        Ok(())
    }
}

fn arguments(n: usize) -> Value {
    json!([ALICE, "bob", "0.0001 EOS", format!("m{n}")])
}

fn action_of(account: Name, name: Name, actor: Name, data: Vec<u8>) -> Action {
    Action {
        account,
        name,
        authorization: vec![PermissionLevel::active(actor)],
        data,
    }
}
