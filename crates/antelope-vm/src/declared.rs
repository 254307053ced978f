//! What a module declares before its code, from a first pass over it.
//!
//! Preparing a module changes bodies by what other sections declare, such as the number of globals,
//! and writes some sections before those that it depends on. So the declarations are collected
//! first; the code section, which is most of a module, is not read here.

use super::exports::APPLY;
use wasmparser::{BinaryReaderError, CompositeInnerType, ExternalKind, Parser, Payload, TypeRef};

/// What has to be known of a module before it is rewritten, from a first pass.
#[derive(Default)]
pub(super) struct Declared {
    /// Number of parameters and of results of each type.
    pub(super) arities: Vec<(u32, u32)>,
    /// Number of imported functions, which have the first indexes.
    pub(super) imported: u32,
    /// The type of each function, the imported ones first.
    pub(super) types: Vec<u32>,
    /// Number of globals, which is the index of the added one.
    pub(super) globals: u32,
    /// Indexes of mutable globals.
    pub(super) mutable: Vec<u32>,
    /// Number of memories: the contract's, and the one for frames.
    pub(super) memories: u32,
    /// Whether the contract has a memory.
    pub(super) memory: bool,
    /// The start function.
    pub(super) start: Option<u32>,
    /// The function exported as `apply`.
    pub(super) apply: Option<u32>,
}

impl Declared {
    /// Reads everything before the code section.
    ///
    /// # Errors
    /// Where the parser refuses a section.
    pub(super) fn scan(code: &[u8]) -> Result<Self, BinaryReaderError> {
        let mut found = Self::default();
        for payload in Parser::new(0).parse_all(code) {
            match payload? {
                Payload::TypeSection(section) => {
                    for group in section {
                        found.arities.extend(group?.types().map(
                            |ty| match &ty.composite_type.inner {
                                CompositeInnerType::Func(ty) => {
                                    (ty.params().len() as u32, ty.results().len() as u32)
                                }
                                _ => (0, 0),
                            },
                        ));
                    }
                }
                Payload::ImportSection(section) => {
                    // Validation allows imports of functions only.
                    for import in section.into_imports() {
                        if let TypeRef::Func(ty) = import?.ty {
                            found.types.push(ty);
                            found.imported += 1;
                        }
                    }
                }
                Payload::FunctionSection(section) => {
                    for ty in section {
                        found.types.push(ty?);
                    }
                }
                Payload::GlobalSection(section) => {
                    found.globals = section.count();
                    for (index, global) in (0..).zip(section) {
                        if global?.ty.mutable {
                            found.mutable.push(index);
                        }
                    }
                }
                Payload::MemorySection(section) => found.memories = section.count(),
                Payload::StartSection { func, .. } => found.start = Some(func),
                Payload::ExportSection(section) => {
                    for export in section {
                        let export = export?;
                        if export.name == APPLY && export.kind == ExternalKind::Func {
                            found.apply = Some(export.index);
                        }
                    }
                }
                Payload::CodeSectionStart { .. } => break,
                _ => {}
            }
        }
        Ok(found)
    }

    /// Number of functions that are not imported.
    pub(super) fn functions(&self) -> u32 {
        self.types.len() as u32 - self.imported
    }

    /// Number of parameters and of results of a function, by its index among all.
    pub(super) fn arity(&self, function: u32) -> (u32, u32) {
        let ty = self.types.get(function as usize);
        ty.map_or((0, 0), |ty| self.arity_of_type(*ty))
    }

    /// Number of parameters and of results of a type.
    pub(super) fn arity_of_type(&self, ty: u32) -> (u32, u32) {
        self.arities.get(ty as usize).copied().unwrap_or_default()
    }
}
