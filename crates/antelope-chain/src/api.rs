//! The HTTP API of a node, answered by a chain in this process.
//!
//! [`Api`] takes the path and the body of a request and returns the status and the body of the
//! response, as `nodeos` does. It is also a [`Transport`], so that everything written against a
//! node runs on the chain without a server:
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
//! | `trace_api` | `get_block`, `get_transaction_trace` |
//! | `history` | `get_actions`, `get_transaction`, `get_key_accounts`, `get_controlled_accounts` |
//!
//! These are all the calls that nodeos has under `/v1/chain`, up to Spring, with those that a node
//! has only when it is told to: `get_accounts_by_authorizers` and `get_transaction_status`. Every other
//! path is answered as by a node that does not know it.
//!
//! # Locks
//!
//! A reading call locks the chain for the time of a clone and works on the fork, so that it neither
//! waits for transactions for long nor keeps them waiting. Parsed ABIs and kept traces have locks
//! of their own, which are never held together with the chain's.
//!
//! # Full blocks
//!
//! What does not fit into the block in production is refused with the error of the block, or waits
//! for the next one where that was asked for ([`Api::wait_for_room`]), as on a node. A server asks for
//! it and uses [`Api::respond`], which needs no thread for each that waits.
//!
//! Known differences from a node are listed in `docs/chain.md` of the repository.

mod abis;
mod account;
mod answer;
mod at_once;
mod authorizers;
mod block;
mod bound;
mod code;
mod currency;
mod fault;
mod features;
mod forking;
mod header;
mod header_state;
mod history;
mod impersonate;
mod info;
mod json;
mod keys;
mod packed;
mod producers;
mod push_block;
mod request;
mod response;
mod room;
mod rows;
mod scheduled;
mod scopes;
mod send;
mod status;
mod time;
mod trace;
mod trace_api;
mod unpacked;
mod waiting;

pub use response::{Later, Response};
pub use waiting::WaitingBounds;

use crate::chain::{Chain, LiveChain};
use abis::Abis;
use answer::{Refusal, success};
use antelope_rpc_client::{Answer, Client, ClientError, Transport};
use antelope_types::Feature;
use forking::Origins;
pub use forking::Source;
use request::Request;
use room::Waiting;
use serde_json::Value;
use std::fmt;
use std::sync::{Arc, MutexGuard, OnceLock, PoisonError, RwLock};
use std::time::Duration;
use trace::Traces;

/// When blocks are produced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Production {
    /// Each transaction that succeeds is followed by the completion of its block; the next block is
    /// 500 ms later. A client that waits for a block has one made. Time does not depend on the
    /// machine's clock.
    PerTransaction,
    /// Blocks are produced by the owner only: through [`Api::with`], or a clock
    /// ([`LiveChain::produce_every`]).
    OnDemand,
}

/// A chain behind the API of a node. Clones refer to the same chain and may be used by many
/// threads.
///
/// ```
/// use antelope_chain::{Chain, Genesis, NoContracts};
/// use antelope_chain::api::{Api, Production};
/// use std::sync::Arc;
///
/// let chain = Chain::start(Genesis::default(), Arc::new(NoContracts))?;
/// let api = Api::new(chain, Production::OnDemand);
/// let response = api.answer("/v1/chain/get_code_hash", br#"{ "account_name": "eosio" }"#);
/// assert_eq!(response.status, 200);
/// assert_eq!(api.answer("/v1/chain/nothing", b"").status, 404);
/// # Ok::<(), antelope_chain::ChainError>(())
/// ```
#[derive(Clone)]
pub struct Api {
    shared: Arc<Shared>,
}

/// What the clones share.
struct Shared {
    /// The chain and its lock.
    chain: LiveChain,
    /// When blocks are produced.
    production: RwLock<Production>,
    /// Parsed ABIs.
    abis: Abis,
    /// The last traces.
    traces: Traces,
    /// Where a fork takes over from.
    origins: Origins,
    /// What waits for the next block, where transactions wait.
    waiting: OnceLock<Waiting>,
}

