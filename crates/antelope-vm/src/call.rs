//! A call of a host function: what it sees, what it costs, and how it fails.

use super::memory::Memory;
use super::pages::Pages;
use super::profile::Recording;
use antelope_ledger::ApplyContext;
use antelope_types::{ChainError, Cost, ErrorKind, ensure};
use std::ptr::NonNull;
use wasmtime::{AsContextMut, Caller, Global, Trap};

/// What belongs to a contract while it runs.
pub(super) struct Data {
    context: Lent,
    pub(super) memory: Option<wasmtime::Memory>,
    /// Holds how many calls may be open.
    pub(super) calls: Option<Global>,
    /// What it executes, where that is asked for.
    pub(super) recording: Option<Recording>,
    /// How far memory may grow.
    pub(super) limits: Pages,
    host_calls: u64,
    work: u64,
}

impl Data {
    pub(super) fn new(limits: Pages) -> Self {
        Self {
            context: Lent(None),
            memory: None,
            calls: None,
            recording: None,
            limits,
            host_calls: 0,
            work: 0,
        }
    }

    /// An action begins. It must [`end`](Self::end) before the reference does.
    pub(super) fn begin(&mut self, context: &mut ApplyContext<'_>) {
        self.context = Lent(Some(NonNull::from(context).cast()));
        (self.host_calls, self.work) = (0, 0);
    }

    /// The action has ended.
    pub(super) fn end(&mut self) {
        self.context = Lent(None);
    }

    /// What the contract has cost that has taken so much fuel.
    pub(super) fn cost(&self, fuel: u64) -> Cost {
        let (host_calls, work) = (self.host_calls, self.work);
        let pages = self.limits.cost();
        let counted = self.recording.as_ref().map(Recording::instructions);
        let instructions =
            || fuel.saturating_sub(work.saturating_add(host_calls * Cost::HOST_CALL));
        Cost {
            instructions: counted.unwrap_or_else(instructions),
            host_calls,
            work: work.saturating_add(pages),
        }
    }
}

/// The context of the action that runs; none between actions.
struct Lent(Option<NonNull<ApplyContext<'static>>>);

// SAFETY: a store is given to another thread only between actions, when there is no pointer in it.
#[allow(unsafe_code)]
unsafe impl Send for Lent {}

/// What a host function works with.
pub(super) struct Call<'a, 'c> {
    pub(super) context: &'a mut ApplyContext<'c>,
    pub(super) memory: Memory<'a>,
    work: u64,
    left: u64,
    exit: bool,
}

impl Call<'_, '_> {
    /// Bills the work of so many bytes.
    pub(super) fn bytes(&mut self, count: u32) {
        self.work += u64::from(count) / 8;
    }

    /// Bills bytes that the chain keeps, in a row or a trace. Many of them take more than copying:
    /// memory that was not in use before.
    pub(super) fn kept(&mut self, count: u32) -> Result<(), ChainError> {
        const FEW: u64 = 4096;
        let count = u64::from(count);
        self.work(count / 8 + count.saturating_sub(FEW) / 2)
    }

    /// Bills what it took to encode so many bytes of the transaction for the contract.
    pub(super) fn packing(&mut self, count: u32) -> Result<(), ChainError> {
        self.work(u64::from(count) / 2)
    }

    /// Bills work before it is done; fails where too little is left for it.
    pub(super) fn work(&mut self, instructions: u64) -> Result<(), ChainError> {
        self.work = self.work.saturating_add(instructions);
        if Cost::HOST_CALL.saturating_add(self.work) >= self.left {
            return Err(self.context.exhausted());
        }
        Ok(())
    }

    /// Ends the action when the function has ended, successfully.
    pub(super) fn exit(&mut self) {
        self.exit = true;
    }

    /// Fails in context-free actions.
    pub(super) fn with_context(&self) -> Result<(), ChainError> {
        ensure!(
            !self.context.is_context_free(),
            UnaccessibleApi,
            "only context free api's can be used in this context"
        );
        Ok(())
    }

    /// Fails in all but context-free actions.
    pub(super) fn context_free(&self) -> Result<(), ChainError> {
        ensure!(
            self.context.is_context_free(),
            UnaccessibleApi,
            "this API may only be called from context_free apply"
        );
        Ok(())
    }

    /// Fails for contracts that are not the system's.
    pub(super) fn privileged(&self) -> Result<(), ChainError> {
        self.with_context()?;
        ensure!(
            self.context.is_privileged(),
            UnaccessibleApi,
            "{} does not have permission to call this API",
            self.context.receiver()
        );
        Ok(())
    }
}

/// A contract's wish to end the action here, successfully.
#[derive(Debug)]
pub(super) struct Exit;

impl std::fmt::Display for Exit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the contract has left the action")
    }
}

impl std::error::Error for Exit {}

/// Runs a host function for a contract.
pub(super) fn enter<R>(
    caller: &mut Caller<'_, Data>,
    run: impl FnOnce(&mut Call<'_, '_>) -> Result<R, ChainError>,
) -> wasmtime::Result<R> {
    let calls = caller.data().calls;
    if calls.is_some_and(|calls| calls.get(&mut *caller).i32() == Some(0)) {
        // As functions of contracts fail where too many calls are open.
        return Err(Trap::UnreachableCodeReached.into());
    }
    let memory = caller.data().memory;
    let left = caller.get_fuel()?;
    let (bytes, data) = match memory {
        Some(memory) => memory.data_and_store_mut(caller.as_context_mut()),
        None => (&mut [][..], caller.data_mut()),
    };
    let lent = data.context.0.ok_or_else(system_failure);
    let mut context = lent.map_err(wasmtime::Error::new)?;
    // SAFETY: `Instance::run` lends the exclusive reference that the pointer was made of, and takes
    // it back when the contract has ended; it does not use it meanwhile, and drops the instance
    // where something panics. Host functions do not enter one another, so there is one reference at
    // a time, and `run` cannot keep it, as its lifetimes are chosen here.
    #[allow(unsafe_code)]
    let context = unsafe { context.as_mut() };
    let mut call = Call {
        context,
        memory: Memory::new(bytes),
        work: 0,
        left,
        exit: false,
    };
    let result = run(&mut call);
    let (work, exit) = (call.work, call.exit);
    data.host_calls += 1;
    data.work = data.work.saturating_add(work);
    if let Some(recording) = &mut data.recording {
        recording.work(Cost::HOST_CALL.saturating_add(work));
    }
    let left = left.saturating_sub(Cost::HOST_CALL.saturating_add(work));
    caller.set_fuel(left)?;
    let value = result.map_err(wasmtime::Error::new)?;
    if left == 0 {
        return Err(Trap::OutOfFuel.into());
    }
    if exit {
        return Err(wasmtime::Error::new(Exit));
    }
    Ok(value)
}

/// What a node says of everything that goes wrong inside a contract but bad addresses.
pub(super) fn system_failure() -> ChainError {
    ChainError::new(ErrorKind::WasmExecutionError, "eos-vm system failure")
}
