//! What contracts execute, by function and by basic block: coverage and flame graphs of any module.
//!
//! [`Profiler`] runs contracts as [`Engine`](super::Engine) does, and counts. Nothing of it depends
//! on the machine or the moment: its unit is that of [`Cost`](crate::Cost), and each trace is what it
//! is without it. A contract takes many times as long.

mod coverage;
mod flamegraph;
mod tree;

pub use coverage::{ContractCoverage, Coverage, FunctionCoverage};
pub use tree::FlameGraph;

use super::cache::Cache;
use super::engine::{Engine, config, unbuildable};
use super::instance::Template;
use super::probes::{Block, Recording, compiled, instrumented};
use super::symbols::{self, Functions};
use antelope_ledger::diagnosis::{CodeAddress, Frame};
use antelope_ledger::transaction::ApplyContext;
use antelope_ledger::{CodeRules, Executor};
use antelope_types::{ChainError, Checksum256, Name};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tree::Tree;

/// An executor that counts what contracts execute.
///
/// It takes the place of the engine: `chain.with_executor(profiler.clone())` profiles any chain from any
/// moment on.
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
    engine: Engine,
    modules: Cache<Instrumented>,
    profile: Mutex<Profile>,
}

/// A module that tells what it executes.
struct Instrumented {
    module: Arc<Template>,
    blocks: Arc<[Block]>,
}

/// All that was executed.
#[derive(Default)]
struct Profile {
    contracts: BTreeMap<[u8; 32], Contract>,
    /// By the way to the action and the code that ran for it.
    trees: BTreeMap<(Vec<String>, [u8; 32]), Tree>,
}

/// Code, and what of it was executed.
struct Contract {
    code: Arc<[u8]>,
    accounts: BTreeSet<Name>,
    blocks: Arc<[Block]>,
    hits: Vec<u64>,
}

impl Contract {
    fn functions(&self, hash: &Checksum256) -> Functions {
        Functions::read(&self.code, symbols::names(hash))
    }
}

impl Profiler {
    /// A profiler that has counted nothing.
    ///
    /// # Errors
    /// Where this machine cannot run WebAssembly.
    pub fn new() -> Result<Self, ChainError> {
        // The table of the probe comes to the contract's own.
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

    /// What cost how much, by the way to it.
    pub fn flame_graph(&self) -> FlameGraph {
        FlameGraph::of(&self.lock())
    }

    /// Forgets what was counted.
    pub fn reset(&self) {
        *self.lock() = Profile::default();
    }

    fn lock(&self) -> MutexGuard<'_, Profile> {
        self.profile.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn load(&self, code: &[u8]) -> Result<Instrumented, ChainError> {
        let instrumented = instrumented(code).map_err(|_| unbuildable())?;
        Ok(Instrumented {
            module: self.engine.link(&instrumented.code)?,
            blocks: instrumented.blocks.into(),
        })
    }

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
        let (ended, recording) = self.engine.record(&module.module, context, recording);
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
