//! Walks a module section by section, and collects what is wrong with it.
//!
//! Two things run side by side: `wasmparser`'s validator, which says whether this is WebAssembly at
//! all, and the rules of nodes. The first error of the validator ends the walk, because what
//! follows would be guesswork; refusals by rules do not.
//!
//! | section | rules |
//! |---|---|
//! | types | number of entries; the types are remembered |
//! | imports | number; each a function of `env` with the chain's types and an active feature |
//! | functions | number; the type of each is remembered |
//! | tables | elements; the size is remembered for element segments |
//! | memory | pages |
//! | globals | number of entries; bytes of the mutable ones |
//! | exports | number of entries; length of names; `apply` is looked for |
//! | elements | number of entries; length of each, and that it ends within the table |
//! | code | see `function` |
//! | data | number of entries; length of each, a constant address, and where it ends |
//!
//! EOS VM's own order of checks is not imitated, since all reasons are reported.

use super::Requirements;
use super::beyond;
use super::bodies::Body;
use super::operands::size_of;
use super::refusal::{CodeLocation, LimitKind, Reason, Refusal, Refusals};
use super::wording::{signature, signature_of, similar};
use crate::FunctionNames;
use crate::chain::{Intrinsic, ModuleRules, intrinsic};
use wasmparser::{
    CompositeInnerType, ConstExpr, DataKind, ElementItems, ElementKind, ExternalKind, FuncType,
    Operator, Parser, Payload, TypeRef, Validator, WasmFeatures,
};

/// The state of a walk through one module.
pub(super) struct ModuleCheck<'a> {
    /// The chain to check for.
    pub(super) chain: &'a ModuleRules,
    /// The names of functions, for messages.
    names: &'a FunctionNames,
    /// What is wrong so far.
    pub(super) refusals: Vec<Refusal>,
    /// What the module needs so far.
    requirements: Requirements,
    /// The types of the module; `None` for what is not a function type.
    pub(super) types: Vec<Option<FuncType>>,
    /// Whether one of them has more parameters than the parser takes.
    pub(super) wide: bool,
    /// The type index of each function, imports first.
    pub(super) functions: Vec<u32>,
    /// The size of the first table, in elements.
    pub(super) table: Option<u64>,
    /// The index of the exported function `apply`.
    pub(super) apply: Option<u32>,
    /// The function that is being checked, for the places of refusals.
    function: Option<u32>,
}

impl<'a> ModuleCheck<'a> {
    /// A walk that has not begun.
    pub(super) fn new(chain: &'a ModuleRules, names: &'a FunctionNames) -> Self {
        Self {
            chain,
            names,
            refusals: Vec::new(),
            requirements: Requirements::default(),
            types: Vec::new(),
            wide: false,
            functions: Vec::new(),
            table: None,
            apply: None,
            function: None,
        }
    }

    /// The same walk without its findings, for another thread. What the sections before the code declare
    /// is copied, since bodies refer to it.
    pub(super) fn part(&self) -> Self {
        Self {
            refusals: Vec::new(),
            requirements: Requirements::default(),
            types: self.types.clone(),
            functions: self.functions.clone(),
            ..*self
        }
    }

    /// Checks the whole module.
    ///
    /// `apply` is looked for only if the walk came to the end: before that, it may be missing because its
    /// section was not read.
    ///
    /// # Errors
    /// All refusals, in the order in which they were found; never an empty list.
    pub(super) fn run(mut self, wasm: &[u8]) -> Result<Requirements, Refusals> {
        self.limit(
            LimitKind::ModuleBytes,
            wasm.len() as u64,
            self.chain.limits.module_bytes as u64,
            None,
        );
        match self.walk(wasm) {
            Ok(()) => self.check_apply(),
            Err(error) => self.error(&error),
        }
        if self.refusals.is_empty() {
            Ok(self.requirements)
        } else {
            Err(Refusals(self.refusals))
        }
    }

    /// Walks all sections. The bodies read before an error are checked too: the error may be far
    /// behind them.
    fn walk(&mut self, wasm: &[u8]) -> Result<(), wasmparser::Error> {
        let mut bodies = Vec::new();
        let wasm = &*beyond::without_long_names(wasm);
        let walked = self.sections(wasm, &mut bodies);
        self.bodies(bodies);
        walked
    }

