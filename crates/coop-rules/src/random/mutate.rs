//! Steps that are spoiled: somebody else signs, an argument is another, a document is tampered with.

use super::step::Generator;
use crate::action::{Callback, Field};
use crate::cooperative::{CoopStatus, Position, Seat};
use crate::kind::{BoardKind, PersonKind, Right};
use crate::paper::{Flaw, Signature, Subject, Sum};
use crate::{Account, Action, Hash, Paper, QuestionKind, Time, World};
use coop_model::parameters::MAX_AMOUNT;

/// A day, in microseconds.
const DAY: i64 = 86_400_000_000;

impl Generator {
    /// Spoils a step in one place.
    pub(super) fn spoil(&mut self, step: &mut (Vec<Account>, Action), world: &World, now: Time) {
        let (signers, action) = step;
        if self.dice.chance(25) {
            *signers = vec![self.anyone(world)];
            return;
        }
        let mut fields = action.fields();
        let index = self.dice.roll(fields.len() as u64) as usize;
        let count = fields.len();
        if let Some(field) = fields.get_mut(index) {
            // Documents have many fields of their own.
            let again = matches!(field, Field::Account(_)) && self.dice.chance(50);
            if again && let Some(last) = fields.get_mut(count - 1) {
                self.field(last, world, now);
            } else if let Some(field) = fields.get_mut(index) {
                self.field(field, world, now);
                // Whoever is named now may sign too.
                if let Field::Account(who) = field
                    && self.dice.chance(40)
                {
                    signers.push(**who);
                }
            }
        }
    }

    /// Any account that exists.
    pub(super) fn anyone(&mut self, world: &World) -> Account {
        self.dice
            .pick_from(world.exists.iter().copied())
            .unwrap_or(Account::Coop(0))
    }

    fn field(&mut self, field: &mut Field<'_>, world: &World, now: Time) {
        match field {
            Field::Account(who) => **who = self.name_of_somebody(world),
            Field::Hash(hash) => **hash = self.some_hash(world),
            Field::QuestionKind(kind) => {
                let mut kinds = QuestionKind::OWN.to_vec();
                kinds.extend([
                    QuestionKind::Free,
                    QuestionKind::Other(0),
                    QuestionKind::Other(1),
                ]);
                **kind = self.dice.pick(&kinds).unwrap_or(QuestionKind::Free);
            }
            Field::Number(number) => **number = self.another(**number),
            Field::Count(count) => {
                let counts = [0, 1, 2, 50, 51];
                **count = self.dice.pick(&counts).unwrap_or(0);
            }
            Field::Symbol(symbol) => **symbol = self.dice.roll(3) as u8,
            Field::Flag(flag) => **flag = !**flag,
            Field::Sum(sum) => self.sum(sum),
            Field::Paper(paper) => self.paper(paper, world, now),
            Field::Papers(papers) => {
                if self.dice.chance(20) {
                    papers.clear();
                } else if self.dice.chance(20) {
                    let more = papers.clone();
                    papers.extend(more);
                } else {
                    let index = self.dice.roll(papers.len() as u64) as usize;
                    if let Some(paper) = papers.get_mut(index) {
                        self.paper(paper, world, now);
                    }
                }
            }
            Field::Accounts(list) => {
                if self.dice.chance(30) {
                    list.truncate(2);
                } else if let Some(first) = list.first().copied() {
                    list.push(first);
                }
            }
            Field::Seats(seats) => self.seats(seats, world),
            Field::Rights(rights) => {
                if self.dice.chance(30) {
                    rights.clear();
                } else {
                    let first = rights.first().copied().unwrap_or(Right::InComplete);
                    rights.push(first);
                }
            }
            Field::Numbers(numbers) => {
                if self.dice.chance(20) {
                    numbers.clear();
                } else if self.dice.chance(10) {
                    numbers.resize(51, 1);
                } else {
                    let last = numbers.last().copied().unwrap_or(1);
                    numbers.push(self.another(last));
                }
            }
            Field::Fees(fees) => {
                let amounts = [0, -1, 1, MAX_AMOUNT, MAX_AMOUNT + 1];
                fees.initial = self.dice.pick(&amounts).unwrap_or(0);
                fees.minimum = self.dice.pick(&amounts).unwrap_or(1);
            }
            Field::Charter(charter) => {
                charter.quorum = self.dice.pick(&[0, 50, 100, 101, 255]).unwrap_or(0);
                charter.support = self.dice.pick(&[0, 1, 64, 65]).unwrap_or(0);
            }
            Field::Status(status) => **status = CoopStatus::Pending,
            Field::PersonKind(kind) => **kind = PersonKind::Unknown,
            Field::BoardKind(kind) => **kind = BoardKind::Unknown,
            Field::Callback(which) => {
                **which = self
                    .dice
                    .pick(&Callback::ALL)
                    .unwrap_or(Callback::ConfirmPay);
            }
        }
    }

