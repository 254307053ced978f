//! Which small world is explored, and which processes may begin in it.

use crate::cooperative::{Charter, CoopStatus, Fees, Position, Seat};
use crate::kind::{BoardKind, PersonKind};
use crate::paper::{Signature, Subject};
use crate::{Account, Action, Hash, Paper, QuestionKind, Terms, Time, World};
use coop_model::catalogue::registry;
use std::collections::BTreeSet;

/// A small world.
#[derive(Clone, Debug)]
pub struct Scope {
    /// How it is called in the report.
    pub name: String,
    /// Cooperatives.
    pub coops: u8,
    /// Voting seats of each council; one more participant has no seat.
    pub seats: u8,
    /// The quorum of the charter.
    pub quorum: u8,
    /// Kinds of decisions that may begin, one question of each at a time.
    pub kinds: Vec<QuestionKind>,
    /// Whether a member of the council may be replaced.
    pub elections: bool,
    /// Whether the operator may block cooperatives and activate them again.
    pub blocks: bool,
    /// Whether the operator may pause the contracts.
    pub pauses: bool,
}

/// The moment at which a small world begins.
pub(super) const BEGIN: Time = Time(1_000);

impl Scope {
    /// One cooperative in which these kinds of decisions may begin.
    pub fn of(kinds: &[QuestionKind], seats: u8) -> Self {
        let names: Vec<_> = kinds.iter().map(|kind| format!("{kind:?}")).collect();
        Self {
            name: format!("{} of {seats}", names.join("+")),
            coops: 1,
            seats,
            quorum: 0,
            kinds: kinds.to_vec(),
            elections: false,
            blocks: false,
            pauses: false,
        }
    }

    /// With another charter.
    pub fn quorum(mut self, quorum: u8) -> Self {
        self.quorum = quorum;
        self.name = format!("{}, quorum {quorum}", self.name);
        self
    }

    /// With elections of the council.
    pub fn elections(mut self) -> Self {
        self.elections = true;
        self.name += ", elections";
        self
    }

    /// With blocks of the cooperative.
    pub fn blocks(mut self) -> Self {
        self.blocks = true;
        self.name += ", blocks";
        self
    }

    /// With pauses of the contracts.
    pub fn pauses(mut self) -> Self {
        self.pauses = true;
        self.name += ", pauses";
        self
    }

    /// With two cooperatives.
    pub fn twice(mut self) -> Self {
        self.coops = 2;
        self.name += ", two cooperatives";
        self
    }

    /// People who may be exchanged for each other: members without a special part.
    pub(super) fn symmetric(&self) -> Vec<Account> {
        let last = if self.elections {
            self.seats - 1
        } else {
            self.seats
        };
        (1..last).map(Account::Person).collect()
    }

    /// The participant without a seat.
    pub(super) const fn outsider(&self) -> Account {
        Account::Person(self.seats)
    }

    /// A person who is no participant.
    pub(super) const fn candidate(&self) -> Account {
        Account::Person(self.seats + 1)
    }

    /// A new account for whoever has lost the key.
    pub(super) const fn newcomer(&self) -> Account {
        Account::Person(self.seats + 2)
    }

    /// The council of the founders, or the one in which the last member is replaced.
    pub(super) fn council(&self, is_replaced: bool) -> Vec<Seat> {
        let who = |seat: u8| {
            if is_replaced && seat == self.seats - 1 {
                self.outsider()
            } else {
                Account::Person(seat)
            }
        };
        let seat = |number: u8| Seat {
            who: who(number),
            votes: true,
            position: if number == 0 {
                Position::Chairman
            } else {
                Position::Member
            },
        };
        (0..self.seats).map(seat).collect()
    }

    /// The world in its first state.
    pub(super) fn begin(&self) -> World {
        let people: Vec<_> = (0..self.seats + 3).map(Account::Person).collect();
        let mut world = World::new(Terms::STEPS, []);
        for number in 0..self.coops {
            self.found(&mut world, Account::Coop(number), &people);
        }
        world
    }

