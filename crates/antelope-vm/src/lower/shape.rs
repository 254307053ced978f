//! A module as it was deployed, read without the limits of the parser.
//!
//! The parser of the engine refuses what is beyond the engine's limits, so that it cannot be asked
//! what is in such a module. Here sections are split by hand, and those parts in which there may be
//! too much are read from their bytes: types, the sizes of the table and the memory, and exports.
//! For imports, functions and bodies, the parser's own readers do.
//!
//! Everything borrows from the code of the contract. Reading allocates a list of types, one of
//! functions and one of bodies, each no longer than the code has bytes: entries are read one by one,
//! and a count that claims more of them than there are ends in an error.

use super::{LOCALS, NAME, PARAMS, TARGETS};
use crate::sections::number;
use wasm_encoder::Encode;
use wasmparser::{
    BinaryReader, BinaryReaderError, ElementSectionReader, FunctionBody, FunctionSectionReader,
    ImportSectionReader, Operator, TypeRef,
};

/// A type of functions; values are the bytes of their types.
///
/// Equal bytes mean equal types, so that no type has to be decoded to be compared.
#[derive(Clone, Copy)]
pub(super) struct Signature<'a> {
    pub(super) params: &'a [u8],
    pub(super) results: &'a [u8],
}

impl Signature<'_> {
    /// Whether it has more parameters than the engine takes.
    pub(super) fn is_wide(&self) -> bool {
        self.params.len() > PARAMS
    }

    /// Appends it as an entry of the section of types: 0x60, the parameters, the results.
    pub(super) fn encode(&self, out: &mut Vec<u8>) {
        out.push(0x60);
        self.params.encode(out);
        self.results.encode(out);
    }
}

/// A section, and how many entries it has.
///
/// The default, no entries and no bytes, stands for a section that is not there.
#[derive(Clone, Copy, Default)]
pub(super) struct Entries<'a> {
    pub(super) count: u32,
    pub(super) raw: &'a [u8],
}

impl<'a> Entries<'a> {
    /// Reads only the number at the beginning of the section.
    fn of(raw: &'a [u8]) -> Result<Self, BinaryReaderError> {
        let count = BinaryReader::new(raw, 0).read_var_u32()?;
        Ok(Self { count, raw })
    }
}

/// A module that the chain has taken.
#[derive(Default)]
pub(super) struct Shape<'a> {
    /// The contents of the sections by their id; custom sections, of id 0, are not kept.
    sections: [Option<&'a [u8]>; 12],
    /// The section of types.
    pub(super) types: Vec<Signature<'a>>,
    /// How many functions are imported.
    pub(super) imports: u32,
    /// The types of all functions.
    pub(super) functions: Vec<u32>,
    /// Elements of the table.
    pub(super) table: u32,
    /// How many memories the contract has: 0 or 1.
    pub(super) memories: u32,
    /// Pages that the contract's memory may have, where it says so.
    pub(super) pages: Option<u32>,
    /// How many globals the contract has, which is the index of an added one.
    pub(super) globals: u32,
    /// The function exported as `apply`.
    apply: Option<u32>,
    /// Whether the parser would not read a name.
    pub(super) names_too_long: bool,
    /// Segments of elements.
    pub(super) elements: Entries<'a>,
    /// Segments of data.
    pub(super) data: Entries<'a>,
    /// The bodies of the functions that are not imported, in their order.
    pub(super) bodies: Vec<FunctionBody<'a>>,
}

impl<'a> Shape<'a> {
    /// Reads a module: the eight bytes of magic number and version, then section by section.
    ///
    /// # Errors
    /// Where a length or a number leads beyond the end of what contains it.
    pub(super) fn read(code: &'a [u8]) -> Result<Self, BinaryReaderError> {
        let mut shape = Self::default();
        let mut reader = BinaryReader::new(code, 0);
        reader.read_bytes(8)?;
        while !reader.eof() {
            let id = reader.read_u8()?;
            let length = reader.read_var_u32()?;
            let raw = reader.read_bytes(length as usize)?;
            if let Some(place) = shape.sections.get_mut(usize::from(id)).filter(|_| id > 0) {
                *place = Some(raw);
            }
            shape.section_read(id, raw)?;
        }
        Ok(shape)
    }

