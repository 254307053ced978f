//! What the parser and its validator would refuse by limits of their own.
//!
//! A node knows no limits but those of the chain. So where a module goes beyond the parser's, the
//! validator is given the same in a form that it takes, and what was left out of it is checked here:
//!
//! | what | more than | what the validator sees |
//! |---|---|---|
//! | parameters of a type | 1 000 | a type without them; a call takes them one by one |
//! | locals of a function | 50 000 | one local of each type |
//! | bytes of a function | 7 654 321 | all operators of it, which are handed to it one by one anyway |
//! | bytes of a name | 100 000 | another name for an export, none for a custom section |
//! | segments of data or elements | 100 000 | the first of them |
//!
//! The limits of the parser are constants of `wasmparser`'s `limits.rs`, which several engines have in
//! common. EOS VM does not have them: it accepts such a module if the limits of the chain allow it, so
//! refusing it here would be a difference to the chain.
//!
//! Every substitute keeps three invariants:
//!
//! - The substitute is valid exactly if the same part of the original is, and what is left out of it is
//!   checked here by the same rules.
//! - Offsets in errors still refer to the original module as far as possible: a substituted section is
//!   read as if it began where the original one does.
//! - The limits of the chain are compared with the original, never with the substitute.
//!
//! Ordinary modules exceed none of these limits. For them each function here returns before it changes
//! anything, and the validator sees the module as it is.

use super::module::ModuleCheck;
use super::refusal::Reason;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use wasmparser::{
    BinaryReader, BinaryReaderError, ConstExpr, Data, DataKind, DataSectionReader, Element,
    ElementItems, ElementKind, ElementSectionReader, ExportSectionReader, FromReader, FuncType,
    FunctionBody, Operator, SectionLimited, TypeSectionReader, ValType, Validator,
};

/// `MAX_WASM_FUNCTION_PARAMS` of the parser: the most parameters of a function type.
const PARAMS: usize = 1000;

/// `MAX_WASM_FUNCTION_LOCALS`: the most locals of a function, parameters included.
const LOCALS: u64 = 50_000;

/// `MAX_WASM_FUNCTION_SIZE`: the most bytes of a function body.
const BODY: usize = 7_654_321;

/// `MAX_WASM_STRING_SIZE`: the most bytes of a name.
const NAME: usize = 100_000;

/// `MAX_WASM_DATA_SEGMENTS` and `MAX_WASM_ELEMENT_SEGMENTS`.
const SEGMENTS: u32 = 100_000;

/// The types of values, in the order of the locals that stand for others.
const VALUES: [ValType; 4] = [ValType::I32, ValType::I64, ValType::F32, ValType::F64];

/// Bytes of a part of the module. A range that goes beyond the end is cut off there.
fn part(wasm: &[u8], range: std::ops::Range<u64>) -> &[u8] {
    let bound = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(wasm.len());
    &wasm[bound(range.start)..bound(range.end)]
}

/// Appends a number as unsigned LEB128, in as few bytes as it takes.
fn number(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// The module without names of custom sections that the parser does not read, byte for byte as long.
///
/// The length of such a name is overwritten with zero, so that its characters become contents of the
/// section, which nobody reads. The module is copied only if there is such a name.
pub(super) fn without_long_names(wasm: &[u8]) -> Cow<'_, [u8]> {
    let mut long = Vec::new();
    let mut reader = BinaryReader::new(wasm, 0);
    let mut sections = || -> Result<(), BinaryReaderError> {
        reader.read_bytes(8)?;
        while !reader.eof() {
            let id = reader.read_u8()?;
            let length = reader.read_var_u32()? as usize;
            let start = reader.original_position();
            let mut section = BinaryReader::new(reader.read_bytes(length)?, start);
            if id == 0 {
                let name = section.read_var_u32()? as usize;
                let end = section.original_position();
                if name > NAME && name <= section.bytes_remaining() {
                    long.push(start as usize..end as usize);
                }
            }
        }
        Ok(())
    };
    // What cannot be read so far, the parser does not read either.
    let _ = sections();
    if long.is_empty() {
        return Cow::Borrowed(wasm);
    }
    let mut wasm = wasm.to_vec();
    for length in long {
        // Nought, in as many bytes.
        let (last, first) = (length.end - 1, length.start);
        wasm[first..last].fill(0x80);
        wasm[last] = 0;
    }
    Cow::Owned(wasm)
}

