//! The native stack that actions run on.
//!
//! An action runs on the stack of its thread, of which it may use [`STACK`] bytes. One whose calls may
//! need more runs on a thread of its own with [`LARGE_STACK`].
//!
//! ```text
//! a thread's own stack     what the program has open │ entry, 16 KiB │ frames of the module
//!                                                    └──────── 1 MiB at most ────────┘
//! a large stack            frames of the module, 256 MiB at most │ host functions, 4 MiB
//! ```
//!
//! The choice is made before the action begins, from the largest frame of the module and the calls
//! that the chain lets it nest. It cannot be wrong in a way that harms: the engine checks the end of
//! the stack in every function, and a contract that gets there is stopped by a trap.

/// Bytes of the thread's stack that an action may use.
pub(super) const STACK: usize = 1 << 20;

/// Bytes of stack for an action that may need more. It is mapped, and only what is used of it is ever
/// there: an action would have to use it up within its time.
pub(super) const LARGE_STACK: usize = 256 << 20;

/// Bytes for host functions, at the end of that.
const HOST: usize = 4 << 20;

/// Bytes of [`STACK`] that are not for frames of the module: what leads there.
const ENTRY: u64 = 16 << 10;

/// Whether calls of so many bytes each fit the stack of any thread, where so many may be open.
///
/// `frame` is in bytes. One frame more is counted than calls are allowed: the function that finds no
/// call left, and traps, has a frame, too. With the usual 251 calls, frames of 4 096 bytes fit.
pub(super) fn fits(frame: u64, calls: u32) -> bool {
    let frames = u64::from(calls).saturating_add(1);
    frame.saturating_mul(frames).saturating_add(ENTRY) <= STACK as u64
}

/// Runs this on a large stack, and waits for it.
///
/// A panic of the other thread goes on in this one.
///
/// # Errors
/// Where the operating system gives no thread.
pub(super) fn on_large_stack<R: Send>(run: impl FnOnce() -> R + Send) -> wasmtime::Result<R> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(LARGE_STACK + HOST);
        let thread = thread.spawn_scoped(scope, run)?;
        thread
            .join()
            .or_else(|panic| std::panic::resume_unwind(panic))
    })
}