    /// Reads sections to the end or the first error. Bodies are gathered in `bodies` and checked
    /// before the section after the code; those before an error are left in the list.
    fn sections<'b>(
        &mut self,
        wasm: &'b [u8],
        bodies: &mut Vec<Body<'b>>,
    ) -> Result<(), wasmparser::Error> {
        let mut validator = Validator::new_with_features(WasmFeatures::WASM1);
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload?;
            if !matches!(payload, Payload::CodeSectionEntry(_)) {
                self.bodies(std::mem::take(bodies));
            }
            let seen = match &payload {
                Payload::TypeSection(reader) => self.wide_types(wasm, reader, &mut validator)?,
                Payload::ExportSection(reader) => {
                    self.long_exports(wasm, reader, &mut validator)?
                }
                _ => false,
            };
            if seen {
                continue;
            }
            self.section(&payload)?;
            match &payload {
                Payload::ElementSection(reader)
                    if self.many_elements(wasm, reader, &mut validator)? => {}
                Payload::DataSection(reader) if self.many_data(wasm, reader, &mut validator)? => {}
                Payload::CodeSectionEntry(body) => {
                    let function = validator.code_section_entry(&beyond::begun(body))?;
                    bodies.push((function, body.clone()));
                }
                payload => drop(validator.payload(payload)?),
            }
        }
        Ok(())
    }

    /// Applies the rules of nodes to one section, and remembers what later sections refer to.
    fn section(&mut self, payload: &Payload<'_>) -> Result<(), wasmparser::Error> {
        let limits = self.chain.limits;
        match payload {
            Payload::TypeSection(reader) => {
                self.entries(reader.count(), reader.range().start);
                for group in reader.clone() {
                    for ty in group?.types() {
                        self.types.push(match &ty.composite_type.inner {
                            CompositeInnerType::Func(ty) => Some(ty.clone()),
                            _ => None,
                        });
                    }
                }
            }
            Payload::ImportSection(reader) => {
                let allowed = u64::from(limits.imports);
                self.limit(
                    LimitKind::Imports,
                    u64::from(reader.count()),
                    allowed,
                    Some(reader.range().start),
                );
                for import in reader.clone().into_imports_with_offsets() {
                    let (offset, import) = import?;
                    self.import(import.module, import.name, &import.ty, offset);
                }
            }
            Payload::FunctionSection(reader) => {
                let allowed = u64::from(limits.functions);
                self.limit(
                    LimitKind::Functions,
                    u64::from(reader.count()),
                    allowed,
                    Some(reader.range().start),
                );
                for ty in reader.clone() {
                    self.functions.push(ty?);
                }
            }
            Payload::TableSection(reader) => {
                for table in reader.clone().into_iter_with_offsets() {
                    let (offset, table) = table?;
                    let size = table.ty.initial;
                    self.table.get_or_insert(size);
                    self.limit(
                        LimitKind::TableElements,
                        size,
                        limits.table_elements,
                        Some(offset),
                    );
                }
            }
            Payload::MemorySection(reader) => {
                for memory in reader.clone().into_iter_with_offsets() {
                    let (offset, memory) = memory?;
                    self.limit(LimitKind::Pages, memory.initial, limits.pages, Some(offset));
                }
            }
            Payload::GlobalSection(reader) => {
                self.entries(reader.count(), reader.range().start);
                let mut bytes = 0;
                for global in reader.clone() {
                    let ty = global?.ty;
                    if ty.mutable {
                        bytes += u64::from(size_of(Some(ty.content_type)));
                    }
                }
                let at = Some(reader.range().start);
                self.limit(
                    LimitKind::MutableGlobalBytes,
                    bytes,
                    limits.mutable_global_bytes,
                    at,
                );
            }
            Payload::ExportSection(reader) => {
                self.entries(reader.count(), reader.range().start);
                for export in reader.clone().into_iter_with_offsets() {
                    let (offset, export) = export?;
                    self.symbol(export.name, offset);
                    if export.name == "apply" && export.kind == ExternalKind::Func {
                        self.apply = Some(export.index);
                    }
                }
            }
            Payload::ElementSection(reader) => {
                self.entries(reader.count(), reader.range().start);
                for element in reader.clone().into_iter_with_offsets() {
                    let (offset, element) = element?;
                    self.element(&element.kind, &element.items, offset);
                }
            }
            Payload::DataSection(reader) => {
                self.entries(reader.count(), reader.range().start);
                for data in reader.clone().into_iter_with_offsets() {
                    let (offset, data) = data?;
                    self.data(&data.kind, data.data.len() as u64, offset);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Checks an import: it must be a function of `env` that the chain has, with the chain's types.
    fn import(&mut self, module: &str, name: &str, ty: &TypeRef, offset: u64) {
        let at = Some(offset);
        self.symbol(name, offset);
        let TypeRef::Func(type_index) = *ty else {
            let kind = match ty {
                TypeRef::Table(_) => "table",
                TypeRef::Memory(_) => "memory",
                TypeRef::Global(_) => "global",
                _ => "tag",
            };
            return self.refuse(
                Reason::ImportKind {
                    name: name.to_owned(),
                    kind,
                },
                at,
            );
        };
        self.functions.push(type_index);
        if module != "env" {
            let (module, name) = (module.to_owned(), name.to_owned());
            return self.refuse(Reason::ImportModule { module, name }, at);
        }
        let Some(known) = intrinsic(name) else {
            let similar = similar(name);
            return self.refuse(
                Reason::ImportUnknown {
                    name: name.to_owned(),
                    similar,
                },
                at,
            );
        };
        let expected = signature(known.params(), known.result());
        let found = self.types.get(type_index as usize).cloned().flatten();
        let found = found.map_or_else(|| "unknown".to_owned(), |ty| signature_of(&ty));
        if expected != found {
            let name = name.to_owned();
            return self.refuse(
                Reason::ImportSignature {
                    name,
                    expected,
                    found,
                },
                at,
            );
        }
        self.require(known, at);
    }

    /// Adds a host function to the requirements, and checks that its feature is active. The requirements
    /// of a refused module are dropped, so that it does not matter that it is added in any case.
    fn require(&mut self, known: &'static Intrinsic, at: Option<u64>) {
        if let Some(feature) = known.feature {
            if !self.chain.whitelists(known) {
                self.refuse(
                    Reason::ImportFeature {
                        name: known.name.to_owned(),
                        feature,
                    },
                    at,
                );
            }
            self.requirements.features.insert(feature);
        }
        self.requirements.imports.push(known.name);
    }

    /// Checks an element segment: its length, and that it fits into the table.
    fn element(&mut self, kind: &ElementKind<'_>, items: &ElementItems<'_>, offset: u64) {
        let count = match items {
            ElementItems::Functions(items) => items.count(),
            ElementItems::Expressions(_, items) => items.count(),
        };
        let allowed = u64::from(self.chain.limits.element_segment_elements);
        self.limit(
            LimitKind::ElementSegmentElements,
            u64::from(count),
            allowed,
            Some(offset),
        );
        if let ElementKind::Active { offset_expr, .. } = kind
            && let Some(start) = constant(offset_expr)
        {
            let (end, table) = (u64::from(start) + u64::from(count), self.table.unwrap_or(0));
            if end > table {
                self.refuse(Reason::ElementsOutsideTable { end, table }, Some(offset));
            }
        }
    }

    /// Checks a data segment: its length, and where it ends, in bytes. The end is compared without
    /// wrapping at 32 bits.
    fn data(&mut self, kind: &DataKind<'_>, length: u64, offset: u64) {
        let limits = self.chain.limits;
        self.limit(
            LimitKind::DataSegmentBytes,
            length,
            limits.data_segment_bytes,
            Some(offset),
        );
        let DataKind::Active { offset_expr, .. } = kind else {
            return;
        };
        match constant(offset_expr) {
            Some(start) => {
                let end = u64::from(start) + length;
                self.limit(
                    LimitKind::LinearMemoryInit,
                    end,
                    limits.linear_memory_init,
                    Some(offset),
                );
            }
            None => self.refuse(Reason::DataOffset, Some(offset)),
        }
    }

    /// Checks that there is an `apply` of the right type.
    fn check_apply(&mut self) {
        let Some(index) = self.apply else {
            return self.refuse(Reason::NoApply, None);
        };
        let found = self
            .function_type(index)
            .map(signature_of)
            .unwrap_or_default();
        if found != "(i64, i64, i64) -> ()" {
            self.at_function(index);
            self.refuse(Reason::ApplySignature { found }, None);
        }
    }

    /// The type of a function by index, imports first. `None` if there is no such function or its type is
    /// not there, which the validator reports.
    pub(super) fn function_type(&self, index: u32) -> Option<&FuncType> {
        let ty = *self.functions.get(index as usize)?;
        self.types.get(ty as usize)?.as_ref()
    }

    /// Says that what follows concerns this function.
    pub(super) fn at_function(&mut self, index: u32) {
        self.function = Some(index);
    }

    /// Says that what follows concerns the whole module again.
    pub(super) fn leave_function(&mut self) {
        self.function = None;
    }

    /// Checks the number of entries of a section without a limit of its own.
    pub(super) fn entries(&mut self, count: u32, offset: u64) {
        let allowed = u64::from(self.chain.limits.section_elements);
        self.limit(
            LimitKind::SectionElements,
            u64::from(count),
            allowed,
            Some(offset),
        );
    }

    /// Checks the length of a name.
    pub(super) fn symbol(&mut self, name: &str, offset: u64) {
        let allowed = self.chain.limits.symbol_bytes as u64;
        self.limit(
            LimitKind::SymbolBytes,
            name.len() as u64,
            allowed,
            Some(offset),
        );
    }

    /// Adds a refusal if a value exceeds a limit. `at` is an offset in the module, in bytes; `None` if the
    /// limit concerns the module as a whole.
    pub(super) fn limit(&mut self, limit: LimitKind, found: u64, allowed: u64, at: Option<u64>) {
        if found > allowed {
            self.refuse(
                Reason::Limit {
                    limit,
                    found,
                    allowed,
                },
                at,
            );
        }
    }

    /// Adds the finding of the parser or validator. An instruction of a later proposal and a limit
    /// of `wasmparser`'s own are told apart from malformed modules, since the cures differ.
    pub(super) fn error(&mut self, error: &wasmparser::Error) {
        let message = error.message().to_owned();
        let reason = match error.missing_wasm_feature() {
            Some(features) => Reason::PostMvp {
                proposal: features
                    .iter_names()
                    .map(|(name, _)| name.to_ascii_lowercase())
                    .collect::<Vec<_>>()
                    .join("+"),
                what: message,
            },
            None if is_own_limit(&message) => Reason::Invalid {
                message: format!(
                    "more than the engine of the embedded chain can run, whatever the chain allows: {}",
                    of_what(&message)
                ),
            },
            None => Reason::Invalid { message },
        };
        self.refuse(reason, Some(error.offset()));
    }

    /// Adds a refusal unless this function has the same one already: one of each instruction is
    /// enough.
    pub(super) fn refuse_once(&mut self, reason: Reason, offset: u64) {
        let function = self.function;
        let known =
            |refusal: &Refusal| refusal.place.function == function && refusal.reason == reason;
        if !self.refusals.iter().any(known) {
            self.refuse(reason, Some(offset));
        }
    }

    /// Adds a refusal at the current function, with its name if the module has one for it.
    pub(super) fn refuse(&mut self, reason: Reason, offset: Option<u64>) {
        let name = self.function.and_then(|index| self.names.get(index));
        let krate = self.function.and_then(|index| self.names.crate_of(index));
        self.refusals.push(Refusal {
            reason,
            place: CodeLocation {
                offset,
                function: self.function,
                name: name.map(str::to_owned),
                krate: krate.map(str::to_owned),
            },
        });
    }
}

/// Whether a message of the validator is about a limit of its own, which no rule of WebAssembly
/// has.
fn is_own_limit(message: &str) -> bool {
    of_what(message) != OTHER
}

/// What [`of_what`] says of a message that is not about such a limit.
const OTHER: &str = "of its contents";

/// What there is too much of, by the words of the validator's message.
fn of_what(message: &str) -> &'static str {
    const LIMITS: [(&str, &str); 6] = [
        ("function params", "parameters of a function"),
        ("params", "parameters of a function"),
        ("locals", "locals of a function"),
        ("br_table", "targets of a branch table"),
        ("string size", "bytes of a name"),
        ("table", "elements of a table"),
    ];
    let limited = ["exceed", "too many", "too large", "size is out of bounds"];
    if !limited.iter().any(|word| message.contains(word)) {
        return OTHER;
    }
    let found = LIMITS.iter().find(|(word, _)| message.contains(word));
    found.map_or(OTHER, |(_, what)| what)
}

/// The address at which a segment begins, if it is a constant.
fn constant(expression: &ConstExpr<'_>) -> Option<u32> {
    match expression.get_operators_reader().read() {
        Ok(Operator::I32Const { value }) => Some(value.cast_unsigned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::FunctionNames;
    use crate::chain::ModuleRules;
    use crate::validate::validate_for;
    use wasm_encoder::{
        CodeSection, ExportKind, ExportSection, Function, FunctionSection, Module, TypeSection,
        ValType,
    };

    /// A module whose second function has so many parameters and locals.
    fn wide(params: usize, locals: u32) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([ValType::I64; 3], []);
        types.ty().function(vec![ValType::I32; params], []);
        let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
        for (ty, locals) in [(0, 0), (1, locals)] {
            functions.function(ty);
            let mut body = Function::new([(locals, ValType::I32)]);
            body.instructions().end();
            code.function(&body);
        }
        let mut exports = ExportSection::new();
        exports.export("apply", ExportKind::Func, 0);
        let mut module = Module::new();
        module.section(&types).section(&functions);
        module.section(&exports).section(&code);
        module.finish()
    }

    #[test]
    fn only_the_limits_of_the_chain_count() {
        let mut chain = ModuleRules::current();
        let accepted = |chain: &ModuleRules, wasm: &[u8]| {
            validate_for(wasm, chain, &FunctionNames::default()).map(drop)
        };
        for (params, locals) in [(1000, 0), (1001, 0), (1001, 2048), (100_000, 0)] {
            assert_eq!(accepted(&chain, &wide(params, locals)), Ok(()));
        }
        assert!(accepted(&chain, &wide(0, 50_001)).is_err());
        chain.limits.func_local_bytes = 4 * 50_001;
        assert_eq!(accepted(&chain, &wide(0, 50_001)), Ok(()));
        assert_eq!(accepted(&chain, &wide(1001, 50_001)), Ok(()));
        assert!(accepted(&chain, &wide(0, 50_002)).is_err());
    }
}
