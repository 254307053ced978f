//! The making of blocks, and time.

use super::{Chain, Pending};
use crate::block::{Block, BlockHeader, LegacySchedule, Seal, SignedBlock, merkle_root};
use crate::store::{Entry, StoreError};
use antelope_ledger::config::{BLOCK_INTERVAL, SYSTEM};
use antelope_ledger::transaction::{Environment, Input, TransactionContext, TransactionKind};
use antelope_rpc_client::signing::SigningError;
use antelope_types::{
    Action, BlockTimestamp, ChainError, Checksum256, Encode, Extension, Feature, Name,
    PermissionLevel, PrivateKey, TimePoint, Transaction, name,
};
use std::sync::Arc;
use std::time::Duration;

impl Chain {
    /// The last complete block.
    pub fn head(&self) -> &Arc<Block> {
        &self.head
    }

    /// The block with this number, if there is one and it can be read.
    pub fn block(&self, number: u32) -> Option<Arc<Block>> {
        self.read_block(number).ok().flatten()
    }

    /// The block with this number, if there is one: the latest are in memory, those of a chain in a
    /// folder that are older are read from its log.
    ///
    /// # Errors
    /// [`StoreError`], where the log cannot be read or is not what it was.
    pub fn read_block(&self, number: u32) -> Result<Option<Arc<Block>>, StoreError> {
        match self.blocks.get(&number) {
            Some(block) => Ok(Some(Arc::clone(block))),
            None => self.logged.read(number, self.logged_id()),
        }
    }

    /// The id of the last block in the log.
    pub(super) fn logged_id(&self) -> Checksum256 {
        let first = self.blocks.get_min().map(|(_, block)| block);
        first.map_or(self.head.id, |block| block.header.previous)
    }

    /// The block as nodes exchange it, signed with the key of the producer. The chains that begin
    /// with [`DEVELOPMENT_KEY`](crate::DEVELOPMENT_KEY) have it, others are told it by
    /// [`set_producer_key`](Self::set_producer_key), and without it the signature is that of no key.
    ///
    /// # Errors
    /// Where the key is no number of its curve.
    pub fn sign_block(&self, block: &Arc<Block>) -> Result<SignedBlock, SigningError> {
        SignedBlock::sign(block, self.producer_key.as_ref())
    }

    /// Gives the key that blocks are signed with. It is nowhere written down.
    pub fn set_producer_key(&mut self, key: PrivateKey) {
        self.producer_key = Some(key);
    }

    /// The number of the last block that cannot be undone: with one producer, the one before the head.
    pub fn last_irreversible(&self) -> u32 {
        self.state.global.rounds.head_irreversible.max(1)
    }

    /// Who makes the block in the making, and how many blocks before it are confirmed by it.
    pub fn turn(&self) -> (Name, u16) {
        let rounds = &self.state.global.rounds;
        (rounds.producer, rounds.confirmed)
    }

    /// Completes the block in the making and begins the next, half a second later.
    ///
    /// A block has room for 200 ms of CPU, which are 2000 transactions, and for 1 MiB of NET; what
    /// does not fit fails with `block_cpu_usage_exceeded` or `block_net_usage_exceeded`.
    ///
    /// # Errors
    /// Where the block's own bookkeeping fails, which no transaction can bring about, or where the
    /// chain's folder cannot be written.
    pub fn produce_block(&mut self) -> Result<Arc<Block>, ChainError> {
        self.produce(1)
    }

    /// Lets time pass: completes the block in the making and begins the next so much later, rounded
    /// up to the half seconds of blocks. There are no blocks in between, as after a halt of a chain.
    ///
    /// # Errors
    /// As [`produce_block`](Self::produce_block).
    pub fn advance(&mut self, time: Duration) -> Result<Arc<Block>, ChainError> {
        let slots = time.as_micros().div_ceil(BLOCK_INTERVAL as u128).max(1);
        self.produce(u32::try_from(slots).unwrap_or(u32::MAX))
    }

    /// Completes a block and begins the next so many half seconds later. Where anything fails, the
    /// chain is as it was.
    pub(super) fn produce(&mut self, slots: u32) -> Result<Arc<Block>, ChainError> {
        let mut next = self.clone();
        let block = next.complete_block()?;
        next.start_block(slots)?;
        let id = block.id;
        self.record(|| Entry::Block { slots, id })?;
        next.store = std::mem::take(&mut self.store);
        *self = next;
        self.checkpoint_if_due();
        Ok(block)
    }

    fn complete_block(&mut self) -> Result<Arc<Block>, ChainError> {
        let number = self.head.number() + 1;
        self.state.end_block_resources(number)?;
        let transactions: Vec<_> = self.pending.transactions.iter().cloned().collect();
        let digests = transactions.iter().map(|transaction| transaction.digest());
        let rounds = Arc::clone(&self.state.global.rounds);
        let (new_producers, schedule) = self.announcement();
        let header = BlockHeader {
            timestamp: self.pending.timestamp,
            producer: rounds.producer,
            confirmed: rounds.confirmed,
            previous: self.head.id,
            transaction_mroot: merkle_root(digests.collect()),
            action_mroot: merkle_root(self.pending.receipt_digests.iter().copied().collect()),
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
        self.block_ids.append(block.id);
        self.state.reference_blocks.insert(number as u16, block.id);
        self.blocks.insert(number, Arc::clone(&block));
        self.head = Arc::clone(&block);
        Ok(block)
    }

    /// Begins a block so many half seconds after the one before it.
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
        self.state.forget_expired_transactions(self.now());
        self.state.update_producers_authority();
        self.run_deferred()
    }

    /// What the header tells of the schedule that the block announces, in one of two ways.
    fn announcement(&self) -> (Option<LegacySchedule>, Option<Extension>) {
        let new = self.state.global.rounds.new.as_ref();
        if self.pending.schedule_extension {
            return (None, new.map(|new| BlockHeader::schedule_extension(new)));
        }
        (new.and_then(|new| new.to_legacy()), None)
    }

    /// Tells the system contract of the block before. What fails there, fails in silence.
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
        let environment = self.environment();
        if let Ok(outcome) =
            TransactionContext::execute(&mut self.state, &*self.executor, environment, input)
        {
            self.pending.receipt_digests.extend(outcome.receipt_digests);
        }
    }

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
