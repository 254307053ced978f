//! The executor: checks modules, compiles each once, and runs them.
//!
//! An [`Engine`] owns four kinds of shared state, each behind locks of its own, of which a thread
//! never holds two: the verdicts of validation, the linked modules, the idle instances, and the
//! folder of compiled modules. No lock is held while a module is checked, compiled or run.
//!
//! Contracts are compiled by Winch, Wasmtime's single-pass compiler: most contracts on a chain run
//! for microseconds and are compiled in milliseconds, so that an optimizing compiler never earns
//! back its time in a test. Fuel is consumed by every instruction ([`operators`]), which makes the
//! cost of an action the same on every machine.
//!
//! # How a contract may end
//!
//! | what happens in the contract | what the chain reports |
//! |---|---|
//! | `apply` returns, or `eosio_exit` is called | success |
//! | a host function fails | its error, unchanged |
//! | the budget is spent | `tx_cpu_usage_exceeded` (3080004) or `block_cpu_usage_exceeded` (3080005) |
//! | an access outside the memory, a division by zero | `wasm_execution_error` (3070002) "access violation" |
//! | a signed division that overflows | the same; see `trap` |
//! | `unreachable`, a conversion out of range, a wrong indirect call, too many nested calls, the stack is full | `wasm_execution_error` (3070002) "eos-vm system failure" |
//!
//! A contract cannot catch any of these. In each case the cost so far is charged, and the instance
//! is reset or dropped.

use super::cache::Cache;
use super::call::{Data, Exit, system_failure};
use super::disk::{Disk, Keeper};
use super::frames::CLEAR;
use super::instance::{Instance, Template};
use super::lower::ELEMENTS;
use super::memory::violation;
use super::pages::{MEMORY_GROW, RESIDENT};
use super::probes::{self, Recording};
use super::room::{Compiled, Room};
use super::stack::STACK;
use super::unrunnable::{unavailable, unbuildable};
use super::{functions, prepare, rules, symbols, telling, trap};
use crate::by_thread::{ByThread, PLACES};
use antelope_ledger::diagnosis::{CodeAddress, Frame};
use antelope_ledger::transaction::ApplyContext;
use antelope_ledger::{CodeRules, Executor, Shadow};
use antelope_module::FunctionNames;
use antelope_module::chain::intrinsic;
use antelope_module::validate::validate_for;
use antelope_types::{ChainError, Checksum256, ErrorKind};
use std::path::Path;
use std::sync::{Arc, OnceLock};
use wasmtime::{
    Config, FrameInfo, InstanceAllocationStrategy, Linker, Module, OperatorCost, OptLevel,
    PoolConcurrencyLimitError, PoolingAllocationConfig, RegallocAlgorithm, Strategy, Trap,
    WasmBacktrace,
};

/// Bytes of code below which compiling takes no longer than reading a file.
const WORTH_KEEPING: usize = 4096;

/// Bytes of linear memory that 32 bits address. How many a contract may have is the chain's parameter
/// `max_pages`, for which nodes have no upper bound; the pool reserves this much address space for each
/// instance in any case.
const MEMORY: usize = 1 << 32;

/// Bytes of what an instance is besides its memory and table, such as its imports. It is no more than a
/// limit: nothing is kept for it.
const INSTANCE: usize = 256 << 20;

/// Idle instances kept in each thread's free list.
const IDLE: usize = 8;

/// Instances in one process at a time: 64 that run, and a full free list for each place of the
/// pool. Wasmtime reserves address space for all of them, but memory only for those in use.
const INSTANCES: u32 = 64 + (PLACES * IDLE) as u32;

/// What makes two instances interchangeable: the hash of the code, and the limit of memory pages
/// under which they were made.
type ModuleKey = (Checksum256, u32);

/// What second runs of transactions are executed by, once somebody measures something by them.
static SHADOW: OnceLock<Box<dyn Shadow>> = OnceLock::new();

