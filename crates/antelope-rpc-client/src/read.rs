//! Calls that read: chain, accounts, code, blocks.
//!
//! Answers are about the state that the node's read mode shows, by default that of its head block. They
//! are not final: a fork can undo what is newer than the last irreversible block. Two calls in a row
//! may see two different blocks.

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
    /// The state of the chain: its id, the newest block and the newest irreversible one, the limits
    /// of the block in production, and the node's version. The first answer also tells
    /// [`Client::chain_id`].
    ///
    /// # Errors
    /// As [`Client::call`].
    pub fn get_info(&self) -> Result<Info, ClientError> {
        let info: Info = self.call("/v1/chain/get_info", &json!({}))?;
        let _ = self.shared.chain_id.set(info.chain_id);
        Ok(info)
    }

    /// An account with permissions and resources: RAM and NET in bytes, CPU in microseconds, -1 for
    /// no limit.
    ///
    /// # Errors
    /// As [`Client::call`]. An account that does not exist is a [`ClientError::Chain`]; use
    /// [`Client::find_account`] for one that may not exist.
    pub fn get_account(&self, name: Name) -> Result<Account, ClientError> {
        self.call("/v1/chain/get_account", &json!({ "account_name": name }))
    }

    /// An account, or `None` when there is none of that name. It is
    /// recognized by `unknown key` in the node's message, since the error code is not the same in all
    /// versions of nodes.
    ///
    /// # Errors
    /// As [`Client::call`].
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

    /// An account's ABI as it is on the chain now, read from its binary form. Nothing is remembered;
    /// [`Client::abi`] does that.
    ///
    /// # Errors
    /// [`ClientError::NoAbi`] where the account has none, [`ClientError::Abi`] where it cannot be used
    /// (chains accept any bytes as an ABI), [`ClientError::Chain`] where there is no such account;
    /// else as [`Client::call`].
    pub fn get_abi(&self, account: Name) -> Result<Abi, ClientError> {
        let raw = self.get_raw_abi(account)?;
        if raw.abi.is_empty() {
            return Err(ClientError::NoAbi {
                account: account.to_string(),
            });
        }
        Ok(Abi::from_binary(&raw.abi)?)
    }

    /// An account's ABI in binary form, with the hashes of ABI and code. An account without a contract
    /// has an empty ABI and zeros for both hashes; that is not an error.
    ///
    /// # Errors
    /// As [`Client::call`]; [`ClientError::Chain`] where there is no such account.
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
            .ok_or_else(|| self.shape(path, "`abi` is not base64, expected the binary ABI"))?;
        Ok(RawAbi {
            code_hash: answer.code_hash,
            abi_hash: answer.abi_hash,
            abi,
        })
    }

    /// SHA-256 of an account's wasm; zero when there is none. It equals the hash of the file that was
    /// deployed, so that it tells whether a contract is the one built here.
    ///
    /// # Errors
    /// As [`Client::call`]; [`ClientError::Chain`] where there is no such account.
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

    /// The tables of a contract that have rows, in the order of their scopes: one entry for each
    /// scope and table, secondary indexes among them. With a `table` other than the empty name, only
    /// those of that name.
    ///
    /// Requests pages of 1000 until the node says that there are no more. A node continues with a
    /// scope and not with a table, so a page begins with all tables of the scope where the one before
    /// ended; those already known are left out.
    ///
    /// # Errors
    /// As [`Client::call`]. [`ClientError::Shape`] where one scope has more tables than the node gives
    /// in one answer, since there is then no way to ask for the rest.
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
            // The scope 0 is written as an empty text, which also stands for the end. So a first page
            // that ends in scope 0 and says that there is no more may be incomplete.
            let last = answer.rows.last().map_or("", |row| &row.scope);
            let unclear = answer.more.is_empty() && from.is_empty() && last.is_empty();
            // A page begins with the first table of its scope, although the one before may have had it.
            let new = answer.rows.into_iter();
            let new = new.filter(|row| known.insert((row.scope.clone(), row.table)));
            found.extend(new);
            let too_many = || {
                let problem = "more tables of one scope than the node gives in one answer";
                Err(self.shape(CALL, problem))
            };
            // Anything beyond scope 0 shows that the page was cut off there, and scope 0 cannot be
            // asked to continue.
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
            let next =
                next.map_err(|_| self.shape(CALL, "`more` is not a scope, expected a name"))?;
            if next == from {
                return too_many();
            }
            from = next;
        }
    }

    /// A block by its number, with its transactions. The number of a block that is not yet
    /// irreversible may stand for another block later.
    ///
    /// # Errors
    /// As [`Client::call`]. [`ClientError::Chain`] with
    /// [`ErrorKind::UnknownBlock`](crate::ErrorKind::UnknownBlock) for a block that is not produced
    /// yet or that the node no longer keeps.
    pub fn get_block(&self, number: u32) -> Result<Block, ClientError> {
        self.call(
            "/v1/chain/get_block",
            &json!({ "block_num_or_id": number.to_string() }),
        )
    }

    /// How far a transaction has come on its way into an irreversible block. Nodes remember it for
    /// transactions that they have seen in the last few minutes; for any other id the state is
    /// `UNKNOWN`.
    ///
    /// # Errors
    /// As [`Client::call`]. [`ClientError::Unsupported`] on nodes without
    /// `--transaction-finality-status-max-storage-size-gb`.
    pub fn get_transaction_status(&self, id: Checksum256) -> Result<FinalityStatus, ClientError> {
        self.call("/v1/chain/get_transaction_status", &json!({ "id": id }))
    }

    /// A transaction in a block, as the node's `trace_api_plugin` has recorded it.
    ///
    /// The arguments of its actions and the values they returned are bytes.
    ///
    /// # Errors
    /// As [`Client::call`]. [`ClientError::Unsupported`] on nodes without the plugin,
    /// [`ClientError::Chain`] where the transaction is not (or not yet) in a block.
    pub fn get_transaction(&self, id: Checksum256) -> Result<RecordedTransaction, ClientError> {
        self.call("/v1/trace_api/get_transaction_trace", &json!({ "id": id }))
    }

    /// Waits until the head of the chain is this block or a later one, and returns the state of the
    /// chain that showed it. Sends [`Client::get_info`] at least once and then every 50 ms
    /// ([`Transport::pause`](crate::Transport::pause)). The block is not irreversible by then.
    ///
    /// ```no_run
    /// # use antelope_rpc_client::{Client, ClientError};
    /// # fn two_more(client: &Client) -> Result<(), ClientError> {
    /// use std::time::Duration;
    ///
    /// let head = client.get_info()?.head_block_num;
    /// client.wait_for_block(head + 2, Duration::from_secs(5))?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// [`ClientError::Waited`] where the block has not come within `patience`. A call that fails ends
    /// the wait at once with its error. `patience` is looked at between calls, so that the last call
    /// may exceed it by the time allowed for a call.
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

    /// The error for an answer to `path` that this client cannot use.
    pub(crate) fn shape(&self, path: &str, problem: &str) -> ClientError {
        ClientError::Shape {
            url: format!("{}{path}", self.url()),
            problem: problem.to_owned(),
        }
    }
}
