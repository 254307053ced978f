//! A transaction that failed: why, and all that can be found out about it.

mod decoding;
mod report;

pub use decoding::UndecodedRow;

use super::{Chain, Replay};
use antelope_abi::Inspection;
use antelope_ledger::diagnosis::{Evidence, Frame};
use antelope_ledger::state::State;
use antelope_ledger::transaction::{Failed, Input, TransactionContext};
use antelope_types::{ActionTrace, ChainError, Checksum256, ErrorKind, TransactionTrace};
use decoding::{arguments, code_text, undecoded_rows};
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

    /// What the contract said when it panicked, and where: `panicked at src/lib.rs:12:9:` and, on the
    /// next line, the text. None where it did not panic, or was not built in this process by
    /// `contract!` of antelope-testing.
    ///
    /// Deployed code traps without a word. So the contract is built once more with its texts, the first
    /// time in a process somebody asks, and the transaction is executed again with that code in a copy
    /// of the chain.
    pub fn panic(&self) -> Option<String> {
        let begun = self.inner.begun.as_ref()?;
        begun.evidence.trap.as_ref()?;
        let receiver = self.path().last()?.receiver;
        let mut state = begun.chain.state.clone();
        let hash = state.account(receiver).ok()?.code_hash;
        let executor = &begun.chain.executor;
        let telling = executor.telling(&hash)?;
        let telling_hash = Checksum256::sha256(&telling);
        state.use_code(telling_hash, &telling);
        state.drop_code(&hash)?;
        state.account_mut(receiver).ok()?.code_hash = telling_hash;

        let input = Input::clone(&begun.input);
        let environment = begun.chain.environment();
        let result = TransactionContext::execute(&mut state, &**executor, environment, input);
        let error = result.err()?.error;
        let (_, text) = error.message().split_once(": ")?;
        (error.is(ErrorKind::EosioAssertMessage) && text.starts_with("panicked at "))
            .then(|| text.to_owned())
    }

    /// What the number that the contract failed with means, by the ABI of its account; none where it
    /// failed otherwise, or its ABI does not say.
    pub fn code_text(&self) -> Option<String> {
        let code = self.error().contract_code()?;
        code_text(self.state()?, self.path().last()?.receiver, code)
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
        let mut out = serializer.serialize_struct("Failure", 9)?;
        out.serialize_field("summary", &self.to_string())?;
        out.serialize_field("except", self.error())?;
        out.serialize_field("trap", &self.trap())?;
        out.serialize_field("code_text", &self.code_text())?;
        out.serialize_field("panic", &self.panic())?;
        out.serialize_field("backtrace", &self.backtrace())?;
        out.serialize_field("arguments", &self.arguments())?;
        out.serialize_field("undecoded_rows", &self.undecoded_rows())?;
        out.serialize_field("trace", &self.trace())?;
        out.end()
    }
}
