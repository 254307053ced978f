//! The chain as a contract sees it, outside of a chain.
//!
//! A contract also compiles for the development machine and for browsers. There its host functions
//! are methods of the
//! [`Host`] that [`with_host`] has installed for the running thread; without one they panic. So a
//! contract's logic can be unit-tested with a debugger and coverage, without WebAssembly.

#[cfg(not(target_os = "none"))]
mod native;

#[cfg(not(target_os = "none"))]
pub use native::{Host, with_host};
#[cfg(not(target_os = "none"))]
pub(crate) use native::{call, reading};
