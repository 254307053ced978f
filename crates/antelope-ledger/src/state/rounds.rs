//! Whose turn it is to make a block, which blocks are irreversible, and how schedules of producers
//! follow one another.
//!
//! Mirrors what nodes before Savanna keep with each block header: `block_header_state_legacy::next`
//! and `calc_dpos_last_irreversible` in `libraries/chain/block_header_state_legacy.cpp`.
//!
//! A schedule passes through four stages:
//!
//! 1. *proposed*: a privileged contract has called `set_proposed_producers` ([`Proposed`]).
//! 2. *announced* (`new`, then `pending`): the block of the proposal is irreversible, and the
//!    header of the block in the making lists the schedule ([`State::announce_schedule`]).
//! 3. *promoted*: the announcing block is irreversible; the schedule becomes `active`.
//! 4. in force: the blocks after the promoting one are made under it.
//!
//! Irreversibility (DPoS with pipelined confirmations) takes two rounds of votes. A block confirms
//! itself and the blocks before it that its producer has not confirmed; a block that more than two
//! thirds of the producers have confirmed is *proposed* irreversible. Each block also repeats the
//! number that was proposed before it, and the number that two thirds of the producers have
//! repeated or exceeded is irreversible.
//!
//! | here | `block_header_state` of a node |
//! |---|---|
//! | `active`, and `version` before the block | `active_schedule` |
//! | `new` or else `pending`, `announced`, `schedule_hash` | `pending_schedule` |
//! | `last_produced`, `implied` | `producer_to_last_produced`, `producer_to_last_implied_irb` |
//! | `needed` | `confirm_count` |
//! | `irreversible` | `dpos_irreversible_blocknum` |
//! | `proposed_irreversible` | `dpos_proposed_irreversible_blocknum` |

use super::State;
use crate::config::{ACTIVE, PRODUCERS, SYSTEM};
use crate::stored::stored_struct;
use antelope_types::{
    Authority, ChainError, Checksum256, Encode, ErrorKind, Name, PermissionLevel,
    PermissionLevelWeight, Producer, PublicKey, Schedule, SigningAuthority, name,
};
use imbl::OrdMap;
use std::sync::Arc;

/// How many blocks in a row a producer makes: `producer_repetitions` in a node's `config.hpp`.
const REPETITIONS: u32 = 12;

/// For how many blocks confirmations are counted: `maximum_tracked_dpos_confirmations`. If more are
/// unconfirmed, the oldest are given up.
const TRACKED: usize = 1024;

stored_struct! {
    /// The turns of producers and the confirmations of blocks, as of the block in the making.
    #[derive(Clone, Debug, Default)]
    pub struct Rounds {
        /// The producer of the block.
        pub producer: Name,
        /// How many blocks before this one it confirms, besides itself: `confirmed` in the header.
        pub confirmed: u16,
        /// The version of the schedule under which the block is made: `schedule_version` in the
        /// header.
        pub version: u32,
        /// The schedule of the next block. It differs from the one that this block is made under if
        /// this block promotes one.
        pub active: Arc<Schedule>,
        /// The schedule that was announced and not yet promoted when this block began; without
        /// producers if there was none.
        pub pending: Arc<Schedule>,
        /// The number of the block that announced `pending`.
        pub announced: u32,
        /// Whether this block makes `pending` the active schedule.
        pub promoted: bool,
        /// The schedule that this block announces in its header.
        pub new: Option<Arc<Schedule>>,
        /// The SHA-256 of the schedule that was announced last, which the digest signed by
        /// producers covers (`schedule_hash` of a node's `pending_schedule`).
        pub schedule_hash: Checksum256,
        /// The last irreversible block once this one is complete.
        pub irreversible: u32,
        /// The last irreversible block before this one.
        pub head_irreversible: u32,
        /// The last block that more than two thirds of the producers have confirmed.
        pub proposed_irreversible: u32,
        /// For each producer, the number that was proposed irreversible when it last made a block:
        /// `producer_to_last_implied_irb` of a node.
        pub implied: OrdMap<Name, u32>,
        /// For each producer that ever made a block, the number of its last one. From it follows
        /// what the producer confirms; a node's `producer_plugin` keeps it as the watermark of each
        /// of its producers.
        pub made: OrdMap<Name, u32>,
        /// The same for the producers of the schedule, where one that has just joined begins with
        /// the last irreversible block: `producer_to_last_produced` of a node.
        pub last_produced: OrdMap<Name, u32>,
        /// How many confirmations each of the last blocks still needs, oldest first, this block
        /// last: `confirm_count` of a node.
        pub needed: Vec<u8>,
    }
}

stored_struct! {
    /// A schedule that a contract has proposed, waiting for its block to become irreversible.
    #[derive(Clone, Debug)]
    pub struct Proposed {
        /// The number of the block in which it was proposed.
        pub block_num: u32,
        /// The schedule, with its version.
        pub schedule: Arc<Schedule>,
    }
}

