//! The host functions as a module imports them, made of the description of all of them.
//!
//! What the description says is done here, before a function is called: arguments are looked at from
//! the last to the first, as nodes do it, then the distance of buffers that must not overlap, then
//! whether the function may be called in this context. A function that is missing, or that takes
//! something else than is described, does not compile.

use super::super::arguments::{Address, Out, Slice, SliceMut, disjoint, one};
use super::super::call::{Call, Data, enter};
use antelope_ledger::state::{Float64, FloatBits128};
use antelope_types::{ChainError, Name};
use wasmtime::{Caller, Linker};

/// A result, and the number that crosses the border for it.
trait Returned {
    type Number;
    fn number(self) -> Self::Number;
}

macro_rules! returned {
    ($($type:ty => $number:ty, $convert:expr;)*) => {
        $(impl Returned for $type {
            type Number = $number;

            fn number(self) -> $number {
                $convert(self)
            }
        })*
    };
}

returned! {
    () => (), |it| it;
    bool => u32, u32::from;
    Name => u64, Name::raw;
    Address => u32, |it: Address| it.0;
    i32 => i32, |it| it;
    u32 => u32, |it| it;
    i64 => i64, |it| it;
    u64 => u64, |it| it;
    f32 => f32, |it| it;
    f64 => f64, |it| it;
}

/// The type of a result, of one number, or of an item.
#[rustfmt::skip]
macro_rules! value {
    () => { () };
    (name) => { Name };
    ((*mut u8)) => { Address };
    ([u8; $size:tt]) => { [u8; $size] };
    ($type:ident) => { $type };
}

/// The type of what an address points to: floats are the bits that are there.
#[rustfmt::skip]
macro_rules! pointee {
    (f64) => { Float64 };
    (f128) => { FloatBits128 };
    ($type:tt) => { value!($type) };
}

/// The text at an address; looking for its end is work, whatever the function does with it.
fn text(call: &mut Call<'_, '_>, at: u32) -> Result<Slice<u8>, ChainError> {
    let text = Slice::text(&call.memory, at)?;
    call.work(u64::from(text.count()) / 4)?;
    Ok(text)
}

/// Fails where a function may not be called.
#[rustfmt::skip]
macro_rules! rule {
    (any $call:ident) => {};
    (aware $call:ident) => { $call.with_context()? };
    (context_free $call:ident) => { $call.context_free()? };
    (privileged $call:ident) => { $call.privileged()? };
}

#[rustfmt::skip]
macro_rules! apart {
    ([] $($range:expr,)*) => {};
    ([disjoint] $($range:expr,)*) => { disjoint(&[$($range),*])? };
}

