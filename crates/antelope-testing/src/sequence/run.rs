//! Lets random steps happen, and looks whether everything is still as it must be.

use super::script::script;
use super::{Sequence, Step};
use crate::costs::without_costs;
use antelope_chain::{Chain, Failure};
use antelope_types::Name;
use antelope_types::TransactionTrace;
use proptest::test_runner::{Config, Reason, TestCaseError, TestCaseResult, TestError, TestRunner};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The chain after a step.
#[derive(Clone, Copy)]
pub struct After<'a> {
    chain: &'a Chain,
    step: &'a Step,
    outcome: &'a Result<Option<TransactionTrace>, Failure>,
}

impl<'a> After<'a> {
    /// The chain.
    pub fn chain(&self) -> &'a Chain {
        self.chain
    }

    /// What was tried.
    pub fn step(&self) -> &'a Step {
        self.step
    }

    /// What the transaction did; none where it was refused, or the step was none.
    pub fn trace(&self) -> Option<&'a TransactionTrace> {
        self.outcome.as_ref().ok()?.as_ref()
    }

    /// Why the step was refused.
    pub fn failure(&self) -> Option<&'a Failure> {
        self.outcome.as_ref().err()
    }
}

/// How often something was executed and refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// How often it was executed.
    pub executed: u64,
    /// How often it was refused, for itself or for another action of the same transaction.
    pub refused: u64,
}

/// What has happened in all sequences together: a test that only tried what is refused shows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many sequences.
    pub sequences: u64,
    /// How many steps.
    pub steps: u64,
    /// The actions, by contract and name.
    pub actions: BTreeMap<(Name, Name), Outcomes>,
}

impl Summary {
    /// How often an action was executed and refused.
    pub fn of(&self, account: Name, action: Name) -> Outcomes {
        let outcomes = self.actions.get(&(account, action));
        outcomes.copied().unwrap_or_default()
    }

    fn count(&mut self, step: &Step, executed: bool) {
        self.steps += 1;
        let Step::Push(actions) = step else { return };
        for action in actions {
            let outcomes = self
                .actions
                .entry((action.account, action.name))
                .or_default();
            match executed {
                true => outcomes.executed += 1,
                false => outcomes.refused += 1,
            }
        }
    }
}

impl Sequence {
    /// Lets sequences happen, each on a fork of the chain, and asks after every step whether the
    /// invariant holds.
    ///
    /// # Panics
    /// Where it does not, with the shortest sequence that could be found, written as a test.
    pub fn check(
        &self,
        chain: &Chain,
        invariant: impl Fn(&After<'_>) -> TestCaseResult,
    ) -> Summary {
        let mut config = Config {
            // What was found is printed as a test, which is kept better than a seed.
            failure_persistence: None,
            ..Config::default()
        };
        config.cases = self.cases.unwrap_or(config.cases);
        let summary = RefCell::new(Summary::default());
        let happen = |steps: &[Step]| {
            let mut chain = chain.clone();
            summary.borrow_mut().sequences += 1;
            for step in steps {
                let outcome = &step.run(&mut chain);
                summary.borrow_mut().count(step, outcome.is_ok());
                let chain = &chain;
                invariant(&After {
                    chain,
                    step,
                    outcome,
                })?;
            }
            Ok(())
        };
        let result =
            without_costs(|| TestRunner::new(config).run(&self.strategy(), |steps| happen(&steps)));
        match result {
            Ok(()) => summary.into_inner(),
            Err(TestError::Abort(reason)) => panic!("the sequences came to no end: {reason}"),
            Err(TestError::Fail(reason, steps)) => {
                let (reason, script) = without_costs(|| {
                    let (reason, steps) = shorten(reason, steps, happen);
                    let script = script(chain, &steps, reason.message());
                    (reason, script)
                });
                panic!("{reason}\nthe shortest sequence that was found:\n\n{script}")
            }
        }
    }
}

/// Leaves out every step without which it happens too: those that values had made needless only when
/// they had shrunk.
fn shorten(
    mut reason: Reason,
    mut steps: Vec<Step>,
    happen: impl Fn(&[Step]) -> TestCaseResult,
) -> (Reason, Vec<Step>) {
    let mut index = steps.len();
    while index > 0 {
        index -= 1;
        let mut fewer = steps.clone();
        fewer.remove(index);
        // An invariant may be an assertion, too.
        match catch_unwind(AssertUnwindSafe(|| happen(&fewer))) {
            Ok(Ok(()) | Err(TestCaseError::Reject(_))) => continue,
            Ok(Err(TestCaseError::Fail(now))) => reason = now,
            Err(_) => {}
        }
        steps = fewer;
        index = steps.len();
    }
    (reason, steps)
}
