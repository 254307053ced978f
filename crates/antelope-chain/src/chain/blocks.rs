//! The production of blocks, and time.
//!
//! # Phases of a block
//!
//! | phase | what happens | on a node |
//! |---|---|---|
//! | start | protocol features are activated | `controller::start_block` |
//! | | a pending producer schedule is announced | |
//! | | `onblock` runs with the header of the previous block | |
//! | | expired transaction ids are forgotten | |
//! | | `eosio.prods` gets the authority of the active producers | |
//! | | deferred transactions that are due run | |
//! | transactions | pushed by the caller | `push_transaction` |
//! | complete | resource usage is updated | `finish_block`, `complete_block` |
//! | | roots and header are computed, the block becomes the head | |
//!
//! Completing one block and starting the next is one step here, since there is always a block in
//! production.

use super::{Chain, Pending, discard};
use crate::block::{Block, BlockHeader, HeaderState, LegacySchedule, Seal, SignedBlock};
use crate::store::{Entry, StoreError};
use antelope_ledger::config::{BLOCK_INTERVAL, SYSTEM};
use antelope_ledger::state::{Rounds, missing_during};
use antelope_ledger::transaction::{Environment, Input, TransactionContext, TransactionKind};
use antelope_rpc_client::signing::SigningError;
use antelope_types::{
    Action, BlockTimestamp, ChainError, Checksum256, Encode, Extension, Feature, Name,
    PermissionLevel, PrivateKey, SigningAuthority, TimePoint, Transaction, name,
};
use imbl::OrdMap;
use std::sync::Arc;
use std::time::Duration;

/// How many expired transactions are forgotten when a block begins; see
/// `State::forget_expired_transactions`.
const FORGOTTEN: usize = 200;

impl Chain {
    /// The last complete block.
    pub fn head(&self) -> &Arc<Block> {
        &self.head
    }

    /// The block with this number; `None` if it does not exist or cannot be read.
    /// [`read_block`](Self::read_block) tells the two apart.
    pub fn block(&self, number: u32) -> Option<Arc<Block>> {
        self.read_block(number).ok().flatten()
    }

    /// The block with this number, if it exists. Recent blocks are in memory; older ones of a chain
    /// in a folder are read from its block log.
    ///
    /// # Errors
    /// [`StoreError`] where the log cannot be read, or is damaged or not this chain's any more.
    pub fn read_block(&self, number: u32) -> Result<Option<Arc<Block>>, StoreError> {
        match self.blocks.get(&number) {
            Some(block) => Ok(Some(Arc::clone(block))),
            None => self.logged.read(number, self.logged_id()),
        }
    }

    /// Whether the block with this number is in memory.
    pub(crate) fn is_in_memory(&self, number: u32) -> bool {
        self.blocks.contains_key(&number)
    }

    /// The id of the last block in the log: the one before the first in memory.
    pub(super) fn logged_id(&self) -> Checksum256 {
        let first = self.blocks.get_min().map(|(_, block)| block);
        first.map_or(self.head.id, |block| block.header.previous)
    }

    /// The block as nodes exchange it, signed with the producer key. Chains that begin with
    /// [`DEVELOPMENT_KEY`](crate::DEVELOPMENT_KEY) have it; others are given theirs by
    /// [`set_producer_key`](Self::set_producer_key). Without a key, the signature is 65 zeros.
    ///
    /// # Errors
    /// [`SigningError`] where the key is not a valid scalar of its curve.
    pub fn sign_block(&self, block: &Arc<Block>) -> Result<SignedBlock, SigningError> {
        SignedBlock::sign(block, self.producer_key.as_ref())
    }

    /// Sets the key that blocks are signed with. It is kept in memory only and is not part of the
    /// genesis.
    pub fn set_producer_key(&mut self, key: PrivateKey) {
        self.producer_key = Some(key);
    }

    /// The number of the last irreversible block. With a single producer it is the block before the
    /// head.
    pub fn last_irreversible(&self) -> u32 {
        self.state.global.rounds.head_irreversible.max(1)
    }

