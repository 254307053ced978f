//! An instance of a module: it runs one action after another, each as if it were the first.

use super::call::Data;
use super::pages::{Pages, RESIDENT};
use super::prepare;
use super::probes::{self, Recording};
use antelope_ledger::ApplyContext;
use antelope_types::Cost;
use std::sync::{Arc, OnceLock};
use wasmtime::{Engine, Global, InstancePre, Memory, Mutability, Store, TypedFunc, Val};

/// A module, and how its instances begin.
pub(super) struct Template {
    module: InstancePre<Data>,
    /// The memory, up to the last byte that is not zero.
    image: OnceLock<Box<[u8]>>,
}

impl Template {
    pub(super) fn new(module: InstancePre<Data>) -> Self {
        Self {
            module,
            image: OnceLock::new(),
        }
    }
}

/// What one thread runs a contract in.
pub(super) struct Instance {
    store: Store<Data>,
    instance: wasmtime::Instance,
    template: Arc<Template>,
    memory: Option<Memory>,
    /// Bytes of memory at the beginning.
    size: usize,
    /// What may change, and its value at the beginning.
    globals: Vec<(Global, Val)>,
    /// How many calls may be open.
    calls: Global,
    start: Option<TypedFunc<(), ()>>,
    apply: TypedFunc<(i64, i64, i64), ()>,
}

impl Instance {
    /// A new one, whose memory may have so many pages.
    ///
    /// # Errors
    /// Where there are as many as there may be, or the module needs more memory.
    pub(super) fn new(
        engine: &Engine,
        template: Arc<Template>,
        pages: u32,
    ) -> wasmtime::Result<Self> {
        let mut store = Store::new(engine, Data::new(Pages::at_most(pages)));
        store.limiter(|data| &mut data.limits);
        // What it takes to begin is nobody's cost: later actions do not have it.
        store.set_fuel(u64::MAX)?;
        let instance = template.module.instantiate(&mut store)?;
        let memory = instance.get_memory(&mut store, prepare::MEMORY);
        store.data_mut().memory = memory;
        let calls = instance.get_global(&mut store, prepare::CALLS);
        let calls = calls.ok_or_else(|| wasmtime::format_err!("no global `{}`", prepare::CALLS))?;
        store.data_mut().calls = Some(calls);
        let bytes = memory.map_or(&[][..], |memory| memory.data(&store));
        let size = bytes.len();
        template.image.get_or_init(|| {
            let zeros = bytes.iter().rev().take_while(|byte| **byte == 0).count();
            bytes[..size - zeros].into()
        });
        let exports = instance.exports(&mut store);
        let exports = exports.filter(|export| export.name() != prepare::CALLS);
        let mut globals: Vec<Global> = exports.filter_map(|export| export.into_global()).collect();
        globals.retain(|global| global.ty(&store).mutability() == Mutability::Var);
        let globals = globals.into_iter();
        let globals = globals
            .map(|global| (global, global.get(&mut store)))
            .collect();
        Ok(Self {
            calls,
            start: instance.get_typed_func(&mut store, prepare::START).ok(),
            apply: instance.get_typed_func(&mut store, prepare::APPLY)?,
            store,
            instance,
            template,
            memory,
            size,
            globals,
        })
    }

    /// Records what it executes from now on.
    pub(super) fn record(&mut self, recording: Recording) -> wasmtime::Result<()> {
        self.store.data_mut().recording = Some(recording);
        attach(&self.instance, &mut self.store)
    }

    /// Runs the action with so many calls open at most, and tells what it cost, however it ended.
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
        let ended = self.enter(budget, calls, arguments);
        self.store.data_mut().end();
        let left = self.store.get_fuel().unwrap_or(0);
        let cost = self.store.data().cost(budget.saturating_sub(left));
        (ended, cost)
    }

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

    /// Whether it can run again: memory that has grown cannot be taken back, and very much of it is
    /// sooner made than cleared.
    pub(super) fn is_reusable(&self) -> bool {
        let size = self
            .memory
            .map_or(0, |memory| memory.data_size(&self.store));
        size == self.size && size <= RESIDENT
    }

    /// The same as it was before its first action. All that code can change is put back: memory and
    /// globals; its tables stay as they are, since no instruction of MVP writes to them.
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

    /// What it recorded, if it does.
    pub(super) fn into_recording(self) -> Option<Recording> {
        self.store.into_data().recording
    }
}

/// Gives an instance the probe that its module calls.
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
            // What the probes take themselves is given back.
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
