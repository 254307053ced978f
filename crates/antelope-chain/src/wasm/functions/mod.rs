//! The host functions, one module a group. Names, types and behaviour are those of a node.

mod builtins;
mod chain;
mod console;
mod crypto;
mod decimal;
mod indexes;
mod long_double;
mod memory;
mod primitives;
mod privileged;
mod rows;
mod system;
mod transaction;

use super::call::{Call, Data, enter};
use std::collections::BTreeSet;
use wasmtime::{IntoFunc, Linker};

/// Gives all host functions to the linker; their names.
pub(super) fn link(linker: &mut Linker<Data>) -> wasmtime::Result<BTreeSet<&'static str>> {
    let mut link = Link {
        linker,
        names: BTreeSet::new(),
    };
    builtins::link(&mut link)?;
    chain::link(&mut link)?;
    console::link(&mut link)?;
    crypto::link(&mut link)?;
    indexes::link(&mut link)?;
    long_double::link(&mut link)?;
    memory::link(&mut link)?;
    primitives::link(&mut link)?;
    privileged::link(&mut link)?;
    rows::link(&mut link)?;
    system::link(&mut link)?;
    transaction::link(&mut link)?;
    Ok(link.names)
}

/// Where a group puts its functions.
struct Link<'a> {
    linker: &'a mut Linker<Data>,
    names: BTreeSet<&'static str>,
}

impl Link<'_> {
    fn add<P, R>(
        &mut self,
        name: &'static str,
        function: impl IntoFunc<Data, P, R>,
    ) -> wasmtime::Result<()> {
        self.linker.func_wrap("env", name, function)?;
        self.names.insert(name);
        Ok(())
    }
}

/// Host functions by their names in a module: `name(call, argument: type, …) -> result { … }`. The
/// body gives a `Result<result, ChainError>`.
macro_rules! host {
    ($link:ident: $($name:ident($call:ident $(, $arg:ident: $type:ty)*) $(-> $result:ty)? $body:block)*) => {
        $($link.add(
            stringify!($name),
            |mut caller: wasmtime::Caller<'_, $crate::wasm::call::Data> $(, $arg: $type)*|
                -> wasmtime::Result<host!(@ $($result)?)> {
                $crate::wasm::functions::enter(
                    &mut caller,
                    |$call: &mut $crate::wasm::functions::Call<'_, '_>|
                        -> Result<host!(@ $($result)?), $crate::error::ChainError> { $body },
                )
            },
        )?;)*
    };
    (@) => { () };
    (@ $result:ty) => { $result };
}
use host;

/// A 128-bit number of its two halves.
fn wide(low: u64, high: u64) -> u128 {
    u128::from(high) << 64 | u128::from(low)
}
