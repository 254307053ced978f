//! Whose turn it is to make a block, which blocks cannot be undone, and how schedules follow one
//! another: what nodes keep as the state of block headers.

use super::State;
use crate::config::{ACTIVE, PRODUCERS, SYSTEM};
use antelope_types::{
    Authority, ChainError, Checksum256, Encode, ErrorKind, Name, PermissionLevel,
    PermissionLevelWeight, Producer, PublicKey, Schedule, SigningAuthority, name,
};
use imbl::OrdMap;
use std::sync::Arc;

/// How many blocks in a row a producer makes: `producer_repetitions`.
const REPETITIONS: u32 = 12;

/// How many blocks that are not irreversible are counted: `maximum_tracked_dpos_confirmations`.
const TRACKED: usize = 1024;

/// The turns of producers, as of the block in the making.
#[derive(Clone, Debug, Default)]
pub struct Rounds {
    /// Who makes the block.
    pub producer: Name,
    /// How many blocks before it are confirmed by it.
    pub confirmed: u16,
    /// The version of the schedule that the block is made under.
    pub version: u32,
    /// The schedule of the blocks after it.
    pub active: Arc<Schedule>,
    /// The schedule that was to follow when the block began; without producers for none.
    pub pending: Arc<Schedule>,
    /// The block that announced it.
    pub announced: u32,
    /// Whether it follows with this block.
    pub promoted: bool,
    /// The schedule that the block announces.
    pub new: Option<Arc<Schedule>>,
    /// The hash of the last schedule that was announced, which signatures of blocks commit to.
    pub schedule_hash: Checksum256,
    /// The last block that cannot be undone once this one is complete, and before that.
    pub irreversible: u32,
    pub head_irreversible: u32,
    /// The last block that more than two thirds of the producers have confirmed.
    pub proposed_irreversible: u32,
    /// The last block that each producer took for irreversible.
    pub implied: OrdMap<Name, u32>,
    /// The last block that each producer has made.
    pub made: OrdMap<Name, u32>,
    /// How many confirmations each of the last blocks still needs.
    pub needed: Vec<u8>,
}

/// A schedule that was proposed, and in which block.
#[derive(Clone, Debug)]
pub struct Proposed {
    pub block_num: u32,
    pub schedule: Arc<Schedule>,
}

impl Rounds {
    /// Those of a chain that begins: `eosio` makes all blocks, with this key.
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
            pending: schedule,
            ..Self::default()
        }
    }

    /// Those of the next block, in this half second.
    pub fn next(&self, number: u32, slot: u32) -> Self {
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
            needed: self.needed.clone(),
        };
        next.confirm(number);
        if !next.pending.producers.is_empty() && next.irreversible >= next.announced {
            next.promote();
        }
        // Who leaves with the old schedule is no longer asked.
        if !next.promoted || next.implied.contains_key(&producer) {
            next.implied.insert(producer, self.proposed_irreversible);
        }
        next.made.insert(producer, number);
        next
    }

    /// The blocks since its last one that a producer has not confirmed.
    fn to_confirm(&self, producer: Name, head: u32) -> u16 {
        let last = self.made.get(&producer).copied().unwrap_or(head);
        let blocks = (head - last).min(head - self.irreversible);
        u16::try_from(blocks).unwrap_or(u16::MAX)
    }

    /// Counts the confirmations of this block for itself and those before it.
    fn confirm(&mut self, number: u32) {
        let required = self.active.producers.len() * 2 / 3 + 1;
        if self.needed.len() == TRACKED {
            self.needed.remove(0);
        }
        self.needed.push(required as u8);
        let count = usize::from(self.confirmed) + 1;
        let last = self.needed.len();
        for index in (last.saturating_sub(count)..last).rev() {
            self.needed[index] -= 1;
            if self.needed[index] == 0 {
                self.proposed_irreversible = number - (last - 1 - index) as u32;
                self.needed.drain(..=index);
                break;
            }
        }
    }

    /// The last block that two thirds of the producers take for irreversible, where this one goes on.
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

    /// Lets the schedule follow that was announced.
    fn promote(&mut self) {
        self.active = Arc::clone(&self.pending);
        self.promoted = true;
        let producers = self.active.producers.iter().map(|p| p.producer_name);
        let known = |name: Name| self.implied.get(&name).copied();
        let irreversible = self.irreversible;
        self.implied = producers
            .map(|name| (name, known(name).unwrap_or(irreversible)))
            .collect();
    }

    /// The schedule that follows the active one, without producers for none.
    pub fn following(&self) -> &Arc<Schedule> {
        self.new.as_ref().unwrap_or(&self.pending)
    }
}

fn hash_of_legacy(schedule: &Schedule) -> Result<Checksum256, ChainError> {
    let legacy = schedule.to_legacy().ok_or_else(|| {
        ChainError::new(
            ErrorKind::ProducerSchedule,
            "multisig block signing present before enabled!",
        )
    })?;
    Ok(Checksum256::sha256(&legacy.to_bytes()))
}

/// Who makes the block of this half second.
fn turn(schedule: &Schedule, slot: u32) -> Name {
    let producers = &schedule.producers;
    let round = (producers.len() as u32 * REPETITIONS).max(1);
    let index = slot % round / REPETITIONS;
    producers
        .get(index as usize)
        .map_or(SYSTEM, |producer| producer.producer_name)
}

impl State {
    /// The producers of blocks, in the order of their turns.
    pub fn active_schedule(&self) -> &Schedule {
        &self.global.rounds.active
    }

    /// Announces the schedule that was proposed, once its block cannot be undone.
    ///
    /// # Errors
    /// Where producers have several keys, and headers no extension to tell them in.
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
        Ok(())
    }

    /// Gives the permissions of `eosio.prods` to the producers.
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
