//! WebAssembly modules as Antelope contracts: their names, what is cut from them, and whether a
//! chain accepts them.
//!
//! ```
//! use antelope_module::chain::ModuleRules;
//! use antelope_module::validate::{Reason, validate_for};
//! use antelope_module::{FunctionNames, validate};
//!
//! // The smallest module: eight bytes of header. It has no `apply`.
//! let module = b"\0asm\x01\0\0\0";
//! let refusals = validate(module).unwrap_err();
//! assert_eq!(refusals.0[0].reason, Reason::NoApply);
//! assert_eq!(
//!     refusals.to_string(),
//!     "no exported function apply, expected apply (i64, i64, i64) -> ()"
//! );
//!
//! // For a chain without any protocol feature, with the names of another file.
//! let names = FunctionNames::default();
//! assert!(validate_for(module, &ModuleRules::genesis(), &names).is_err());
//! ```
//!
//! | to | use |
//! |---|---|
//! | say before `setcode` what `setcode` would say | [`validate`](mod@validate) |
//! | know what a chain allows: limits, features, host functions | [`chain`] |
//! | read the names of functions | [`FunctionNames`], [`demangle`] |
//! | know how much stack its functions take | [`StackUse`] |
//! | know which instructions can never be executed | [`DeadCode`] |
//! | cut a module down to what a chain runs | [`strip`](fn@strip), [`cut_panics`] |
//! | read what a build has put into it | [`custom_section`], [`data_segments`] |
//!
//! The build tool and the engine of the embedded chain both use this crate, so that they hold
//! modules to the same rules. It parses with `wasmparser` and writes with `wasm-encoder`; it does
//! not execute anything.

mod cache;
pub mod chain;
mod cpp;
mod dead_code;
mod names;
mod panics;
mod stack;
mod strip;
pub mod validate;

pub use cache::cache_folder;
pub use dead_code::DeadCode;
pub use names::{FunctionNames, demangle};
pub use panics::cut_panics;
pub use stack::{Deepest, StackUse};
pub use strip::{Keep, custom_section, data_segments, strip, without_names};
pub use validate::validate;
