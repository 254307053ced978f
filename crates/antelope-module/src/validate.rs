//! Says before `setcode` what `setcode` would say: opcodes, imports, memory, limits, `apply`.
//!
//! nodeos parses a contract with EOS VM, which knows WebAssembly as of its first version (MVP),
//! floats included, and holds it to the limits of [`ModuleLimits`](crate::chain::ModuleLimits). This pass
//! applies the same rules and collects every reason instead of stopping at the first, with the
//! function's name and crate.
//!
//! The walk goes section by section. Types, imports and declarations come first in a module, so
//! that everything is known when the bodies of functions are checked; these are independent of each
//! other and are checked in several threads if there is enough code.
//!
//! | code | what is wrong |
//! |---|---|
//! | `wasm.invalid` | the module is not well-formed, does not type-check, or is too much for our engine |
//! | `wasm.post-mvp` | it needs a later proposal of WebAssembly |
//! | `wasm.import.module`, `.kind`, `.unknown`, `.signature` | it imports what no chain has |
//! | `wasm.import.feature` | it imports a host function whose protocol feature is not active |
//! | `wasm.apply.missing`, `wasm.apply.signature` | it has no `apply (i64, i64, i64)` |
//! | `wasm.limit` | it exceeds a limit of the chain |
//! | `wasm.data.offset` | a data segment begins at an address that is not constant |
//! | `wasm.elements` | the module is accepted by `setcode` but every action would fail |
//!
//! A contract that does nothing, and one that imports a host function under a wrong name:
//!
//! ```
//! use antelope_module::validate;
//! use wasm_encoder::{
//!     CodeSection, EntityType, ExportKind, ExportSection, Function, FunctionSection, ImportSection,
//!     Module, TypeSection, ValType,
//! };
//!
//! let contract = |import: &str| {
//!     let (mut types, mut imports) = (TypeSection::new(), ImportSection::new());
//!     types.ty().function([ValType::I64; 3], []);
//!     types.ty().function([ValType::I64], []);
//!     imports.import("env", import, EntityType::Function(1));
//!     let (mut functions, mut exports) = (FunctionSection::new(), ExportSection::new());
//!     functions.function(0);
//!     exports.export("apply", ExportKind::Func, 1);
//!     let (mut code, mut apply) = (CodeSection::new(), Function::new([]));
//!     apply.instructions().end();
//!     code.function(&apply);
//!     let mut module = Module::new();
//!     module.section(&types).section(&imports).section(&functions);
//!     module.section(&exports).section(&code);
//!     module.finish()
//! };
//!
//! let requirements = validate(&contract("require_auth"))?;
//! assert_eq!(requirements.imports, ["require_auth"]);
//! assert!(requirements.features.is_empty());
//!
//! let refusals = validate(&contract("require_auht")).unwrap_err();
//! assert_eq!(refusals.0[0].reason.code(), "wasm.import.unknown");
//! assert_eq!(refusals.0[0].reason.hint().as_deref(), Some("did you mean require_auth?"));
//! # Ok::<(), antelope_module::validate::Refusals>(())
//! ```

mod beyond;
mod bodies;
mod function;
mod module;
mod opcode;
mod operands;
mod refusal;
mod wording;

pub use refusal::{CodeLocation, LimitKind, Reason, Refusal, Refusals};

use crate::FunctionNames;
use crate::chain::{ModuleRules, ProtocolFeature};
use std::collections::BTreeSet;

/// What a valid module needs from the chain that it runs on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Requirements {
    /// The host functions that it imports, in the order of the module.
    pub imports: Vec<&'static str>,
    /// The protocol features that whitelist them.
    pub features: BTreeSet<ProtocolFeature>,
}

/// Checks a module against [`ModuleRules::current`].
///
/// # Errors
/// [`Refusals`] with every reason that was found.
pub fn validate(wasm: &[u8]) -> Result<Requirements, Refusals> {
    validate_for(wasm, &ModuleRules::current(), &FunctionNames::read(wasm))
}

/// Checks a module against a chain.
///
/// `names` are those of the same module before it was stripped; messages use them. The functions
/// must be in the same order.
///
/// # Errors
/// [`Refusals`] with every reason that was found.
pub fn validate_for(
    wasm: &[u8],
    chain: &ModuleRules,
    names: &FunctionNames,
) -> Result<Requirements, Refusals> {
    module::ModuleCheck::new(chain, names).run(wasm)
}