impl Rounds {
    /// The turns of a chain that begins: `eosio` makes all blocks and signs them with this key.
    pub fn beginning(key: PublicKey) -> Self {
        let schedule = Arc::new(Schedule {
            version: 0,
            producers: vec![Producer {
                producer_name: SYSTEM,
                authority: SigningAuthority::from_key(key),
            }],
        });
        Self {
            producer: Name::default(),
            schedule_hash: hash_of_legacy(&schedule).unwrap_or_default(),
            active: Arc::clone(&schedule),
            // A new node also holds its first schedule as pending; block 2 promotes it.
            pending: schedule,
            ..Self::default()
        }
    }

    /// The turns of the next block, number `number`, in this slot of 500 ms.
    pub fn next(&self, number: u32, slot: u32) -> Self {
        // What this block has announced is pending in the next one, unless this one has promoted
        // it.
        let (pending, announced) = match &self.new {
            Some(new) => (Arc::clone(new), number - 1),
            None if self.promoted => (Arc::default(), self.announced),
            None => (Arc::clone(&self.pending), self.announced),
        };
        let producer = turn(&self.active, slot);
        let mut next = Self {
            producer,
            confirmed: self.to_confirm(producer, number - 1),
            version: self.active.version,
            active: Arc::clone(&self.active),
            pending,
            announced,
            promoted: false,
            new: None,
            schedule_hash: self.schedule_hash,
            irreversible: self.irreversible_for(producer),
            head_irreversible: self.irreversible,
            proposed_irreversible: self.proposed_irreversible,
            implied: self.implied.clone(),
            made: self.made.clone(),
            last_produced: self.last_produced.clone(),
            needed: self.needed.clone(),
        };
        next.confirm(number);
        if !next.pending.producers.is_empty() && next.irreversible >= next.announced {
            next.promote();
        }
        // A producer that is not in the promoted schedule has no say in what is irreversible.
        if !next.promoted || next.implied.contains_key(&producer) {
            next.implied.insert(producer, self.proposed_irreversible);
        }
        next.made.insert(producer, number);
        next.last_produced.insert(producer, number);
        next
    }

    /// How many blocks before the next one its producer confirms: those since its own last block
    /// that are not irreversible. A producer that has made none confirms none.
    fn to_confirm(&self, producer: Name, head: u32) -> u16 {
        let last = self.made.get(&producer).copied().unwrap_or(head);
        let blocks = (head - last).min(head - self.irreversible);
        u16::try_from(blocks).unwrap_or(u16::MAX)
    }

    /// Counts the confirmation by this block for itself and for the blocks before it that it
    /// confirms.
    fn confirm(&mut self, number: u32) {
        // More than two thirds of the producers of the schedule under which this block is made.
        let required = self.active.producers.len() * 2 / 3 + 1;
        if self.needed.len() == TRACKED {
            self.needed.remove(0);
        }
        self.needed.push(required as u8);
        let count = usize::from(self.confirmed) + 1;
        let last = self.needed.len();
        // Walks back from this block. The first block that needs no more confirmations is proposed
        // irreversible, and with it all older ones, which are no longer counted.
        for index in (last.saturating_sub(count)..last).rev() {
            self.needed[index] -= 1;
            if self.needed[index] == 0 {
                self.proposed_irreversible = number - (last - 1 - index) as u32;
                self.needed.drain(..=index);
                break;
            }
        }
    }

    /// The last irreversible block if this producer makes the next one.
    ///
    /// Sorted ascending, the number one third into the list is repeated or exceeded by more than
    /// two thirds of the producers.
    fn irreversible_for(&self, producer: Name) -> u32 {
        let of = |(name, implied): (&Name, &u32)| {
            if *name == producer {
                self.proposed_irreversible
            } else {
                *implied
            }
        };
        let mut blocks: Vec<u32> = self.implied.iter().map(of).collect();
        blocks.sort_unstable();
        let third = blocks.len().saturating_sub(1) / 3;
        blocks.get(third).copied().unwrap_or(0)
    }

    /// Makes the pending schedule the active one. Producers that are new in it start from the last
    /// irreversible block; those that are no longer in it are forgotten, but for their own last block
    /// in `made`.
    fn promote(&mut self) {
        self.active = Arc::clone(&self.pending);
        self.promoted = true;
        let irreversible = self.irreversible;
        let producers = || self.active.producers.iter().map(|p| p.producer_name);
        let carried_over = |of: &OrdMap<Name, u32>| {
            producers()
                .map(|name| (name, of.get(&name).copied().unwrap_or(irreversible)))
                .collect()
        };
        let implied = carried_over(&self.implied);
        self.last_produced = carried_over(&self.last_produced);
        self.implied = implied;
    }

    /// The schedule that was announced last and is pending, or becomes active with this block;
    /// without producers if there is none.
    pub fn following(&self) -> &Arc<Schedule> {
        self.new.as_ref().unwrap_or(&self.pending)
    }
}

