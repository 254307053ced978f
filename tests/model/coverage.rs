//! Which actions and refusals were met, and how often.

use coop_rules::{Action, Reason};
use std::collections::BTreeMap;
use std::fmt;

/// How often each action had each outcome.
#[derive(Clone, Debug, Default)]
pub(super) struct Coverage(BTreeMap<(&'static str, Option<Reason>), u64>);

impl Coverage {
    /// Counts an outcome.
    pub(super) fn count(&mut self, action: &'static str, outcome: Option<Reason>) {
        *self.0.entry((action, outcome)).or_default() += 1;
    }

    /// Adds what others have counted.
    pub(super) fn add(&mut self, other: &Self) {
        for (outcome, count) in &other.0 {
            *self.0.entry(*outcome).or_default() += count;
        }
    }

    /// How often an action was accepted.
    pub(super) fn accepted(&self, action: &'static str) -> u64 {
        self.0.get(&(action, None)).copied().unwrap_or(0)
    }

    fn refused(&self, reason: Reason) -> u64 {
        let counts = self.0.iter().filter(|((_, why), _)| *why == Some(reason));
        counts.map(|(_, count)| count).sum()
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all: u64 = self.0.values().sum();
        let lawful = self.0.iter().filter(|((_, why), _)| why.is_none());
        let lawful: u64 = lawful.map(|(_, count)| count).sum();
        writeln!(
            f,
            "{all} actions, {lawful} accepted, {} outcomes",
            self.0.len()
        )?;
        for action in Action::NAMES {
            let refusals = self
                .0
                .iter()
                .filter(|((name, why), _)| name == action && why.is_some());
            let (reasons, refused) = refusals.fold((0, 0), |(reasons, refused), (_, count)| {
                (reasons + 1, refused + count)
            });
            let accepted = self.accepted(action);
            writeln!(
                f,
                "  {action:14} {accepted:>7} accepted {refused:>7} refused for {reasons} reasons"
            )?;
        }
        let met = Reason::ALL
            .iter()
            .filter(|reason| self.refused(**reason) > 0);
        writeln!(f, "{} of {} refusals met", met.count(), Reason::ALL.len())?;
        let never = Reason::ALL
            .iter()
            .filter(|reason| self.refused(**reason) == 0);
        let never: Vec<_> = never.map(|reason| format!("{reason:?}")).collect();
        writeln!(f, "never met: {}", never.join(", "))
    }
}
