//! Every kind whole, in seconds; `--example explore` goes further.

use super::{Limit, explore, row, small};
use crate::states::PROCESSES;
use std::collections::BTreeSet;

const PAGE: &str = include_str!("../../../../docs/explored.md");

#[test]
fn every_kind_keeps_its_promises_and_has_no_dead_end() {
    let (mut seen, mut shown) = (BTreeSet::new(), 0);
    for scope in small() {
        let found = explore(&scope, Limit { states: 50_000 });
        println!(
            "{}: {} states, {} transitions",
            scope.name, found.states, found.transitions
        );
        assert_eq!(found.problem, None, "{}", scope.name);
        assert!(found.is_complete && found.settled > 0, "{}", scope.name);
        let begin = format!("| {} |", scope.name);
        if let Some(line) = PAGE.lines().find(|line| line.starts_with(&begin)) {
            let now = row(&scope.name, &found);
            assert_eq!(
                line,
                now.trim_end(),
                "docs/explored.md says how to renew it"
            );
            shown += 1;
        }
        seen.extend(found.steps);
    }
    assert!(shown > 7, "docs/explored.md shows {shown} of these worlds");
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