    fn found(&self, world: &mut World, coop: Account, people: &[Account]) {
        let mut act = |signers: &[Account], action: &Action| {
            let done = world.apply(signers, action, BEGIN);
            debug_assert!(done.is_ok(), "{action:?}: {done:?}");
        };
        act(
            &[coop],
            &Action::RegCoop {
                coop,
                fees: Fees {
                    initial: 1,
                    minimum: 2,
                    org_initial: 1,
                    org_minimum: 2,
                },
                symbol: 0,
                charter: Charter {
                    quorum: self.quorum,
                    support: 0,
                },
                document: Hash(u32::MAX),
            },
        );
        let status = CoopStatus::Active;
        act(&[Account::Registrator], &Action::SetStatus { coop, status });
        if coop == Account::Coop(0) {
            for &who in people {
                let actor = coop;
                act(&[coop], &Action::NewAccount { coop, actor, who });
            }
        }
        let founders: Vec<_> = (0..=self.seats).map(Account::Person).collect();
        let subject = Subject::Founders(founders.clone());
        let meeting = meeting(coop, subject, &founders, BEGIN);
        let members = self.council(false);
        let subject = Subject::Board {
            version: 1,
            kind: BoardKind::Council,
            members: members.clone(),
        };
        let election = self::meeting(coop, subject, &founders, BEGIN);
        act(
            &[coop],
            &Action::RegFounders {
                coop,
                founders,
                meeting,
            },
        );
        act(
            &[coop],
            &Action::CreateBoard {
                coop,
                members,
                meeting: election,
            },
        );
    }
}

/// The document of a meeting that these people signed.
pub(super) fn meeting(coop: Account, subject: Subject, signers: &[Account], now: Time) -> Paper {
    paper(
        u32::MAX - 1,
        registry::MEETING,
        coop,
        coop,
        Some(subject),
        signers,
        now,
    )
}

/// A document that these people signed.
pub(super) fn paper(
    hash: u32,
    registry: u64,
    coop: Account,
    about: Account,
    subject: Option<Subject>,
    signers: &[Account],
    now: Time,
) -> Paper {
    let sign = |signer: &Account| Signature {
        signer: *signer,
        at: now,
        flaw: None,
    };
    Paper {
        hash: Hash(hash),
        registry,
        coop,
        about,
        subject,
        created_at: now,
        is_too_long: false,
        signatures: signers.iter().map(sign).collect(),
    }
}

/// Kinds that are explored together: shares that come in must find a way out again.
const GROUPS: [&[QuestionKind]; 7] = [
    &[QuestionKind::Free],
    &[QuestionKind::Block],
    &[QuestionKind::Move],
    &[QuestionKind::Leave],
    &[QuestionKind::Join, QuestionKind::Leave],
    &[QuestionKind::ShareMoney, QuestionKind::ReturnMoney],
    &[QuestionKind::ShareProp, QuestionKind::ReturnProp],
];

/// Every kind whole, in a council of three, with blocks: seconds, also without optimization.
pub fn small() -> Vec<Scope> {
    let mut scopes: Vec<_> = GROUPS
        .iter()
        .map(|kinds| Scope::of(kinds, 3).blocks())
        .collect();
    scopes.push(Scope::of(&[QuestionKind::Free], 3).quorum(100).pauses());
    scopes.push(Scope::of(&[QuestionKind::Free], 4));
    scopes.push(Scope::of(&[QuestionKind::Free], 3).elections());
    scopes
}

/// Every kind whole in councils of three and four, every two of them together, changes of the council, blocks,
/// pauses, two cooperatives.
pub fn all() -> Vec<Scope> {
    let mut scopes = Vec::new();
    for kinds in GROUPS {
        for seats in [3, 4] {
            scopes.push(Scope::of(kinds, seats).blocks());
            scopes.push(Scope::of(kinds, seats).quorum(100).pauses());
            scopes.push(Scope::of(kinds, seats).elections());
        }
        scopes.push(Scope::of(kinds, 3).elections().blocks());
        // Admission in two cooperatives at once has more states than a machine holds.
        if !kinds.contains(&QuestionKind::Join) {
            scopes.push(Scope::of(kinds, 3).twice());
        }
    }
    scopes.push(
        Scope::of(&[QuestionKind::Free], 3)
            .blocks()
            .pauses()
            .twice(),
    );
    scopes.extend(together(2));
    scopes
}

/// Every three kinds together: about two million states each.
pub fn threes() -> Vec<Scope> {
    together(3)
}

/// So many groups of kinds together, in a council of three.
fn together(count: u32) -> Vec<Scope> {
    let chosen = (0..1u32 << GROUPS.len()).filter(|set| set.count_ones() == count);
    let sets = chosen.map(|set| {
        let groups = GROUPS.iter().enumerate();
        let groups = groups.filter(|(index, _)| set >> index & 1 == 1);
        // Leaving is in two groups.
        let kinds = groups.flat_map(|(_, kinds)| kinds.iter().copied());
        kinds.collect::<BTreeSet<_>>()
    });
    let sets: BTreeSet<_> = sets.collect();
    let scope = |kinds: BTreeSet<QuestionKind>| Scope::of(&Vec::from_iter(kinds), 3);
    sets.into_iter().map(scope).collect()
}

/// What a person of this kind pays in total in the small world.
pub(super) const SHARE: i64 = 5;

/// An individual.
pub(super) const PERSON: PersonKind = PersonKind::Individual;
