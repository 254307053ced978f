//! Profiles: what contracts execute, by function and by basic block.
//!
//! [`Profiler`] is an executor that runs contracts as [`Engine`](super::Engine) does, with a probe
//! at the start of each basic block and around each call. From what the probes report it makes
//! [`Coverage`] and a [`FlameGraph`]. It works for any module; with a name section, or names from
//! [`add_names`](crate::add_names), functions have names.
//!
//! Counts are in the unit of [`Cost`](antelope_types::Cost) and do not depend on the machine. A
//! profiled transaction has the same trace, the same cost and the same errors as an unprofiled one;
//! it takes many times as long.

mod coverage;
mod flamegraph;
mod tree;

pub use coverage::{ContractCoverage, Coverage, FunctionCoverage};
pub use tree::FlameGraph;

use super::cache::Cache;
use super::engine::{Engine, config};
use super::probes::{Block, Recording, compiled, instrumented};
use super::room::Compiled;
use super::symbols::{self, Functions};
use super::unrunnable::unbuildable;
use antelope_ledger::diagnosis::{CodeAddress, Frame};
use antelope_ledger::transaction::ApplyContext;
use antelope_ledger::{CodeRules, Executor};
use antelope_types::{ChainError, Checksum256, Name};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tree::Tree;

/// An executor that counts what contracts execute.
///
/// It takes the place of the engine: `chain.with_executor(profiler.clone())` profiles a chain from
/// that moment on. One profiler may serve several chains and threads; their counts are added up.
///
/// ```
/// use antelope_vm::Profiler;
/// use std::sync::Arc;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let profiler = Arc::new(Profiler::new()?);
/// // … transactions on a chain with this executor …
/// println!("{}", profiler.coverage());
/// std::fs::write(std::env::temp_dir().join("flame.svg"), profiler.flame_graph().to_svg())?;
/// # Ok(()) }
/// ```
pub struct Profiler {
    /// Compiles and runs the instrumented modules.
    engine: Engine,
    /// Instrumented modules by the hash of the original code.
    modules: Cache<Instrumented>,
    /// All counts. Locked at the end of each action to add its recording, not while it runs.
    profile: Mutex<Profile>,
}

/// A compiled module with probes, and the basic blocks that their numbers stand for.
struct Instrumented {
    module: Compiled,
    blocks: Arc<[Block]>,
}

/// Everything that was counted since the last reset.
#[derive(Default)]
struct Profile {
    /// Contracts by the hash of their code.
    contracts: BTreeMap<[u8; 32], Contract>,
    /// Calls by the path of actions that led to the action, and the hash of the code that ran for
    /// it.
    trees: BTreeMap<(Vec<String>, [u8; 32]), Tree>,
}

/// A contract, and how often each of its blocks was executed.
struct Contract {
    code: Arc<[u8]>,
    /// The receivers for which it ran.
    accounts: BTreeSet<Name>,
    /// Its basic blocks, in the order of the code.
    blocks: Arc<[Block]>,
    /// How often each block was executed.
    hits: Vec<u64>,
}

impl Contract {
    /// The functions of the code with their names.
    fn functions(&self, hash: &Checksum256) -> Functions {
        Functions::read(&self.code, symbols::names(hash))
    }
}

impl Profiler {
    /// A profiler that has counted nothing. It has an engine of its own and keeps no modules on
    /// disk.
    ///
    /// # Errors
    /// `wasm_execution_error` (3070002) where this machine cannot run WebAssembly.
    pub fn new() -> Result<Self, ChainError> {
        // The probe is called through a table in addition to the contract's own.
        Ok(Self {
            engine: Engine::with_config(&config(2), |_| None)?,
            modules: Cache::new(),
            profile: Mutex::default(),
        })
    }

    /// Which functions and blocks of each contract were executed.
    pub fn coverage(&self) -> Coverage {
        Coverage::of(&self.lock())
    }

    /// What was executed where, by the path of actions and calls.
    pub fn flame_graph(&self) -> FlameGraph {
        FlameGraph::of(&self.lock())
    }

    /// Discards all counts. Compiled modules are kept.
    pub fn reset(&self) {
        *self.lock() = Profile::default();
    }

    /// Locks the counts; a panic elsewhere leaves them usable.
    fn lock(&self) -> MutexGuard<'_, Profile> {
        self.profile.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Instruments and compiles code.
    ///
    /// # Errors
    /// As for the engine: the code is beyond what it can compile.
    fn load(&self, code: &[u8]) -> Result<Instrumented, ChainError> {
        let instrumented = instrumented(code).map_err(|_| unbuildable())?;
        let module = if instrumented.pooled {
            self.engine.link(&instrumented.code)?
        } else {
            Compiled::beyond_the_pool()
        };
        Ok(Instrumented {
            module,
            blocks: instrumented.blocks.into(),
        })
    }

    /// Adds what one action executed.
    fn take(
        &self,
        hash: &Checksum256,
        code: &Arc<[u8]>,
        module: &Instrumented,
        context: &ApplyContext<'_>,
        recording: &Recording,
    ) {
        let mut profile = self.lock();
        let contract = profile.contracts.entry(hash.0).or_insert_with(|| Contract {
            code: Arc::clone(code),
            accounts: BTreeSet::new(),
            blocks: Arc::clone(&module.blocks),
            hits: vec![0; module.blocks.len()],
        });
        contract.accounts.insert(context.receiver());
        let hits = contract.hits.iter_mut().zip(recording.hits());
        hits.for_each(|(all, more)| *all += more);
        let tree = profile.trees.entry((context.path(), hash.0)).or_default();
        tree.take(recording);
    }
}

impl Executor for Profiler {
    fn validate(
        &self,
        code_hash: &Checksum256,
        code: &[u8],
        rules: &CodeRules,
    ) -> Result<(), ChainError> {
        self.engine.validate(code_hash, code, rules)
    }

    fn apply(&self, hash: &Checksum256, context: &mut ApplyContext<'_>) -> Result<(), ChainError> {
        let code = context.code().map_or_else(|| [].into(), Arc::clone);
        let module = self.modules.get_or_make(hash, || self.load(&code))?;
        let recording = Recording::new(&module.blocks, context.budget());
        let prepared = || instrumented(&code).ok().map(|module| module.code);
        let (ended, recording) = self
            .engine
            .record(&module.module, prepared, context, recording);
        if let Some(recording) = recording {
            self.take(hash, &code, &module, context, &recording);
        }
        ended
    }

    fn frames(&self, hash: &Checksum256, code: &[u8], calls: &[CodeAddress]) -> Vec<Frame> {
        symbols::frames(hash, code, &compiled(code), calls)
    }
}

impl std::fmt::Debug for Profiler {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Profiler").finish_non_exhaustive()
    }
}
