//! Random lives of participants: after every step the books balance and nothing is below zero.

use antelope_types::{Asset, Checksum256, asset, name};
use coop_model::catalogue::registry;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::scenarios::world::{
    Chain, Coop, Draft, ENTRANCE_AND_MINIMUM, Outcome, Person, Question, number,
};

/// A step somebody tries; whether it is possible depends on how far everything is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Apply,
    Withdraw,
    Contribute,
    OfferProperty,
    AcceptProperty,
    CancelProperty,
    HandOver,
    AskMoney,
    AskProperty,
    Leave,
    Pay,
    Send,
    FailToSend,
    Retry,
    Agree,
    Refuse,
}

const STEPS: [Step; 16] = [
    Step::Apply,
    Step::Withdraw,
    Step::Contribute,
    Step::OfferProperty,
    Step::AcceptProperty,
    Step::CancelProperty,
    Step::HandOver,
    Step::AskMoney,
    Step::AskProperty,
    Step::Leave,
    Step::Pay,
    Step::Send,
    Step::FailToSend,
    Step::Retry,
    Step::Agree,
    Step::Refuse,
];

/// A payment of one of these statuses, if the person has one: its process and its sum.
fn payment(coop: &Coop<'_>, person: &Person, statuses: &[&str]) -> Option<(Checksum256, Asset)> {
    let name = person.name.to_string();
    let row = coop.payments().into_iter().find(|row| {
        row["username"] == name.as_str()
            && statuses.contains(&row["status"].as_str().unwrap_or_default())
    })?;
    let text = |field: &str| row[field].as_str().expect("text");
    Some((
        text("hash").parse().expect("a hash"),
        text("quantity").parse().expect("an asset"),
    ))
}

/// The number of a property of one of these statuses.
fn property(coop: &Coop<'_>, person: &Person, statuses: &[&str]) -> Option<u64> {
    let name = person.name.to_string();
    let row = coop.properties().into_iter().find(|row| {
        row["username"] == name.as_str()
            && statuses.contains(&row["status"].as_str().unwrap_or_default())
    })?;
    Some(number(&row["id"]))
}

/// The first question about this person.
fn question(coop: &Coop<'_>, person: &Person) -> Option<Question> {
    let name = person.name.to_string();
    let row = coop
        .decisions()
        .into_iter()
        .find(|row| row["username"] == name.as_str())?;
    Some(Question {
        id: number(&row["id"]),
        hash: row["hash"].as_str()?.parse().ok()?,
    })
}

/// Tries a step; `None` when there is nothing that it could be tried on.
fn attempt(coop: &Coop<'_>, person: &Person, step: Step, sum: Asset) -> Option<Outcome> {
    let cashier = &coop.cashier;
    Some(match step {
        Step::Apply => {
            coop.agree(person);
            let statement = Draft::statement(coop, person.name).signed_by(coop.chain, &[person]);
            coop.apply(person, person, name!("individual"), &statement)
        }
        Step::Withdraw => {
            let (hash, _) = payment(coop, person, &["pending"])?;
            coop.decline_payment(person, hash)
        }
        Step::Contribute => {
            let statement = Draft::money(coop, registry::MONEY_STATEMENT, person.name, sum)
                .signed_by(coop.chain, &[person]);
            coop.offer_money(person, person, sum, &statement)
        }
        Step::OfferProperty => coop.try_share_property(person, sum),
        Step::AcceptProperty => {
            coop.accept_property(cashier, person, property(coop, person, &["offered"])?)
        }
        Step::CancelProperty => {
            coop.cancel_property(person, property(coop, person, &["offered", "handover"])?)
        }
        Step::HandOver => coop.hand_over(
            cashier,
            person,
            property(coop, person, &["handover", "releasing"])?,
        ),
        Step::AskMoney => coop.try_return_money(person, sum).0,
        Step::AskProperty => {
            coop.try_return_property(person, property(coop, person, &["shared"])?)
                .0
        }
        Step::Leave => coop.try_exit(person).0,
        Step::Pay => {
            let (hash, sum) = payment(coop, person, &["pending"])?;
            coop.comes(hash, sum)
        }
        Step::Send => {
            let (hash, sum) = payment(coop, person, &["returning", "paying"])?;
            coop.goes(hash, sum)
        }
        Step::FailToSend => coop.fail_refund(payment(coop, person, &["returning", "paying"])?.0),
        Step::Retry => {
            let (hash, _) = payment(coop, person, &["failed"])?;
            if coop.candidate(person).is_some() {
                coop.retry_refund(hash)
            } else {
                coop.retry_payment(person, hash)
            }
        }
        Step::Agree => {
            let question = question(coop, person)?;
            coop.approve(&question);
            coop.authorize(&question).accepted();
            coop.exec(&question)
        }
        Step::Refuse => {
            let question = question(coop, person)?;
            coop.decline(&question);
            coop.remove_declined(&question)
        }
    })
}

