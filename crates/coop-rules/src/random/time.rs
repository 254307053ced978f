//! How much time passes: to a deadline, just before it, just after it, or any while.

use super::step::Generator;
use crate::cooperative::QuestionState;
use crate::{Time, World};

/// Half a second: how far blocks are from each other.
const BLOCK: i64 = 500_000;
/// An hour.
const HOUR: i64 = 3_600_000_000;
/// A day.
const DAY: i64 = 86_400_000_000;

impl Generator {
    pub(super) fn wait(&mut self, world: &World, now: Time) -> i64 {
        let ahead: Vec<_> = deadlines(world)
            .into_iter()
            .filter(|at| *at > now)
            .collect();
        if !ahead.is_empty() && self.dice.chance(60) {
            // The next ones come first, or nothing would ever be done in time.
            let mut ahead = ahead;
            ahead.sort();
            if self.dice.chance(85) {
                ahead.truncate(4);
            }
            if let Some(at) = self.dice.pick(&ahead) {
                let offset = [-BLOCK, 0, 0, 0, BLOCK, -HOUR][self.dice.roll(6) as usize];
                let wait = at.0 - now.0 + offset;
                return (wait / BLOCK * BLOCK).max(BLOCK);
            }
        }
        match self.dice.roll(8) {
            0 if self.dice.chance(30) => DAY * (1 + self.dice.roll(40) as i64),
            1 if self.dice.chance(15) => DAY * 367,
            _ => BLOCK * (1 + self.dice.roll(20_000) as i64),
        }
    }
}

fn deadlines(world: &World) -> Vec<Time> {
    let mut all = Vec::new();
    for coop in world.coops.values() {
        for row in coop.questions.values() {
            match row.state {
                QuestionState::Open => all.push(row.expires_at),
                QuestionState::Approved { at } => {
                    all.push(row.expires_at);
                    all.push(at.after(world.terms.signing));
                }
                QuestionState::Authorized { .. } | QuestionState::Declined => {}
            }
        }
        all.extend(coop.payments.values().map(|row| row.expires_at));
        all.extend(coop.properties.values().map(|row| row.expires_at));
        all.extend(coop.moves.values().filter_map(|row| row.ready_at));
        all.extend(coop.election.iter().map(|row| row.ends_at));
    }
    all
}
