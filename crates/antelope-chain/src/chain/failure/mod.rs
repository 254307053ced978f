//! A transaction that failed: why, and all that can be found out about it.

mod decoding;
mod report;

pub use decoding::UndecodedRow;

use super::{Chain, Replay};
use antelope_abi::Inspection;
use antelope_ledger::diagnosis::{Evidence, Frame};
use antelope_ledger::state::State;
use antelope_ledger::transaction::{Failed, Input};
use antelope_types::{ActionTrace, ChainError, TransactionTrace};
use decoding::{arguments, undecoded_rows};
use report::{Details, summary};
use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};
use std::fmt;
use std::sync::Arc;

/// A transaction that failed: why, and what it had done by then. Nothing of it is on the chain.
///
/// It is told in one line by [`Display`](fmt::Display), and in full by [`Debug`](fmt::Debug), as a
/// test shows it that unwraps it: the way to the action that failed with who authorized it, the
/// backtrace of its contract, what its data holds by the ABI, which rows it came upon that are not
/// what the ABI says, and what it printed.
#[derive(Clone)]
pub struct Failure {
    inner: Box<Inner>,
}

#[derive(Clone)]
struct Inner {
    error: ChainError,
    begun: Option<Begun>,
}

/// What there is of a transaction that was begun.
#[derive(Clone)]
struct Begun {
    trace: TransactionTrace,
    state: State,
    evidence: Evidence,
    /// The chain before it.
    chain: Chain,
    input: Arc<Input>,
}

impl Failure {
    /// Why it failed.
    pub fn error(&self) -> &ChainError {
        &self.inner.error
    }

    /// What it had done by then; none where it was not even begun.
    pub fn trace(&self) -> Option<&TransactionTrace> {
        self.inner.begun.as_ref().map(|begun| &begun.trace)
    }

    /// The state in which it failed, with what it had done by then.
    pub fn state(&self) -> Option<&State> {
        self.inner.begun.as_ref().map(|begun| &begun.state)
    }

    /// The action that failed, after those that led to it, from the transaction's own on.
    pub fn path(&self) -> Vec<&ActionTrace> {
        let mut path = Vec::new();
        let actions = self.trace().map_or(&[][..], |trace| &trace.action_traces);
        let mut current = actions.iter().find(|action| action.except.is_some());
        while let Some(action) = current {
            path.push(action);
            let creator = action.creator_action_ordinal.checked_sub(1);
            current = creator.and_then(|index| actions.get(index as usize));
        }
        path.reverse();
        path
    }

    /// The functions in which the contract of the action was, the innermost first; empty where it
    /// did not fail in a contract.
    pub fn backtrace(&self) -> Vec<Frame> {
        let frames = || {
            let begun = self.inner.begun.as_ref()?;
            let receiver = self.path().last()?.receiver;
            let hash = begun.state.account(receiver).ok()?.code_hash;
            let code = begun.state.code(&hash)?;
            let calls = &begun.evidence.calls;
            Some(begun.chain.executor.frames(&hash, code, calls))
        };
        frames().unwrap_or_default()
    }

    /// Why an instruction of the contract could not be executed, in the engine's words; none where
    /// it failed otherwise, as by an assertion.
    pub fn trap(&self) -> Option<&str> {
        self.inner.begun.as_ref()?.evidence.trap.as_deref()
    }

    /// What the data of the action that failed holds, and where it stops being what the ABI of the
    /// action's account says; none where that account has no ABI that knows the action.
    pub fn arguments(&self) -> Option<Inspection> {
        arguments(self.state()?, &self.path().last()?.act)
    }

    /// The rows that the action came upon and that are not what their ABI says.
    pub fn undecoded_rows(&self) -> Vec<UndecodedRow> {
        let begun = self.inner.begun.as_ref();
        begun.map_or_else(Vec::new, |begun| {
            undecoded_rows(&begun.state, &begun.evidence)
        })
    }

    /// The transaction and the chain before it, to be written to a file and executed again; none
    /// where it was not even begun.
    pub fn replay(&self) -> Option<Replay> {
        let begun = self.inner.begun.as_ref()?;
        let (chain, input) = (begun.chain.clone(), Arc::clone(&begun.input));
        Some(Replay::new(chain, input, self))
    }
}

impl Chain {
    pub(super) fn failure(&self, failed: Box<Failed>) -> Failure {
        let begun = Begun {
            trace: failed.trace,
            state: failed.state,
            evidence: failed.evidence,
            chain: self.clone(),
            input: Arc::new(failed.input),
        };
        Failure {
            inner: Box::new(Inner {
                error: failed.error,
                begun: Some(begun),
            }),
        }
    }
}

impl From<ChainError> for Failure {
    fn from(error: ChainError) -> Self {
        Self {
            inner: Box::new(Inner { error, begun: None }),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        summary(self, f)
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&Details(self), f)
    }
}

impl std::error::Error for Failure {}

impl Serialize for Failure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Failure", 7)?;
        out.serialize_field("summary", &self.to_string())?;
        out.serialize_field("except", self.error())?;
        out.serialize_field("trap", &self.trap())?;
        out.serialize_field("backtrace", &self.backtrace())?;
        out.serialize_field("arguments", &self.arguments())?;
        out.serialize_field("undecoded_rows", &self.undecoded_rows())?;
        out.serialize_field("trace", &self.trace())?;
        out.end()
    }
}