    /// The producer of the block in production, and how many earlier blocks it confirms.
    pub fn turn(&self) -> (Name, u16) {
        let rounds = &self.state.global.rounds;
        (rounds.producer, rounds.confirmed)
    }

    /// Completes the block in production and starts the next one, 500 ms later.
    ///
    /// By default a block has room for 200 ms of CPU, which are 2000 transactions of the minimum,
    /// and 1 MiB of NET. What does not fit fails with `block_cpu_usage_exceeded` (3080005) or
    /// `block_net_usage_exceeded` (3080003) when it is pushed; behind
    /// [`Api::wait_for_room`](crate::api::Api::wait_for_room) it waits for the next block.
    ///
    /// # Errors
    /// Where the chain's folder cannot be written (`database_exception`, 3060000), or the block's
    /// own bookkeeping overflows, which no transaction can bring about. The chain is unchanged
    /// then.
    pub fn produce_block(&mut self) -> Result<Arc<Block>, ChainError> {
        self.produce(1)
    }

    /// Lets time pass: completes the block in production and starts the next one that much later,
    /// rounded up to slots of 500 ms. No blocks are made in between, as after a chain was halted.
    ///
    /// # Errors
    /// As for [`produce_block`](Self::produce_block).
    pub fn advance(&mut self, time: Duration) -> Result<Arc<Block>, ChainError> {
        let slots = time.as_micros().div_ceil(BLOCK_INTERVAL as u128).max(1);
        self.produce(u32::try_from(slots).unwrap_or(u32::MAX))
    }

    /// Completes the block and starts the next one `slots` half seconds later. It works on a fork
    /// that replaces the chain at the end, so that on failure the chain is unchanged.
    pub(super) fn produce(&mut self, slots: u32) -> Result<Arc<Block>, ChainError> {
        self.verify_files()?;
        let mut next = self.clone();
        let block = next.complete_block()?;
        next.record_block(slots);
        next.start_block(slots)?;
        let id = block.id;
        self.record(|| Entry::Block { slots, id })?;
        next.store = std::mem::take(&mut self.store);
        let before = std::mem::replace(self, next);
        discard(before.pending.transactions.len(), before);
        self.checkpoint_if_due();
        Ok(block)
    }

    /// Computes the header of the block in production and makes it the head.
    fn complete_block(&mut self) -> Result<Arc<Block>, ChainError> {
        let number = self.head.number() + 1;
        self.state.end_block_resources(number)?;
        let transactions: Vec<_> = self.pending.transactions.iter().cloned().collect();
        let rounds = Arc::clone(&self.state.global.rounds);
        let (new_producers, schedule) = self.announcement();
        let header = BlockHeader {
            timestamp: self.pending.timestamp,
            producer: rounds.producer,
            confirmed: rounds.confirmed,
            previous: self.head.id,
            transaction_mroot: self.pending.transaction_tree.root(),
            action_mroot: self.pending.action_tree.root(),
            schedule_version: rounds.version,
            new_producers,
            header_extensions: self
                .activation_extension()
                .into_iter()
                .chain(schedule)
                .collect(),
        };
        let block = Arc::new(Block {
            id: header.id(),
            seal: Seal::new(&header, &self.block_ids, rounds.schedule_hash),
            header,
            transactions,
        });
        self.keep_header_state(number, rounds);
        self.block_ids.append(block.id);
        self.state.reference_blocks.insert(number as u16, block.id);
        self.blocks.insert(number, Arc::clone(&block));
        self.head = Arc::clone(&block);
        Ok(block)
    }

