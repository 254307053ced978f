//! Whether blocks are signed by whose turn it is.

use crate::block::LoggedBlock;
use antelope_chain::{
    Genesis, IncrementalMerkle, LegacySchedule, Producer, ProducerKey, Schedule,
    block_signing_digest,
};
use antelope_keys::recovery::recover;
use antelope_types::{Checksum256, Encode, Name, PublicKey, Signature, name};
use std::collections::HashMap;

/// The first byte of a K1 signature as nodes write it: 27, 4 for compressed keys, and the recovery id.
const COMPRESSED: std::ops::RangeInclusive<u8> = 31..=34;

/// What a chain that is read from its first block on tells of who signs.
pub(crate) struct Seals {
    /// The ids of all blocks so far.
    earlier: IncrementalMerkle,
    /// The hash of the schedule that was announced last.
    schedule_hash: Checksum256,
    /// The keys of producers, by the version of the schedule.
    keys: HashMap<(u32, Name), Vec<PublicKey>>,
}

impl Seals {
    /// Those of a chain that begins: `eosio` signs.
    pub(crate) fn beginning(genesis: &Genesis) -> Self {
        let first = LegacySchedule {
            version: 0,
            producers: vec![ProducerKey {
                producer_name: name!("eosio"),
                block_signing_key: genesis.initial_key.clone(),
            }],
        };
        let mut seals = Self {
            earlier: IncrementalMerkle::default(),
            schedule_hash: Checksum256::ZERO,
            keys: HashMap::new(),
        };
        seals.announce_legacy(&first);
        seals
    }

    fn announce_legacy(&mut self, schedule: &LegacySchedule) {
        self.schedule_hash = Checksum256::sha256(&schedule.to_bytes());
        for producer in &schedule.producers {
            let keys = vec![producer.block_signing_key.clone()];
            self.keys
                .insert((schedule.version, producer.producer_name), keys);
        }
    }

    fn announce(&mut self, schedule: &Schedule) {
        self.schedule_hash = Checksum256::sha256(&schedule.to_bytes());
        for producer in &schedule.producers {
            let keys = keys_of(producer);
            self.keys
                .insert((schedule.version, producer.producer_name), keys);
        }
    }

    /// Whether a block is signed by a key of its producer; the blocks before it have been added. What it
    /// announces is known afterwards.
    pub(crate) fn is_signed(&mut self, block: &LoggedBlock) -> bool {
        let header = &block.header;
        let before = self.schedule_hash;
        if let Some(schedule) = &header.new_producers {
            self.announce_legacy(schedule);
        }
        if let Some(schedule) = header.new_schedule() {
            self.announce(&schedule);
        }
        let digest = block_signing_digest(header, &self.earlier, self.schedule_hash);
        // Of the two forms that recover to the same key, nodes write the one for compressed keys.
        let is_written_so = match &block.signature {
            Signature::K1(compact) => COMPRESSED.contains(&compact[0]),
            _ => true,
        };
        let key = recover(&digest, &block.signature).ok();
        let key = key.filter(|_| is_written_so);
        let keys = self.keys.get(&(header.schedule_version, header.producer));
        let is_signed = key.is_some_and(|key| keys.is_some_and(|keys| keys.contains(&key)));
        if !is_signed {
            self.schedule_hash = before;
        }
        is_signed
    }

    /// Adds a block: those that follow are signed over its id.
    pub(crate) fn add(&mut self, id: Checksum256) {
        self.earlier.append(id);
    }
}

/// The keys that may sign for a producer. One that needs several signatures has the others in extensions
/// of the block, which are not looked at.
fn keys_of(producer: &Producer) -> Vec<PublicKey> {
    let keys = producer.authority.keys();
    keys.iter().map(|weight| weight.key.clone()).collect()
}
