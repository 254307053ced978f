//! Says before `setcode` what `setcode` would say: opcodes, imports, memory, limits, `apply`.
//!
//! nodeos parses a contract with EOS VM, which knows WebAssembly MVP, floats included, and holds it
//! to the limits of [`Limits`](crate::chain::Limits). This pass applies the same rules and collects
//! every reason instead of stopping at the first, with the function's name and crate.

mod bodies;
mod function;
mod module;
mod opcode;
mod operands;
mod refusal;
mod wording;

pub use refusal::{LimitKind, Place, Reason, Refusal, Refusals};

use std::collections::BTreeSet;

use crate::FunctionNames;
use crate::chain::{Chain, ProtocolFeature};

/// What a valid module needs from the chain it runs on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Requirements {
    /// Host functions it imports, in the order of the module.
    pub imports: Vec<&'static str>,
    /// Protocol features that whitelist them.
    pub features: BTreeSet<ProtocolFeature>,
}

/// Checks a module against [`Chain::current`].
///
/// # Errors
/// Every reason found.
pub fn validate(wasm: &[u8]) -> Result<Requirements, Refusals> {
    validate_for(wasm, &Chain::current(), &FunctionNames::read(wasm))
}

/// Checks a module against a chain.
///
/// `names` are those of the same module before it was stripped; messages use them.
///
/// # Errors
/// Every reason found.
pub fn validate_for(
    wasm: &[u8],
    chain: &Chain,
    names: &FunctionNames,
) -> Result<Requirements, Refusals> {
    module::ModuleCheck::new(chain, names).run(wasm)
}
