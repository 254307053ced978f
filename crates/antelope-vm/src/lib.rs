//! The engine that runs contracts: WebAssembly compiled by Wasmtime, with the host functions of a
//! node, its limits and its floating-point results.
//!
//! [`Engine`] implements [`Executor`](antelope_ledger::Executor), the seam through which the ledger
//! calls contracts. A chain is given one when it starts (`Chain::start(genesis, Engine::shared()?)`
//! in `antelope-chain`) and calls it twice: when `setcode` stores code, and for every action and
//! notification of an account that has code. [`Profiler`] is a second executor that counts what
//! contracts execute.
//!
//! An instance runs one action after another. Before each action its memory and globals are put
//! back to their initial values, so that nothing of one action reaches the next.
//!
//! ```
//! use antelope_ledger::{CodeRules, Executor};
//! use antelope_types::{Checksum256, ErrorKind};
//! use antelope_vm::Engine;
//!
//! // (module (func (export "apply") (param i64 i64 i64)))
//! let code = b"\0asm\x01\0\0\0\x01\x07\x01\x60\x03\x7e\x7e\x7e\0\x03\x02\x01\0\
//!              \x07\x09\x01\x05apply\0\0\x0a\x04\x01\x02\0\x0b";
//! let engine = Engine::keeping_modules_in(None)?;
//! let rules = CodeRules::default();
//! engine.validate(&Checksum256::sha256(code), code, &rules)?;
//!
//! // A module without `apply` is refused, as `setcode` on a node refuses it.
//! let empty = b"\0asm\x01\0\0\0";
//! let error = engine.validate(&Checksum256::sha256(empty), empty, &rules).unwrap_err();
//! assert_eq!(error.kind(), ErrorKind::WasmSerializationError);
//! # Ok::<(), antelope_types::ChainError>(())
//! ```
//!
//! # Phases
//!
//! | phase | when | what is shared between threads |
//! |---|---|---|
//! | validate | `setcode` | the cache of verdicts, locked for a look-up only |
//! | lower, prepare and compile | the first action of the code in this process | the cache of modules, locked for a look-up only: two threads may compile the same code at once, and neither waits for the other |
//! | instantiate | no idle instance of the thread fits | Wasmtime's pool of memory; a thread yields while the pool is exhausted |
//! | run | every action | nothing |
//! | put back | before an instance runs its next action | the idle instances of this thread, behind a lock of their own |
//!
//! # What bounds a contract
//!
//! | what | how much | error |
//! |---|---|---|
//! | [`Cost`](antelope_types::Cost) | what the transaction may use of CPU, by count and not by the clock | `tx_cpu_usage_exceeded` (3080004) |
//! | nested calls | 251, or the parameter `max_call_depth` | `wasm_execution_error` (3070002) |
//! | memory | 528 pages of 64 KiB, or the parameter `max_pages` | `memory.grow` returns -1 |
//! | native stack | 1 MiB, or 256 MiB where the calls that the chain allows may not fit | `wasm_execution_error` (3070002) |
//!
//! The two parameters are those of `setparams` for WebAssembly, once the protocol feature
//! `CONFIGURABLE_WASM_LIMITS2` is active.
//!
//! Modules are held to the parameters of the chain alone. Those that the compiler or the pool of
//! instances would not take are rewritten first, or run without the pool; `docs/module-limits.md` of
//! the repository lists the limits.
//!
//! # Compiled modules
//!
//! Compiled modules are kept on disk for the next process, in `modules` of the project's cache
//! folder: `$VECHE_CACHE`, else `veche` in `$XDG_CACHE_HOME` or `~/.cache`. The variable
//! `VECHE_MODULES` names another folder; `VECHE_MODULES=off` keeps none. Files are private to the
//! user and take 256 MiB at most. A thread writes them while the contract already runs; a module
//! that was not written before the process ended is compiled again by the next one.
//!
//! # Host functions
//!
//! All 197 that nodes have. A function can be imported once its protocol feature is active.
//!
//! Floating-point instructions are those of the processor; the few that nodes compute differently
//! are replaced when a module is prepared.
//!
//! Known differences from a node are listed in `docs/chain.md` of the repository.

#![deny(unsafe_code)]

mod arguments;
mod by_thread;
mod cache;
mod call;
mod counters;
mod declared;
mod disk;
mod engine;
mod exports;
mod floats;
mod frames;
mod functions;
mod instance;
mod lower;
mod memory;
mod pages;
mod prepare;
mod probes;
mod profile;
mod room;
mod rules;
mod sections;
mod shadow;
mod stack;
mod symbols;
mod telling;
mod trap;
mod unrunnable;

pub use engine::Engine;
pub use profile::{ContractCoverage, Coverage, FlameGraph, FunctionCoverage, Profiler};
pub use shadow::{CountObserver, Counting, add_counting_code};
pub use symbols::add_names;
pub use telling::add_telling_code;
