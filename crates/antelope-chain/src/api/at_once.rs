//! Calls that are answered without waiting for anything.
//!
//! A server has few threads that move bytes, and must not keep one of them busy: a call goes to
//! another thread, and its answer comes back. For a short call that way is longer than the work
//! itself. [`Api::answer_at_once`] answers it on the calling thread, provided that neither the disk
//! nor another thread has to be waited for. In a fork, only `get_info` is such a call.

use super::answer::{Refusal, success};
use super::request::Request;
use super::{Api, Production, Response, info, reading};
use crate::chain::Chain;
use crate::store::Durability;

/// The longest body of a short call, in bytes.
const SHORT_BODY: usize = 4096;

/// The most rows of a short call.
const SHORT_ROWS: u32 = 50;

impl Api {
    /// Answers a call that takes some tens of microseconds and waits for nothing. `None` for other
    /// calls, and where another thread has the chain locked for longer than some transactions take:
    /// [`answer`](Self::answer) answers it then. The answers of both are the same.
    ///
    /// | calls | where |
    /// |---|---|
    /// | `get_info`, `get_account`, `get_currency_balance`, `get_code_hash` | always |
    /// | `get_table_rows` | with a limit of at most 50 |
    /// | `send_transaction2`, `send_transaction`, `push_transaction` | where they do not wait for the disk; they take as long as the transaction does. One that waits for the next block is [`Response::Later`] |
    ///
    /// ```
    /// use antelope_chain::{Chain, Genesis, NoContracts};
    /// use antelope_chain::api::{Api, Production};
    /// use std::sync::Arc;
    ///
    /// let chain = Chain::start(Genesis::default(), Arc::new(NoContracts))?;
    /// let api = Api::new(chain, Production::OnDemand);
    /// let path = "/v1/chain/get_info";
    /// let answer = api.answer_at_once(path, b"").map(|response| response.wait());
    /// assert_eq!(answer, Some(api.answer(path, b"")));
    /// assert!(api.with(|_| api.answer_at_once(path, b"")).is_none());
    /// assert!(api.answer_at_once("/v1/chain/get_block", b"{}").is_none());
    /// # Ok::<(), antelope_chain::ChainError>(())
    /// ```
    pub fn answer_at_once(&self, path: &str, body: &[u8]) -> Option<Response> {
        let name = path.strip_prefix("/v1/chain/")?;
        // What a fork misses has to be fetched.
        if body.len() > SHORT_BODY || self.is_fork() && name != "get_info" {
            return None;
        }
        match name {
            "get_info" => match Request::none(body) {
                Ok(()) => {
                    // A fork takes longer than the whole call, and is needed only to read a block.
                    let chain = &self.shared.chain;
                    let (info, fork) = chain.try_read(|chain| match info::is_at_hand(chain) {
                        true => (Some(info::info(chain)), None),
                        false => (None, Some(chain.clone())),
                    })?;
                    let info = info.or_else(|| fork.as_ref().map(info::info))?;
                    Some(Response::Now(success(200, &info)))
                }
                Err(refusal) => Some(Response::Now(refusal.answer())),
            },
            "get_account" | "get_table_rows" | "get_currency_balance" | "get_code_hash" => {
                // What cannot be read is refused by the long way.
                let request = Request::read(body).ok()?;
                let rows = request.number("limit", 0).ok()?;
                if rows > SHORT_ROWS {
                    return None;
                }
                let chain = self.shared.chain.try_read(Chain::clone)?;
                let answer = self.read(reading(name)?, &chain, &request);
                Some(Response::Now(answer.unwrap_or_else(Refusal::answer)))
            }
            _ if self.executes_at_once(path) => {
                self.shared.chain.try_read(|_| ())?;
                Some(self.respond(path, body))
            }
            _ => None,
        }
    }

    /// Whether [`answer_at_once`](Self::answer_at_once) executes a transaction for this call, and so
    /// may take as long as a transaction may. All other calls that it answers are short.
    ///
    /// ```
    /// use antelope_chain::{Chain, Genesis, NoContracts};
    /// use antelope_chain::api::{Api, Production};
    /// use std::sync::Arc;
    ///
    /// let chain = Chain::start(Genesis::default(), Arc::new(NoContracts))?;
    /// let api = Api::new(chain, Production::OnDemand);
    /// assert!(api.executes_at_once("/v1/chain/send_transaction2"));
    /// assert!(!api.executes_at_once("/v1/chain/get_account"));
    /// # Ok::<(), antelope_chain::ChainError>(())
    /// ```
    pub fn executes_at_once(&self, path: &str) -> bool {
        let call = path.strip_prefix("/v1/chain/").unwrap_or_default();
        let executes = matches!(
            call,
            "send_transaction2" | "send_transaction" | "push_transaction"
        );
        executes && !self.waits_for_disk()
    }

    /// Whether a transaction that is sent waits for the disk.
    fn waits_for_disk(&self) -> bool {
        match (self.shared.chain.durability(), self.production()) {
            (None | Some(Durability::Process), _) => false,
            (Some(Durability::Block), production) => production == Production::PerTransaction,
            (Some(Durability::Transaction), _) => true,
        }
    }
}
