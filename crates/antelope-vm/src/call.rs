//! A call of a host function: what it sees, what it costs, and how it fails.
//!
//! [`enter`] is the only way from a contract into the host. In this order it
//!
//! 1. fails where the contract has used up its nested calls;
//! 2. borrows the action's context and the contract's memory;
//! 3. runs the function, which bills its work with [`Call::work`] before doing it;
//! 4. deducts the cost of the call from the fuel, whether the function failed or not;
//! 5. returns the function's error, or traps where no fuel is left.
//!
//! A hostile contract can pass any address, length and key. Addresses are checked by
//! [`Memory`] and by `arguments` before the function runs; lengths are billed, so that work is
//! bounded by what the transaction may spend.
//!
//! # Fuel
//!
//! ```text
//! fuel at the beginning of the action = budget of the transaction, in instructions
//!   - 1 for each instruction            by Wasmtime, in compiled code
//!   - 50 + work for each host call      by `enter`, after the function
//! fuel at the end                     = what the next action may spend
//! ```
//!
//! [`Call::work`] compares with the fuel before the work is done, so that the deduction after it
//! cannot go below zero by more than the functions that bill by [`Call::bytes`].

use super::memory::Memory;
use super::pages::Pages;
use super::probes::Recording;
use antelope_ledger::ApplyContext;
use antelope_types::{ChainError, Cost, ErrorKind, ensure};
use std::ptr::NonNull;
use wasmtime::{AsContextMut, Caller, Global, Trap};

/// The data of a contract's store, reachable by host functions.
pub(super) struct Data {
    /// The action that runs.
    context: Lent,
    /// The contract's memory, if it has one.
    pub(super) memory: Option<wasmtime::Memory>,
    /// The global with the number of calls that may still be nested.
    pub(super) calls: Option<Global>,
    /// What the contract executes, where a profile asks for it.
    pub(super) recording: Option<Recording>,
    /// How far memory may grow.
    pub(super) limits: Pages,
    /// Host functions called during this action.
    host_calls: u64,
    /// Instructions billed by those host functions beyond [`Cost::HOST_CALL`] each.
    work: u64,
}

impl Data {
    /// The data of a store that runs nothing yet.
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

    /// Lends the context of an action that begins, and resets the counters. [`end`](Self::end) must
    /// be called before the reference's lifetime ends: the pointer kept here has none.
    pub(super) fn begin(&mut self, context: &mut ApplyContext<'_>) {
        self.context = Lent(Some(NonNull::from(context).cast()));
        (self.host_calls, self.work) = (0, 0);
    }

    /// Takes the context back. A host function called after this fails with a system failure.
    pub(super) fn end(&mut self) {
        self.context = Lent(None);
    }