    /// Keeps the state of the block that is completed, and drops those of blocks that it makes
    /// irreversible.
    fn keep_header_state(&mut self, number: u32, rounds: Arc<Rounds>) {
        // A block that promotes a schedule is still made under the one before.
        let previous = self.header_states.get(&(number - 1));
        let made_under = match (rounds.promoted, previous) {
            (true, Some(previous)) => &previous.rounds.active,
            _ => &rounds.active,
        };
        let mut producers = made_under.producers.iter();
        let producer = producers.find(|producer| producer.producer_name == rounds.producer);
        // Without producers it is the first block, whose schedule is promoted by the second.
        let authority = producer.map(|producer| producer.authority.clone());
        let irreversible = rounds.irreversible;
        let state = HeaderState {
            authority: authority.unwrap_or(SigningAuthority::V0 {
                threshold: 0,
                keys: Vec::new(),
            }),
            earlier_ids: self.block_ids.clone(),
            rounds,
        };
        self.header_states.insert(number, Arc::new(state));
        let first = |states: &OrdMap<u32, _>| states.get_min().map(|(first, _)| *first);
        while let Some(number) = first(&self.header_states).filter(|it| *it <= irreversible) {
            self.header_states.remove(&number);
        }
    }

    /// The state of the block with this number, unless the block is irreversible.
    pub(crate) fn header_state(&self, number: u32) -> Option<&Arc<HeaderState>> {
        self.header_states.get(&number)
    }

    /// Starts a block so many slots after the previous one; see the table of phases above.
    pub(super) fn start_block(&mut self, slots: u32) -> Result<(), ChainError> {
        let slot = self.pending.timestamp.slot().saturating_add(slots);
        self.pending = Pending::at(BlockTimestamp::from_slot(slot));
        let rounds = self.state.global.rounds.next(self.head.number() + 1, slot);
        self.state.global.rounds = Arc::new(rounds);
        self.pending.schedule_extension = self.state.has(Feature::WTMSIG_BLOCK_SIGNATURES);
        self.activate()?;
        self.state
            .announce_schedule(self.pending.schedule_extension)?;
        self.on_block();
        self.state
            .forget_expired_transactions(self.now(), FORGOTTEN);
        self.state.update_producers_authority();
        self.run_deferred()
    }

    /// How the header announces a new schedule: as a field, or as an extension once
    /// `WTMSIG_BLOCK_SIGNATURES` was active before the block.
    fn announcement(&self) -> (Option<LegacySchedule>, Option<Extension>) {
        let new = self.state.global.rounds.new.as_ref();
        if self.pending.schedule_extension {
            return (None, new.map(|new| BlockHeader::schedule_extension(new)));
        }
        (new.and_then(|new| new.to_legacy()), None)
    }

    /// Runs the implicit transaction with `onblock`. Its receipts count for `action_mroot`, but the
    /// transaction is not in the block. A failure is ignored, as on a node. In a fork, a block whose
    /// `onblock` needs what is not here does without it.
    fn on_block(&mut self) {
        let action = Action {
            account: SYSTEM,
            name: name!("onblock"),
            authorization: vec![PermissionLevel::active(SYSTEM)],
            data: self.head.header.to_bytes(),
        };
        let transaction = Transaction {
            header: self.own_header(),
            actions: vec![action],
            ..Transaction::default()
        };
        let input = Input::local(transaction, TransactionKind::Implicit);
        let transaction = Arc::clone(&input.transaction);
        let environment = self.environment();
        let (executed, missing) = missing_during(|| {
            TransactionContext::execute(&mut self.state, &*self.executor, environment, input)
        });
        self.wanted.extend(missing);
        if let Ok(outcome) = executed {
            self.record_trace(&outcome.trace, || Some(transaction));
            self.pending.acted(outcome.receipt_digests);
        }
    }

    /// Whether the block in production has no transactions yet, deferred ones included.
    pub(crate) fn is_block_empty(&self) -> bool {
        self.pending.transactions.is_empty()
    }

    /// What a transaction sees of the block in production.
    pub(super) fn environment(&self) -> Environment {
        Environment {
            block_num: self.head.number() + 1,
            head: self.head.id,
            timestamp: self.pending.timestamp,
        }
    }

    /// The time of the last complete block.
    pub fn head_time(&self) -> TimePoint {
        TimePoint::from(self.head.header.timestamp)
    }
}