    /// Any name: a person's, also one without an account, or a cooperative's.
    fn name_of_somebody(&mut self, world: &World) -> Account {
        match self.dice.roll(3) {
            0 => Account::Person(self.dice.roll(16) as u8),
            1 => Account::Coop(self.dice.roll(4) as u8),
            _ => self.anyone(world),
        }
    }

    fn another(&mut self, number: u64) -> u64 {
        match self.dice.roll(3) {
            0 => 0,
            1 => number.wrapping_add(1),
            _ => number.saturating_sub(1),
        }
    }

    /// A hash of something else, of nothing, or none.
    fn some_hash(&mut self, world: &World) -> Hash {
        if self.dice.chance(20) {
            return Hash::NONE;
        }
        let mut all = vec![Hash(7)];
        for coop in world.coops.values() {
            all.extend(coop.questions.values().map(|row| row.hash));
            all.extend(coop.payments.values().map(|row| row.hash));
            all.extend(coop.candidates.values().map(|row| row.hash));
            all.extend(coop.references.values().map(|(hash, _)| *hash));
        }
        self.dice.pick(&all).unwrap_or_default()
    }

    fn sum(&mut self, sum: &mut Sum) {
        match self.dice.roll(7) {
            0 => sum.symbol = self.dice.roll(3) as u8,
            1 => sum.amount = 0,
            2 => sum.amount = -sum.amount,
            3 => sum.amount += 1,
            4 => sum.amount = i64::MAX,
            5 => sum.amount = MAX_AMOUNT + 1,
            _ => sum.amount = MAX_AMOUNT,
        }
    }

    fn seats(&mut self, seats: &mut Vec<Seat>, world: &World) {
        let index = self.dice.roll(seats.len() as u64) as usize;
        match self.dice.roll(7) {
            0 => seats.clear(),
            1 => seats.truncate(2),
            2 => seats.extend(seats.first().copied()),
            _ => {
                let who = self.name_of_somebody(world);
                let change = self.dice.roll(4);
                if let Some(seat) = seats.get_mut(index) {
                    match change {
                        0 => seat.who = who,
                        1 => seat.votes = !seat.votes,
                        2 => seat.position = Position::Chairman,
                        _ => seat.position = Position::Unknown,
                    }
                }
            }
        }
    }

    /// Tampers with a document: what is changed in its meta makes it another document.
    fn paper(&mut self, paper: &mut Paper, world: &World, now: Time) {
        if self.dice.chance(10) {
            if let Some(old) = self.dice.pick(self.papers.recent()) {
                *paper = old;
            }
            return;
        }
        if self.dice.chance(45) {
            self.signatures(paper, world, now);
            return;
        }
        paper.hash = self.papers.new_hash();
        match self.dice.roll(8) {
            0 => paper.registry += 1,
            1 => paper.coop = self.name_of_somebody(world),
            2 => paper.about = self.name_of_somebody(world),
            3 => paper.created_at = now.after(601_000_000),
            4 => paper.created_at = now.after(-31 * DAY),
            5 => paper.is_too_long = true,
            6 => paper.created_at = now.after(-91 * DAY),
            _ => self.subject(&mut paper.subject, world),
        }
    }

    fn signatures(&mut self, paper: &mut Paper, world: &World, now: Time) {
        let more = Signature {
            signer: self.anyone(world),
            at: now,
            flaw: None,
        };
        let change = self.dice.roll(8);
        let all = &mut paper.signatures;
        match change {
            0 => all.clear(),
            1 => all.push(more),
            2 => all.extend(all.first().copied()),
            3 => {
                let left = self.dice.roll(all.len() as u64);
                all.truncate(left as usize);
            }
            _ => {
                let index = self.dice.roll(all.len() as u64) as usize;
                if let Some(one) = all.get_mut(index) {
                    match change {
                        4 => one.signer = more.signer,
                        5 => one.flaw = Some(Flaw::Forged),
                        6 => one.flaw = Some(Flaw::WrongKey),
                        _ => one.at = now.after(-91 * DAY),
                    }
                }
            }
        }
    }

    fn subject(&mut self, subject: &mut Option<Subject>, world: &World) {
        let other = self.name_of_somebody(world);
        match subject {
            Some(Subject::Decision { .. }) if self.dice.chance(20) => *subject = None,
            Some(Subject::Decision {
                id,
                hash,
                votes_for,
                votes_against,
                quorum,
            }) => match self.dice.roll(5) {
                0 => *id += 1,
                1 => *hash = Hash(8),
                2 => drop(votes_for.pop_first()),
                3 => drop(votes_against.pop_first()),
                _ => *quorum += 1,
            },
            Some(Subject::Money(sum)) => sum.amount += 1,
            Some(Subject::Move(to)) => *to = other,
            Some(Subject::Block(is_blocked)) => *is_blocked = !*is_blocked,
            Some(Subject::Property { valuation, .. } | Subject::Act { valuation, .. }) => {
                valuation.amount += 1;
            }
            Some(Subject::Board { version, .. }) => *version += 1,
            Some(_) => *subject = None,
            None => *subject = Some(Subject::Project),
        }
    }
}
