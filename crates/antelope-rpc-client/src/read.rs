//! Calls that read: chain, accounts, code, blocks.

use crate::bound::text_of;
use crate::client::Client;
use crate::error::ClientError;
use crate::table::TableScope;
use antelope_abi::Abi;
use antelope_types::rpc::{Account, Block, FinalityStatus, Info, RecordedTransaction};
use antelope_types::{Checksum256, Name};
use serde::Deserialize;
use serde_json::json;
use std::collections::HashSet;
use std::time::{Duration, Instant};

/// An account's code and ABI by their hashes, the ABI in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawAbi {
    /// SHA-256 of the wasm; zero when there is none.
    pub code_hash: Checksum256,
    /// SHA-256 of the binary ABI; zero when there is none.
    pub abi_hash: Checksum256,
    /// The binary ABI, empty when there is none.
    pub abi: Vec<u8>,
}

impl Client {
    /// The state of the chain.
    ///
    /// # Errors
    /// [`ClientError`].
    pub fn get_info(&self) -> Result<Info, ClientError> {
        let info: Info = self.call("/v1/chain/get_info", &json!({}))?;
        let _ = self.shared.chain_id.set(info.chain_id);
        Ok(info)
    }

    /// An account with permissions and resources.
    ///
    /// # Errors
    /// [`ClientError`]; see [`Client::find_account`] for one that may not exist.
    pub fn get_account(&self, name: Name) -> Result<Account, ClientError> {
        self.call("/v1/chain/get_account", &json!({ "account_name": name }))
    }

    /// An account, or `None` when there is none of that name.
    ///
    /// # Errors
    /// [`ClientError`].
    pub fn find_account(&self, name: Name) -> Result<Option<Account>, ClientError> {
        match self.get_account(name) {
            Ok(account) => Ok(Some(account)),
            Err(ClientError::Chain(e))
                if e.error.messages().any(|text| text.contains("unknown key")) =>
            {
                Ok(None)
            }
            Err(e) => Err(e),
        }
    }

    /// An account's ABI as it is now; [`Client::abi`] keeps it.
    ///
    /// # Errors
    /// [`ClientError::NoAbi`] when the account has none.
    pub fn get_abi(&self, account: Name) -> Result<Abi, ClientError> {
        let raw = self.get_raw_abi(account)?;
        if raw.abi.is_empty() {
            return Err(ClientError::NoAbi {
                account: account.to_string(),
            });
        }
        Ok(Abi::from_binary(&raw.abi)?)
    }

    /// An account's ABI in binary form, with hashes of ABI and code.
    ///
    /// # Errors
    /// [`ClientError`].
    pub fn get_raw_abi(&self, account: Name) -> Result<RawAbi, ClientError> {
        #[derive(Deserialize)]
        struct Answer {
            code_hash: Checksum256,
            abi_hash: Checksum256,
            abi: String,
        }
        let path = "/v1/chain/get_raw_abi";
        let answer: Answer = self.call(path, &json!({ "account_name": account }))?;
        let abi = crate::base64::decode(&answer.abi)
            .ok_or_else(|| self.shape(path, "`abi` is not base64"))?;
        Ok(RawAbi {
            code_hash: answer.code_hash,
            abi_hash: answer.abi_hash,
            abi,
        })
    }

    /// SHA-256 of an account's wasm; zero when there is none.
    ///
    /// # Errors
    /// [`ClientError`].
    pub fn get_code_hash(&self, account: Name) -> Result<Checksum256, ClientError> {
        #[derive(Deserialize)]
        struct Answer {
            code_hash: Checksum256,
        }
        let answer: Answer = self.call(
            "/v1/chain/get_code_hash",
            &json!({ "account_name": account }),
        )?;
        Ok(answer.code_hash)
    }

    /// The tables of a contract that exist, by scope; `table` empty for all.
    ///
    /// # Errors
    /// [`ClientError`].
    pub fn get_table_by_scope(
        &self,
        code: Name,
        table: Name,
    ) -> Result<Vec<TableScope>, ClientError> {
        #[derive(Deserialize)]
        struct Answer {
            rows: Vec<TableScope>,
            more: String,
        }
        const CALL: &str = "/v1/chain/get_table_by_scope";
        let mut found = Vec::new();
        let mut known = HashSet::new();
        let mut from = String::new();
        loop {
            let request =
                json!({ "code": code, "table": table, "lower_bound": from, "limit": 1000 });
            let answer: Answer = self.call(CALL, &request)?;
            // The scope 0 is written as nothing, which also stands for the end.
            let last = answer.rows.last().map_or("", |row| &row.scope);
            let unclear = answer.more.is_empty() && from.is_empty() && last.is_empty();
            // A page begins with all tables of the scope that it begins with.
            let new = answer.rows.into_iter();
            let new = new.filter(|row| known.insert((row.scope.clone(), row.table)));
            found.extend(new);
            let too_many = || {
                let problem = "more tables of one scope than the node gives in one answer";
                Err(self.shape(CALL, problem))
            };
            if unclear {
                let request = json!({ "code": code, "lower_bound": "1", "limit": 1 });
                let beyond: Answer = self.call(CALL, &request)?;
                if !beyond.rows.is_empty() {
                    return too_many();
                }
            }
            if answer.more.is_empty() {
                return Ok(found);
            }
            let next = answer.more.parse().map(text_of);
            let next = next.map_err(|_| self.shape(CALL, "`more` is not a scope"))?;
            if next == from {
                return too_many();
            }
            from = next;
        }
    }

    /// A block by its number.
    ///
    /// # Errors
    /// [`ClientError`].
    pub fn get_block(&self, number: u32) -> Result<Block, ClientError> {
        self.call(
            "/v1/chain/get_block",
            &json!({ "block_num_or_id": number.to_string() }),
        )
    }

    /// How far a transaction has come.
    ///
    /// # Errors
    /// [`ClientError::Unsupported`] on nodes that do not track it.
    pub fn get_transaction_status(&self, id: Checksum256) -> Result<FinalityStatus, ClientError> {
        self.call("/v1/chain/get_transaction_status", &json!({ "id": id }))
    }

    /// A transaction in a block, as the node's `trace_api_plugin` has recorded it.
    ///
    /// # Errors
    /// [`ClientError::Unsupported`] on nodes without the plugin; the node's own error when the
    /// transaction is not (or not yet) in a block.
    pub fn get_transaction(&self, id: Checksum256) -> Result<RecordedTransaction, ClientError> {
        self.call("/v1/trace_api/get_transaction_trace", &json!({ "id": id }))
    }

    /// Waits until the chain has this block.
    ///
    /// # Errors
    /// [`ClientError::Waited`] when it takes longer than `patience`.
    pub fn wait_for_block(&self, number: u32, patience: Duration) -> Result<Info, ClientError> {
        let start = Instant::now();
        loop {
            let info = self.get_info()?;
            if info.head_block_num >= number {
                return Ok(info);
            }
            if start.elapsed() > patience {
                let what = format!("block {number} on {}", self.url());
                return Err(ClientError::Waited {
                    what,
                    seconds: patience.as_secs(),
                });
            }
            self.shared.transport.pause(Duration::from_millis(50));
        }
    }

    pub(crate) fn shape(&self, path: &str, problem: &str) -> ClientError {
        ClientError::Shape {
            url: format!("{}{path}", self.url()),
            problem: problem.to_owned(),
        }
    }
}
