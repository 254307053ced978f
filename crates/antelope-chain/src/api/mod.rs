//! The calls of a node's HTTP API, answered by a chain in this process.
//!
//! [`Api`] takes the path and the body of a request and gives the status and the body of the
//! answer, as nodeos does. It is a [`Transport`] too, so that everything written against a node
//! runs on the chain without one:
//!
//! ```
//! use antelope_chain::{Chain, DEVELOPMENT_KEY, Genesis, NoContracts};
//! use antelope_chain::api::{Api, Production};
//! use antelope_rpc_client::{native, signing};
//! use antelope_types::{Authority, name};
//! use std::sync::Arc;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let chain = Chain::start(Genesis::default(), Arc::new(NoContracts))?;
//! let api = Api::new(chain, Production::PerTransaction);
//! let client = api.client();
//!
//! let key = Authority::from_key(signing::public_key(&DEVELOPMENT_KEY)?);
//! let alice = native::new_account(name!("eosio"), name!("alice"), key.clone(), key);
//! let trace = client.push(&[alice], &[&DEVELOPMENT_KEY])?;
//! assert_eq!(client.get_info()?.head_block_num, trace.block_num);
//! assert_eq!(client.get_account(name!("alice"))?.ram_usage, 2724);
//! # Ok(()) }
//! ```
//!
//! | group | calls |
//! |---|---|
//! | chain | `get_info`, `get_block`, `get_raw_block`, `get_block_header`, `get_block_info`, `get_block_header_state`, `get_activated_protocol_features`, `get_consensus_parameters`, `get_producer_schedule`, `get_producers`, `get_finalizer_info` |
//! | accounts | `get_account`, `get_accounts_by_authorizers`, `get_abi`, `get_raw_abi`, `get_code`, `get_code_hash`, `get_raw_code_and_abi` |
//! | tables | `get_table_rows`, `get_table_by_scope`, `get_currency_balance`, `get_currency_stats` |
//! | transactions | `send_transaction2`, `send_transaction`, `push_transaction`, `push_transactions`, `push_block`, `compute_transaction`, `send_read_only_transaction`, `get_required_keys`, `get_transaction_id`, `get_transaction_status`, `get_scheduled_transactions` |
//! | `trace_api` | `get_transaction_trace` |
//!
//! These are all the calls that nodeos has under `/v1/chain`, up to Spring, with those that a node
//! has only when it is told to: `get_accounts_by_authorizers` and `get_transaction_status`. Every other
//! path is answered as by a node that does not know it.
//!
//! What is known to differ from a node is in `docs/chain.md` of the repository.

mod abis;
mod account;
mod answer;
mod authorizers;
mod block;
mod bound;
mod code;
mod currency;
mod features;
mod header;
mod info;
mod keys;
mod packed;
mod producers;
mod push_block;
mod request;
mod rows;
mod scheduled;
mod scopes;
mod send;
mod status;
mod time;
mod trace;
mod unpacked;

use crate::chain::{Chain, LiveChain};
use abis::Abis;
use answer::Refusal;
use antelope_rpc_client::{Answer, Client, ClientError, Transport};
use antelope_types::Feature;
use request::Request;
use serde_json::Value;
use std::fmt;
use std::sync::{Arc, MutexGuard};
use std::time::Duration;
use trace::Traces;

/// When blocks are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Production {
    /// Each accepted transaction has a block of its own, half a second after the one before; a
    /// client that waits for a block lets one be made. Time does not depend on the machine's clock.
    PerTransaction,
    /// Nobody makes blocks but the owner, by [`Api::with`].
    OnDemand,
}

/// A chain behind the calls of a node. Cheap to clone, shared between threads.
///
/// Reading calls look at the chain as it is when they come, and do not keep transactions waiting.
#[derive(Clone)]
pub struct Api {
    shared: Arc<Shared>,
}

struct Shared {
    chain: LiveChain,
    production: Production,
    abis: Abis,
    traces: Traces,
}

impl Api {
    /// Calls of this chain.
    pub fn new(chain: Chain, production: Production) -> Self {
        Self::over(LiveChain::new(chain), production)
    }

    /// Calls of a chain that is shared with others, such as a clock that makes its blocks
    /// ([`LiveChain::produce_every`]).
    pub fn over(chain: LiveChain, production: Production) -> Self {
        Self {
            shared: Arc::new(Shared {
                chain,
                production,
                abis: Abis::default(),
                traces: Traces::default(),
            }),
        }
    }

