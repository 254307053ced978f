//! `fork` with `"lazy": true`: accounts and tables of another node, fetched when they are needed.
//!
//! | field | |
//! |---|---|
//! | `url` | the other node |
//! | `lazy` | true |
//! | `system` | whether `eosio` becomes the account of the other chain, with its contract, and the parameters of the chain become the other's |
//! | `block` | `"latest"`, or the number of the newest block |
//! | `max_rows` | the most rows of a table in one scope |
//!
//! ```json
//! { "url": "https://node.example", "lazy": true, "system": true }
//! ```
//!
//! is answered by the other chain, what was taken over so far, and the head:
//!
//! ```json
//! {
//!   "url": "https://node.example",
//!   "chain_id": "aca376f2…",
//!   "fork_block_num": 400000015,
//!   "last_read_block_num": 400000015,
//!   "accounts": ["eosio"],
//!   "absent_accounts": 0,
//!   "tables": 4,
//!   "differing_features": []
//! }
//! ```
//!
//! See [`ForkSource`] for what can be had and what not, and `get_fork` for what it has come to.

use super::super::input::{Input, invalid};
use super::super::{Dev, head};
use super::url;
use crate::upstream::{ForkOptions, ForkSource};
use antelope_chain::{Chain, Origin};
use antelope_types::{ChainError, Feature};
use serde_json::{Value, json};
use std::sync::{MutexGuard, PoisonError};

/// The most rows of a table that may be asked for.
const MOST_ROWS: u64 = 1_000_000;

impl Dev {
    /// `fork` of what is needed. Answers as `get_fork`, with the protocol features that are active on
    /// one of the two chains only.
    ///
    /// # Errors
    /// Where the other node cannot be reached, the chain is a fork already, or another block than the
    /// newest is asked for. Nothing is changed then.
    pub(super) fn fork_lazily(&self, input: &Input) -> Result<Value, ChainError> {
        input.only(&["url", "lazy", "system", "block", "max_rows"])?;
        let mut options = ForkOptions::new(url(input)?);
        options.block = block(input)?;
        if let Some(rows) = input.number("max_rows", MOST_ROWS)? {
            options.max_rows = usize::try_from(rows).unwrap_or(usize::MAX);
        }
        let source = ForkSource::connect(options)?;
        let theirs = source.features()?;
        source.begin(&self.api, input.flag("system")?)?;
        *self.source() = Some(source);
        let mut answer = self.get_fork(&Input::default())?;
        let chain = self.api.fork();
        let differ = Feature::ALL.iter();
        let differ = differ.filter(|it| theirs.contains(**it) != chain.state().has(**it));
        answer["differing_features"] = differ.map(|feature| feature.name).collect();
        Ok(answer)
    }

    /// `get_fork`: the chain that this one was forked from, and what was taken over of it.
    ///
    /// # Errors
    /// Where this chain is not a fork.
    pub(in crate::dev) fn get_fork(&self, input: &Input) -> Result<Value, ChainError> {
        input.only(&[])?;
        let chain = self.api.fork();
        let origin = chain.origin().ok_or_else(|| {
            invalid("this chain is not a fork: /v1/dev/fork with `url` and `lazy` makes it one")
        })?;
        let read = self.source().as_ref().map(ForkSource::last_read_block);
        let mut answer = told(&chain, origin);
        answer["last_read_block_num"] = json!(read.unwrap_or(origin.head_block_num));
        Ok(answer)
    }

    /// The node that the chain is a fork of, where it is asked.
    pub(in crate::dev) fn source(&self) -> MutexGuard<'_, Option<ForkSource>> {
        // It is replaced in one step.
        self.source.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The field `block`; none for the newest.
///
/// # Errors
/// For what is neither `latest` nor the number of a block.
fn block(input: &Input) -> Result<Option<u32>, ChainError> {
    let Some(value) = input.get("block").filter(|value| *value != "latest") else {
        return Ok(None);
    };
    let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
    let problem = || {
        invalid(format!(
            "`block` is {value}: expected \"latest\" or a block number"
        ))
    };
    number.map(Some).ok_or_else(problem)
}

fn told(chain: &Chain, origin: &Origin) -> Value {
    let state = chain.state();
    let accounts = state.foreign_accounts.iter();
    let accounts: Vec<_> = accounts.filter(|it| *it.1).map(|it| it.0).collect();
    let mut answer = head(chain);
    answer["url"] = json!(origin.url);
    answer["chain_id"] = json!(origin.chain_id);
    answer["fork_block_num"] = json!(origin.head_block_num);
    answer["fork_block_id"] = json!(origin.head_block_id);
    answer["fork_block_time"] = json!(origin.head_block_time);
    answer["accounts"] = json!(accounts);
    answer["absent_accounts"] = json!(state.foreign_accounts.len() - accounts.len());
    answer["tables"] = json!(state.foreign_tables.len());
    answer
}
