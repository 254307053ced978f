//! When two states are the same for all that can happen.

use crate::cooperative::{Cooperative, QuestionState, Seat};
use crate::{Account, Hash, Time, World};
use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, HashMap};
use std::hash::{Hash as _, Hasher};

/// The fingerprint of a state: 128 bits, the smallest over all exchanges of interchangeable people.
pub fn fingerprint(world: &World, now: Time, symmetric: &[Account]) -> u128 {
    let mut people = symmetric.to_vec();
    let mut least = u128::MAX;
    permute(&mut people, 0, &mut |order| {
        let names: HashMap<_, _> = symmetric
            .iter()
            .copied()
            .zip(order.iter().copied())
            .collect();
        let mut writer = Writer {
            names,
            hashes: HashMap::new(),
            now,
            out: Vec::with_capacity(256),
        };
        writer.world(world);
        least = least.min(digest(&writer.out));
    });
    least
}

fn permute(items: &mut [Account], from: usize, each: &mut impl FnMut(&[Account])) {
    if from == items.len() {
        each(items);
        return;
    }
    for index in from..items.len() {
        items.swap(from, index);
        permute(items, from + 1, each);
        items.swap(from, index);
    }
}

fn digest(words: &[u64]) -> u128 {
    let half = |salt: u64| {
        let mut hasher = DefaultHasher::new();
        salt.hash(&mut hasher);
        words.hash(&mut hasher);
        u128::from(hasher.finish())
    };
    half(1) << 64 | half(2)
}

/// Writes a state without what makes no difference: numbers, how long ago, sums that only grow.
struct Writer {
    names: HashMap<Account, Account>,
    hashes: HashMap<Hash, u64>,
    now: Time,
    out: Vec<u64>,
}

impl Writer {
    fn put(&mut self, word: u64) {
        self.out.push(word);
    }

    fn amount(&mut self, amount: i64) {
        self.put(amount as u64);
    }

    fn flag(&mut self, flag: bool) {
        self.put(u64::from(flag));
    }

    fn name(&self, who: Account) -> Account {
        self.names.get(&who).copied().unwrap_or(who)
    }

    fn who(&mut self, who: Account) {
        let word = match self.name(who) {
            Account::Person(number) => u64::from(number),
            Account::Coop(number) => 1_000 + u64::from(number),
            Account::Registrator => 2_000,
            Account::Soviet => 2_001,
            Account::Gateway => 2_002,
            Account::Foreign => 2_003,
        };
        self.put(word);
    }

    /// Hashes are numbered as they come.
    fn hash(&mut self, hash: Hash) {
        let next = self.hashes.len() as u64;
        let number = *self.hashes.entry(hash).or_insert(next);
        self.put(number);
    }

    /// A deadline: how far it is away, or that it has passed.
    fn deadline(&mut self, at: Time) {
        let left = at.0.saturating_sub(self.now.0).max(0);
        self.amount(left);
    }