/// One function. Parameters are taken one by one: what crosses the border for them, how they are
/// looked at, what the function is given, and what memory they stand for.
macro_rules! function {
    // Done.
    ($linker:ident $call:ident $group:ident $name:ident $context:ident $disjoint:tt [$($result:tt)?] []
     cross($($cross:tt)*) look($($look:tt)*) give($($give:tt)*) memory($($memory:tt)*)) => {
        $linker.func_wrap(
            "env",
            stringify!($name),
            |mut caller: Caller<'_, Data>, $($cross)*|
                -> wasmtime::Result<<value!($($result)?) as Returned>::Number> {
                enter(&mut caller, |$call| {
                    $($look)*
                    apart!($disjoint $($memory)*);
                    rule!($context $call);
                    let result: value!($($result)?) = super::$group::$name($call, $($give)*)?;
                    $call.memory.finish()?;
                    Ok(result.number())
                })
            },
        )?;
    };
    // Two halves.
    (@wide $type:ty, $value:expr; $linker:ident $call:ident $group:ident $name:ident $context:ident
     $disjoint:tt $result:tt $arg:ident [$($rest:tt)*]
     cross($($cross:tt)*) look($($look:tt)*) give($($give:tt)*) memory($($memory:tt)*)) => {
        function! { $linker $call $group $name $context $disjoint $result [$($rest)*]
            cross($($cross)* $arg: u64, high: u64,)
            look(let $arg: $type = $value(u128::from(high) << 64 | u128::from($arg)); $($look)*)
            give($($give)* $arg,)
            memory($($memory)*) }
    };
    ($linker:ident $call:ident $group:ident $name:ident $context:ident $disjoint:tt $result:tt
     [$arg:ident: i128, $($rest:tt)*] $($done:tt)*) => {
        function! { @wide i128, u128::cast_signed; $linker $call $group $name $context $disjoint
            $result $arg [$($rest)*] $($done)* }
    };
    ($linker:ident $call:ident $group:ident $name:ident $context:ident $disjoint:tt $result:tt
     [$arg:ident: u128, $($rest:tt)*] $($done:tt)*) => {
        function! { @wide u128, std::convert::identity; $linker $call $group $name $context $disjoint
            $result $arg [$($rest)*] $($done)* }
    };
    ($linker:ident $call:ident $group:ident $name:ident $context:ident $disjoint:tt $result:tt
     [$arg:ident: f128, $($rest:tt)*] $($done:tt)*) => {
        function! { @wide FloatBits128, FloatBits128; $linker $call $group $name $context $disjoint
            $result $arg [$($rest)*] $($done)* }
    };
    // An address and how many there are.
    (@many $type:ty; $linker:ident $call:ident $group:ident $name:ident $context:ident $disjoint:tt
     $result:tt $arg:ident [$($rest:tt)*]
     cross($($cross:tt)*) look($($look:tt)*) give($($give:tt)*) memory($($memory:tt)*)) => {
        function! { $linker $call $group $name $context $disjoint $result [$($rest)*]
            cross($($cross)* $arg: u32, count: u32,)
            look(let $arg = <$type>::take(&$call.memory, $arg, count)?; $($look)*)
            give($($give)* $arg,)
            memory($($memory)* $arg.range(),) }
    };
    ($linker:ident $call:ident $group:ident $name:ident $context:ident $disjoint:tt $result:tt
     [$arg:ident: (&mut [$item:ident]), $($rest:tt)*] $($done:tt)*) => {
        function! { @many SliceMut<pointee!($item)>; $linker $call $group $name $context $disjoint
            $result $arg [$($rest)*] $($done)* }
    };
    ($linker:ident $call:ident $group:ident $name:ident $context:ident $disjoint:tt $result:tt
     [$arg:ident: (&[$item:ident]), $($rest:tt)*] $($done:tt)*) => {
        function! { @many Slice<pointee!($item)>; $linker $call $group $name $context $disjoint
            $result $arg [$($rest)*] $($done)* }
    };
    // One number: what it becomes.
    (@one $number:ty, $value:expr; $linker:ident $call:ident $group:ident $name:ident $context:ident
     $disjoint:tt $result:tt $arg:ident [$($rest:tt)*]
     cross($($cross:tt)*) look($($look:tt)*) give($($give:tt)*) memory($($memory:tt)*)) => {
        function! { $linker $call $group $name $context $disjoint $result [$($rest)*]
            cross($($cross)* $arg: $number,)
            look(let $arg = $value; $($look)*)
            give($($give)* $arg,)
            memory($($memory)*) }
    };
    ($linker:ident $call:ident $group:ident $name:ident $context:ident $disjoint:tt $result:tt
     [$arg:ident: (&cstr), $($rest:tt)*] $($done:tt)*) => {
        function! { @one u32, text($call, $arg)?; $linker $call $group $name $context
            $disjoint $result $arg [$($rest)*] $($done)* }
    };
    ($linker:ident $call:ident $group:ident $name:ident $context:ident $disjoint:tt $result:tt
     [$arg:ident: (* $kind:ident u8), $($rest:tt)*] $($done:tt)*) => {
        function! { @one u32, Address($arg); $linker $call $group $name $context
            $disjoint $result $arg [$($rest)*] $($done)* }
    };
    ($linker:ident $call:ident $group:ident $name:ident $context:ident $disjoint:tt $result:tt
     [$arg:ident: (&mut $item:tt), $($rest:tt)*] $($done:tt)*) => {
        function! { @one u32, Out::<pointee!($item)>::take(&$call.memory, $arg)?; $linker $call
            $group $name $context $disjoint $result $arg [$($rest)*] $($done)* }
    };
    ($linker:ident $call:ident $group:ident $name:ident $context:ident $disjoint:tt $result:tt
     [$arg:ident: (&$item:tt), $($rest:tt)*] $($done:tt)*) => {
        function! { @one u32, one::<pointee!($item)>(&$call.memory, $arg)?; $linker $call
            $group $name $context $disjoint $result $arg [$($rest)*] $($done)* }
    };
    ($linker:ident $call:ident $group:ident $name:ident $context:ident $disjoint:tt $result:tt
     [$arg:ident: bool, $($rest:tt)*] $($done:tt)*) => {
        function! { @one u32, $arg != 0; $linker $call $group $name $context
            $disjoint $result $arg [$($rest)*] $($done)* }
    };
    ($linker:ident $call:ident $group:ident $name:ident $context:ident $disjoint:tt $result:tt
     [$arg:ident: name, $($rest:tt)*] $($done:tt)*) => {
        function! { @one u64, Name::from_raw($arg); $linker $call $group $name $context
            $disjoint $result $arg [$($rest)*] $($done)* }
    };
    ($linker:ident $call:ident $group:ident $name:ident $context:ident $disjoint:tt $result:tt
     [$arg:ident: $number:ident, $($rest:tt)*] $($done:tt)*) => {
        function! { @one $number, $arg; $linker $call $group $name $context
            $disjoint $result $arg [$($rest)*] $($done)* }
    };
}

macro_rules! linkage {
    ($($group:ident $title:literal { $(
        $(#[$doc:meta])+
        [$feature:ident $context:ident $audience:ident $($disjoint:ident)?]
        fn $name:ident($($arg:ident: $type:tt),*) $(-> $result:tt)?;
    )* })*) => {
        /// Gives all host functions to the linker.
        pub(crate) fn link(linker: &mut Linker<Data>) -> wasmtime::Result<()> {
            $($(function! { linker call $group $name $context [$($disjoint)?] [$($result)?]
                [$($arg: $type,)*] cross() look() give() memory() })*)*
            Ok(())
        }
    };
}

antelope_intrinsics::intrinsics!(linkage);
