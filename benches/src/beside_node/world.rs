//! The same token on any server, and transfers of it.

use super::http::post;
use crate::Failed;
use antelope_abi::Abi;
use antelope_chain::DEVELOPMENT_KEY;
use antelope_node::{Operator, package_contract};
use antelope_rpc_client::{Client, Signer};
use antelope_types::{
    Action, Checksum256, Name, PackedTransaction, PermissionLevel, PrivateKey, SignedTransaction,
    TimePointSec, Transaction, TransactionHeader, VarUint32, name,
};
use serde_json::json;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The chain parameter `max_transaction_cpu_usage`.
pub const MAX_TRANSACTION_CPU_MS: u32 = 450;

/// The chain parameter `max_block_cpu_usage` that `antelope_node` makes of it.
pub const MAX_BLOCK_CPU_US: u32 = MAX_TRANSACTION_CPU_MS * 1000 + 50_000;

const TOKEN: Name = name!("eosio.token");
const ALICE: Name = name!("alice");
const BOB: Name = name!("bob");

/// A server with a token that `alice` has much of.
pub struct World {
    client: Client,
    address: String,
    key: PrivateKey,
    abi: Abi,
    chain_id: Checksum256,
    /// Transfers made so far, of which no two are equal.
    made: AtomicUsize,
}

impl World {
    /// On our server, whose chain has the development key.
    pub fn ours(url: &str) -> Result<Self, Failed> {
        Self::of(&Operator::new(Client::new(url)?, DEVELOPMENT_KEY))
    }

    /// Sets the token up, unless it is there.
    pub fn of(operator: &Operator) -> Result<Self, Failed> {
        let client = operator.client().clone();
        let (wasm, abi_file) = package_contract("eosio.token")?;
        let abi = Abi::from_json(&std::fs::read_to_string(&abi_file)?)?;
        if client.find_account(ALICE)?.is_none() {
            let key = operator.public_key();
            operator.create_accounts(&[(ALICE, key.clone()), (BOB, key)])?;
            operator.deploy(TOKEN, &wasm, &abi_file)?;
            let supply = "1000000000.0000 TNT";
            let create = json!([ALICE, supply]);
            let create = action(TOKEN, "create", abi.pack_action(name!("create"), &create)?);
            let issue = abi.pack_action(name!("issue"), &json!([ALICE, supply, ""]))?;
            let actions = [create, action(ALICE, "issue", issue)];
            client.push(&actions, &[operator.key()])?;
        }
        Ok(Self {
            address: client.url().trim_start_matches("http://").to_owned(),
            chain_id: client.chain_id()?,
            key: operator.key().clone(),
            client,
            abi,
            made: AtomicUsize::new(now_in_nanoseconds()),
        })
    }

    /// Where the server listens, as in the header `Host`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// So many signed transfers as requests, which expire after ten minutes.
    pub fn transfers(&self, number: usize) -> Result<Vec<Vec<u8>>, Failed> {
        self.transfers_for(number, 600)
    }

    /// The same with another time to live, in seconds.
    pub fn transfers_for(&self, number: usize, seconds: u32) -> Result<Vec<Vec<u8>>, Failed> {
        let info = self.client.get_info()?;
        let mut header = TransactionHeader {
            max_net_usage_words: VarUint32(0),
            ..TransactionHeader::default()
        };
        header.set_reference_block(&info.head_block_id);
        let now = TimePointSec::from(info.head_block_time).seconds();
        header.expiration = TimePointSec::from_seconds(now + seconds);
        (0..number).map(|_| self.transfer(header)).collect()
    }

    fn transfer(&self, header: TransactionHeader) -> Result<Vec<u8>, Failed> {
        let n = self.made.fetch_add(1, Ordering::Relaxed);
        let arguments = json!([ALICE, BOB, "0.0001 TNT", format!("m{n}")]);
        let data = self.abi.pack_action(name!("transfer"), &arguments)?;
        let transaction = Transaction {
            header,
            actions: vec![action(ALICE, "transfer", data)],
            ..Transaction::default()
        };
        let digest = transaction.signing_digest(&self.chain_id, &[]);
        let packed = PackedTransaction::pack(&SignedTransaction {
            signatures: vec![self.key.sign(&digest)?],
            transaction,
            context_free_data: Vec::new(),
        });
        let body = json!({ "return_failure_trace": true, "transaction": packed });
        Ok(post(
            &self.address,
            "/v1/chain/send_transaction2",
            &body.to_string(),
        ))
    }
}

fn action(actor: Name, name: &str, data: Vec<u8>) -> Action {
    Action {
        account: TOKEN,
        name: Name::parse(name).unwrap_or_default(),
        authorization: vec![PermissionLevel::active(actor)],
        data,
    }
}

/// A number that no earlier run has begun with.
fn now_in_nanoseconds() -> usize {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or(0, |now| now.as_nanos() as usize % 1_000_000_000_000)
}
