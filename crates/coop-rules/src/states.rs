//! The tables of transitions: which step of a process follows which, and on what action.
//!
//! They are a specification of their own. [`observed`] compares two worlds; that nothing but these
//! steps is ever seen is an invariant, and that each of them is seen is a test. `docs/states.md` is
//! drawn from them.

mod diagram;
mod observed;
mod tables;

pub use diagram::page;
pub use observed::{Observed, observed};
pub use tables::PROCESSES;

/// No row: before the process began, and after it is over.
pub const NONE: &str = "[*]";

/// One kind of process.
#[derive(Clone, Copy, Debug)]
pub struct Process {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub title: &'static str,
    /// Its steps.
    pub steps: &'static [Step],
}

/// One step of a process.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// The state before.
    pub from: &'static str,
    /// The actions that cause it.
    pub on: &'static [&'static str],
    /// The state after.
    pub to: &'static str,
    /// When, if not always.
    pub when: &'static str,
}

impl Process {
    /// The process of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        PROCESSES.iter().find(|process| process.name == name)
    }

    /// Whether an action may cause this step.
    pub fn allows(&self, from: &str, on: &str, to: &str) -> bool {
        let mut steps = self.steps.iter();
        steps.any(|step| step.from == from && step.to == to && step.on.contains(&on))
    }
}
