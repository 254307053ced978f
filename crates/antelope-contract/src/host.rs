//! The chain as a contract sees it: what a native test or an embedded chain provides.
//!
//! A contract compiles for the development machine too. There its host functions are calls of the
//! [`Host`] that [`with_host`] has put in place for the running thread; without one they panic.

#[cfg(not(target_os = "none"))]
mod native;

#[cfg(not(target_os = "none"))]
pub use native::{Host, with_host};
#[cfg(not(target_os = "none"))]
pub(crate) use native::{call, reading};
