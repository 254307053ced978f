//! The border to the host: the only module that declares foreign functions.
//!
//! Each host function of [`host_functions!`](crate::host_functions) becomes a safe function here. In
//! a contract it is an import of the module `env`, with slices passed as pointer and length; on the
//! development machine it is a call of the [`Host`](crate::host::Host) of the running test.

#[macro_use]
mod table;

#[cfg(target_os = "none")]
pub(crate) mod memory;

#[cfg(target_os = "none")]
macro_rules! stub {
    // Done: the safe function around the import.
    ($name:ident [$($ret:ty)?] [$(,)?] safe($($safe:tt)*) wire($($wire:tt)*) call($($call:tt)*)) => {
        #[inline(always)]
        pub(crate) fn $name($($safe)*) $(-> $ret)? {
            #[link(wasm_import_module = "env")]
            unsafe extern "C" {
                fn $name($($wire)*) $(-> $ret)?;
            }
            // SAFETY: pointers come from references that live until the call returns, with their
            // own lengths; the host writes only within them.
            unsafe { $name($($call)*) }
        }
    };
    // Slices: pointer and number of items.
    ($name:ident $ret:tt [$arg:ident: &[$item:ty], $($rest:tt)*] safe($($safe:tt)*) wire($($wire:tt)*) call($($call:tt)*)) => {
        stub! { $name $ret [$($rest)*]
            safe($($safe)* $arg: &[$item],)
            wire($($wire)* $arg: *const $item, len: usize,)
            call($($call)* $arg.as_ptr(), $arg.len(),) }
    };
    ($name:ident $ret:tt [$arg:ident: &mut [$item:ident], $($rest:tt)*] safe($($safe:tt)*) wire($($wire:tt)*) call($($call:tt)*)) => {
        stub! { $name $ret [$($rest)*]
            safe($($safe)* $arg: &mut [$item],)
            wire($($wire)* $arg: *mut $item, len: usize,)
            call($($call)* $arg.as_mut_ptr(), $arg.len(),) }
    };
    // References: a pointer.
    ($name:ident $ret:tt [$arg:ident: &mut $target:ty, $($rest:tt)*] safe($($safe:tt)*) wire($($wire:tt)*) call($($call:tt)*)) => {
        stub! { $name $ret [$($rest)*]
            safe($($safe)* $arg: &mut $target,)
            wire($($wire)* $arg: *mut $target,)
            call($($call)* $arg,) }
    };
    ($name:ident $ret:tt [$arg:ident: &$target:ty, $($rest:tt)*] safe($($safe:tt)*) wire($($wire:tt)*) call($($call:tt)*)) => {
        stub! { $name $ret [$($rest)*]
            safe($($safe)* $arg: &$target,)
            wire($($wire)* $arg: *const $target,)
            call($($call)* $arg,) }
    };
    // Numbers.
    ($name:ident $ret:tt [$arg:ident: $number:ty, $($rest:tt)*] safe($($safe:tt)*) wire($($wire:tt)*) call($($call:tt)*)) => {
        stub! { $name $ret [$($rest)*]
            safe($($safe)* $arg: $number,)
            wire($($wire)* $arg: $number,)
            call($($call)* $arg,) }
    };
}

#[cfg(target_os = "none")]
macro_rules! stubs {
    ($([$feature:ident] fn $name:ident($($params:tt)*) $(-> $ret:ty)?;)*) => {
        $(stub! { $name [$($ret)?] [$($params)*,] safe() wire() call() })*
    };
}

#[cfg(not(target_os = "none"))]
macro_rules! stubs {
    ($([$feature:ident] fn $name:ident($($arg:ident: $ty:ty),*) $(-> $ret:ty)?;)*) => {
        $(pub(crate) fn $name($($arg: $ty),*) $(-> $ret)? {
            crate::host::call(stringify!($name), |host| host.$name($($arg),*))
        })*
    };
}

#[allow(dead_code, clippy::too_many_arguments, improper_ctypes)]
mod functions {
    host_functions!(stubs);
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