/// Has all engines of this process give this executor for second runs, unless they have one.
pub(super) fn set_shadow<E>(make: impl FnOnce() -> Result<Box<dyn Shadow>, E>) -> Result<(), E> {
    if SHADOW.get().is_none() {
        // Where two threads come here at once, either's serves.
        let _ = SHADOW.set(make()?);
    }
    Ok(())
}

/// Compiles contracts and runs their actions.
///
/// Cloning is by [`Arc`]: chains that share an engine share its compiled modules. One engine serves
/// any number of chains and threads.
///
/// ```
/// use antelope_vm::Engine;
/// use std::sync::Arc;
///
/// // The same engine for the whole process.
/// assert!(Arc::ptr_eq(&Engine::shared()?, &Engine::shared()?));
/// # Ok::<(), antelope_types::ChainError>(())
/// ```
pub struct Engine {
    /// The compiler and its settings.
    engine: wasmtime::Engine,
    /// The host functions, made once.
    linker: Linker<Data>,
    /// For modules that the pool is too small for, once there is one.
    room: OnceLock<Result<Arc<Room>, ChainError>>,
    /// The settings of the compiler.
    config: Config,
    /// Linked modules by the hash of the code.
    modules: Cache<Compiled>,
    /// Instances that have run an action and wait for the next one.
    idle: ByThread<(ModuleKey, Instance)>,
    /// Code that has passed validation, by hash of code and rules. Failures are not kept.
    valid: Cache<()>,
    /// The folder of compiled modules; `None` where nothing is kept for the next process.
    disk: Option<Keeper>,
}

impl Engine {
    /// A new engine that keeps compiled modules in this user's cache folder (see the crate's head).
    /// Most callers want [`shared`](Self::shared).
    ///
    /// # Errors
    /// `wasm_execution_error` (3070002) where Wasmtime does not support this machine, or where the
    /// address space for the instances cannot be reserved.
    pub fn new() -> Result<Self, ChainError> {
        Self::with(Disk::of_user)
    }

    /// A new engine that keeps compiled modules in this folder, or only in memory for `None`. A
    /// folder that another user owns or may write to is not used: a compiled module is native code.
    ///
    /// # Errors
    /// As for [`new`](Self::new). A folder that cannot be used is no error; nothing is kept then.
    pub fn keeping_modules_in(folder: Option<&Path>) -> Result<Self, ChainError> {
        Self::with(|engine| Disk::at(folder?.to_owned(), engine))
    }

    /// A new engine with the usual settings and this folder.
    fn with(disk: impl FnOnce(&wasmtime::Engine) -> Option<Disk>) -> Result<Self, ChainError> {
        Self::with_config(&config(1), disk)
    }

    /// A new engine with these settings and this folder. The folder is opened after the engine,
    /// since the names of its files depend on the engine's settings.
    pub(super) fn with_config(
        config: &Config,
        disk: impl FnOnce(&wasmtime::Engine) -> Option<Disk>,
    ) -> Result<Self, ChainError> {
        let engine = wasmtime::Engine::new(config).map_err(unavailable)?;
        let mut linker = Linker::new(&engine);
        functions::link(&mut linker).map_err(unavailable)?;
        Ok(Self {
            disk: disk(&engine).map(Keeper::of),
            engine,
            linker,
            room: OnceLock::new(),
            config: config.clone(),
            modules: Cache::new(),
            idle: ByThread::default(),
            valid: Cache::new(),
        })
    }

    /// A new engine that collects no backtraces and keeps modules only in memory. It exists to
    /// measure what backtraces cost; failures on it have no frames.
    ///
    /// # Errors
    /// As for [`new`](Self::new).
    pub fn without_backtraces() -> Result<Self, ChainError> {
        Self::with_config(config(1).wasm_backtrace_max_frames(None), |_| None)
    }

