//! The executor: modules checked, compiled once, and run.

use super::cache::Cache;
use super::call::{Data, Exit, system_failure};
use super::disk::{Disk, Keeper};
use super::instance::{Instance, Template};
use super::memory::violation;
use super::pages::{MEMORY_GROW, RESIDENT};
use super::probes::{self, Recording};
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

/// Bytes of code that takes longer to compile than a file takes to read.
const WORTH_KEEPING: usize = 4096;

/// Bytes of stack for one action.
const STACK: usize = 1 << 20;

/// Memory a contract may have: 528 pages.
const MEMORY: usize = 528 << 16;

/// Instances that wait for the next action of a thread.
const IDLE: usize = 8;

/// Actions that may run at the same time in one process, and what waits for the next.
const INSTANCES: u32 = 64 + (PLACES * IDLE) as u32;

/// The hash of the code, and how many pages its memory may have.
type Kind = (Checksum256, u32);

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

/// Runs contracts.
pub struct Engine {
    engine: wasmtime::Engine,
    linker: Linker<Data>,
    modules: Cache<Template>,
    /// Instances for the next action.
    idle: ByThread<(Kind, Instance)>,
    /// Code that was checked.
    valid: Cache<()>,
    disk: Option<Keeper>,
}

impl Engine {
    /// An engine of its own, which keeps compiled modules in the folder of this user.
    ///
    /// # Errors
    /// Where this machine cannot run WebAssembly.
    pub fn new() -> Result<Self, ChainError> {
        Self::with(Disk::of_user)
    }

    /// An engine of its own, which keeps compiled modules in this folder, or only in memory. A folder
    /// that others may write to is not used.
    ///
    /// # Errors
    /// Where this machine cannot run WebAssembly.
    pub fn keeping_modules_in(folder: Option<&Path>) -> Result<Self, ChainError> {
        Self::with(|engine| Disk::at(folder?.to_owned(), engine))
    }

