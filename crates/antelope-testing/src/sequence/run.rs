//! Runs random sequences and tests the invariant after each step.

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

/// The chain after a step: what an invariant is given.
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

    /// The step that was tried.
    pub fn step(&self) -> &'a Step {
        self.step
    }

    /// The trace of the transaction; `None` where it was refused, or the step is not a transaction.
    pub fn trace(&self) -> Option<&'a TransactionTrace> {
        self.outcome.as_ref().ok()?.as_ref()
    }

    /// Why the step was refused; `None` where it was not.
    pub fn failure(&self) -> Option<&'a Failure> {
        self.outcome.as_ref().err()
    }
}

/// How often an action was executed and refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// In transactions that succeeded.
    pub executed: u64,
    /// In transactions that failed, by whichever of their actions.
    pub refused: u64,
}

/// What happened in all sequences together. A test should assert something about it: one in which
/// every transaction is refused proves nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Number of sequences.
    pub sequences: u64,
    /// Number of steps.
    pub steps: u64,
    /// Outcomes by contract and action.
    pub actions: BTreeMap<(Name, Name), Outcomes>,
}

impl Summary {
    /// How often an action was executed and refused.
    pub fn of(&self, account: Name, action: Name) -> Outcomes {
        let outcomes = self.actions.get(&(account, action));
        outcomes.copied().unwrap_or_default()
    }

    /// Counts a step.
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
    /// Runs random sequences, each on a fork of the chain, and tests the invariant after each step.
    ///
    /// # Panics
    /// If the invariant fails: with its message and the shortest failing sequence that was found,
    /// as the source of a test.
    pub fn check(
        &self,
        chain: &Chain,
        invariant: impl Fn(&After<'_>) -> TestCaseResult,
    ) -> Summary {
        let mut config = Config {
            // The failure is printed as a test, which is kept better than a seed in a file.
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
            Err(TestError::Abort(reason)) => {
                panic!("the random sequences could not be run: {reason}")
            }
            Err(TestError::Fail(reason, steps)) => {
                let (reason, script) = without_costs(|| {
                    let (reason, steps) = shorten(reason, steps, happen);
                    let script = script(chain, &steps, reason.message());
                    (reason, script)
                });
                panic!("{reason}\nthe shortest failing sequence found:\n\n{script}")
            }
        }
    }
}

/// Removes every step without which the sequence still fails. proptest has removed steps before,
/// but only then shrunk the values, which may have made more steps unnecessary.
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
        // An invariant may also use `assert!`, which panics.
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