    /// The engine of this process, made at the first call. Chains that share it compile a contract
    /// once.
    ///
    /// # Errors
    /// As for [`new`](Self::new); a failure is remembered and returned to every later caller.
    pub fn shared() -> Result<Arc<Self>, ChainError> {
        static SHARED: OnceLock<Result<Arc<Engine>, ChainError>> = OnceLock::new();
        SHARED.get_or_init(|| Self::new().map(Arc::new)).clone()
    }

    /// The linked module of this code: loaded from disk, or compiled and then written to disk in
    /// the background.
    ///
    /// # Errors
    /// [`unbuildable`].
    fn load(&self, hash: &Checksum256, code: &[u8]) -> Result<Compiled, ChainError> {
        let kept = self.disk.as_ref();
        let kept = kept.filter(|_| code.len() >= WORTH_KEEPING);
        if let Some(module) = kept.and_then(|disk| disk.load(&self.engine, hash)) {
            return self.template(&module).map(Compiled::pooled);
        }
        let prepared = prepare::prepare(code).map_err(|_| unbuildable())?;
        if !prepared.pooled {
            return Ok(Compiled::beyond_the_pool());
        }
        let module = Module::new(&self.engine, prepared.code).map_err(|_| unbuildable())?;
        if let Some(disk) = kept {
            disk.store(hash, &module);
        }
        self.template(&module).map(Compiled::pooled)
    }

    /// Links a module.
    fn template(&self, module: &Module) -> Result<Template, ChainError> {
        let module = self.linker.instantiate_pre(module);
        module.map(Template::new).map_err(|_| unbuildable())
    }

    /// Where modules run that the pool is too small for.
    pub(super) fn room(&self) -> Result<Arc<Room>, ChainError> {
        let make = || Room::new(self.config.clone()).map(Arc::new);
        self.room.get_or_init(make).clone()
    }

    /// Validates code for `setcode`.
    ///
    /// # Errors
    /// `wasm_serialization_error` (3070003): "Code too large" where it exceeds `max_module_bytes`;
    /// the reasons of the validation; or `env.… unresolveable` where it imports a host function
    /// whose protocol feature is not active.
    fn check(code: &[u8], rules: &CodeRules) -> Result<(), ChainError> {
        let refused = |message| ChainError::new(ErrorKind::WasmSerializationError, message);
        if rules::is_too_large(code, rules) {
            return Err(refused("Code too large".to_owned()));
        }
        let chain = rules::chain(rules);
        // A node knows the functions of all features and tests afterwards whether they are active,
        // so that other faults of the module are reported first.
        let all = antelope_module::chain::ModuleRules {
            limits: chain.limits,
            ..antelope_module::chain::ModuleRules::current()
        };
        let names = FunctionNames::read(code);
        let requirements =
            validate_for(code, &all, &names).map_err(|reasons| refused(reasons.to_string()))?;
        let imports = requirements.imports.iter();
        let mut functions = imports.filter_map(|name| intrinsic(name));
        if let Some(closed) = functions.find(|function| !chain.whitelists(function)) {
            return Err(refused(format!("env.{} unresolveable", closed.name)));
        }
        Ok(())
    }

    /// Compiles and links a module that is already prepared, as an instrumented one is.
    pub(super) fn link(&self, prepared: &[u8]) -> Result<Compiled, ChainError> {
        let module = Module::new(&self.engine, prepared).map_err(|_| unbuildable())?;
        self.template(&module).map(Compiled::pooled)
    }

    /// Runs an instrumented module for one action with a recording attached. Returns how it ended,
    /// and the recording unless no instance could be made.
    pub(super) fn record(
        &self,
        module: &Compiled,
        prepared: impl FnOnce() -> Option<Vec<u8>>,
        context: &mut ApplyContext<'_>,
        recording: Recording,
    ) -> (Result<(), ChainError>, Option<Recording>) {
        let (pages, calls) = rules::running(&context.state().code_rules());
        let template = match module.template(calls, || self.room(), prepared) {
            Ok(template) => template,
            Err(error) => return (Err(error), None),
        };
        let instance = self.instance(&template, pages).and_then(|mut instance| {
            instance.record(recording)?;
            Ok(instance)
        });
        match instance {
            Ok(mut instance) => {
                let ended = Self::run(&mut instance, context, calls, probes::compiled);
                (ended, instance.into_recording())
            }
            Err(error) => {
                let ended = Self::told(context, Err(error), probes::compiled);
                (ended, None)
            }
        }
    }