/// The SHA-256 of a schedule in the form with one key for each producer, from before
/// `WTMSIG_BLOCK_SIGNATURES`.
///
/// # Errors
/// `producer_schedule_exception` (3170004) if a producer has an authority of several keys, which
/// that form cannot hold.
fn hash_of_legacy(schedule: &Schedule) -> Result<Checksum256, ChainError> {
    let legacy = schedule.to_legacy().ok_or_else(|| {
        ChainError::new(
            ErrorKind::ProducerSchedule,
            "multisig block signing present before enabled!",
        )
    })?;
    Ok(Checksum256::sha256(&legacy.to_bytes()))
}

/// The producer whose turn this slot is: each has 12 slots in a row, in the order of the schedule.
/// Without producers it is `eosio`.
fn turn(schedule: &Schedule, slot: u32) -> Name {
    let producers = &schedule.producers;
    let round = (producers.len() as u32 * REPETITIONS).max(1);
    let index = slot % round / REPETITIONS;
    producers
        .get(index as usize)
        .map_or(SYSTEM, |producer| producer.producer_name)
}

impl State {
    /// The schedule of the next block, its producers in the order of their turns.
    pub fn active_schedule(&self) -> &Schedule {
        &self.global.rounds.active
    }

    /// Announces the proposed schedule in the block in the making, if its block is irreversible and
    /// no other schedule waits to be promoted. Otherwise does nothing.
    ///
    /// `extension` says whether `WTMSIG_BLOCK_SIGNATURES` is active, so that headers carry
    /// schedules in an extension that has room for authorities of several keys.
    ///
    /// # Errors
    /// `producer_schedule_exception` (3170004) if a producer has several keys and `extension` is
    /// false.
    pub fn announce_schedule(&mut self, extension: bool) -> Result<(), ChainError> {
        let rounds = &self.global.rounds;
        let room = rounds.pending.producers.is_empty();
        let Some(proposed) = &self.global.proposed else {
            return Ok(());
        };
        if !room || proposed.block_num > rounds.irreversible {
            return Ok(());
        }
        let schedule = Arc::clone(&proposed.schedule);
        let schedule_hash = if extension {
            Checksum256::sha256(&schedule.to_bytes())
        } else {
            hash_of_legacy(&schedule)?
        };
        self.global.rounds = Arc::new(Rounds {
            new: Some(schedule),
            schedule_hash,
            ..Rounds::clone(rounds)
        });
        self.global.proposed = None;
        self.global.parameters_set += 1;
        Ok(())
    }

    /// Sets the permissions of `eosio.prods` to the active producers, as
    /// `update_producers_authority` in a node's `controller.cpp`: `active` needs more than two
    /// thirds of them, `prod.major` more than a half, `prod.minor` more than a third.
    pub fn update_producers_authority(&mut self) {
        let producers = &self.global.rounds.active.producers;
        let accounts: Vec<_> = producers
            .iter()
            .map(|producer| PermissionLevelWeight {
                permission: PermissionLevel::active(producer.producer_name),
                weight: 1,
            })
            .collect();
        let count = producers.len() as u32;
        for (permission, threshold) in [
            (ACTIVE, count * 2 / 3 + 1),
            (name!("prod.major"), count / 2 + 1),
            (name!("prod.minor"), count / 3 + 1),
        ] {
            let authority = Authority {
                threshold,
                accounts: accounts.clone(),
                ..Authority::default()
            };
            if let Some(found) = self.permissions.get_mut(&(PRODUCERS, permission))
                && *found.authority != authority
            {
                found.authority = Arc::new(authority);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_one_producer_the_block_before_is_irreversible() {
        let mut rounds = Rounds::beginning(PublicKey::K1([2; 33]));
        for number in 2..20 {
            rounds = rounds.next(number, number * 3);
            assert_eq!((rounds.producer, rounds.confirmed), (SYSTEM, 0));
            let expected = if number == 2 { 0 } else { number - 1 };
            assert_eq!(rounds.irreversible, expected);
            assert_eq!(rounds.promoted, number == 2);
        }
    }

    #[test]
    fn each_of_four_has_twelve_turns_and_three_of_them_confirm() {
        let mut rounds = Rounds::beginning(PublicKey::K1([2; 33]));
        rounds = rounds.next(2, 0).next(3, 1);
        let producer = |text: &str| Producer {
            producer_name: text.parse().unwrap(),
            authority: SigningAuthority::from_key(PublicKey::K1([2; 33])),
        };
        rounds.new = Some(Arc::new(Schedule {
            version: 1,
            producers: ["a", "b", "c", "d"].map(producer).to_vec(),
        }));
        let (mut makers, mut versions) = (Vec::new(), Vec::new());
        for number in 4..200 {
            rounds = rounds.next(number, number - 2);
            makers.push(rounds.producer);
            versions.push(rounds.version);
            assert!(rounds.irreversible < number);
        }
        // Announced by block 3, promoted in block 4, in force from block 5 on.
        assert_eq!(versions[..2], [0, 1]);
        let turns = makers[1..].chunk_by(|a, b| a == b).map(<[_]>::len);
        assert!(turns.skip(1).take(10).all(|length| length == 12));
        assert!(rounds.irreversible > 130, "{}", rounds.irreversible);
    }
}
