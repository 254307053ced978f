//! Code that counts which of its instructions are executed, in a second run of each transaction.
//!
//! Line coverage needs code that has not been optimized, since optimized code no longer knows its lines.
//! Such code costs more and needs more stack, so it must not take the place of what is deployed: the
//! transaction runs as ever, and then once more in a copy of the state, where the contracts for which
//! there is counting code run that, within a multiple of the budget. What the second run does is dropped.
//!
//! ```text
//! transaction ── deployed code ── outcome, which counts
//!      └──────── copy of the state ── counting code ── counters to `counted`; the rest is dropped
//! ```
//!
//! A contract cannot tell the runs apart by the state, and nothing that it does in the second one
//! reaches the chain. It may fail in the second run alone, where it spends 32 times the budget; then
//! `diverged` is called, and the outcome of the transaction is still that of the first run.

use super::cache::Cache;
use super::counters::{COUNTER, COUNTERS, counting, export_counters};
use super::engine::{Engine, config, set_shadow};
use super::instance::Template;
use super::unrunnable::unbuildable;
use super::{prepare, rules};
use antelope_ledger::transaction::ApplyContext;
use antelope_ledger::{CodeRules, Executor, Shadow};
use antelope_types::{ChainError, Checksum256};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// How much more than the deployed code the counting code may execute. It is many times slower, and
/// still has to end where a contract loops forever.
const BUDGET: u64 = 32;

/// What is called with how often each place was executed.
pub type CountObserver = dyn Fn(&[u64]) + Send + Sync;

/// Code that counts, and who is told.
pub struct Counting {
    /// A module that does what the deployed code does.
    pub code: Vec<u8>,
    /// Where it counts: ascending offsets into the contents of its code section.
    pub places: Vec<u32>,
    /// Called after each action and notification with how often each place was executed in it.
    pub counted: Box<CountObserver>,
    /// Called when a transaction succeeded and its second run did not: what was counted is incomplete.
    pub diverged: Box<dyn Fn(&ChainError) + Send + Sync>,
}

impl std::fmt::Debug for Counting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Counting")
            .field("bytes", &self.code.len())
            .field("places", &self.places.len())
            .finish_non_exhaustive()
    }
}

/// By the hash of the code that is deployed.
type Sources = HashMap<[u8; 32], Arc<Counting>>;

static SOURCES: LazyLock<Mutex<Sources>> = LazyLock::new(Mutex::default);

/// Executes every further transaction of this process twice: as ever, and in a copy of the state with
/// this code in the place of the code of this hash.
///
/// # Errors
/// Where this machine cannot run WebAssembly.
pub fn add_counting_code(code_hash: Checksum256, counting: Counting) -> Result<(), ChainError> {
    let mut sources = SOURCES.lock().unwrap_or_else(PoisonError::into_inner);
    sources
        .entry(code_hash.0)
        .or_insert_with(|| Arc::new(counting));
    drop(sources);
    set_shadow(|| Ok(Box::new(Twin::new()?)))
}

/// Runs counting code where there is some, else the code that is deployed.
struct Twin {
    engine: Engine,
    modules: Cache<Counted>,
}

struct Counted {
    module: Arc<Template>,
    counting: Arc<Counting>,
}

impl Twin {
    /// An executor of its own, which keeps no compiled modules on disk.
    fn new() -> Result<Self, ChainError> {
        let mut config = config(1);
        // Modules are as large as they are.
        config.allocation_strategy(wasmtime::InstanceAllocationStrategy::OnDemand);
        Ok(Self {
            engine: Engine::with_config(&config, |_| None)?,
            modules: Cache::new(),
        })
    }

    /// Adds counters to the code, prepares it as any contract, and compiles it without the pool.
    ///
    /// # Errors
    /// Where the code is not a module that the engine takes.
    fn load(&self, counting_code: &Arc<Counting>) -> Result<Counted, ChainError> {
        let module = counting(&counting_code.code, &counting_code.places)
            .and_then(|code| prepare::prepare(&code))
            .and_then(|prepared| export_counters(&prepared.code))
            .map_err(|_| unbuildable())?;
        // Without optimization frames are large, so that each action has a stack of its own.
        let module = self.engine.room()?.link(&module);
        Ok(Counted {
            module: Arc::new(module.map_err(|_| unbuildable())?),
            counting: Arc::clone(counting_code),
        })
    }
}

impl Executor for Twin {
    fn validate(
        &self,
        code_hash: &Checksum256,
        code: &[u8],
        rules: &CodeRules,
    ) -> Result<(), ChainError> {
        self.engine.validate(code_hash, code, rules)
    }

    fn apply(&self, hash: &Checksum256, context: &mut ApplyContext<'_>) -> Result<(), ChainError> {
        let sources = SOURCES.lock().unwrap_or_else(PoisonError::into_inner);
        let source = sources.get(&hash.0).map(Arc::clone);
        drop(sources);
        let Some(source) = source else {
            return self.engine.apply(hash, context);
        };
        let counted = self.modules.get_or_make(hash, || self.load(&source))?;
        let (pages, _) = rules::running(&context.state().code_rules());
        let none = |_: &[u8]| Vec::new();
        let mut instance = match self.engine.instance(&counted.module, pages) {
            Ok(instance) => instance,
            Err(error) => return Engine::told(context, Err(error), none),
        };
        let budget = context.budget().saturating_mul(BUDGET);
        // Its functions are not put into each other, so that more calls are open at once.
        let (ended, _) = instance.run_within(context, budget, i32::MAX as u32);
        let counters = instance.bytes(COUNTERS).chunks_exact(COUNTER);
        let counters = counters.take(counted.counting.places.len());
        let hits: Vec<u64> = counters
            .map(|bytes| <[u8; COUNTER]>::try_from(bytes).map_or(0, u64::from_le_bytes))
            .collect();
        (counted.counting.counted)(&hits);
        Engine::told(context, ended, none)
    }
}

impl Shadow for Twin {
    fn diverged(&self, error: &ChainError) {
        let sources = SOURCES.lock().unwrap_or_else(PoisonError::into_inner);
        let first = sources.values().next().map(Arc::clone);
        drop(sources);
        if let Some(counting) = first {
            (counting.diverged)(error);
        }
    }
}
