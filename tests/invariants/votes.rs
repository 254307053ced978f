//! Random councils and votes on a chain, against the rules computed anew each time.

use coop_model::Charter;
use coop_model::refusal::{self, Refusal};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::scenarios::world::{Chain, Coop, Question, number};

/// One attempt: who, and for or against.
#[derive(Clone, Copy, Debug)]
struct Attempt {
    member: usize,
    voice: bool,
}

/// The rules R3–R6, told once more in the simplest words.
#[derive(Debug, Default)]
struct Model {
    seats: usize,
    quorum: usize,
    votes: Vec<Attempt>,
    approved: bool,
    declined: bool,
}

impl Model {
    fn vote(&mut self, attempt: Attempt) -> Result<(), Refusal> {
        if self.declined {
            return Err(refusal::decision::DECLINED);
        }
        if self.votes.iter().any(|vote| vote.member == attempt.member) {
            return Err(refusal::decision::VOTED_ALREADY);
        }
        self.votes.push(attempt);
        let (yes, no) = (self.count(true), self.count(false));
        let silent = self.seats - yes - no;
        self.approved |= self.approves(yes, no);
        // The best that can still come: everyone who is silent says yes.
        self.declined = !self.approved && !self.approves(yes + silent, no);
        Ok(())
    }

    fn approves(&self, yes: usize, no: usize) -> bool {
        2 * yes > self.seats && 100 * (yes + no) >= self.quorum * self.seats
    }

    fn count(&self, voice: bool) -> usize {
        self.votes.iter().filter(|vote| vote.voice == voice).count()
    }

    fn mask(&self, voice: bool) -> u64 {
        self.votes
            .iter()
            .filter(|vote| vote.voice == voice)
            .map(|vote| 1u64 << vote.member)
            .sum()
    }

    fn status(&self) -> &'static str {
        match (self.approved, self.declined) {
            (true, _) => "approved",
            (_, true) => "declined",
            _ => "open",
        }
    }
}

fn attempt(coop: &Coop<'_>, question: &Question, attempt: Attempt) -> Result<(), String> {
    let member = &coop.members[attempt.member];
    let outcome = if attempt.voice {
        coop.vote_for(member, question)
    } else {
        coop.vote_against(member, question)
    };
    outcome.0.map(|_| ()).map_err(|error| {
        error
            .assertion()
            .map_or_else(|| error.to_string(), str::to_owned)
    })
}

#[test]
fn r04_and_r06_hold_for_random_councils_and_votes() {
    let chain = Chain::shared();
    // One cooperative for each size and quorum, made when it is first needed.
    let mut coops: std::collections::HashMap<(usize, u8), Coop<'_>> =
        std::collections::HashMap::new();
    let quorums = prop::sample::select(vec![0u8, 1, 50, 67, 100]);
    let cases = (3usize..=11, quorums).prop_flat_map(|(seats, quorum)| {
        let one = (0..seats, any::<bool>()).prop_map(|(member, voice)| Attempt { member, voice });
        (
            Just(seats),
            Just(quorum),
            proptest::collection::vec(one, 1..3 * seats),
        )
    });
    let mut runner = TestRunner::new(Config {
        cases: 48,
        failure_persistence: None,
        ..Config::default()
    });
    let coops = std::cell::RefCell::new(&mut coops);
    runner
        .run(&cases, |(seats, quorum, attempts)| {
            let mut coops = coops.borrow_mut();
            let coop = coops.entry((seats, quorum)).or_insert_with(|| {
                let charter = Charter {
                    quorum_percent: quorum,
                    ..Charter::default()
                };
                Coop::chartered(chain, seats, charter)
            });
            let question = coop.question();
            let mut model = Model {
                seats,
                quorum: quorum.into(),
                ..Model::default()
            };
            for one in attempts {
                let expected = model.vote(one).map_err(|refusal| refusal.text.to_owned());
                prop_assert_eq!(attempt(coop, &question, one), expected);
                let row = coop.decision(question.id).expect("the question");
                prop_assert_eq!(number(&row["votes_for"]), model.mask(true));
                prop_assert_eq!(number(&row["votes_against"]), model.mask(false));
                prop_assert_eq!(row["status"].as_str(), Some(model.status()));
                prop_assert_eq!(number(&row["seats"]), seats as u64);
            }
            // What is left is removed, so that the cooperative stays small.
            match model.status() {
                "approved" => {
                    coop.authorize(&question).accepted();
                    coop.exec(&question).accepted();
                }
                "declined" => {
                    coop.remove_declined(&question).accepted();
                }
                _ => {}
            }
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}
