//! What the functions of a contract are called.

use antelope_ledger::diagnosis::{CodeAddress, Frame};
use antelope_module::{FunctionNames, without_names};
use antelope_types::{ChainError, Checksum256, ErrorKind};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use wasmparser::{ExternalKind, Operator, Parser, Payload, TypeRef};

/// Names by the hash of the code that they belong to, which tells them apart whoever runs it.
type Known = HashMap<[u8; 32], Arc<FunctionNames>>;

fn known() -> MutexGuard<'static, Known> {
    static KNOWN: LazyLock<Mutex<Known>> = LazyLock::new(Mutex::default);
    KNOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Remembers the names of a contract's functions for code that is deployed without them, as
/// `cargo antelope build` makes it: give it the contents of `<package>.debug.wasm`, which is the same
/// code with names. Whichever account of whichever chain of this process has the code, backtraces
/// and profiles then have its names; tells the hash of that code.
///
/// # Errors
/// Where this is no module.
pub fn add_names(named: &[u8]) -> Result<Checksum256, ChainError> {
    let code = without_names(named).map_err(|error| {
        let message = format!("module with names: {error}");
        ChainError::new(ErrorKind::WasmSerializationError, message)
    })?;
    let hash = Checksum256::sha256(&code);
    let names = Arc::new(FunctionNames::read(named));
    known().insert(hash.0, names);
    Ok(hash)
}

/// The names that were given for this code.
pub(super) fn names(hash: &Checksum256) -> Option<Arc<FunctionNames>> {
    known().get(&hash.0).cloned()
}

/// What is at the addresses: code as it was deployed, and as it was compiled.
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

/// The functions of a module.
pub(super) struct Functions {
    imports: Vec<String>,
    exports: BTreeMap<u32, String>,
    names: Arc<FunctionNames>,
}

impl Functions {
    /// The functions of this code, with the names in it or else those that are known otherwise.
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
        // The chain runs this code, so that whatever cannot be read is not there.
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

    /// How many functions are the chain's.
    pub(super) fn imported(&self) -> u32 {
        self.imports.len() as u32
    }

    /// The function with this number.
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

    /// The host function that is called by the instruction at this place.
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
