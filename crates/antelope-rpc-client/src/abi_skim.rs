//! Goes over bytes along the types of an ABI without making anything of them.
//!
//! The unpacking library stops after a value whatever follows, and has no limit to depth or to
//! the number of things without size. So bytes are looked over before it gets them.

use crate::abi_inspection::Misfit;
use crate::abi_walk::{MAX_DEPTH, fields_of, resolve};
use antelope_types::abi::AbiDef;
use antelope_types::{
    Decode, DecodeError, Decoder, Float128, PublicKey, Signature, VarInt32, VarUint32,
};
use std::fmt::Write;
use std::ops::Range;

/// Lists may have more items than there are bytes only where items have no size; this many more.
const SPARE_ITEMS: usize = 1024;

/// What is told of each value of a built-in type: the way to it, its type, and where its bytes are.
pub(crate) type Visit<'v> = dyn FnMut(&str, &str, Range<usize>) + 'v;

/// Makes sure that `bytes` are one value of the type, to the last byte; says what is wrong.
pub(crate) fn skim(abi: &AbiDef, ty: &str, bytes: &[u8]) -> Result<(), Misfit> {
    run(abi, ty, bytes, None)
}

/// As [`skim`], and tells of each built-in value on the way.
pub(crate) fn skim_with(
    abi: &AbiDef,
    ty: &str,
    bytes: &[u8],
    visit: &mut Visit<'_>,
) -> Result<(), Misfit> {
    run(abi, ty, bytes, Some(visit))
}

/// How many of the bytes are one value of the type.
pub(crate) fn length(abi: &AbiDef, ty: &str, bytes: &[u8]) -> Result<usize, Misfit> {
    let mut skimmer = Skimmer::new(abi, bytes, None);
    match skimmer.step(ty, 0) {
        Ok(()) => Ok(skimmer.input.position()),
        Err(problem) => Err(skimmer.misfit(problem)),
    }
}

fn run(abi: &AbiDef, ty: &str, bytes: &[u8], visit: Option<&mut Visit<'_>>) -> Result<(), Misfit> {
    let mut skimmer = Skimmer::new(abi, bytes, visit);
    let result = skimmer.step(ty, 0).and_then(|()| {
        let rest = skimmer.input.rest().len();
        match rest {
            0 => Ok(()),
            rest => Err(format!("{rest} bytes too many")),
        }
    });
    result.map_err(|problem| skimmer.misfit(problem))
}

/// A step from a value to one in it.
enum Part<'a> {
    Field(&'a str),
    Item(usize),
}

