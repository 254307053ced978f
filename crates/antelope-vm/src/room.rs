//! Where modules run that the pool of instances is too small for.
//!
//! The pool has room for what chains run every day: an instance waits there for its action, and the
//! action runs on the stack of its thread, of which it may have [`STACK`](super::stack::STACK) bytes. A module that can use
//! more of the stack before too many calls are open, has more elements in its table, or a second
//! memory, is compiled for another engine without a pool, and each action has a stack of its own.
//!
//! | module | runs |
//! |---|---|
//! | within all limits, and its frames fit [`STACK`](super::stack::STACK) | in the pool |
//! | the same, but the chain allows more calls than its frames fit | without the pool, compiled a second time |
//! | with more elements or a memory for frames | without the pool |
//!
//! Results and costs are the same in all three: only the time that an action takes differs. The
//! engine without a pool is made when the first module needs it.

use super::call::Data;
use super::functions;
use super::instance::Template;
use super::stack::LARGE_STACK;
use super::unrunnable::{unavailable, unbuildable};
use antelope_types::ChainError;
use std::sync::{Arc, OnceLock};
use wasmtime::{Config, InstanceAllocationStrategy, Linker, Module};

/// An engine without a pool.
pub(super) struct Room {
    engine: wasmtime::Engine,
    linker: Linker<Data>,
}

impl Room {
    /// With these settings, but for the stack and the pool.
    ///
    /// # Errors
    /// Where Wasmtime cannot be set up on this machine.
    pub(super) fn new(mut config: Config) -> Result<Self, ChainError> {
        config
            // The one is no longer than the other, which is for what runs on stacks of the engine.
            .async_stack_size(LARGE_STACK)
            .max_wasm_stack(LARGE_STACK)
            .allocation_strategy(InstanceAllocationStrategy::OnDemand);
        let engine = wasmtime::Engine::new(&config).map_err(unavailable)?;
        let mut linker = Linker::new(&engine);
        functions::link(&mut linker).map_err(unavailable)?;
        Ok(Self { engine, linker })
    }

    /// A module that is already as it is to be compiled.
    pub(super) fn link(&self, prepared: &[u8]) -> wasmtime::Result<Template> {
        let module = Module::new(&self.engine, prepared)?;
        Ok(Template::roomy(self.linker.instantiate_pre(&module)?))
    }
}

/// A module, compiled for the pool, without it, or for both.
pub(super) struct Compiled {
    /// For the pool; `None` where the pool is too small for it.
    pooled: Option<Arc<Template>>,
    /// Without the pool, once it was needed. A failure is kept as well and not tried again.
    roomy: OnceLock<Result<Arc<Template>, ChainError>>,
}

impl Compiled {
    /// One that the pool has room for.
    pub(super) fn pooled(template: Template) -> Self {
        Self {
            pooled: Some(Arc::new(template)),
            roomy: OnceLock::new(),
        }
    }

    /// One that the pool has no room for.
    pub(super) fn beyond_the_pool() -> Self {
        Self {
            pooled: None,
            roomy: OnceLock::new(),
        }
    }

    /// The one to run with so many calls open at most; compiles it anew where the one at hand has too
    /// little stack for them.
    ///
    /// The number is a parameter of the chain, which may change while the module is deployed; so it is
    /// asked for each new instance. `prepared` gives the code as [`Room::link`] takes it.
    ///
    /// # Errors
    /// Where there is no such engine, or the module cannot be prepared or compiled.
    pub(super) fn template(
        &self,
        calls: u32,
        room: impl FnOnce() -> Result<Arc<Room>, ChainError>,
        prepared: impl FnOnce() -> Option<Vec<u8>>,
    ) -> Result<Arc<Template>, ChainError> {
        if let Some(pooled) = &self.pooled
            && pooled.fits(calls)
        {
            return Ok(Arc::clone(pooled));
        }
        let make = || {
            let room = room()?;
            let prepared = prepared().ok_or_else(unbuildable)?;
            let template = room.link(&prepared);
            template.map(Arc::new).map_err(|_| unbuildable())
        };
        self.roomy.get_or_init(make).clone()
    }
}
