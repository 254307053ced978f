//! The imports of a module, made from the description of all host functions.
//!
//! For each function the macro `function!` writes the closure that Wasmtime calls. It does, in
//! the order of a node,
//!
//! 1. the checks of its arguments, from the last to the first;
//! 2. for functions whose buffers must not overlap, [`disjoint`];
//! 3. the check of the context: any, context-aware, context-free or privileged;
//! 4. the function itself;
//! 5. the writes that were deferred to its end.
//!
//! A function that is missing, or whose parameters are not those described, does not compile.
//!
//! | described | crosses as | given to the function as |
//! |---|---|---|
//! | a number | itself | itself |
//! | `bool` | `i32` | whether it is not 0 |
//! | `name` | `i64` | [`Name`] |
//! | `i128`, `u128`, `f128` | two `i64`, low first | the whole number |
//! | `&T` | address | the value, read already |
//! | `&mut T` | address | [`Out`] |
//! | `&[T]`, `&mut [T]` | address, count | [`Slice`], [`SliceMut`] |
//! | `&cstr` | address | [`Slice`] of bytes |
//! | `*const u8`, `*mut u8` | address | [`Address`] |
//!
//! # Example
//!
//! For `db_next_i64(iterator: i32, primary: &mut u64) -> i32` the macro writes about this:
//!
//! ```text
//! linker.func_wrap("env", "db_next_i64", |mut caller, iterator: i32, primary: u32| {
//!     enter(&mut caller, |call| {
//!         let primary = Out::<u64>::take(&call.memory, primary)?;   // the last argument first
//!         let iterator = iterator;
//!         call.with_context()?;                                     // described as `aware`
//!         let result = super::rows::db_next_i64(call, iterator, primary)?;
//!         call.memory.finish()?;                                    // deferred writes
//!         Ok(result.number())
//!     })
//! })?;
//! ```

use super::super::arguments::{Address, Out, Slice, SliceMut, disjoint, one};
use super::super::call::{Call, Data, enter};
use antelope_ledger::state::{Float64, FloatBits128};
use antelope_types::{ChainError, Name};
use wasmtime::{Caller, Linker};

/// A result of a host function.
trait Returned {
    /// What crosses the border for it.
    type Number;
    /// The conversion.
    fn number(self) -> Self::Number;
}

/// Implements [`Returned`].
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

/// The Rust type of a described result, number or item.
#[rustfmt::skip]
macro_rules! value {
    () => { () };
    (name) => { Name };
    ((*mut u8)) => { Address };
    ([u8; $size:tt]) => { [u8; $size] };
    ($type:ident) => { $type };
}

/// The Rust type of what an address points to. Floats are their bits, so that a NaN passes
/// unchanged.
#[rustfmt::skip]
macro_rules! pointee {
    (f64) => { Float64 };
    (f128) => { FloatBits128 };
    ($type:tt) => { value!($type) };
}

/// Checks a C string. Searching for its end is billed, an instruction for 4 bytes, whatever the
/// function then does with it: `eosio_assert` with a true condition needs no text.
fn text(call: &mut Call<'_, '_>, at: u32) -> Result<Slice<u8>, ChainError> {
    let text = Slice::text(&call.memory, at)?;
    call.work(u64::from(text.count()) / 4)?;
    Ok(text)
}

/// The check of the context.
#[rustfmt::skip]
macro_rules! rule {
    (any $call:ident) => {};
    (aware $call:ident) => { $call.with_context()? };
    (context_free $call:ident) => { $call.context_free()? };
    (privileged $call:ident) => { $call.privileged()? };
}

/// The check that buffers do not overlap, where the description demands it.
#[rustfmt::skip]
macro_rules! apart {
    ([] $($range:expr,)*) => {};
    ([disjoint] $($range:expr,)*) => { disjoint(&[$($range),*])? };
}

/// Links one function. A token muncher: it takes one parameter after another from the list and
/// appends to four lists, in parentheses after `cross`, `look`, `give` and `memory`: the closure's
/// parameters, the checks (each prepended, so that the last parameter is checked first), the
/// arguments of the function, and the ranges of memory.
macro_rules! function {
    // No parameters are left: write the closure.
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
    // A number of 128 bits crosses as two halves.
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
    // An array crosses as address and count.
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
    // Everything else crosses as one number, from which its value is made.
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

/// Called by [`antelope_intrinsics::intrinsics!`] with the whole description.
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
