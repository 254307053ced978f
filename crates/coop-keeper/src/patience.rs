//! When what failed is tried again.

use crate::task::Task;
use antelope_types::{Name, TimePoint};
use std::collections::BTreeMap;

/// The wait after the first failure, in seconds; it doubles with each.
const FIRST_WAIT: i64 = 60;

/// The longest wait, in seconds.
const LONGEST_WAIT: i64 = 3_600;

/// What has failed, and when it is tried again: by the clock of the chain.
#[derive(Clone, Debug, Default)]
pub(crate) struct Patience {
    waits: BTreeMap<(Name, Task), Wait>,
}

#[derive(Clone, Copy, Debug)]
struct Wait {
    failures: u32,
    until: TimePoint,
}

impl Patience {
    /// Whether the task may be tried.
    pub(crate) fn is_over(&self, coopname: Name, task: Task, now: TimePoint) -> bool {
        let wait = self.waits.get(&(coopname, task));
        wait.is_none_or(|wait| now >= wait.until)
    }

    /// The task failed.
    pub(crate) fn failed(&mut self, coopname: Name, task: Task, now: TimePoint) {
        let wait = self.waits.entry((coopname, task)).or_insert(Wait {
            failures: 0,
            until: now,
        });
        let seconds = FIRST_WAIT.saturating_mul(1 << wait.failures.min(10));
        let seconds = seconds.min(LONGEST_WAIT);
        wait.failures += 1;
        wait.until = TimePoint::from_micros(now.micros() + seconds * 1_000_000);
    }

    /// Forgets what is not due in this cooperative any more, so that the memory does not grow.
    pub(crate) fn keep(&mut self, coopname: Name, due: &[Task]) {
        self.waits
            .retain(|(of, task), _| *of != coopname || due.contains(task));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_types::name;

    #[test]
    fn what_fails_is_tried_later_and_later_up_to_an_hour() {
        let (coop, task) = (name!("coop"), Task::Deliver { decision: 1 });
        let mut patience = Patience::default();
        let mut now = TimePoint::from_micros(0);
        let mut waits = Vec::new();
        for _ in 0..9 {
            assert!(patience.is_over(coop, task, now));
            patience.failed(coop, task, now);
            let begin = now;
            while !patience.is_over(coop, task, now) {
                now = TimePoint::from_micros(now.micros() + 60_000_000);
            }
            waits.push((now.micros() - begin.micros()) / 60_000_000);
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
        patience.keep(coop, &[]);
        assert!(patience.is_over(coop, task, TimePoint::from_micros(0)));
    }
}
