//! The border to the host: the only module that declares foreign functions.
//!
//! From the description in [`intrinsics!`](antelope_intrinsics::intrinsics), each host function for
//! the SDK becomes a safe function here. In a contract it calls an import of the module `env`, with
//! slices passed as pointer and length; on the development machine it calls the
//! [`Host`](crate::host::Host) of the running thread.

#[cfg(target_os = "none")]
pub(crate) mod memory;

/// The size of a buffer on the stack, in bytes: most values fit.
pub(crate) const SMALL: usize = 512;

/// The Rust type of a number or an item of the list.
#[rustfmt::skip]
macro_rules! number {
    (bool) => { u32 };
    (name) => { u64 };
    (f128) => { u128 };
    ($number:tt) => { $number };
}

/// The Rust type of a parameter of the list.
#[cfg(not(target_os = "none"))]
#[rustfmt::skip]
macro_rules! parameter {
    ((&mut [u8; $size:tt])) => { &mut [u8; $size] };
    ((&[u8; $size:tt])) => { &[u8; $size] };
    ((&mut [$item:ident])) => { &mut [number!($item)] };
    ((&[$item:ident])) => { &[number!($item)] };
    ((&mut $item:ident)) => { &mut number!($item) };
    ((&$item:ident)) => { &number!($item) };
    ($number:ident) => { number!($number) };
}

#[cfg(target_os = "none")]
macro_rules! stub {
    (other $($rest:tt)*) => {};
    // Done: the safe function around the import.
    (sdk $name:ident [$($ret:tt)?] [] safe($($safe:tt)*) wire($($wire:tt)*) call($($call:tt)*)) => {
        #[inline(always)]
        pub(crate) fn $name($($safe)*) $(-> number!($ret))? {
            #[link(wasm_import_module = "env")]
            unsafe extern "C" {
                fn $name($($wire)*) $(-> number!($ret))?;
            }
            // SAFETY: pointers come from references that live until the call returns, with their
            // own lengths; the host writes only within them.
            unsafe { $name($($call)*) }
        }
    };
    // Arrays and slices: of a slice, pointer and number of items.
    (sdk $name:ident $ret:tt [$arg:ident: (&mut [u8; $size:tt]), $($rest:tt)*] safe($($safe:tt)*) wire($($wire:tt)*) call($($call:tt)*)) => {
        stub! { sdk $name $ret [$($rest)*]
            safe($($safe)* $arg: &mut [u8; $size],)
            wire($($wire)* $arg: *mut [u8; $size],)
            call($($call)* $arg,) }
    };
    (sdk $name:ident $ret:tt [$arg:ident: (&[u8; $size:tt]), $($rest:tt)*] safe($($safe:tt)*) wire($($wire:tt)*) call($($call:tt)*)) => {
        stub! { sdk $name $ret [$($rest)*]
            safe($($safe)* $arg: &[u8; $size],)
            wire($($wire)* $arg: *const [u8; $size],)
            call($($call)* $arg,) }
    };
    (sdk $name:ident $ret:tt [$arg:ident: (&mut [$item:ident]), $($rest:tt)*] safe($($safe:tt)*) wire($($wire:tt)*) call($($call:tt)*)) => {
        stub! { sdk $name $ret [$($rest)*]
            safe($($safe)* $arg: &mut [number!($item)],)
            wire($($wire)* $arg: *mut number!($item), len: usize,)
            call($($call)* $arg.as_mut_ptr(), $arg.len(),) }
    };
    (sdk $name:ident $ret:tt [$arg:ident: (&[$item:ident]), $($rest:tt)*] safe($($safe:tt)*) wire($($wire:tt)*) call($($call:tt)*)) => {
        stub! { sdk $name $ret [$($rest)*]
            safe($($safe)* $arg: &[number!($item)],)
            wire($($wire)* $arg: *const number!($item), len: usize,)
            call($($call)* $arg.as_ptr(), $arg.len(),) }
    };
    // References: a pointer.
    (sdk $name:ident $ret:tt [$arg:ident: (&mut $item:ident), $($rest:tt)*] safe($($safe:tt)*) wire($($wire:tt)*) call($($call:tt)*)) => {
        stub! { sdk $name $ret [$($rest)*]
            safe($($safe)* $arg: &mut number!($item),)
            wire($($wire)* $arg: *mut number!($item),)
            call($($call)* $arg,) }
    };
    (sdk $name:ident $ret:tt [$arg:ident: (&$item:ident), $($rest:tt)*] safe($($safe:tt)*) wire($($wire:tt)*) call($($call:tt)*)) => {
        stub! { sdk $name $ret [$($rest)*]
            safe($($safe)* $arg: &number!($item),)
            wire($($wire)* $arg: *const number!($item),)
            call($($call)* $arg,) }
    };
    // Numbers.
    (sdk $name:ident $ret:tt [$arg:ident: $number:ident, $($rest:tt)*] safe($($safe:tt)*) wire($($wire:tt)*) call($($call:tt)*)) => {
        stub! { sdk $name $ret [$($rest)*]
            safe($($safe)* $arg: number!($number),)
            wire($($wire)* $arg: number!($number),)
            call($($call)* $arg,) }
    };
}

#[cfg(not(target_os = "none"))]
macro_rules! stub {
    (other $($rest:tt)*) => {};
    (sdk $name:ident [$($ret:tt)?] [$($arg:ident: $type:tt,)*] $($rest:tt)*) => {
        pub(crate) fn $name($($arg: parameter!($type)),*) $(-> number!($ret))? {
            crate::host::call(stringify!($name), |host| host.$name($($arg),*))
        }
    };
}

macro_rules! stubs {
    ($($group:ident $title:literal { $(
        $(#[$doc:meta])+
        [$feature:ident $context:ident $audience:ident $($disjoint:ident)?]
        fn $name:ident($($arg:ident: $type:tt),*) $(-> $ret:tt)?;
    )* })*) => {
        $($(stub! { $audience $name [$($ret)?] [$($arg: $type,)*] safe() wire() call() })*)*
    };
}

#[allow(dead_code, clippy::too_many_arguments, improper_ctypes)]
mod functions {
    antelope_intrinsics::intrinsics!(stubs);
}

pub(crate) use functions::*;

/// Stops after the host has refused to go on; never reached in a contract.
#[inline(always)]
pub(crate) fn stop() -> ! {
    #[cfg(target_os = "none")]
    core::arch::wasm32::unreachable();
    #[cfg(not(target_os = "none"))]
    panic!("the host returned from a failed assertion");
}
