//! Rounds: which of them a delegate has missed.
//!
//! Time is divided into slots of half a second, and each delegate of the schedule has twelve of them
//! in a row. A round of a delegate is such a row. It is missed where the chain has no block of it:
//! the delegate's node was down, cut off, or behind.

use antelope_types::{Name, TimePoint};
use serde::Serialize;

/// Slots that a delegate has in a row.
pub(crate) const SLOTS: u32 = 12;
/// The time of slot 0: 2000-01-01, in microseconds since 1970.
const EPOCH: i64 = 946_684_800_000_000;
/// The length of a slot in microseconds.
const SLOT: i64 = 500_000;

/// What a delegate did in its last rounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RoundCount {
    /// The delegate's account.
    pub producer: Name,
    /// Rounds looked at.
    pub rounds: u32,
    /// Those without a single block.
    pub missed_rounds: u32,
    /// Blocks that the chain has of these rounds.
    pub blocks: u32,
    /// Blocks that it could have: twelve for each round.
    pub slots: u32,
}

/// The slot of a time; 0 before 2000.
pub(crate) fn slot(time: TimePoint) -> u32 {
    u32::try_from((time.micros() - EPOCH) / SLOT).unwrap_or(0)
}

/// Counts for each delegate of a schedule what it did in the whole rounds between the slots `from`
/// and `to` (exclusive). `blocks` are slots and producers, in any order.
pub(crate) fn count(
    schedule: &[Name],
    blocks: &[(u32, Name)],
    from: u32,
    to: u32,
) -> Vec<RoundCount> {
    let mut counts: Vec<_> = schedule
        .iter()
        .map(|producer| RoundCount {
            producer: *producer,
            rounds: 0,
            missed_rounds: 0,
            blocks: 0,
            slots: 0,
        })
        .collect();
    if counts.is_empty() {
        return counts;
    }
    for round in from.div_ceil(SLOTS)..to / SLOTS {
        let place = round as usize % counts.len();
        let count = &mut counts[place];
        let slots = round * SLOTS..(round + 1) * SLOTS;
        let produced = |block: &&(u32, Name)| slots.contains(&block.0) && block.1 == count.producer;
        let produced = blocks.iter().filter(produced).count() as u32;
        count.rounds += 1;
        count.missed_rounds += u32::from(produced == 0);
        count.blocks += produced;
        count.slots += SLOTS;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_types::name;

    #[test]
    fn only_whole_rounds_count_and_one_without_blocks_is_missed() {
        let schedule = [name!("a"), name!("b")];
        // Round 4 is of a, 5 of b, 6 of a; a has lost two blocks, and b all of them.
        let mut blocks: Vec<_> = (50..60).map(|slot| (slot, name!("a"))).collect();
        blocks.extend((72..84).map(|slot| (slot, name!("a"))));
        let [a, b] = &count(&schedule, &blocks, 47, 85)[..] else {
            panic!("two delegates")
        };
        assert_eq!(
            (a.rounds, a.missed_rounds, a.blocks, a.slots),
            (2, 0, 22, 24)
        );
        assert_eq!(
            (b.rounds, b.missed_rounds, b.blocks, b.slots),
            (1, 1, 0, 12)
        );
        // The round that has begun is not judged, nor is the one before the first slot.
        assert!(
            count(&schedule, &blocks, 49, 59)
                .iter()
                .all(|it| it.rounds == 0)
        );
        assert_eq!(count(&[], &blocks, 0, 100), []);
    }

    #[test]
    fn slots_are_half_seconds_since_2000() {
        assert_eq!(slot(TimePoint::from_micros(EPOCH)), 0);
        assert_eq!(slot(TimePoint::from_micros(EPOCH + 1_500_000)), 3);
        assert_eq!(slot(TimePoint::from_micros(0)), 0);
    }
}
