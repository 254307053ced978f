//! `examples/token` beside the eosio.token of the node's package: the same steps on one chain, and
//! the same outcomes, rows, payers, RAM, receivers, output and error texts.

mod call;
mod cpu;
mod interface;
mod outcome;
mod pair;
mod random;
pub(crate) mod report;
mod script;

use pair::Pair;
use report::Report;
use std::sync::Once;
use test_support::random::Random;
use veche_tests::{built, node, random_name, reference};

/// The reference and ours on fresh accounts of the shared node, and the people to use them.
fn pair() -> Pair<'static> {
    static PEOPLE: Once = Once::new();
    let node = node();
    let accounts = [random_name(), random_name()];
    for (account, contract) in accounts
        .into_iter()
        .zip([reference("eosio.token"), built("token")])
    {
        node.create_contract_account(account)
            .expect("a contract's account can be made");
        contract
            .deploy(node.client(), account, node.key())
            .expect("the contract deploys");
    }
    PEOPLE.call_once(|| {
        let people = script::PEOPLE.map(|person| (person, node.public_key()));
        node.create_accounts(&people)
            .expect("people can be created");
    });
    Pair {
        client: node.client().clone(),
        reference: accounts[0],
        ours: accounts[1],
        signer: node.key(),
    }
}

#[test]
fn does_what_the_reference_does_step_by_step() {
    let pair = pair();
    let mut report = Report::default();
    for step in script::steps() {
        let compared = pair.step(&step.calls).expect("the node answers");
        let found = match &compared.reference.result {
            Ok(()) => Ok(()),
            Err((_, text)) => Err(text.as_str()),
        };
        let as_planned = match (found, step.expected) {
            (Ok(()), Ok(())) => true,
            (Err(found), Err(expected)) => found.starts_with(expected),
            _ => false,
        };
        assert!(
            as_planned,
            "{}: the reference says {found:?}, expected {:?}",
            step.what, step.expected
        );
        report.add(step.what, &step.calls, &compared);
    }
    assert!(report.steps() >= 60, "only {} steps", report.steps());
    report.finish(
        "The reference token and ours, step by step",
        "token-steps.txt",
    );
}

#[test]
fn refuses_truncated_arguments_as_the_reference_does() {
    let pair = pair();
    let start = script::steps()
        .into_iter()
        .find(|step| step.what == "create")
        .expect("a token is created");
    assert_eq!(
        pair.step(&start.calls)
            .expect("the node answers")
            .differences(),
        [""; 0]
    );
    for call in script::truncated() {
        let length = format!("{:?}", call.args);
        let compared = pair.step(&[call]).expect("the node answers");
        assert!(
            compared.reference.result.is_err(),
            "the reference takes {length}"
        );
        assert!(compared.ours.result.is_err(), "ours takes {length}");
        assert_eq!(compared.rows.0, compared.rows.1);
    }
}

/// `VECHE_SEED` and `VECHE_STEPS` choose another stream and another length.
#[test]
fn does_what_the_reference_does_on_random_steps() {
    let number = |name: &str, default| {
        std::env::var(name).map_or(default, |text| {
            text.parse()
                .unwrap_or_else(|_| panic!("{name} is no number"))
        })
    };
    let seed = number("VECHE_SEED", 20_260_101);
    let steps = number("VECHE_STEPS", 300) as usize;
    let (pair, mut random, mut report) = (pair(), Random::new(seed), Report::default());
    let stream = random::beginning()
        .into_iter()
        .chain(std::iter::repeat_with(|| random::step(&mut random)));
    for calls in stream.take(steps) {
        let what = calls
            .iter()
            .map(|call| call.action.to_string())
            .collect::<Vec<_>>()
            .join(", ");
        let compared = pair.step(&calls).expect("the node answers");
        report.add(&what, &calls, &compared);
    }
    report.finish(&format!("Random steps, seed {seed}"), "token-random.txt");
}