    /// A new instance of the module with at most so many pages of memory. While the process has as
    /// many instances as the pool allows, this waits for one to be dropped.
    pub(super) fn instance(
        &self,
        template: &Arc<Template>,
        pages: u32,
    ) -> wasmtime::Result<Instance> {
        loop {
            match Instance::new(Arc::clone(template), pages) {
                // All instances are in use or idle. Dropping the idle ones of every thread frees
                // their memory; if the rest are running, an action ends soon.
                Err(error) if error.is::<PoolConcurrencyLimitError>() => {
                    self.idle.clear();
                    std::thread::yield_now();
                }
                result => return result,
            }
        }
    }

    /// Runs an action on an instance and bills what it cost.
    fn run(
        instance: &mut Instance,
        context: &mut ApplyContext<'_>,
        calls: u32,
        compiled: fn(&[u8]) -> Vec<u8>,
    ) -> Result<(), ChainError> {
        let (ended, cost) = instance.run(context, calls);
        // The cost is charged even when the action has failed: a failed transaction is billed on
        // nodes, too. Where both failed, the contract's own error is reported.
        let charged = context.charge(cost);
        Self::told(context, ended, compiled).and(charged)
    }

    /// Translates how a contract ended into the chain's error, and records the backtrace in the
    /// context.
    /// [`Exit`] is success.
    pub(super) fn told(
        context: &mut ApplyContext<'_>,
        ended: wasmtime::Result<()>,
        compiled: fn(&[u8]) -> Vec<u8>,
    ) -> Result<(), ChainError> {
        let error = match ended {
            Err(error) if !error.is::<Exit>() => error,
            _ => return Ok(()),
        };
        let trap: Option<Trap> = error.downcast_ref().copied();
        context.set_calls(calls(&error), trap.map(|trap| trap.to_string()));
        Err(match trap {
            Some(Trap::OutOfFuel) => context.exhausted(),
            _ => explained(error, || context.code().map(|code| compiled(code))),
        })
    }
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").finish_non_exhaustive()
    }
}

impl Executor for Engine {
    /// A verdict is cached by the hash of code and rules; see `rules::hash`.
    fn validate(
        &self,
        code_hash: &Checksum256,
        code: &[u8],
        rules: &CodeRules,
    ) -> Result<(), ChainError> {
        let hash = rules::hash(code_hash, rules);
        let valid = self.valid.get_or_make(&hash, || Self::check(code, rules));
        valid.map(drop)
    }

    /// Takes an idle instance of the same code and limits, else makes one; runs the action; keeps
    /// the instance where it can be reused.
    fn apply(
        &self,
        code_hash: &Checksum256,
        context: &mut ApplyContext<'_>,
    ) -> Result<(), ChainError> {
        let (pages, calls) = rules::running(&context.state().code_rules());
        let kind = (*code_hash, pages);
        let waiting = self
            .idle
            .take(|(other, instance)| *other == kind && instance.fits(calls));
        let instance = match waiting.and_then(|(_, instance)| instance.renewed().ok()) {
            Some(instance) => Ok(instance),
            None => {
                let code = || context.code().map_or(&[][..], |code| code);
                let load = || self.load(code_hash, code());
                let module = self.modules.get_or_make(code_hash, load)?;
                let prepared = || prepare::prepare(code()).ok().map(|module| module.code);
                let template = module.template(calls, || self.room(), prepared)?;
                self.instance(&template, pages)
            }
        };
        let mut instance = match instance {
            Ok(instance) => instance,
            Err(error) => return Self::told(context, Err(error), compiled),
        };
        let ended = Self::run(&mut instance, context, calls, compiled);
        if instance.is_reusable() {
            self.idle.put((kind, instance), IDLE);
        }
        ended
    }