    /// The cost of the action, given the fuel that it consumed. Fuel contains host calls and their
    /// work; they are subtracted to tell the contract's own instructions. A profile knows these
    /// exactly, since the fuel contains its probes as well.
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

/// The context of the action that runs; `None` between actions. The lifetime is erased: [`Data`]
/// must be `'static` for Wasmtime, and the context is not.
struct Lent(Option<NonNull<ApplyContext<'static>>>);

// SAFETY: a store is given to another thread between actions, when there is no pointer in it, or for
// an action that runs on a stack of its own: then the thread that lends the reference waits for the
// other, and what the reference leads to may be used by any thread, as the next lines hold.
#[allow(unsafe_code)]
unsafe impl Send for Lent {}

const _: () = {
    const fn is_send<T: Send>() {}
    is_send::<ApplyContext<'static>>();
};

/// What a host function works with: the action's context, the contract's memory, and the bill.
pub(super) struct Call<'a, 'c> {
    pub(super) context: &'a mut ApplyContext<'c>,
    pub(super) memory: Memory<'a>,
    /// Instructions billed so far by this call.
    work: u64,
    /// Fuel left when the function was called.
    left: u64,
    /// Whether the action ends after this function.
    exit: bool,
}

impl Call<'_, '_> {
    /// Bills copying so many bytes: an instruction for a word of 8 bytes. It does not check the
    /// budget, since copying is fast enough to be paid for afterwards.
    pub(super) fn bytes(&mut self, count: u32) {
        self.work += u64::from(count) / 8;
    }

    /// Bills bytes that the chain keeps in a row, an action or a trace: an instruction for 8 bytes,
    /// and beyond 4096 bytes one more for every 2, since large values need memory that was not in
    /// use before.
    ///
    /// # Errors
    /// See [`work`](Self::work).
    pub(super) fn kept(&mut self, count: u32) -> Result<(), ChainError> {
        const FEW: u64 = 4096;
        let count = u64::from(count);
        self.work(count / 8 + count.saturating_sub(FEW) / 2)
    }

    /// Bills the serialization of a transaction or action for the contract: an instruction for 2
    /// bytes.
    ///
    /// # Errors
    /// See [`work`](Self::work).
    pub(super) fn packing(&mut self, count: u32) -> Result<(), ChainError> {
        self.work(u64::from(count) / 2)
    }

    /// Bills so many instructions. Called before the work is done, so that a contract cannot make
    /// the host do more than the transaction can pay for.
    ///
    /// # Errors
    /// Where less fuel is left than the call costs by now: `tx_cpu_usage_exceeded` (3080004), or
    /// `block_cpu_usage_exceeded` where it is the block that has no more room.
    pub(super) fn work(&mut self, instructions: u64) -> Result<(), ChainError> {
        self.work = self.work.saturating_add(instructions);
        if Cost::HOST_CALL.saturating_add(self.work) >= self.left {
            return Err(self.context.exhausted());
        }
        Ok(())
    }

    /// Ends the action, successfully, when the function returns: `eosio_exit`.
    pub(super) fn exit(&mut self) {
        self.exit = true;
    }

    /// Nodes' `context_aware_check`: most functions are not available to context-free actions.
    ///
    /// # Errors
    /// `unaccessible_api` (3050007) in a context-free action.
    pub(super) fn with_context(&self) -> Result<(), ChainError> {
        ensure!(
            !self.context.is_context_free(),
            UnaccessibleApi,
            "only context free api's can be used in this context"
        );
        Ok(())
    }

    /// Nodes' `context_free_check`.
    ///
    /// # Errors
    /// `unaccessible_api` (3050007) outside a context-free action.
    pub(super) fn context_free(&self) -> Result<(), ChainError> {
        ensure!(
            self.context.is_context_free(),
            UnaccessibleApi,
            "this API may only be called from context_free apply"
        );
        Ok(())
    }

    /// Nodes' `privileged_check`: the receiver must be privileged. A context-free action is refused
    /// first, as a node refuses it.
    ///
    /// # Errors
    /// `unaccessible_api` (3050007).
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

/// The error with which `eosio_exit` unwinds the contract. The engine turns it into success.
#[derive(Debug)]
pub(super) struct Exit;

impl std::fmt::Display for Exit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the contract ended the action by eosio_exit")
    }
}

impl std::error::Error for Exit {}

/// Runs a host function for a contract; the module's head tells the order of its steps.
///
/// # Errors
/// The function's own error, [`Exit`], `UnreachableCodeReached` where no nested call is left, and
/// `OutOfFuel` where the call has used up the fuel.
pub(super) fn enter<R>(
    caller: &mut Caller<'_, Data>,
    run: impl FnOnce(&mut Call<'_, '_>) -> Result<R, ChainError>,
) -> wasmtime::Result<R> {
    let calls = caller.data().calls;
    if calls.is_some_and(|calls| calls.get(&mut *caller).i32() == Some(0)) {
        // A function of the contract fails by `unreachable` where no call is left (see `prepare`);
        // a node counts host functions as calls, too.
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

/// The error that nodes give for everything that goes wrong inside a contract except memory
/// accesses: `wasm_execution_error` (3070002), as `eosio::vm::exception` is translated in
/// `webassembly/runtimes/eos-vm.cpp`.
pub(super) fn system_failure() -> ChainError {
    ChainError::new(ErrorKind::WasmExecutionError, "eos-vm system failure")
}