/// All types of the section, where one has more parameters than the parser takes. `None` for a section
/// without such a type, and for one that is malformed: the validator then says what is wrong.
fn types(raw: &[u8]) -> Option<Vec<FuncType>> {
    let mut reader = BinaryReader::new(raw, 0);
    let mut types = Vec::new();
    let mut wide = false;
    for _ in 0..reader.read_var_u32().ok()? {
        (reader.read_u8().ok()? == 0x60).then_some(())?;
        let mut values = || {
            let length = reader.read_var_u32().ok()?;
            let bytes = reader.read_bytes(length as usize).ok()?;
            let value = |byte: &u8| {
                VALUES
                    .get(usize::from(0x7f_u8.checked_sub(*byte)?))
                    .copied()
            };
            bytes.iter().map(value).collect::<Option<Vec<_>>>()
        };
        let (params, results) = (values()?, values()?);
        wide |= params.len() > PARAMS;
        types.push(FuncType::new(params, results));
    }
    (wide && reader.eof()).then_some(types)
}

/// Types as the parser takes them, encoded as a type section: wide ones lose their parameters and keep
/// their results, so that the number of a type stays the same.
fn narrowed(types: &[FuncType]) -> Vec<u8> {
    let byte = |ty: &ValType| {
        let place = VALUES.iter().position(|value| value == ty);
        0x7f - place.unwrap_or_default() as u8
    };
    let mut out = Vec::new();
    number(&mut out, types.len() as u32);
    for ty in types {
        let params = if is_wide(ty) { &[] } else { ty.params() };
        out.push(0x60);
        for values in [params, ty.results()] {
            number(&mut out, values.len() as u32);
            out.extend(values.iter().map(byte));
        }
    }
    out
}

/// Whether the parser takes fewer parameters. Results need no such test: WebAssembly 1.0 allows one.
pub(super) fn is_wide(ty: &FuncType) -> bool {
    ty.params().len() > PARAMS
}

/// An export: its name, what it is (0 for a function), and its number.
type Export<'a> = (&'a str, u8, u32);

/// All exports of the section, where one has a longer name than the parser takes. `None` for a section
/// without such a name, and for one that is malformed.
fn exports(raw: &[u8]) -> Option<Vec<Export<'_>>> {
    let mut reader = BinaryReader::new(raw, 0);
    let mut exports = Vec::new();
    let mut long = false;
    for _ in 0..reader.read_var_u32().ok()? {
        let name = reader.read_unlimited_string().ok()?;
        long |= name.len() > NAME;
        exports.push((name, reader.read_u8().ok()?, reader.read_var_u32().ok()?));
    }
    (long && reader.eof()).then_some(exports)
}