    /// The code is prepared again to resolve offsets: a failure is rare, and its bytes are not
    /// kept.
    fn frames(&self, code_hash: &Checksum256, code: &[u8], calls: &[CodeAddress]) -> Vec<Frame> {
        symbols::frames(code_hash, code, &compiled(code), calls)
    }

    fn telling(&self, code_hash: &Checksum256) -> Option<Arc<[u8]>> {
        telling::code(code_hash)
    }

    fn shadow(&self) -> Option<&dyn Shadow> {
        SHADOW.get().map(|shadow| &**shadow)
    }
}

/// The functions that were active when the contract failed, innermost first. Host functions are not
/// among them.
fn calls(error: &wasmtime::Error) -> Vec<CodeAddress> {
    let backtrace = error.downcast_ref::<WasmBacktrace>();
    let frames = backtrace.map_or(&[][..], WasmBacktrace::frames);
    let address = |frame: &FrameInfo| CodeAddress {
        function: frame.func_index(),
        offset: frame.module_offset(),
    };
    frames.iter().map(address).collect()
}

/// The chain's error for what ended a contract other than fuel: a host function's own error as it
/// is, an access violation, or a system failure for every other trap, as nodes report them.
fn explained(error: wasmtime::Error, compiled: impl FnOnce() -> Option<Vec<u8>>) -> ChainError {
    let error = match error.downcast::<ChainError>() {
        Ok(error) => return error,
        Err(error) => error,
    };
    match error.downcast_ref::<Trap>() {
        // The processor signals both alike, and nodes do not distinguish them.
        Some(Trap::MemoryOutOfBounds | Trap::IntegerDivisionByZero) => violation(),
        Some(Trap::IntegerOverflow)
            if compiled().is_some_and(|code| trap::is_division(&error, &code)) =>
        {
            violation()
        }
        _ => system_failure(),
    }
}

/// Code as it is given to the compiler; empty where it cannot be prepared.
fn compiled(code: &[u8]) -> Vec<u8> {
    prepare::prepare(code).map_or_else(|_| Vec::new(), |module| module.code)
}

/// Fuel for each instruction: Wasmtime's defaults, which are 1 and 0 for those that compile to
/// nothing, and more for `memory.grow`. See [`Cost`](antelope_types::Cost).
fn operators() -> OperatorCost {
    OperatorCost {
        MemoryGrow: MEMORY_GROW,
        I32Extend8S: CLEAR,
        ..OperatorCost::new()
    }
}

/// The settings of Wasmtime for modules with so many tables: one for the contract, and one more for
/// the probe of a profile.
pub(super) fn config(tables: u32) -> Config {
    let mut pool = PoolingAllocationConfig::default();
    pool.total_core_instances(INSTANCES)
        .total_memories(INSTANCES)
        .total_tables(INSTANCES * tables)
        .max_tables_per_module(tables)
        .max_memory_size(MEMORY)
        .max_core_instance_size(INSTANCE)
        .table_elements(ELEMENTS as usize)
        .linear_memory_keep_resident(RESIDENT)
        .table_keep_resident(RESIDENT);
    let mut config = Config::new();
    config
        .strategy(Strategy::Winch)
        // Winch compiles the contract; the trampolines into and out of it are still compiled by
        // Cranelift, and are too short to be worth optimizing.
        .cranelift_opt_level(OptLevel::None)
        .cranelift_regalloc_algorithm(RegallocAlgorithm::SinglePass)
        .consume_fuel(true)
        .operator_cost(operators())
        .max_wasm_stack(STACK)
        .allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
    config
}