impl Drop for Shared {
    fn drop(&mut self) {
        if let Some(waiting) = self.waiting.get() {
            waiting.bell.close();
        }
    }
}

impl Api {
    /// The API of this chain.
    pub fn new(chain: Chain, production: Production) -> Self {
        Self::over(LiveChain::new(chain), production)
    }

    /// The API of a chain that is shared with others, such as a clock that produces its blocks
    /// ([`LiveChain::produce_every`]).
    pub fn over(chain: LiveChain, production: Production) -> Self {
        let origins = Origins::of(&chain.lock());
        Self {
            shared: Arc::new(Shared {
                chain,
                production: RwLock::new(production),
                abis: Abis::default(),
                traces: Traces::default(),
                origins,
                waiting: OnceLock::new(),
            }),
        }
    }

    /// When blocks are produced.
    pub fn production(&self) -> Production {
        let production = &self.shared.production;
        *production.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Decides when blocks are produced, from the next transaction on. With
    /// [`Production::PerTransaction`], blocks are completed at once for those that wait for the next
    /// one ([`wait_for_room`](Self::wait_for_room)).
    pub fn set_production(&self, production: Production) {
        let kept = &self.shared.production;
        let chain = self.lock();
        *kept.write().unwrap_or_else(PoisonError::into_inner) = production;
        drop(chain);
        if let Some(waiting) = self.shared.waiting.get()
            && production == Production::PerTransaction
        {
            waiting.bell.ring();
        }
    }

    /// A client that talks to this chain without a network.
    pub fn client(&self) -> Client {
        Client::over(Arc::new(self.clone()))
    }

    /// Runs a function with exclusive access to the chain: to move its time, take a snapshot, or go
    /// back to one.
    pub fn with<R>(&self, act: impl FnOnce(&mut Chain) -> R) -> R {
        self.shared.chain.exclusively(act)
    }

    /// The chain that is shared.
    pub fn live(&self) -> &LiveChain {
        &self.shared.chain
    }

    /// Why the chain takes no transactions now; see [`Chain::problem`].
    pub fn problem(&self) -> Option<String> {
        self.shared.chain.problem()
    }

    /// A fork of the chain as it is now.
    pub fn fork(&self) -> Chain {
        self.lock().clone()
    }

    /// Answers one request: a path such as `/v1/chain/get_info`, and its body. Every request has a
    /// response; errors are responses as well. Where a transaction waits for the next block
    /// ([`wait_for_room`](Self::wait_for_room)), so does this.
    pub fn answer(&self, path: &str, body: &[u8]) -> Answer {
        self.respond(path, body).wait()
    }

    /// [`answer`](Self::answer) that does not wait for the next block: an answer that comes with it
    /// is [`Response::Later`].
    pub fn respond(&self, path: &str, body: &[u8]) -> Response {
        let call = path.strip_prefix("/v1/chain/");
        let sent = call.and_then(|call| self.send_call(call, body));
        sent.unwrap_or_else(|| Response::Now(self.call(path, body).unwrap_or_else(Refusal::answer)))
    }

    /// Dispatches a request that sends no transaction by its path.
    fn call(&self, path: &str, body: &[u8]) -> Result<Answer, Refusal> {
        let read = |value: Value| Ok(success(200, &value));
        match path {
            "/v1/trace_api/get_block" => return read(self.recorded_block(body)?),
            "/v1/trace_api/get_transaction_trace" => {
                return read(self.recorded_transaction(body)?);
            }
            _ => {}
        }
        if let Some(call) = path.strip_prefix("/v1/history/") {
            return read(self.history(call, body)?);
        }
        let name = path.strip_prefix("/v1/chain/").unwrap_or_default();
        match name {
            "get_info" => {
                Request::none(body)?;
                Ok(success(200, &info::info(&self.fork())))
            }
            "get_consensus_parameters" => {
                Request::none(body)?;
                read(info::consensus_parameters(&self.fork()))
            }
            // The call came with instant finality; nodes before it do not know it.
            "get_finalizer_info" if self.fork().state().has(Feature::SAVANNA) => {
                Request::none(body)?;
                read(info::finalizer_info())
            }
            "push_block" => {
                let taken = push_block::push_block(&Request::read(body)?)?;
                Ok(success(202, &taken))
            }
            "get_producer_schedule" => {
                Request::none(body)?;
                read(info::schedule(&self.fork()))
            }
            "get_activated_protocol_features" => {
                let request = Request::optional(body)?;
                read(features::features(&self.fork(), &request)?)
            }
            "get_transaction_status" => read(self.status(body)?),
            // It has a way of its own with bodies.
            "get_transaction_id" => {
                let abis = &self.shared.abis;
                let chain = &self.fork();
                read(keys::transaction_id(Reader { chain, abis }, body)?)
            }
            _ => {
                let call = reading(name).ok_or_else(Refusal::unknown_endpoint)?;
                let request = Request::read(body)?;
                self.fetching(|| self.read(call, &self.fork(), &request))?
            }
        }
    }

    /// Answers a call that reads, by the chain as it is in this fork.
    fn read(&self, call: Reading, chain: &Chain, request: &Request) -> Result<Answer, Refusal> {
        let abis = &self.shared.abis;
        let reader = Reader { chain, abis };
        match call {
            Reading::Account => Ok(success(200, &account::account(reader, request)?)),
            Reading::CurrencyStats => Ok(success(200, &currency::stats(reader, request)?)),
            Reading::Json(call) => Ok(success(200, &call(reader, request)?)),
        }
    }

    /// Locks the chain.
    fn lock(&self) -> MutexGuard<'_, Chain> {
        self.shared.chain.lock()
    }
}