    /// Rows in the order of the names as they are exchanged.
    fn rows<'a, V>(&self, rows: &'a BTreeMap<Account, V>) -> Vec<(Account, &'a V)> {
        let mut rows: Vec<_> = rows.iter().map(|(who, row)| (*who, row)).collect();
        rows.sort_by_key(|(who, _)| self.name(*who));
        rows
    }

    fn world(&mut self, world: &World) {
        self.flag(world.paused);
        for coop in world.coops.values() {
            self.coop(coop);
        }
    }

    fn coop(&mut self, coop: &Cooperative) {
        self.put(coop.status as u64);
        self.put(coop.accepted.len() as u64);
        for kind in coop.accepted.keys() {
            kind.hash_into(&mut self.out);
        }
        self.council(coop);
        self.people(coop);
        self.money(coop);
    }

    fn seats(&mut self, seats: &[Seat]) {
        let mut seats = seats.to_vec();
        seats.sort_by_key(|seat| self.name(seat.who));
        self.put(seats.len() as u64);
        for seat in seats {
            self.who(seat.who);
            self.flag(seat.votes);
            self.put(seat.position as u64);
        }
    }

    fn council(&mut self, coop: &Cooperative) {
        let Some(council) = &coop.council else {
            return self.put(0);
        };
        self.put(council.sitting.len() as u64);
        self.put(coop.boards.len() as u64);
        for (version, board) in &coop.boards {
            self.put(board.kind as u64);
            self.flag(council.sitting.get(&board.kind) == Some(version));
            self.seats(&board.members);
        }
        self.put(coop.questions.len() as u64);
        for question in coop.questions.values() {
            self.who(question.about);
            question.kind.hash_into(&mut self.out);
            self.hash(question.hash);
            let rank = coop
                .boards
                .keys()
                .position(|version| *version == question.board);
            self.put(rank.map_or(99, |rank| rank as u64));
            self.put(question.votes.len() as u64);
            for (who, voice) in self.rows(&question.votes) {
                self.who(who);
                self.flag(*voice);
            }
            match question.state {
                QuestionState::Open => self.put(0),
                QuestionState::Approved { at } => {
                    self.put(1);
                    // One term for all of them in the small world.
                    self.deadline(at.after(1));
                }
                QuestionState::Authorized { by, .. } => {
                    self.put(2);
                    self.who(by);
                }
                QuestionState::Declined => self.put(3),
            }
            self.deadline(question.expires_at);
        }
        self.put(coop.undelivered.len() as u64);
        for row in coop.undelivered.values() {
            row.kind.hash_into(&mut self.out);
            self.hash(row.hash);
        }
        self.flag(coop.election.is_some());
        if let Some(election) = &coop.election {
            self.seats(&election.members);
            self.put(u64::from(election.needed));
            self.deadline(election.ends_at);
        }
        self.put(coop.voices.len() as u64);
        for (who, voice) in self.rows(&coop.voices) {
            let current = coop
                .election
                .as_ref()
                .is_some_and(|row| row.version == voice.version);
            self.who(who);
            self.put(if current {
                u64::from(voice.supports)
            } else {
                2
            });
        }
    }

    fn people(&mut self, coop: &Cooperative) {
        self.put(coop.participants.len() as u64);
        for (who, row) in self.rows(&coop.participants) {
            self.who(who);
            self.put(row.status as u64);
            self.amount(row.minimum);
            let election = coop.election.as_ref();
            self.flag(election.is_some_and(|election| row.created_at < election.created_at));
        }
        self.put(coop.candidates.len() as u64);
        for (who, row) in self.rows(&coop.candidates) {
            self.who(who);
            self.put(row.state as u64);
            self.hash(row.hash);
        }
        self.put(coop.agreements.len() as u64);
        for (who, row) in self.rows(&coop.agreements) {
            self.who(who);
            self.put(row.iter().map(|id| 1 << id).sum());
        }
        self.put(coop.exits.len() as u64);
        for (who, row) in self.rows(&coop.exits) {
            self.who(who);
            self.hash(row.hash);
            self.put(row.state as u64);
            self.put(row.before as u64);
        }
        self.put(coop.moves.len() as u64);
        for (who, row) in self.rows(&coop.moves) {
            self.who(who);
            self.hash(row.hash);
            self.who(row.to);
            self.flag(row.ready_at.is_some());
            self.deadline(row.ready_at.unwrap_or(self.now));
        }
        self.put(coop.blockings.len() as u64);
        for (who, row) in self.rows(&coop.blockings) {
            self.who(who);
            self.hash(row.hash);
            self.flag(row.is_blocked);
        }
    }

    fn money(&mut self, coop: &Cooperative) {
        self.put(coop.wallets.len() as u64);
        for (who, row) in self.rows(&coop.wallets) {
            self.who(who);
            self.amount(row.minimum);
            self.amount(row.available);
            self.amount(row.blocked);
        }
        self.put(coop.payments.len() as u64);
        for row in coop.payments.values() {
            self.who(row.who);
            self.hash(row.hash);
            row.kind.hash_into(&mut self.out);
            self.put(row.state as u64);
            self.amount(row.quantity);
            self.deadline(row.expires_at);
            self.flag(row.is_overdue);
            self.who(row.authorized_by.unwrap_or(Account::Foreign));
        }
        self.put(coop.properties.len() as u64);
        for row in coop.properties.values() {
            self.who(row.who);
            self.hash(row.hash);
            self.put(row.state as u64);
            self.amount(row.valuation);
            self.deadline(row.expires_at);
            self.flag(row.is_overdue);
            self.who(row.authorized_by.unwrap_or(Account::Foreign));
        }
    }
}

impl crate::QuestionKind {
    fn hash_into(self, out: &mut Vec<u64>) {
        let number = match self {
            Self::Free => 8,
            Self::Other(number) => 100 + u64::from(number),
            own => Self::OWN.iter().position(|kind| *kind == own).unwrap_or(99) as u64,
        };
        out.push(number);
    }
}