    /// A client of this chain.
    pub fn client(&self) -> Client {
        Client::over(Arc::new(self.clone()))
    }

    /// Does something with the chain itself: moves its time, takes a snapshot, goes back to one.
    pub fn with<R>(&self, act: impl FnOnce(&mut Chain) -> R) -> R {
        act(&mut self.lock())
    }

    /// The chain as it is now, for itself.
    pub fn fork(&self) -> Chain {
        self.lock().clone()
    }

    /// Answers one request: `path` like `/v1/chain/get_info`, and its body.
    pub fn answer(&self, path: &str, body: &[u8]) -> Answer {
        match self.call(path, body) {
            Ok((status, value)) => answer::success(status, value),
            Err(refusal) => refusal.answer(),
        }
    }

    fn call(&self, path: &str, body: &[u8]) -> Result<(u16, Value), Refusal> {
        if path == "/v1/trace_api/get_transaction_trace" {
            return Ok((200, self.recorded(&Request::read(body)?)?));
        }
        let name = path.strip_prefix("/v1/chain/").unwrap_or_default();
        if let Some(status) = send::status_of(name) {
            return Ok((status, self.transact(name, Request::read(body)?)?));
        }
        let read = match name {
            "get_info" => return Ok((200, info::info(&self.fork(), Request::none(body)?))),
            "get_consensus_parameters" => {
                let parameters = info::consensus_parameters(&self.fork(), Request::none(body)?);
                return Ok((200, parameters));
            }
            // It came with instant finality.
            "get_finalizer_info" if self.fork().state().has(Feature::SAVANNA) => {
                return Ok((
                    200,
                    info::finalizer_info(&self.fork(), Request::none(body)?),
                ));
            }
            "push_transactions" => return Ok((202, self.push_all(body)?)),
            "push_block" => return Ok((202, push_block::push_block(&Request::read(body)?)?)),
            "get_producer_schedule" => {
                return Ok((200, info::schedule(&self.fork(), Request::none(body)?)));
            }
            "get_activated_protocol_features" => {
                let request = Request::optional(body)?;
                return Ok((200, features::features(&self.fork(), &request)?));
            }
            "get_transaction_status" => return Ok((200, self.status(body)?)),
            "get_block" => block::block,
            "get_raw_block" => header::raw_block,
            "get_block_header" => header::block_header,
            "get_block_info" => block::block_info,
            "get_block_header_state" => block::header_state,
            "get_producers" => producers::producers,
            "get_scheduled_transactions" => scheduled::scheduled,
            "get_account" => account::account,
            "get_accounts_by_authorizers" => authorizers::accounts,
            "get_abi" => code::abi,
            "get_raw_abi" => code::raw_abi,
            "get_code" => code::code,
            "get_code_hash" => code::code_hash,
            "get_raw_code_and_abi" => code::raw_code_and_abi,
            "get_table_rows" => rows::rows,
            "get_table_by_scope" => scopes::scopes,
            "get_currency_balance" => currency::balance,
            "get_currency_stats" => currency::stats,
            "get_required_keys" => keys::required,
            "get_transaction_id" => keys::transaction_id,
            _ => return Err(Refusal::unknown_endpoint()),
        };
        let request = Request::read(body)?;
        let reader = Reader {
            chain: &self.fork(),
            abis: &self.shared.abis,
        };
        Ok((200, read(reader, &request)?))
    }

    fn lock(&self) -> MutexGuard<'_, Chain> {
        self.shared.chain.lock()
    }
}

/// What a reading call looks at.
#[derive(Clone, Copy)]
struct Reader<'a> {
    chain: &'a Chain,
    abis: &'a Abis,
}

impl Transport for Api {
    fn address(&self) -> &str {
        "embedded:"
    }

    fn post(&self, path: &str, body: &[u8]) -> Result<Answer, ClientError> {
        Ok(self.answer(path, body))
    }

    /// Makes a block, where blocks are made when they are needed.
    fn pause(&self, time: Duration) {
        match self.shared.production {
            // It fails only where the chain's own bookkeeping does; then there is no block to see.
            Production::PerTransaction => self.with(|chain| drop(chain.produce_block())),
            Production::OnDemand => std::thread::sleep(time),
        }
    }
}

impl fmt::Debug for Api {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Api")
            .field("production", &self.shared.production)
            .finish_non_exhaustive()
    }
}