/// Steps that succeed whenever there is something to try them on.
const CERTAIN: [Step; 10] = [
    Step::Withdraw,
    Step::AcceptProperty,
    Step::CancelProperty,
    Step::HandOver,
    Step::Pay,
    Step::Send,
    Step::FailToSend,
    Step::Retry,
    Step::Agree,
    Step::Refuse,
];

/// Seeds of lives that are lived each time, each with a reason.
const SEEDS: &str = include_str!("seeds.txt");

/// Lives of one seed.
const LIVES: u32 = 6;

#[test]
fn money_balances_after_every_step_of_chosen_lives() {
    let lines = SEEDS
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    let mut done = BTreeMap::<Step, usize>::new();
    for line in lines {
        let seed = line.split_whitespace().next().map(str::parse);
        let Some(Ok(seed)) = seed else {
            panic!("a seed, then why it is kept: {line}");
        };
        let lived = live(seed);
        println!("{seed}: {lived:?}");
        for (step, times) in lived {
            *done.entry(step).or_default() += times;
        }
    }
    let never: Vec<_> = STEPS
        .iter()
        .filter(|step| !done.contains_key(step))
        .collect();
    assert!(
        never.is_empty(),
        "no seed of tests/invariants/seeds.txt reaches {never:?}"
    );
}

/// Chance may leave steps out, which is why nothing is demanded of what these lives reach.
#[test]
fn money_balances_after_every_step_of_random_lives() {
    live(any_seed());
}

/// Another seed at each run.
fn any_seed() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one("a life")
}

/// Lives of a seed; how often each step was done.
///
/// # Panics
/// With the seed, and the shortest life that proptest finds, where the books do not balance.
fn live(seed: u64) -> BTreeMap<Step, usize> {
    let chain = &Chain::own();
    let tried = RefCell::new(BTreeMap::<Step, usize>::new());
    let steps = proptest::collection::vec((0usize..3, 0usize..STEPS.len(), 1i64..4), 60..120);
    let config = Config {
        cases: LIVES,
        failure_persistence: None,
        ..Config::default()
    };
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let lived = TestRunner::new_with_rng(config, rng).run(&steps, |steps| {
        let did = |step| *tried.borrow_mut().entry(step).or_default() += 1;
        let coop = Coop::new(chain, 3);
        let people = [coop.outsider(), coop.admitted(), coop.admitted()];
        coop.contribute(&people[1], asset!("100.00 RUB"));
        coop.shared_property(&people[2], asset!("50.00 RUB"));
        for (who, which, tens) in steps {
            let (person, step) = (&people[who], STEPS[which]);
            let sum = Asset {
                amount: tens * 1_000,
                ..ENTRANCE_AND_MINIMUM
            };
            let before = coop.snapshot();
            let Some(outcome) = attempt(&coop, person, step, sum) else {
                continue;
            };
            if outcome.0.is_ok() {
                did(step);
                coop.check_books();
            } else {
                prop_assert!(!CERTAIN.contains(&step), "{:?}: {:?}", step, outcome);
                if step != Step::Apply {
                    prop_assert_eq!(&coop.snapshot(), &before, "{:?} left a trace", step);
                }
            }
        }
        end_everything(&coop, &people);
        begin_again(&coop, &people[1]).into_iter().for_each(did);
        Ok(())
    });
    lived.unwrap_or_else(|error| {
        panic!("{error}\nTo keep it, add to tests/invariants/seeds.txt: {seed}")
    });
    tried.into_inner()
}

/// Whatever has begun can end: everyone is brought to an end, and nothing is left.
fn end_everything(coop: &Coop<'_>, people: &[Person; 3]) {
    let zero = asset!("0.00 RUB");
    for person in people {
        // Every step brings a process one step on, and a process has few.
        for _ in 0..100 {
            for step in [
                Step::Refuse,
                Step::Withdraw,
                Step::CancelProperty,
                Step::HandOver,
                Step::Send,
                Step::Retry,
            ] {
                if let Some(outcome) = attempt(coop, person, step, zero) {
                    outcome.accepted();
                }
            }
        }
        let open = coop
            .wallet(person)
            .map_or(0, |wallet| number(&wallet["open"]));
        assert_eq!(open, 0, "{:?}", coop.wallet(person));
    }
    assert!(coop.payments().is_empty() && coop.decisions().is_empty());
    coop.check_books();
    let funds = coop.funds();
    assert_eq!(
        (&funds["invoices"], &funds["alone"]),
        (&0.into(), &0.into())
    );
}

/// Whoever has ended begins again: money comes, is not taken, and goes back at the second attempt.
fn begin_again(coop: &Coop<'_>, person: &Person) -> [Step; 6] {
    let begin = match coop.standing(person).as_str() {
        "" => Step::Apply,
        _ => Step::Contribute,
    };
    let steps = [
        begin,
        Step::Pay,
        Step::Refuse,
        Step::FailToSend,
        Step::Retry,
        Step::Send,
    ];
    for step in steps {
        let outcome = attempt(coop, person, step, asset!("5.00 RUB"));
        outcome.expect("something to try it on").accepted();
        coop.check_books();
    }
    steps
}
