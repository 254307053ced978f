//! Call trees, added up over actions, and the flame graph made of them.
//!
//! A [`Tree`] has functions by index, which is all that a recording knows. The [`FlameGraph`] has
//! them by name, and merges trees of the same path of actions.
//!
//! As folded stacks, which `inferno` and `flamegraph.pl` read:
//!
//! ```text
//! shop::turn;apply 52
//! shop::turn;apply;shop::turn 766
//! ```

use super::{Checksum256, Functions, Profile};
use crate::probes::{CHAIN, Call, Recording};
use std::collections::BTreeMap;
use std::fmt;

/// All calls of a function by the same path, within one contract.
#[derive(Default)]
pub(super) struct Tree {
    /// Number of calls.
    count: u64,
    /// What they cost, without their callees.
    cost: u64,
    /// Called functions by index.
    callees: BTreeMap<u32, Tree>,
}

impl Tree {
    /// Adds the calls of one action.
    pub(super) fn take(&mut self, recording: &Recording) {
        if let Some(chain) = recording.calls().first() {
            debug_assert_eq!(chain.function, CHAIN);
            self.add(chain, recording.calls());
        }
    }

    // Recursion is as deep as calls of a contract can be nested, which is limited.
    fn add(&mut self, call: &Call, all: &[Call]) {
        self.count += call.count;
        self.cost += call.cost;
        for callee in call.callees.iter().filter_map(|index| all.get(*index)) {
            let known = self.callees.entry(callee.function).or_default();
            known.add(callee, all);
        }
    }
}

/// What was executed where: the actions, and the functions within each.
///
/// As text ([`Display`](fmt::Display)) it is in the format of folded stacks that tools for flame
/// graphs read: a line for each path, its parts from the outermost to the innermost separated by
/// `;`, then a space and what it cost without its callees. An action is `contract::action`, with
/// the receiver where it is a notification; actions that it sent and notifications stand within it.
/// Costs are those of
/// [`Cost`](antelope_types::Cost), without what the chain itself bills for each action.
/// [`to_svg`](Self::to_svg) draws it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FlameGraph {
    /// Cost without the parts within.
    pub(super) cost: u64,
    /// Number of calls; 0 for an action.
    pub(super) count: u64,
    /// What is within, by name.
    pub(super) parts: BTreeMap<String, FlameGraph>,
}

impl FlameGraph {
    /// Builds the graph; called with the counts locked.
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

    /// Adds a call tree at this place.
    fn add(&mut self, tree: &Tree, functions: &Functions) {
        self.cost += tree.cost;
        self.count += tree.count;
        for (function, callee) in &tree.callees {
            // A semicolon separates the parts of a path in folded stacks.
            let name = functions.frame(*function).to_string().replace(';', ",");
            self.parts.entry(name).or_default().add(callee, functions);
        }
    }

    /// Cost with everything within.
    pub fn total(&self) -> u64 {
        self.cost + self.parts.values().map(Self::total).sum::<u64>()
    }

    /// Writes the lines of this part; `way` is the path to it.
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
