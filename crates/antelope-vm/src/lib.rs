//! The engine that runs contracts: WebAssembly by Wasmtime, with the host functions of a node.
//!
//! Code is held to the rules of `setcode` before an account may have it, and compiled once a
//! process. An instance runs one action after another, and is put back to its beginning before each,
//! so that nothing of one action reaches the next.
//!
//! # Phases
//!
//! | phase | when | what is shared between threads |
//! |---|---|---|
//! | validate | `setcode` | the cache of verdicts, locked for a look-up only |
//! | prepare and compile | the first action of the code in this process | the cache of modules, locked for a look-up only: two threads may compile the same code at once, and nobody waits |
//! | instantiate | no idle instance of the thread fits | the pool of memory; a thread yields while the pool is empty |
//! | run | every action | nothing |
//! | put back | after the action | the idle instances of this thread, behind a lock of their own |
//!
//! # What bounds a contract
//!
//! | what | how much | what it fails with |
//! |---|---|---|
//! | [`Cost`](antelope_types::Cost) | what the transaction may use of CPU, by count and not by the clock | `tx_cpu_usage_exceeded` |
//! | calls in calls | as many as on a node | `wasm_execution_error` |
//! | memory | 528 pages of 64 KiB | growing returns -1 |
//! | stack | 1 MiB | `wasm_execution_error` |
//!
//! # Compiled modules
//!
//! What was compiled is kept for the next process, in `modules` of the project's cache folder, which
//! is `$VECHE_CACHE`, else `veche` in `$XDG_CACHE_HOME` or `~/.cache`. `VECHE_MODULES` names another
//! folder, and with `off` none. Files are private to the user, and never more than 256 MiB. They are
//! written while the contract runs already; what a process has not written when it ends, the next
//! compiles again.
//!
//! # Host functions
//!
//! All of the 197 that nodes have. A function can be imported once its feature is active.
//!
//! Floats are those of the processor, with a node's ways put in where the two differ.
//!
//! What is known to differ from a node is in `docs/chain.md` of the repository.

#![deny(unsafe_code)]

mod arguments;
mod by_thread;
mod cache;
mod call;
mod counters;
mod disk;
mod engine;
mod floats;
mod functions;
mod instance;
mod memory;
mod pages;
mod prepare;
mod probes;
mod profile;
mod rules;
mod sections;
mod shadow;
mod symbols;
mod telling;
mod trap;

pub use engine::Engine;
pub use profile::{ContractCoverage, Coverage, FlameGraph, FunctionCoverage, Profiler};
pub use shadow::{Counting, add_counting_code};
pub use symbols::add_names;
pub use telling::add_telling_code;
