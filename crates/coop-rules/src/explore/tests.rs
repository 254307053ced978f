//! Every kind whole, in seconds; `--example explore` goes further.

use super::{Limit, explore, small};
use crate::states::PROCESSES;
use std::collections::BTreeSet;

#[test]
fn every_kind_keeps_its_promises_and_has_no_dead_end() {
    let mut seen = BTreeSet::new();
    for scope in small() {
        let found = explore(&scope, Limit { states: 50_000 });
        println!(
            "{}: {} states, {} transitions",
            scope.name, found.states, found.transitions
        );
        assert_eq!(found.problem, None, "{}", scope.name);
        assert!(found.is_complete && found.settled > 0, "{}", scope.name);
        seen.extend(found.steps);
    }
    for process in PROCESSES {
        for step in process.steps {
            let found = seen.iter().any(|(one, by)| {
                (one.process, one.from, one.to) == (process.name, step.from, step.to)
                    && step.on.contains(by)
            });
            assert!(found, "never seen: {} {step:?}", process.name);
        }
    }
}
