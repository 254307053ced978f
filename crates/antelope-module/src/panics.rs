//! Panics of a contract, replaced by the trap that they end in.
//!
//! The SDK's panic handler reports nothing: a transaction that panics fails, and nobody reads the
//! text. The standard library formats the text all the same, and the code for that (numbers to
//! text, padding, the allocator's message) is a few kilobytes of every contract that uses lists.
//!
//! The functions concerned never return and are called nowhere but on the way to the panic handler.
//! Their bodies become one `unreachable`. wasm-opt then removes what only they used.

use super::{FunctionNames, strip::slice};
use wasm_encoder::{CodeSection, Function, Instruction, RawSection};
use wasmparser::{BinaryReader, CodeSectionReader, Parser, Payload, TypeRef};

/// The beginnings of the demangled names of functions that only panic. Names of the standard
/// library change between compilers; one that is missing here costs size, not correctness.
const PANICS: [&str; 9] = [
    "core::panicking::",
    "core::option::expect_failed",
    "core::option::unwrap_failed",
    "core::result::unwrap_failed",
    "core::slice::index::slice_index_fail",
    "core::str::slice_error_fail",
    "core::slice::copy_from_slice_impl::len_mismatch_fail",
    "alloc::alloc::handle_alloc_error",
    "alloc::raw_vec::capacity_overflow",
];

/// Replaces the bodies of functions that only panic by a trap. All other bytes stay.
///
/// `names` are those of the module. Functions without a name are never touched, so a stripped
/// module stays as it is:
///
/// ```
/// use antelope_module::{FunctionNames, cut_panics};
///
/// let module = b"\0asm\x01\0\0\0";
/// assert_eq!(cut_panics(module, &FunctionNames::read(module))?, module);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// The error of the parser if the module cannot be parsed.
pub fn cut_panics(wasm: &[u8], names: &FunctionNames) -> Result<Vec<u8>, wasmparser::Error> {
    let mut module = wasm_encoder::Module::new();
    let mut imports = 0;
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        match &payload {
            Payload::ImportSection(reader) => {
                for import in reader.clone().into_imports() {
                    imports += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(_) => continue,
            _ => {}
        }
        let Some((id, range)) = payload.as_section() else {
            continue;
        };
        let data = slice(wasm, range);
        if matches!(payload, Payload::CodeSectionStart { .. }) {
            module.section(&code(data, imports, names)?);
        } else {
            module.section(&RawSection { id, data });
        }
    }
    Ok(module.finish())
}

/// The code section with these bodies replaced; `imports` is the number of imported functions,
/// which come first in the numbering.
fn code(
    data: &[u8],
    imports: u32,
    names: &FunctionNames,
) -> Result<CodeSection, wasmparser::Error> {
    let mut code = CodeSection::new();
    // Only bodies change, not their number or order, so that no index in the module has to.
    for (index, body) in (imports..).zip(CodeSectionReader::new(BinaryReader::new(data, 0))?) {
        let body = body?;
        let panics = names
            .get(index)
            .is_some_and(|name| PANICS.iter().any(|panic| name.starts_with(panic)));
        if panics {
            let mut trap = Function::new([]);
            trap.instruction(&Instruction::Unreachable);
            trap.instruction(&Instruction::End);
            code.function(&trap);
        } else {
            code.raw(slice(data, body.range()));
        }
    }
    Ok(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strip::{Keep, strip};
    use wasm_encoder::{FunctionSection, Module, NameMap, NameSection, TypeSection, ValType};

    /// A module of two functions with these names, each of which returns a number.
    fn named(first: &str, second: &str) -> Vec<u8> {
        let mut module = Module::new();
        let mut types = TypeSection::new();
        types.ty().function([], [ValType::I32]);
        let mut functions = FunctionSection::new();
        functions.function(0).function(0);
        let mut code = CodeSection::new();
        for number in [1, 2] {
            let mut body = Function::new([]);
            body.instruction(&Instruction::I32Const(number));
            body.instruction(&Instruction::End);
            code.function(&body);
        }
        let mut map = NameMap::new();
        map.append(0, first);
        map.append(1, second);
        let mut names = NameSection::new();
        names.functions(&map);
        module
            .section(&types)
            .section(&functions)
            .section(&code)
            .section(&names);
        module.finish()
    }

    #[test]
    fn only_panics_become_traps() {
        let wasm = named(
            "_RNvNtCs8cm1uA0r81z_4core9panicking9panic_fmt",
            "core_like::panicking",
        );
        let cut = cut_panics(&wasm, &FunctionNames::read(&wasm)).expect("a module");
        let bodies: Vec<Vec<u8>> = Parser::new(0)
            .parse_all(&cut)
            .filter_map(|payload| match payload.expect("a payload") {
                Payload::CodeSectionEntry(body) => Some(slice(&cut, body.range()).to_vec()),
                _ => None,
            })
            .collect();
        assert_eq!(bodies, [vec![0, 0x00, 0x0b], vec![0, 0x41, 2, 0x0b]]);
        // The names are still there.
        assert!(!FunctionNames::read(&cut).is_empty());
    }

    #[test]
    fn a_module_without_names_stays_as_it_is() {
        let wasm = strip(&named("a", "b"), Keep::Nothing).expect("a module");
        let cut = cut_panics(&wasm, &FunctionNames::read(&wasm)).expect("a module");
        assert_eq!(cut, wasm);
    }
}