/// A call that reads, has a body, and needs nothing but the chain and its ABIs.
#[derive(Clone, Copy)]
enum Reading {
    /// `get_account`.
    Account,
    /// `get_currency_stats`.
    CurrencyStats,
    /// One whose answer is made as JSON.
    Json(fn(Reader<'_>, &Request) -> Result<Value, Refusal>),
}

/// The reading call with this name.
fn reading(name: &str) -> Option<Reading> {
    Some(Reading::Json(match name {
        "get_account" => return Some(Reading::Account),
        "get_currency_stats" => return Some(Reading::CurrencyStats),
        "get_block" => block::block,
        "get_raw_block" => header::raw_block,
        "get_block_header" => header::block_header,
        "get_block_info" => block::block_info,
        "get_block_header_state" => header_state::header_state,
        "get_producers" => producers::producers,
        "get_scheduled_transactions" => scheduled::scheduled,
        "get_accounts_by_authorizers" => authorizers::accounts,
        "get_abi" => code::abi,
        "get_raw_abi" => code::raw_abi,
        "get_code" => code::code,
        "get_code_hash" => code::code_hash,
        "get_raw_code_and_abi" => code::raw_code_and_abi,
        "get_table_rows" => rows::rows,
        "get_table_by_scope" => scopes::scopes,
        "get_currency_balance" => currency::balance,
        "get_required_keys" => keys::required,
        _ => return None,
    }))
}

/// What a reading call works with.
#[derive(Clone, Copy)]
struct Reader<'a> {
    /// A fork of the chain at the beginning of the call.
    chain: &'a Chain,
    /// Parsed ABIs.
    abis: &'a Abis,
}

impl Transport for Api {
    fn address(&self) -> &str {
        "embedded:"
    }

    fn post(&self, path: &str, body: &[u8]) -> Result<Answer, ClientError> {
        Ok(self.answer(path, body))
    }

    /// Called by a client that waits for a block: completes one, where blocks come with
    /// transactions.
    fn pause(&self, time: Duration) {
        match self.production() {
            // It can fail only where the chain's own bookkeeping does; then there is no block to
            // wait for.
            Production::PerTransaction => self.with(|chain| drop(chain.produce_block())),
            Production::OnDemand => std::thread::sleep(time),
        }
    }
}

impl fmt::Debug for Api {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Api")
            .field("production", &self.production())
            .finish_non_exhaustive()
    }
}
