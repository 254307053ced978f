//! Actions under any authority, without signatures. Not a call of a node: for development servers.

use super::answer::{self, Refusal};
use super::request::Request;
use super::unpacked::{self, Arguments};
use super::{Api, Production, Reader, trace};
use antelope_rpc_client::Answer;
use antelope_types::{Action, ChainError, ErrorKind, TimePointSec, TransactionTrace};
use serde_json::{Value, json};
use std::sync::Arc;

impl Api {
    /// Executes actions in one transaction under the permissions that they declare, as
    /// [`Chain::push`](crate::Chain::push) does, and answers as `send_transaction` does: 202 with
    /// `transaction_id` and `processed`, or the error.
    ///
    /// The body has `actions` as in a transaction: `account`, `name`, `authorization`, and `data` as
    /// hexadecimal or as JSON by the ABI.
    ///
    /// ```
    /// use antelope_chain::api::{Api, Production};
    /// use antelope_chain::{Chain, Genesis, NoContracts};
    /// use std::sync::Arc;
    ///
    /// let mut chain = Chain::start(Genesis::default(), Arc::new(NoContracts))?;
    /// let api = Api::new(chain, Production::PerTransaction);
    /// let answer = api.push_unsigned(br#"{ "actions": [{
    ///     "account": "eosio", "name": "setabi",
    ///     "authorization": [{ "actor": "eosio", "permission": "active" }],
    ///     "data": { "account": "eosio", "abi": "00" }
    /// }] }"#);
    /// assert_eq!(answer.status, 202);
    /// # Ok::<(), antelope_chain::ChainError>(())
    /// ```
    pub fn push_unsigned(&self, body: &[u8]) -> Answer {
        match self.pushed_unsigned(body) {
            Ok(value) => answer::success(202, &value),
            Err(refusal) => refusal.answer(),
        }
    }

    fn pushed_unsigned(&self, body: &[u8]) -> Result<Value, Refusal> {
        let request = Request::read(body)?.into_value();
        let read = self.fetching(|| {
            let chain = self.fork();
            let reader = Reader {
                chain: &chain,
                abis: &self.shared.abis,
            };
            unpacked::transaction(reader, &request, Arguments::OF_TRANSACTION)
        })?;
        let read = read.map_err(|unreadable| {
            unreadable.or(ErrorKind::InvalidHttpRequest, "cannot read `actions`")
        })?;
        if read.actions.is_empty() {
            return Err(Refusal::request(
                "expected `actions`, a list of one or more",
            ));
        }
        let mut trace = self.push_actions(read.actions)?;
        let chain = self.fork();
        let reader = Reader {
            chain: &chain,
            abis: &self.shared.abis,
        };
        trace::add_decoded(reader, &mut trace);
        Ok(json!({ "transaction_id": trace.id, "processed": trace }))
    }

    /// Executes actions under the permissions that they declare, and completes the block where
    /// blocks come with transactions.
    ///
    /// # Errors
    /// As for [`Chain::push`](crate::Chain::push), without what a failure tells beyond its error.
    pub fn push_actions(&self, actions: Vec<Action>) -> Result<TransactionTrace, ChainError> {
        let pushed = self.fetching(|| self.pushed_actions(&actions))?;
        let (trace, expiration) = pushed?;
        self.shared
            .traces
            .keep(&Arc::new(trace.clone()), expiration);
        Ok(trace)
    }

    /// Executes the actions; with the time when the transaction expires.
    fn pushed_actions(
        &self,
        actions: &[Action],
    ) -> Result<(TransactionTrace, TimePointSec), ChainError> {
        let pushed = self.shared.chain.with(|chain| {
            let pushed = chain.push(actions);
            let trace = pushed.map_err(|failure| failure.error().clone())?;
            // The longest that a transaction may take to expire.
            let lifetime = chain.state().global.config.max_transaction_lifetime;
            let now = TimePointSec::from(chain.now()).seconds();
            let expiration = TimePointSec::from_seconds(now.saturating_add(lifetime));
            if self.production() == Production::PerTransaction {
                chain.produce_block()?;
            }
            Ok::<_, ChainError>((trace, expiration))
        });
        pushed.map_err(ChainError::from)?
    }
}