    fn with(disk: impl FnOnce(&wasmtime::Engine) -> Option<Disk>) -> Result<Self, ChainError> {
        Self::with_config(&config(1), disk)
    }

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
            modules: Cache::new(),
            idle: ByThread::default(),
            valid: Cache::new(),
        })
    }

    /// An engine of its own that tells no backtraces and keeps modules only in memory: what
    /// backtraces cost can be measured by it.
    ///
    /// # Errors
    /// Where this machine cannot run WebAssembly.
    pub fn without_backtraces() -> Result<Self, ChainError> {
        Self::with_config(config(1).wasm_backtrace_max_frames(None), |_| None)
    }

    /// The engine of this process; chains that share it compile a contract once.
    ///
    /// # Errors
    /// Where this machine cannot run WebAssembly.
    pub fn shared() -> Result<Arc<Self>, ChainError> {
        static SHARED: OnceLock<Result<Arc<Engine>, ChainError>> = OnceLock::new();
        SHARED.get_or_init(|| Self::new().map(Arc::new)).clone()
    }

    /// The module of the code, from the disk if it was ever compiled.
    fn load(&self, hash: &Checksum256, code: &[u8]) -> Result<Template, ChainError> {
        let kept = self.disk.as_ref();
        let kept = kept.filter(|_| code.len() >= WORTH_KEEPING);
        let module = match kept.and_then(|disk| disk.load(&self.engine, hash)) {
            Some(module) => module,
            None => {
                let module = self.compile(code)?;
                if let Some(disk) = kept {
                    disk.store(hash, &module);
                }
                module
            }
        };
        self.linker
            .instantiate_pre(&module)
            .map(Template::new)
            .map_err(|_| unbuildable())
    }

    /// Fails for code that no account may have on a chain with these rules.
    fn check(code: &[u8], rules: &CodeRules) -> Result<(), ChainError> {
        let refused = |message| ChainError::new(ErrorKind::WasmSerializationError, message);
        if rules::is_too_large(code, rules) {
            return Err(refused("Code too large".to_owned()));
        }
        let chain = rules::chain(rules);
        // A node looks at what it knows before it looks at what is active.
        let all = antelope_module::chain::Chain {
            limits: chain.limits,
            ..antelope_module::chain::Chain::current()
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

    fn compile(&self, code: &[u8]) -> Result<Module, ChainError> {
        let code = prepare::prepare(code).map_err(|_| unbuildable())?;
        Module::new(&self.engine, code).map_err(|_| unbuildable())
    }

    /// A module that is already as it is to be compiled.
    pub(super) fn link(&self, prepared: &[u8]) -> Result<Arc<Template>, ChainError> {
        Module::new(&self.engine, prepared)
            .and_then(|module| self.linker.instantiate_pre(&module))
            .map(|module| Arc::new(Template::new(module)))
            .map_err(|_| unbuildable())
    }

    /// Runs the module for the action, and counts what it cost, however it ended; gives back what it
    /// recorded.
    pub(super) fn record(
        &self,
        module: &Arc<Template>,
        context: &mut ApplyContext<'_>,
        recording: Recording,
    ) -> (Result<(), ChainError>, Option<Recording>) {
        let (pages, calls) = rules::running(&context.state().code_rules());
        let instance = self.instance(module, pages).and_then(|mut instance| {
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

    /// A new instance of the module, whose memory may have so many pages.
    pub(super) fn instance(
        &self,
        template: &Arc<Template>,
        pages: u32,
    ) -> wasmtime::Result<Instance> {
        loop {
            match Instance::new(&self.engine, Arc::clone(template), pages) {
                // Others run as many as there may be; they are done soon.
                Err(error) if error.is::<PoolConcurrencyLimitError>() => {
                    self.idle.clear();
                    std::thread::yield_now();
                }
                result => return result,
            }
        }
    }

    fn run(
        instance: &mut Instance,
        context: &mut ApplyContext<'_>,
        calls: u32,
        compiled: fn(&[u8]) -> Vec<u8>,
    ) -> Result<(), ChainError> {
        let (ended, cost) = instance.run(context, calls);
        // What was executed is counted even where it has failed.
        let charged = context.charge(cost);
        Self::told(context, ended, compiled).and(charged)
    }

    /// How a contract has ended, as the chain tells it.
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

    fn apply(
        &self,
        code_hash: &Checksum256,
        context: &mut ApplyContext<'_>,
    ) -> Result<(), ChainError> {
        let (pages, calls) = rules::running(&context.state().code_rules());
        let kind = (*code_hash, pages);
        let waiting = self.idle.take(|(other, _)| *other == kind);
        let instance = match waiting.and_then(|(_, instance)| instance.renewed().ok()) {
            Some(instance) => Ok(instance),
            None => {
                let load = || self.load(code_hash, context.code().map_or(&[], |code| code));
                let module = self.modules.get_or_make(code_hash, load)?;
                self.instance(&module, pages)
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

/// The calls in which a contract was when it failed.
fn calls(error: &wasmtime::Error) -> Vec<CodeAddress> {
    let backtrace = error.downcast_ref::<WasmBacktrace>();
    let frames = backtrace.map_or(&[][..], WasmBacktrace::frames);
    let address = |frame: &FrameInfo| CodeAddress {
        function: frame.func_index(),
        offset: frame.module_offset(),
    };
    frames.iter().map(address).collect()
}

/// The chain's error for what ended a contract.
fn explained(error: wasmtime::Error, compiled: impl FnOnce() -> Option<Vec<u8>>) -> ChainError {
    let error = match error.downcast::<ChainError>() {
        Ok(error) => return error,
        Err(error) => error,
    };
    match error.downcast_ref::<Trap>() {
        // The processor reports both alike, and nodes do not look further.
        Some(Trap::MemoryOutOfBounds | Trap::IntegerDivisionByZero) => violation(),
        Some(Trap::IntegerOverflow)
            if compiled().is_some_and(|code| trap::is_division(&error, &code)) =>
        {
            violation()
        }
        _ => system_failure(),
    }
}

/// Code as it is compiled.
fn compiled(code: &[u8]) -> Vec<u8> {
    prepare::prepare(code).unwrap_or_default()
}

/// What is said of a module that the chain allows and the engine cannot compile. The engine's own
/// words are about its insides.
pub(super) fn unbuildable() -> ChainError {
    let message = "Error building eos-vm interp: the module is beyond the limits of the embedded chain's engine";
    ChainError::new(ErrorKind::WasmExecutionError, message)
}

fn unavailable(error: wasmtime::Error) -> ChainError {
    let message = format!("this machine cannot run WebAssembly: {error:#}");
    ChainError::new(ErrorKind::WasmExecutionError, message)
}

/// What instructions cost: see [`Cost`](crate::Cost).
fn operators() -> OperatorCost {
    OperatorCost {
        MemoryGrow: MEMORY_GROW,
        ..OperatorCost::new()
    }
}

/// For modules with so many tables.
pub(super) fn config(tables: u32) -> Config {
    let mut pool = PoolingAllocationConfig::default();
    pool.total_core_instances(INSTANCES)
        .total_memories(INSTANCES)
        .total_tables(INSTANCES * tables)
        .max_tables_per_module(tables)
        .max_memory_size(MEMORY)
        .linear_memory_keep_resident(RESIDENT)
        .table_keep_resident(RESIDENT);
    let mut config = Config::new();
    config
        .strategy(Strategy::Winch)
        // What leads into contracts and out of them is made by the other compiler, and is not worth more.
        .cranelift_opt_level(OptLevel::None)
        .cranelift_regalloc_algorithm(RegallocAlgorithm::SinglePass)
        .consume_fuel(true)
        .operator_cost(operators())
        .max_wasm_stack(STACK)
        .allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
    config
}
