//! Random admissions, refusals and refunds: after every step the books balance and nothing is below zero.

use antelope_types::{Asset, name};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

use crate::scenarios::world::{Candidate, Chain, Coop, ENTRANCE_AND_MINIMUM, Outcome, Question};

/// A step somebody tries; whether it is possible depends on how far the candidate is.
#[derive(Clone, Copy, Debug)]
enum Step {
    Apply,
    Pay,
    DeclinePayment,
    Admit,
    Refuse,
    Refund,
    FailRefund,
    RetryRefund,
}

const STEPS: [Step; 8] = [
    Step::Apply,
    Step::Pay,
    Step::DeclinePayment,
    Step::Admit,
    Step::Refuse,
    Step::Refund,
    Step::FailRefund,
    Step::RetryRefund,
];

/// How far a person is, by the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Outside,
    Applied,
    Asked(Question),
    Returning,
    ReturnFailed,
    Participant,
}

struct Applicant {
    candidate: Candidate,
    stage: Stage,
}

/// What the model says a step leads to; `None` when it must be refused.
fn next(stage: Stage, step: Step) -> Option<Stage> {
    match (stage, step) {
        (Stage::Outside, Step::Apply) => Some(Stage::Applied),
        (Stage::Applied, Step::DeclinePayment) => Some(Stage::Outside),
        (Stage::Applied, Step::Pay) => Some(Stage::Applied),
        (Stage::Asked(_), Step::Admit) => Some(Stage::Participant),
        (Stage::Asked(_), Step::Refuse) => Some(Stage::Returning),
        (Stage::Returning, Step::Refund) => Some(Stage::Outside),
        (Stage::Returning, Step::FailRefund) => Some(Stage::ReturnFailed),
        (Stage::ReturnFailed, Step::RetryRefund) => Some(Stage::Returning),
        _ => None,
    }
}

/// Tries a step; `None` when there is nothing yet that it could be tried on.
fn attempt(coop: &Coop<'_>, applicant: &mut Applicant, step: Step) -> Option<Outcome> {
    let hash = applicant.candidate.hash;
    Some(match step {
        Step::Apply => {
            let person = applicant.candidate.person.clone();
            let statement = crate::scenarios::world::Draft::statement(coop, person.name)
                .signed_by(coop.chain, &[&person]);
            let outcome = coop.apply(&person, &person, name!("individual"), &statement);
            if outcome.0.is_ok() {
                applicant.candidate.hash = statement.hash();
            }
            outcome
        }
        Step::Pay => coop.confirm_payment(hash),
        Step::DeclinePayment => {
            let cashier = &coop.cashier;
            let action = coop
                .gateway(cashier)
                .indecline(coop.name(), cashier.name, hash, "late")
                .to_action();
            coop.chain.push(vec![action], &[cashier])
        }
        Step::Admit => {
            let Stage::Asked(question) = applicant.stage else {
                return None;
            };
            coop.approve(&question);
            coop.authorize(&question).accepted();
            coop.exec(&question)
        }
        Step::Refuse => {
            let Stage::Asked(question) = applicant.stage else {
                return None;
            };
            coop.decline(&question);
            coop.remove_declined(&question)
        }
        Step::Refund => coop.refund(hash),
        Step::FailRefund => coop.fail_refund(hash),
        Step::RetryRefund => coop.retry_refund(hash),
    })
}

fn amount(value: &Value) -> i64 {
    let asset: Asset = value.as_str().expect("an asset").parse().expect("an asset");
    assert_eq!(asset.symbol, ENTRANCE_AND_MINIMUM.symbol);
    asset.amount
}

/// The equations of the books, over the rows of the chain alone.
fn check_books(coop: &Coop<'_>) {
    let funds = coop.funds();
    let [entrance, share, processing, incoming, outgoing] =
        ["entrance", "share", "processing", "incoming", "outgoing"]
            .map(|field| amount(&funds[field]));
    assert_eq!(
        entrance + share + processing,
        incoming - outgoing,
        "{funds}"
    );
    assert!(
        [entrance, share, processing, incoming, outgoing]
            .iter()
            .all(|sum| *sum >= 0),
        "{funds}"
    );
    let wallets = coop
        .chain
        .rows(&coop.chain.gateway, coop.name(), name!("wallets"));
    assert_eq!(
        share,
        wallets
            .iter()
            .map(|wallet| amount(&wallet["minimum"]))
            .sum::<i64>(),
        "{funds}"
    );
    let held: i64 = coop
        .payments()
        .iter()
        .filter(|payment| payment["status"] != "pending")
        .map(|payment| amount(&payment["quantity"]))
        .sum();
    assert_eq!(processing, held, "{funds}");
}

#[test]
fn money_balances_after_every_step_of_random_admissions() {
    let chain = Chain::shared();
    let steps = proptest::collection::vec((0usize..3, 0usize..STEPS.len()), 20..60);
    let mut runner = TestRunner::new(Config {
        cases: 6,
        failure_persistence: None,
        ..Config::default()
    });
    runner
        .run(&steps, |steps| {
            let coop = Coop::new(chain, 3);
            let mut applicants: Vec<Applicant> = (0..3)
                .map(|_| Applicant {
                    candidate: Candidate {
                        person: coop.newcomer(),
                        hash: chain.unique_hash(),
                    },
                    stage: Stage::Outside,
                })
                .collect();
            for (who, which) in steps {
                let (applicant, step) = (&mut applicants[who], STEPS[which]);
                let expected = next(applicant.stage, step);
                let Some(outcome) = attempt(&coop, applicant, step) else {
                    continue;
                };
                prop_assert_eq!(
                    outcome.0.is_ok(),
                    expected.is_some(),
                    "{:?} at {:?}",
                    step,
                    applicant.stage
                );
                if let Some(stage) = expected {
                    applicant.stage = match step {
                        Step::Pay => Stage::Asked(coop.question_of(applicant.candidate.hash)),
                        _ => stage,
                    };
                }
                check_books(&coop);
            }
            let admitted = applicants
                .iter()
                .filter(|applicant| applicant.stage == Stage::Participant)
                .count() as i64;
            let funds = coop.funds();
            prop_assert_eq!(
                (amount(&funds["entrance"]), amount(&funds["share"])),
                (admitted * 10_000, admitted * 30_000)
            );
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}
