//! An instance of a module: it runs one action after another, each as if it were the first.
//!
//! Making an instance takes longer than running a short action, so that instances are kept and
//! reset: memory is overwritten with its initial image, and mutable globals get their initial
//! values back. An action cannot tell a reset instance from a new one, and nothing that a hostile
//! contract leaves in memory is visible to the next action. Tables need no reset, since no
//! instruction of the WebAssembly MVP writes to them.
//!
//! # What an action sees of an instance
//!
//! | part | at the beginning of each action |
//! |---|---|
//! | memory | the image of the data segments, zeros elsewhere, at the initial size |
//! | mutable globals | their initial values |
//! | immutable globals, tables | as instantiated; nothing can change them |
//! | fuel | the rest of the transaction's budget |
//! | nested calls | the limit of the chain |

use super::call::Data;
use super::exports;
use super::pages::{Pages, RESIDENT};
use super::probes::{self, Recording};
use super::stack;
use antelope_ledger::ApplyContext;
use antelope_types::Cost;
use std::sync::{Arc, OnceLock};
use wasmtime::{Global, InstancePre, Memory, Mutability, Store, TypedFunc, Val};

/// A linked module, and the initial memory of its instances.
pub(super) struct Template {
    /// The module with its imports resolved to host functions.
    module: InstancePre<Data>,
    /// The initial memory, without its trailing zeros; taken from the first instance.
    image: OnceLock<Box<[u8]>>,
    /// Bytes of stack that a call takes at most.
    frame: u64,
    /// Pages that the memory for frames may have, where there is one.
    frames: Option<u32>,
    /// Whether its actions have a stack of their own.
    roomy: bool,
}

impl Template {
    /// A template whose image the first instance will fill in.
    pub(super) fn new(module: InstancePre<Data>) -> Self {
        let told = |prefix: &str| {
            let mut names = module.module().exports().map(|export| export.name());
            names.find_map(|name| name.strip_prefix(prefix)?.parse().ok())
        };
        let frames: Option<u64> = told(exports::FRAMES);
        Self {
            frame: told(exports::FRAME).unwrap_or(u64::MAX),
            frames: frames.map(|pages| pages as u32),
            module,
            image: OnceLock::new(),
            roomy: false,
        }
    }

    /// For instances without the pool.
    pub(super) fn roomy(module: InstancePre<Data>) -> Self {
        Self {
            roomy: true,
            ..Self::new(module)
        }
    }

    /// Whether there is stack enough for so many open calls.
    pub(super) fn fits(&self, calls: u32) -> bool {
        self.roomy || stack::fits(self.frame, calls)
    }
}

/// The store and the instance in which one thread at a time runs a contract.
pub(super) struct Instance {
    store: Store<Data>,
    /// Kept to attach the probe of a profile.
    instance: wasmtime::Instance,
    template: Arc<Template>,
    /// None for a module without memory.
    memory: Option<Memory>,
    /// Bytes of memory at the beginning.
    size: usize,
    /// The mutable globals of the contract and their initial values. The call counter is not among
    /// them: it is set before each call.
    globals: Vec<(Global, Val)>,
    /// The global that holds how many more calls may be nested; see [`prepare`].
    calls: Global,
    /// The start function of the module, which nodes run before each action.
    start: Option<TypedFunc<(), ()>>,
    /// `apply(receiver, code, action)`, all three names as 64-bit integers.
    apply: TypedFunc<(i64, i64, i64), ()>,
}

impl Instance {
    /// Instantiates a module whose memory may have so many pages. The start function is not run
    /// here: `prepare` has turned it into an ordinary export, since it is part of each action.
    ///
    /// # Errors
    /// `PoolConcurrencyLimitError` where the process has as many instances as the pool allows; an
    /// error of the memory allocation where the module's initial memory exceeds `pages`; a missing
    /// export where the module is not a prepared one.
    pub(super) fn new(template: Arc<Template>, pages: u32) -> wasmtime::Result<Self> {
        let engine = template.module.module().engine();
        let mut store = Store::new(engine, Data::new(Pages::at_most(pages, template.frames)));
        store.limiter(|data| &mut data.limits);
        // Instantiation is not billed: whether an action gets a new or a reused instance depends on
        // what ran before, and its cost must not.
        store.set_fuel(u64::MAX)?;
        let instance = template.module.instantiate(&mut store)?;
        let memory = instance.get_memory(&mut store, exports::MEMORY);
        store.data_mut().memory = memory;
        let calls = instance.get_global(&mut store, exports::CALLS);
        let calls = calls.ok_or_else(|| wasmtime::format_err!("no global `{}`", exports::CALLS))?;
        store.data_mut().calls = Some(calls);
        let bytes = memory.map_or(&[][..], |memory| memory.data(&store));
        let size = bytes.len();
        // All instances begin alike, so that the first to come may take the image.
        template.image.get_or_init(|| {
            let zeros = bytes.iter().rev().take_while(|byte| **byte == 0).count();
            bytes[..size - zeros].into()
        });
        let exports = instance.exports(&mut store);
        let own = |name: &str| {
            let prefixes = [exports::FRAME, exports::FRAMES];
            name == exports::CALLS || prefixes.iter().any(|prefix| name.starts_with(prefix))
        };
        let exports = exports.filter(|export| !own(export.name()));
        let mut globals: Vec<Global> = exports.filter_map(|export| export.into_global()).collect();
        globals.retain(|global| global.ty(&store).mutability() == Mutability::Var);
        let globals = globals.into_iter();
        let globals = globals
            .map(|global| (global, global.get(&mut store)))
            .collect();
        Ok(Self {
            calls,
            start: instance.get_typed_func(&mut store, exports::START).ok(),
            apply: instance.get_typed_func(&mut store, exports::APPLY)?,
            store,
            instance,
            template,
            memory,
            size,
            globals,
        })
    }