    /// Takes from a section what the fields hold; sections that hold nothing of interest are skipped.
    fn section_read(&mut self, id: u8, raw: &'a [u8]) -> Result<(), BinaryReaderError> {
        let mut reader = BinaryReader::new(raw, 0);
        match id {
            0 => {
                // What cannot be read as a name is not for the engine either.
                let named = reader.read_string().is_ok();
                self.names_too_long |= !named;
            }
            1 => {
                for _ in 0..reader.read_var_u32()? {
                    reader.read_u8()?;
                    let mut list = || {
                        let length = reader.read_var_u32()?;
                        reader.read_bytes(length as usize)
                    };
                    let (params, results) = (list()?, list()?);
                    self.types.push(Signature { params, results });
                }
            }
            2 => {
                for import in ImportSectionReader::new(reader)?.into_imports() {
                    if let TypeRef::Func(ty) = import?.ty {
                        self.functions.push(ty);
                        self.imports += 1;
                    }
                }
            }
            3 => {
                for ty in FunctionSectionReader::new(reader)? {
                    self.functions.push(ty?);
                }
            }
            4 => {
                let tables = reader.read_var_u32()?;
                if tables > 0 {
                    reader.read_bytes(2)?;
                    self.table = reader.read_var_u32()?;
                }
            }
            5 => {
                self.memories = reader.read_var_u32()?;
                if self.memories > 0 {
                    let limited = reader.read_u8()? & 1 == 1;
                    reader.read_var_u32()?;
                    self.pages = limited.then(|| reader.read_var_u32()).transpose()?;
                }
            }
            6 => self.globals = reader.read_var_u32()?,
            7 => {
                for _ in 0..reader.read_var_u32()? {
                    let name = reader.read_unlimited_string()?;
                    let (kind, index) = (reader.read_u8()?, reader.read_var_u32()?);
                    self.names_too_long |= name.len() > NAME;
                    if name == crate::exports::APPLY && kind == 0 {
                        self.apply = Some(index);
                    }
                }
            }
            9 => self.elements = Entries::of(raw)?,
            10 => {
                for _ in 0..reader.read_var_u32()? {
                    let length = reader.read_var_u32()?;
                    let body = reader.read_bytes(length as usize)?;
                    self.bodies
                        .push(FunctionBody::new(BinaryReader::new(body, 0)));
                }
            }
            11 => self.data = Entries::of(raw)?,
            _ => {}
        }
        Ok(())
    }

    /// The contents of a section, where it is there.
    pub(super) fn section(&self, id: u8) -> Option<&'a [u8]> {
        *self.sections.get(usize::from(id))?
    }

    /// The section of exports with `apply` alone.
    pub(super) fn apply(&self) -> Vec<u8> {
        let mut out = Vec::new();
        number(&mut out, u32::from(self.apply.is_some()));
        if let Some(apply) = self.apply {
            crate::exports::APPLY.encode(&mut out);
            out.push(0);
            number(&mut out, apply);
        }
        out
    }

    /// Whether a type has more parameters than the engine takes.
    pub(super) fn is_wide(&self) -> bool {
        self.types.iter().any(Signature::is_wide)
    }

    /// Whether a function has more locals, or more targets of a branch, than the engine takes.
    pub(super) fn has_large_bodies(&self) -> Result<bool, BinaryReaderError> {
        for body in &self.bodies {
            if locals(body)? > LOCALS || has_large_branches(body)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The type of a function.
    pub(super) fn signature(&self, function: u32) -> Option<&Signature<'a>> {
        self.ty(*self.functions.get(function as usize)?)
    }

    /// The type with this number.
    pub(super) fn ty(&self, index: u32) -> Option<&Signature<'a>> {
        self.types.get(index as usize)
    }

    /// A reader of the segments of elements; of none where the section is not there.
    pub(super) fn segments(&self) -> Result<ElementSectionReader<'a>, BinaryReaderError> {
        let raw = self.section(super::ID_ELEMENT).unwrap_or(&[0]);
        ElementSectionReader::new(BinaryReader::new(raw, 0))
    }
}

/// How many locals a function declares.
pub(super) fn locals(body: &FunctionBody<'_>) -> Result<u32, BinaryReaderError> {
    let mut reader = body.get_locals_reader()?;
    let mut count = 0;
    for _ in 0..reader.get_count() {
        count += reader.read()?.0;
    }
    Ok(count)
}

/// Whether a function has a branch of more targets than the engine takes, each of which is a byte at
/// least.
pub(super) fn has_large_branches(body: &FunctionBody<'_>) -> Result<bool, BinaryReaderError> {
    if body.as_bytes().len() <= TARGETS as usize {
        return Ok(false);
    }
    for operator in body.get_operators_reader()? {
        if let Operator::BrTable { targets } = operator?
            && targets.len() > TARGETS
        {
            return Ok(true);
        }
    }
    Ok(false)
}