/// Exports as the parser takes them: equal names stay equal, and different ones stay different.
///
/// Both matter, since the validator refuses a module that exports a name twice. The substitutes are
/// `long 0`, `long 1` and so on, without those that the module exports itself.
fn renamed(exports: &[Export<'_>]) -> Vec<u8> {
    let taken: BTreeSet<_> = exports.iter().map(|(name, ..)| *name).collect();
    let mut free = (0..)
        .map(|n: u32| format!("long {n}"))
        .filter(|name| !taken.contains(&**name));
    let mut short = BTreeMap::new();
    let mut out = Vec::new();
    number(&mut out, exports.len() as u32);
    for (name, kind, index) in exports {
        let name = match name.len() > NAME {
            true => short
                .entry(*name)
                .or_insert_with(|| free.next().unwrap_or_default())
                .as_str(),
            false => name,
        };
        number(&mut out, name.len() as u32);
        out.extend(name.as_bytes());
        out.push(*kind);
        number(&mut out, *index);
    }
    out
}

/// Whether this is an `i32.const` and nothing else, as all addresses of segments are. The other constant
/// expression of WebAssembly 1.0, `global.get`, needs an imported global, which nodes do not have.
fn is_constant(expression: &ConstExpr<'_>) -> bool {
    let mut reader = expression.get_operators_reader();
    matches!(reader.read(), Ok(Operator::I32Const { .. }))
        && matches!(reader.read(), Ok(Operator::End))
        && reader.eof()
}

/// A section with the first of the entries, which begin at these places. `end` is the end of the
/// original section, in case there is no second entry.
fn first_of(wasm: &[u8], mut places: impl Iterator<Item = u64>, end: u64) -> Vec<u8> {
    let start = places.next().unwrap_or(end);
    let end = places.next().unwrap_or(end);
    let mut out = vec![1];
    out.extend(part(wasm, start..end));
    out
}

impl ModuleCheck<'_> {
    /// Types of which one has too many parameters; whether these are such.
    ///
    /// If so, the section is done: its limit is checked, the validator has seen the narrowed types, and
    /// the real ones are remembered for calls and locals.
    ///
    /// # Errors
    /// The error of the validator for the narrowed types.
    pub(super) fn wide_types(
        &mut self,
        wasm: &[u8],
        reader: &TypeSectionReader<'_>,
        validator: &mut Validator,
    ) -> Result<bool, wasmparser::Error> {
        let range = reader.range();
        let Some(types) = types(part(wasm, range.clone())) else {
            return Ok(false);
        };
        let narrow = narrowed(&types);
        self.entries(types.len() as u32, range.start);
        let narrow = BinaryReader::new(&narrow, range.start);
        validator.type_section(&TypeSectionReader::new(narrow)?)?;
        self.types = types.into_iter().map(Some).collect();
        self.wide = true;
        Ok(true)
    }

    /// Exports of which one has too long a name; whether these are such.
    ///
    /// If so, the section is done: the limits for entries and names are checked with the real names, and
    /// `apply` is looked for.
    ///
    /// # Errors
    /// The error of the validator for the renamed exports.
    pub(super) fn long_exports(
        &mut self,
        wasm: &[u8],
        reader: &ExportSectionReader<'_>,
        validator: &mut Validator,
    ) -> Result<bool, wasmparser::Error> {
        let range = reader.range();
        let Some(exports) = exports(part(wasm, range.clone())) else {
            return Ok(false);
        };
        self.entries(exports.len() as u32, range.start);
        for (name, kind, index) in &exports {
            self.symbol(name, range.start);
            if *name == "apply" && *kind == 0 {
                self.apply = Some(*index);
            }
        }
        let short = renamed(&exports);
        let short = BinaryReader::new(&short, range.start);
        validator.export_section(&ExportSectionReader::new(short)?)?;
        Ok(true)
    }

    /// Segments of data where there are too many; whether there are.
    ///
    /// The first segment goes to the validator. The others are compared with the one form that is valid
    /// in WebAssembly 1.0 without imported globals: memory 0, at a constant address.
    ///
    /// # Errors
    /// The error of the parser for a malformed segment, or of the validator for the first one.
    pub(super) fn many_data(
        &mut self,
        wasm: &[u8],
        reader: &DataSectionReader<'_>,
        validator: &mut Validator,
    ) -> Result<bool, wasmparser::Error> {
        let plain = |_: &Self, segment: Data<'_>| match &segment.kind {
            DataKind::Active {
                memory_index: 0,
                offset_expr,
            } => Ok(is_constant(offset_expr)),
            _ => Ok(false),
        };
        let Some(first) = self.first_of_many(wasm, reader, plain)? else {
            return Ok(false);
        };
        let first = BinaryReader::new(&first, reader.range().start);
        validator.data_section(&DataSectionReader::new(first)?)?;
        Ok(true)
    }

    /// Segments of elements where there are too many; whether there are.
    ///
    /// As for data; in addition each function of a segment must exist.
    ///
    /// # Errors
    /// The error of the parser for a malformed segment, or of the validator for the first one.
    pub(super) fn many_elements(
        &mut self,
        wasm: &[u8],
        reader: &ElementSectionReader<'_>,
        validator: &mut Validator,
    ) -> Result<bool, wasmparser::Error> {
        let plain = |check: &Self, segment: Element<'_>| {
            let mut plain = match &segment.kind {
                ElementKind::Active {
                    table_index: None,
                    offset_expr,
                } => is_constant(offset_expr),
                _ => false,
            };
            match segment.items {
                ElementItems::Functions(functions) => {
                    for function in functions {
                        plain &= (function? as usize) < check.functions.len();
                    }
                }
                ElementItems::Expressions(..) => plain = false,
            }
            Ok(plain)
        };
        let Some(first) = self.first_of_many(wasm, reader, plain)? else {
            return Ok(false);
        };
        let first = BinaryReader::new(&first, reader.range().start);
        validator.element_section(&ElementSectionReader::new(first)?)?;
        Ok(true)
    }

    /// The section with its first segment alone, where there are too many; the others must be `plain`.
    ///
    /// # Errors
    /// The error of the parser for a malformed segment.
    fn first_of_many<'a, T: FromReader<'a>>(
        &mut self,
        wasm: &[u8],
        reader: &SectionLimited<'a, T>,
        plain: impl Fn(&Self, T) -> Result<bool, wasmparser::Error>,
    ) -> Result<Option<Vec<u8>>, wasmparser::Error> {
        if reader.count() <= SEGMENTS {
            return Ok(None);
        }
        let mut places = Vec::new();
        for segment in reader.clone().into_iter_with_offsets() {
            let (at, segment) = segment?;
            places.push(at);
            let plain = plain(self, segment)?;
            self.plain(plain, at);
        }
        Ok(Some(first_of(wasm, places.into_iter(), reader.range().end)))
    }

    /// Refuses a segment that the validator does not see, unless it has the valid form.
    fn plain(&mut self, plain: bool, at: u64) {
        if !plain {
            let message = "a segment that does not begin at a constant, or of what is not there";
            let message = message.to_owned();
            self.refuse(Reason::Invalid { message }, Some(at));
        }
    }

    /// How the validator is to be told of a function's locals; `None` if it can be told of them as they
    /// are.
    ///
    /// | function | locals that the validator knows |
    /// |---|---|
    /// | more than 49 996 locals, or a wide type | one of each type, in place of the declared ones |
    /// | another one of a module with wide types | its own, and after them one of each type for calls |
    /// | one of any other module | its own |
    pub(super) fn stand_ins(&self, index: u32, groups: &[(u32, ValType)]) -> Option<StandIns> {
        let ty = self.function_type(index);
        let wide = ty.is_some_and(is_wide);
        let params = ty.map_or(&[][..], FuncType::params);
        let declared: u64 = groups.iter().map(|(count, _)| u64::from(*count)).sum();
        let total = params.len() as u64 + declared;
        let replaces = wide || total + VALUES.len() as u64 > LOCALS;
        if !replaces && !self.wide {
            return None;
        }
        let kept = if wide { 0 } else { params.len() as u64 };
        let first = if replaces { kept } else { total };
        let mut end = params.len() as u64;
        let groups = groups.iter().map(|(count, ty)| {
            end += u64::from(*count);
            (end, *ty)
        });
        Some(StandIns {
            function: index,
            first: first as u32,
            ends: groups.collect(),
            replaces,
        })
    }

    /// What the validator is to be given in place of an operator; `None` for the operator itself.
    ///
    /// Only accesses to locals and calls are ever replaced: no other operator depends on the number of
    /// locals or parameters.
    pub(super) fn instead(
        &self,
        locals: &StandIns,
        operator: &Operator<'_>,
    ) -> Option<Instead<'_>> {
        let local = |index: &u32| self.stand_in(locals, *index);
        let (ty, indirect) = match operator {
            Operator::LocalGet { local_index } => {
                let local_index = local(local_index)?;
                return Some(Instead::Local(Operator::LocalGet { local_index }));
            }
            Operator::LocalSet { local_index } => {
                let local_index = local(local_index)?;
                return Some(Instead::Local(Operator::LocalSet { local_index }));
            }
            Operator::LocalTee { local_index } => {
                let local_index = local(local_index)?;
                return Some(Instead::Local(Operator::LocalTee { local_index }));
            }
            Operator::Call { function_index } => (self.function_type(*function_index)?, false),
            Operator::CallIndirect {
                type_index,
                table_index: 0,
            } if self.table.is_some() => {
                let ty = self.types.get(*type_index as usize)?;
                (ty.as_ref()?, true)
            }
            _ => return None,
        };
        is_wide(ty).then_some(Instead::Call { ty, indirect })
    }

    /// The stand-in for a local that the validator does not know: the one of the same type. `None` if it
    /// knows the local, or if the function has no such local, which the validator then reports.
    fn stand_in(&self, locals: &StandIns, local: u32) -> Option<u32> {
        if !locals.replaces {
            return None;
        }
        let params = self.function_type(locals.function).map(FuncType::params);
        if let Some(ty) = params.and_then(|params| params.get(local as usize)) {
            return Some(locals.of(*ty));
        }
        let group = locals.ends.partition_point(|(end, _)| *end <= local.into());
        locals.ends.get(group).map(|(_, ty)| locals.of(*ty))
    }
}

