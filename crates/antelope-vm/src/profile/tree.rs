//! Calls by the way to them, added up over actions.

use super::{Checksum256, Functions, Profile};
use crate::probes::{CHAIN, Call, Recording};
use std::collections::BTreeMap;
use std::fmt;

/// All calls of a function by the same way, in one contract.
#[derive(Default)]
pub(super) struct Tree {
    count: u64,
    cost: u64,
    callees: BTreeMap<u32, Tree>,
}

impl Tree {
    /// Adds what an action executed.
    pub(super) fn take(&mut self, recording: &Recording) {
        if let Some(chain) = recording.calls().first() {
            debug_assert_eq!(chain.function, CHAIN);
            self.add(chain, recording.calls());
        }
    }

    // As deep as calls in a contract, which have a limit.
    fn add(&mut self, call: &Call, all: &[Call]) {
        self.count += call.count;
        self.cost += call.cost;
        for callee in call.callees.iter().filter_map(|index| all.get(*index)) {
            let known = self.callees.entry(callee.function).or_default();
            known.add(callee, all);
        }
    }
}

/// What cost how much, by the way to it: actions, and the functions in each.
///
/// Its text is that of folded stacks, which every tool for flame graphs reads: a line for each way,
/// from the outermost to the innermost, separated by `;`, and what it cost without what is further
/// in. An action is `contract::action`, with the account where it is a notification; what it sent or
/// notified stands further in. Costs are those of [`Cost`](antelope_types::Cost) but for what the chain itself
/// bills for an action.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FlameGraph {
    pub(super) cost: u64,
    pub(super) count: u64,
    pub(super) parts: BTreeMap<String, FlameGraph>,
}

impl FlameGraph {
    pub(super) fn of(profile: &Profile) -> Self {
        let mut all = Self::default();
        for ((path, hash), tree) in &profile.trees {
            let Some(contract) = profile.contracts.get(hash) else {
                continue;
            };
            let functions = contract.functions(&Checksum256(*hash));
            let mut part = &mut all;
            for action in path {
                part = part.parts.entry(action.clone()).or_default();
            }
            part.add(tree, &functions);
        }
        all
    }

    fn add(&mut self, tree: &Tree, functions: &Functions) {
        self.cost += tree.cost;
        self.count += tree.count;
        for (function, callee) in &tree.callees {
            // A semicolon separates.
            let name = functions.frame(*function).to_string().replace(';', ",");
            self.parts.entry(name).or_default().add(callee, functions);
        }
    }

    /// What it cost altogether.
    pub fn total(&self) -> u64 {
        self.cost + self.parts.values().map(Self::total).sum::<u64>()
    }

    fn write(&self, way: &mut Vec<String>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.cost > 0 {
            writeln!(f, "{} {}", way.join(";"), self.cost)?;
        }
        for (name, part) in &self.parts {
            way.push(name.clone());
            part.write(way, f)?;
            way.pop();
        }
        Ok(())
    }
}

impl fmt::Display for FlameGraph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(&mut Vec::new(), f)
    }
}
