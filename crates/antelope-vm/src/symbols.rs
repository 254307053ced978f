//! The names of a contract's functions, for backtraces and profiles.
//!
//! Names come, in this order, from the name section of the deployed code; from names registered
//! with
//! [`add_names`] for the hash of the code; and from its exports, which give only `apply`. Imported
//! functions have the names under which they are imported.
//!
//! A backtrace of a token contract, innermost first, looks like this:
//!
//! ```text
//! env.eosio_assert_message
//! token::transfer
//! apply
//! ```

use antelope_ledger::diagnosis::{CodeAddress, Frame};
use antelope_module::{FunctionNames, without_names};
use antelope_types::{ChainError, Checksum256, ErrorKind};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use wasmparser::{ExternalKind, Operator, Parser, Payload, TypeRef};

/// Names by the SHA-256 of the code that they belong to. The same code has the same names on
/// whichever account and chain it runs.
type Known = HashMap<[u8; 32], Arc<FunctionNames>>;

/// The registered names, which are global to the process. Held for a look-up or an insertion only.
fn known() -> MutexGuard<'static, Known> {
    static KNOWN: LazyLock<Mutex<Known>> = LazyLock::new(Mutex::default);
    KNOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Registers the names of a contract's functions for code that is deployed without them.
///
/// `cargo antelope build` writes two files: `<package>.wasm` for deployment, and
/// `<package>.debug.wasm` with the same code and a name section. Pass the contents of the latter.
/// Backtraces and profiles then have names for every account on every chain of this process that
/// runs the code. Returns the hash of the code without names, which is what chains call the code
/// hash.
///
/// # Errors
/// `wasm_serialization_error` (3070003) where the bytes are not a WebAssembly module.
///
/// ```
/// let module = b"\0asm\x01\0\0\0";
/// let hash = antelope_vm::add_names(module)?;
/// assert_eq!(hash, antelope_types::Checksum256::sha256(module));
/// assert!(antelope_vm::add_names(b"not a module").is_err());
/// # Ok::<(), antelope_types::ChainError>(())
/// ```
pub fn add_names(named: &[u8]) -> Result<Checksum256, ChainError> {
    let code = without_names(named).map_err(|error| {
        let message = format!("the module with names cannot be read: {error}");
        ChainError::new(ErrorKind::WasmSerializationError, message)
    })?;
    let hash = Checksum256::sha256(&code);
    let names = Arc::new(FunctionNames::read(named));
    known().insert(hash.0, names);
    Ok(hash)
}

/// The names registered for this code.
pub(super) fn names(hash: &Checksum256) -> Option<Arc<FunctionNames>> {
    known().get(&hash.0).cloned()
}

/// The frames of a backtrace, innermost first. `code` is the deployed code, in which functions have
/// their names; `compiled` is what the compiler was given, in which the offsets are.
///
/// A host function has no frame in Wasmtime's backtrace. Where the innermost instruction is a call
/// of one, its frame is prepended.
pub(super) fn frames(
    hash: &Checksum256,
    code: &[u8],
    compiled: &[u8],
    calls: &[CodeAddress],
) -> Vec<Frame> {
    let functions = Functions::read(code, names(hash));
    let innermost = calls.first().and_then(|address| address.offset);
    let host = innermost.and_then(|offset| functions.import_called_at(compiled, offset));
    let frames = calls
        .iter()
        .map(|address| functions.frame(address.function));
    host.into_iter().chain(frames).collect()
}

/// The functions of a module, by index: imported ones first, as WebAssembly numbers them.
pub(super) struct Functions {
    /// Names of the imported functions.
    imports: Vec<String>,
    /// Names of exported functions by index, the last resort.
    exports: BTreeMap<u32, String>,
    /// Names from a name section.
    names: Arc<FunctionNames>,
}

impl Functions {
    /// Reads the functions of deployed code. `known` are names registered for it; names in the code
    /// itself take precedence.
    pub(super) fn read(code: &[u8], known: Option<Arc<FunctionNames>>) -> Self {
        let own = FunctionNames::read(code);
        let mut functions = Self {
            imports: Vec::new(),
            exports: BTreeMap::new(),
            names: match known {
                Some(known) if own.is_empty() => known,
                _ => Arc::new(own),
            },
        };
        // The chain has accepted this code, so that parsing does not fail; if it does, names are
        // missing.
        for payload in Parser::new(0).parse_all(code).map_while(Result::ok) {
            match payload {
                Payload::ImportSection(section) => {
                    let imports = section.into_imports().flatten();
                    let imported = imports.filter(|import| matches!(import.ty, TypeRef::Func(_)));
                    functions.imports = imported.map(|import| import.name.to_owned()).collect();
                }
                Payload::ExportSection(section) => {
                    let exported = section.into_iter().flatten();
                    let exported = exported.filter(|export| export.kind == ExternalKind::Func);
                    functions.exports = exported
                        .map(|export| (export.index, export.name.to_owned()))
                        .collect();
                    break;
                }
                _ => {}
            }
        }
        functions
    }

    /// How many functions are imported from the host. They have the lowest indexes.
    pub(super) fn imported(&self) -> u32 {
        self.imports.len() as u32
    }

    /// The frame of the function with this index, with a name where one is known.
    pub(super) fn frame(&self, function: u32) -> Frame {
        let import = self.imports.get(function as usize);
        let own = || {
            let name = self.names.get(function);
            let exported = self.exports.get(&function).map(String::as_str);
            name.or(exported).map(str::to_owned)
        };
        Frame {
            function,
            host: import.is_some(),
            name: import.cloned().or_else(own),
        }
    }

    /// The host function called by the instruction at this offset of the compiled code; `None`
    /// where that instruction is something else.
    fn import_called_at(&self, compiled: &[u8], offset: usize) -> Option<Frame> {
        let offset = offset as u64;
        let bodies = Parser::new(0).parse_all(compiled).map_while(Result::ok);
        let mut bodies = bodies.filter_map(|payload| match payload {
            Payload::CodeSectionEntry(body) => Some(body),
            _ => None,
        });
        let body = bodies.find(|body| body.range().contains(&offset))?;
        let mut operators = body.get_operators_reader().ok()?;
        while let Ok((operator, start)) = operators.read_with_offset() {
            if start == offset {
                return match operator {
                    Operator::Call { function_index } if function_index < self.imported() => {
                        Some(self.frame(function_index))
                    }
                    _ => None,
                };
            }
        }
        None
    }
}
