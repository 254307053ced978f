//! A transaction that failed: the error, and everything that can be found out about it.
//!
//! A failed transaction leaves nothing on the chain, so that a [`Failure`] keeps what there was:
//! the trace, the state at the moment of the failure, the chain before the transaction, and the
//! addresses of the active functions. All of it is shared data and costs next to nothing. Names,
//! decoded data and the message of a panic are computed when somebody asks.

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

/// A transaction that failed, and what it had done by then. Nothing of it is on the chain.
///
/// [`Display`](fmt::Display) gives one line. [`Debug`](fmt::Debug), which is what a test shows that
/// unwraps it, gives everything: the path to the failed action and who authorized each step, the
/// backtrace of its contract, its decoded data, rows that do not match their ABI, and its console
/// output.
///
/// ```
/// use antelope_chain::{Chain, ErrorKind, Genesis, NoContracts};
/// use antelope_types::name;
/// use std::sync::Arc;
///
/// let mut chain = Chain::start(Genesis::default(), Arc::new(NoContracts))?;
/// let failure = chain.create_account(name!("eosio")).unwrap_err();
/// assert!(failure.error().is(ErrorKind::AccountNameExists));
/// assert_eq!(failure.path().last().unwrap().act.name, name!("newaccount"));
/// assert!(failure.to_string().starts_with("eosio::newaccount: "));
/// # Ok::<(), antelope_chain::ChainError>(())
/// ```
#[derive(Clone)]
pub struct Failure {
    inner: Box<Inner>,
}

/// Behind a box, since results of transactions are moved around and failures are large.
#[derive(Clone)]
struct Inner {
    error: ChainError,
    /// `None` where the transaction was refused before execution, such as one that cannot be
    /// unpacked.
    begun: Option<Begun>,
}

/// What there is of a transaction whose execution began.
#[derive(Clone)]
struct Begun {
    /// What it had done by then.
    trace: TransactionTrace,
    /// The state at the moment of the failure.
    state: State,
    /// Addresses of active functions, the trap, and the rows it has read.
    evidence: Evidence,
    /// The chain before it.
    chain: Chain,
    /// The transaction with its authority.
    input: Arc<Input>,
}

impl Failure {
    /// The error of the chain, with the name, number and text of a node.
    pub fn error(&self) -> &ChainError {
        &self.inner.error
    }

    /// What it had done by then; `None` if it was refused before execution.
    pub fn trace(&self) -> Option<&TransactionTrace> {
        self.inner.begun.as_ref().map(|begun| &begun.trace)
    }

    /// The state at the moment of the failure.
    pub fn state(&self) -> Option<&State> {
        self.inner.begun.as_ref().map(|begun| &begun.state)
    }

    /// The actions that led to the failed one, from the transaction's own action to the one that
    /// failed; the last is the failed one.
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

    /// The functions that were active in the contract of the failed action, innermost first. Empty
    /// where the failure was not in a contract.
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

    /// Why an instruction of the contract trapped, in the words of the engine; `None` where it
    /// failed otherwise, such as by an assertion.
    pub fn trap(&self) -> Option<&str> {
        self.inner.begun.as_ref()?.evidence.trap.as_deref()
    }

    /// The message of a Rust panic in the contract and its place: `panicked at src/lib.rs:12:9:`
    /// and the message on the next line. `None` where it did not panic, or was not built in this
    /// process by `contract!` of `antelope-testing`.
    ///
    /// Deployed code has no messages; a panic is a trap. The first time somebody asks, the contract
    /// is built again with messages, and the transaction is executed with that code on a fork of
    /// the chain.
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

    /// The meaning of the numeric error code that the contract failed with, from the ABI of its
    /// account; `None` where it failed otherwise or the ABI does not list the code.
    pub fn code_text(&self) -> Option<String> {
        let code = self.error().contract_code()?;
        code_text(self.state()?, self.path().last()?.receiver, code)
    }

    /// The decoded data of the failed action, up to where it stops matching the ABI; `None` where
    /// the account has no ABI that knows the action.
    pub fn arguments(&self) -> Option<Inspection> {
        arguments(self.state()?, &self.path().last()?.act)
    }

    /// The rows that the failed action has read and that do not match their ABI.
    pub fn undecoded_rows(&self) -> Vec<UndecodedRow> {
        let begun = self.inner.begun.as_ref();
        begun.map_or_else(Vec::new, |begun| {
            undecoded_rows(&begun.state, &begun.evidence)
        })
    }

    /// The transaction with the chain before it, to be saved and executed again; `None` if it was
    /// refused before execution.
    pub fn replay(&self) -> Option<Replay> {
        let begun = self.inner.begun.as_ref()?;
        let (chain, input) = (begun.chain.clone(), Arc::clone(&begun.input));
        Some(Replay::new(chain, input, self))
    }
}

impl Chain {
    /// The failure of a transaction whose execution began on this chain.
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
    /// The failure of a transaction that was refused before execution.
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
