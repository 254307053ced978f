//! Which actions were sent, and how deep their inline actions went.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use antelope_rpc_client::TransactionTrace;
use veche_tests::Person;

/// What a chain has seen of the contracts so far.
#[derive(Debug, Default)]
pub(crate) struct Calls {
    depths: RefCell<BTreeMap<String, usize>>,
    inline: RefCell<BTreeSet<String>>,
}

impl Calls {
    /// Looks at the actions of a transaction.
    pub(crate) fn remember(
        &self,
        contracts: &[(&Person, &'static str); 3],
        trace: &TransactionTrace,
    ) {
        for action in &trace.action_traces {
            let package = contracts
                .iter()
                .find(|(person, _)| person.name == action.act.account)
                .map(|(_, package)| package);
            let Some(package) = package else { continue };
            let what = format!("{package}::{}", action.act.name);
            if action.creator_action_ordinal != 0 {
                self.inline.borrow_mut().insert(what);
                continue;
            }
            let mut depths = self.depths.borrow_mut();
            let depth = depths.entry(what).or_default();
            *depth = (*depth).max(levels_below(trace, action.action_ordinal));
        }
    }

    pub(crate) fn depths(&self) -> BTreeMap<String, usize> {
        self.depths.borrow().clone()
    }

    pub(crate) fn inline(&self) -> BTreeSet<String> {
        self.inline.borrow().clone()
    }
}

/// Levels of inline actions below an action.
fn levels_below(trace: &TransactionTrace, ordinal: u32) -> usize {
    trace
        .children_of(ordinal)
        .filter(|child| !child.is_notification())
        .map(|child| 1 + levels_below(trace, child.action_ordinal))
        .max()
        .unwrap_or_default()
}