/// What the validator is given in place of an operator.
pub(super) enum Instead<'a> {
    /// The same with another local.
    Local(Operator<'static>),
    /// A call of a type with too many parameters, which it takes one by one: a `local.set` for each
    /// parameter, the last one first, and a `local.get` for each result. Their effect on the types of the
    /// operand stack is that of the call.
    Call {
        /// The type.
        ty: &'a FuncType,
        /// Whether the number of an element comes last.
        indirect: bool,
    },
}

/// One local of each type, by which the validator knows those of a function. Type checking asks for the
/// type of a local and not for its number, so that one of each type is enough.
pub(super) struct StandIns {
    /// The function that they belong to.
    function: u32,
    /// The number of the first stand-in; the other three follow it.
    first: u32,
    /// The first local after each group, and the group's type.
    ends: Vec<(u64, ValType)>,
    /// Whether there are no other locals than these.
    pub(super) replaces: bool,
}

impl StandIns {
    /// The types of the locals, in their order.
    pub(super) const TYPES: [ValType; 4] = VALUES;

    /// The stand-in for locals of this type, by its number.
    pub(super) fn of(&self, ty: ValType) -> u32 {
        let place = VALUES.iter().position(|value| *value == ty);
        self.first + place.unwrap_or_default() as u32
    }
}

/// The body that the validator is shown when a function begins: an empty one in place of one that is too
/// long. The operators are given to it later, one by one.
pub(super) fn begun<'a>(body: &FunctionBody<'a>) -> FunctionBody<'a> {
    if body.as_bytes().len() <= BODY {
        return body.clone();
    }
    FunctionBody::new(BinaryReader::new(&[], body.range().start))
}