fn path(parts: &[Part<'_>]) -> String {
    let mut out = String::new();
    for part in parts {
        // Writing to a string cannot fail.
        let _ = match part {
            Part::Field(name) if out.is_empty() => out.write_str(name),
            Part::Field(name) => write!(out, ".{name}"),
            Part::Item(index) => write!(out, "[{index}]"),
        };
    }
    out
}

struct Skimmer<'a, 'v> {
    abi: &'a AbiDef,
    input: Decoder<'a>,
    /// How many more items lists may have, all together.
    items: usize,
    /// The way to the value that is looked at; stays where it is when one does not fit.
    path: Vec<Part<'a>>,
    visit: Option<&'a mut Visit<'v>>,
}

impl<'a, 'v> Skimmer<'a, 'v> {
    fn new(abi: &'a AbiDef, bytes: &'a [u8], visit: Option<&'a mut Visit<'v>>) -> Self {
        Self {
            abi,
            input: Decoder::new(bytes),
            items: bytes.len() + SPARE_ITEMS,
            path: Vec::new(),
            visit,
        }
    }

    fn misfit(&self, problem: String) -> Misfit {
        Misfit {
            path: path(&self.path),
            offset: self.input.position(),
            problem,
        }
    }

    fn step(&mut self, ty: &'a str, depth: usize) -> Result<(), String> {
        if depth > MAX_DEPTH {
            return Err(format!("nested deeper than {MAX_DEPTH}"));
        }
        let depth = depth + 1;
        let ty = resolve(self.abi, ty)?;
        if let Some(inner) = ty.strip_suffix('$') {
            return if self.input.is_empty() {
                Ok(())
            } else {
                self.step(inner, depth)
            };
        }
        if let Some(inner) = ty.strip_suffix('?') {
            return if self.take::<bool>(ty)? {
                self.step(inner, depth)
            } else {
                Ok(())
            };
        }
        if let Some((inner, size)) = ty.strip_suffix(']').and_then(|list| list.rsplit_once('[')) {
            let count = match size.parse::<usize>() {
                Ok(fixed) => fixed,
                Err(_) => self.take::<VarUint32>(ty)?.0 as usize,
            };
            let left = self.items.checked_sub(count);
            self.items = left.ok_or_else(|| format!("`{ty}` of {count} items"))?;
            return (0..count).try_for_each(|index| self.inside(Part::Item(index), inner, depth));
        }
        let abi = self.abi;
        if let Some(variant) = abi.variants.iter().find(|v| v.name == ty) {
            let tag = self.take::<VarUint32>(ty)?.0;
            let chosen = variant.types.get(tag as usize);
            return self.step(
                chosen.ok_or_else(|| format!("`{ty}` has no variant {tag}"))?,
                depth,
            );
        }
        if abi.find_struct(ty).is_some() {
            return fields_of(abi, ty)?
                .into_iter()
                .try_for_each(|(name, ty)| self.inside(Part::Field(name), ty, depth));
        }
        let before = self.input.clone();
        if let Err(problem) = self.builtin(ty) {
            self.input = before;
            return Err(problem);
        }
        if let Some(visit) = &mut self.visit {
            let bytes = before.position()..self.input.position();
            visit(&path(&self.path), ty, bytes);
        }
        Ok(())
    }

    /// A value in the one that is looked at.
    fn inside(&mut self, part: Part<'a>, ty: &'a str, depth: usize) -> Result<(), String> {
        self.path.push(part);
        self.step(ty, depth)?;
        self.path.pop();
        Ok(())
    }

    fn builtin(&mut self, ty: &str) -> Result<(), String> {
        match ty {
            "bool" | "int8" | "uint8" => self.skip(ty, 1),
            "int16" | "uint16" => self.skip(ty, 2),
            "int32" | "uint32" | "float32" | "time_point_sec" | "block_timestamp_type" => {
                self.skip(ty, 4)
            }
            "int64" | "uint64" | "float64" | "time_point" | "name" | "symbol" | "symbol_code" => {
                self.skip(ty, 8)
            }
            "int128" | "uint128" | "asset" => self.skip(ty, 16),
            "checksum160" => self.skip(ty, 20),
            "extended_asset" => self.skip(ty, 24),
            "checksum256" => self.skip(ty, 32),
            "checksum512" => self.skip(ty, 64),
            "float128" => self.take::<Float128>(ty).map(drop),
            "varuint32" => self.take::<VarUint32>(ty).map(drop),
            "varint32" => self.take::<VarInt32>(ty).map(drop),
            "bytes" | "string" => self.take::<&[u8]>(ty).map(drop),
            "public_key" => self.take::<PublicKey>(ty).map(drop),
            "signature" => self.take::<Signature>(ty).map(drop),
            _ => Err(format!("unknown type `{ty}`")),
        }
    }

    fn skip(&mut self, ty: &str, bytes: usize) -> Result<(), String> {
        let left = self.input.rest().len();
        let taken = self.input.take(bytes).map(drop);
        taken.map_err(|_| format!("expected {bytes} bytes of `{ty}`, {left} left"))
    }

    fn take<T: Decode<'a>>(&mut self, ty: &str) -> Result<T, String> {
        T::decode(&mut self.input).map_err(|e: DecodeError| format!("`{ty}`: {e}"))
    }
}