    /// Attaches a recording: from now on the probes of an instrumented module report to it. Without
    /// an instrumented module nothing is recorded.
    pub(super) fn record(&mut self, recording: Recording) -> wasmtime::Result<()> {
        self.store.data_mut().recording = Some(recording);
        attach(&self.instance, &mut self.store)
    }

    /// Runs one action with at most `calls` nested calls, and returns how it ended together with
    /// its cost, which is known however it ended.
    ///
    /// The fuel of the store is the rest of the transaction's budget in instructions; Wasmtime
    /// traps with `OutOfFuel` when it is spent. Fuel left at the end tells what was consumed.
    pub(super) fn run(
        &mut self,
        context: &mut ApplyContext<'_>,
        calls: u32,
    ) -> (wasmtime::Result<()>, Cost) {
        self.run_within(context, context.budget(), calls)
    }

    /// The same with another budget than the transaction's.
    pub(super) fn run_within(
        &mut self,
        context: &mut ApplyContext<'_>,
        budget: u64,
        calls: u32,
    ) -> (wasmtime::Result<()>, Cost) {
        let action = context.action();
        let arguments = [context.receiver(), action.account, action.name];
        let arguments = arguments.map(|name| name.raw() as i64);
        self.store.data_mut().begin(context);
        let ended = if self.template.roomy {
            stack::on_large_stack(|| self.enter(budget, calls, arguments)).flatten()
        } else {
            self.enter(budget, calls, arguments)
        };
        self.store.data_mut().end();
        let left = self.store.get_fuel().unwrap_or(0);
        let cost = self.store.data().cost(budget.saturating_sub(left));
        (ended, cost)
    }

    /// Runs the start function, if there is one, and then `apply`. Both begin with the full number
    /// of calls, as on a node.
    fn enter(
        &mut self,
        budget: u64,
        calls: u32,
        [receiver, account, action]: [i64; 3],
    ) -> wasmtime::Result<()> {
        let calls = Val::I32(calls as i32);
        self.store.set_fuel(budget)?;
        if let Some(start) = &self.start {
            self.calls.set(&mut self.store, calls)?;
            start.call(&mut self.store, ())?;
        }
        self.calls.set(&mut self.store, calls)?;
        self.apply
            .call(&mut self.store, (receiver, account, action))
    }

    /// Whether there is stack enough for so many open calls.
    pub(super) fn fits(&self, calls: u32) -> bool {
        self.template.fits(calls)
    }

    /// Whether the instance may run another action. Memory that has grown cannot shrink again, as that
    /// for frames mostly has; and clearing more than [`RESIDENT`] bytes takes longer than making an
    /// instance anew.
    pub(super) fn is_reusable(&self) -> bool {
        let size = self
            .memory
            .map_or(0, |memory| memory.data_size(&self.store));
        size == self.size && size <= RESIDENT && self.template.frames.is_none()
    }

    /// The instance reset to its initial state: memory from the image and zeros, mutable globals
    /// from their recorded values.
    pub(super) fn renewed(mut self) -> wasmtime::Result<Self> {
        if let Some(memory) = self.memory {
            let image = self.template.image.get().map_or(&[][..], |image| image);
            let (first, rest) = memory.data_mut(&mut self.store).split_at_mut(image.len());
            first.copy_from_slice(image);
            rest.fill(0);
        }
        for (global, value) in &self.globals {
            global.set(&mut self.store, *value)?;
        }
        Ok(self)
    }

    /// The contents of an exported memory; empty where there is none of this name.
    pub(super) fn bytes(&mut self, export: &str) -> &[u8] {
        let memory = self.instance.get_memory(&mut self.store, export);
        memory.map_or(&[], |memory| memory.data(&self.store))
    }

    /// The recording attached by [`record`](Self::record), if any.
    pub(super) fn into_recording(self) -> Option<Recording> {
        self.store.into_data().recording
    }
}

/// Puts the probe, a host function, into the table that the instrumented module calls through.
fn attach(
    instance: &wasmtime::Instance,
    store: &mut wasmtime::Store<Data>,
) -> wasmtime::Result<()> {
    let Some(table) = instance.get_table(&mut *store, probes::PROBES) else {
        return Ok(());
    };
    let probe = wasmtime::Func::wrap(
        &mut *store,
        |mut caller: wasmtime::Caller<'_, Data>, event: u32| {
            let Some(recording) = &mut caller.data_mut().recording else {
                return Ok(());
            };
            // The probes are themselves executed instructions that consume fuel. The recording
            // counts only the contract's own, so that setting the fuel from its count refunds what
            // the probes took.
            let left = recording.tell(event);
            caller.set_fuel(left)?;
            match left {
                0 => Err(wasmtime::Trap::OutOfFuel.into()),
                _ => Ok(()),
            }
        },
    );
    table.set(store, 0, wasmtime::Ref::Func(Some(probe)))
}
