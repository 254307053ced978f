//! Random elections between votes: each question keeps the electorate it was published with (R3).

use coop_model::Seat;
use coop_model::council::position;
use coop_model::refusal::{self, Refusal};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::scenarios::world::{Chain, Coop, Question, number};

/// Participants who are elected now and then.
const PEOPLE: usize = 6;

#[derive(Clone, Debug)]
enum Step {
    Publish,
    /// Who votes in the new council, as a mask with at least three bits.
    Elect(u8),
    Vote {
        question: prop::sample::Index,
        member: usize,
        voice: bool,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let vote = (any::<prop::sample::Index>(), 0..PEOPLE, any::<bool>()).prop_map(
        |(question, member, voice)| Step::Vote {
            question,
            member,
            voice,
        },
    );
    let elect = (0u8..1 << PEOPLE)
        .prop_filter("three voters", |mask| mask.count_ones() >= 3)
        .prop_map(Step::Elect);
    prop_oneof![1 => Just(Step::Publish), 1 => elect, 8 => vote]
}

/// A question as the rules see it.
struct Expected {
    question: Question,
    /// The people who may vote, in the order of their bits.
    electorate: Vec<usize>,
    yes: u64,
    no: u64,
    approved: bool,
    declined: bool,
}

impl Expected {
    fn vote(&mut self, sitting: &[usize], member: usize, voice: bool) -> Result<(), Refusal> {
        if !sitting.contains(&member) {
            return Err(refusal::council::NO_VOTING_SEAT);
        }
        if self.declined {
            return Err(refusal::decision::DECLINED);
        }
        let Some(bit) = self.electorate.iter().position(|voter| *voter == member) else {
            return Err(refusal::decision::NO_SEAT);
        };
        if (self.yes | self.no) >> bit & 1 == 1 {
            return Err(refusal::decision::VOTED_ALREADY);
        }
        *(if voice { &mut self.yes } else { &mut self.no }) |= 1 << bit;
        let seats = self.electorate.len() as u32;
        self.approved |= 2 * self.yes.count_ones() > seats;
        self.declined = !self.approved && 2 * (seats - self.no.count_ones()) <= seats;
        Ok(())
    }
}

fn voters(mask: u8) -> Vec<usize> {
    (0..PEOPLE)
        .filter(|member| mask >> member & 1 == 1)
        .collect()
}

fn seats(coop: &Coop<'_>, voting: &[usize]) -> Vec<Seat> {
    let seat = |member: usize| Seat {
        username: coop.members[member].name,
        is_voting: voting.contains(&member),
        position: if voting[0] == member {
            position::CHAIRMAN
        } else {
            position::MEMBER
        },
    };
    (0..PEOPLE).map(seat).collect()
}

/// A question of the council that sits now.
fn published(coop: &Coop<'_>, sitting: &[usize]) -> Expected {
    Expected {
        question: coop.question_by(&coop.members[sitting[0]]),
        electorate: sitting.to_vec(),
        yes: 0,
        no: 0,
        approved: false,
        declined: false,
    }
}

/// What the chain says to a vote.
fn vote(coop: &Coop<'_>, expected: &Expected, member: usize, voice: bool) -> Result<(), String> {
    let person = &coop.members[member];
    let outcome = if voice {
        coop.vote_for(person, &expected.question)
    } else {
        coop.vote_against(person, &expected.question)
    };
    outcome
        .0
        .map(drop)
        .map_err(|error| error.assertion().unwrap_or("?").to_owned())
}

/// What the rules say, as the chain would.
fn told(expected: Result<(), Refusal>) -> Result<(), String> {
    expected.map_err(|refusal| refusal.text.to_owned())
}

#[test]
fn r03_holds_for_random_elections_between_votes() {
    let chain = &Chain::own();
    let mut runner = TestRunner::new(Config {
        cases: 10,
        failure_persistence: None,
        ..Config::default()
    });
    runner
        .run(&prop::collection::vec(step(), 10..40), |steps| {
            let coop = Coop::new(chain, PEOPLE);
            let mut sitting: Vec<usize> = (0..PEOPLE).collect();
            let mut questions: Vec<Expected> = Vec::new();
            for step in steps {
                match step {
                    Step::Publish => {
                        questions.push(published(&coop, &sitting));
                    }
                    Step::Elect(mask) => {
                        let next = voters(mask);
                        let ballot = coop.nearly_elect(seats(&coop, &next));
                        // The questions are fresh when the council changes: voting is what is tried here.
                        questions.clear();
                        questions.extend((0..2).map(|_| published(&coop, &sitting)));
                        for (member, voice) in [(0, true), (3, false), (5, true)] {
                            let expected = &mut questions[0];
                            let got = vote(&coop, expected, member, voice);
                            prop_assert_eq!(got, told(expected.vote(&sitting, member, voice)));
                        }
                        sitting = next;
                        coop.sit(&ballot).accepted();
                    }
                    Step::Vote { .. } if questions.is_empty() => {}
                    Step::Vote {
                        question,
                        member,
                        voice,
                    } => {
                        let expected = question.get_mut(&mut questions);
                        let got = vote(&coop, expected, member, voice);
                        prop_assert_eq!(got, told(expected.vote(&sitting, member, voice)));
                    }
                }
            }
            for expected in &questions {
                let row = coop.decision(expected.question.id).expect("the question");
                prop_assert_eq!(number(&row["seats"]), expected.electorate.len() as u64);
                prop_assert_eq!(
                    (number(&row["votes_for"]), number(&row["votes_against"])),
                    (expected.yes, expected.no)
                );
                let status = match (expected.approved, expected.declined) {
                    (true, _) => "approved",
                    (_, true) => "declined",
                    _ => "open",
                };
                prop_assert_eq!(row["status"].as_str(), Some(status));
            }
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}
