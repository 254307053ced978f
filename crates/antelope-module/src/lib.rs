//! WebAssembly modules as Antelope contracts: their names, what is cut from them, and whether a
//! chain accepts them.
//!
//! ```
//! // The smallest module there is: it has no `apply`.
//! let refusals = antelope_module::validate(b"\0asm\x01\0\0\0").unwrap_err();
//! assert!(refusals.to_string().contains("apply"));
//! ```
//!
//! | to | use |
//! |---|---|
//! | say before `setcode` what `setcode` would say | [`validate`](mod@validate) |
//! | know what a chain allows: limits, features, host functions | [`chain`] |
//! | read the names of functions | [`FunctionNames`] |
//! | know how much stack its functions take | [`StackUse`] |
//! | cut a module down to what a chain runs | [`strip`](fn@strip), [`cut_panics`] |
//!
//! The build tool and the engine of the embedded chain both stand on this crate, so that they hold
//! modules to the same rules.

mod cache;
pub mod chain;
mod cpp;
mod names;
mod panics;
mod stack;
mod strip;
pub mod validate;

pub use cache::cache_folder;
pub use names::{FunctionNames, demangle};
pub use panics::cut_panics;
pub use stack::{Deepest, StackUse};
pub use strip::{Keep, custom_section, data_segments, strip, without_names};
pub use validate::validate;
