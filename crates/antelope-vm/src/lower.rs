//! Modules that the chain's parameters allow and the engine's own limits do not, written so that the
//! engine takes them and they do the same.
//!
//! | what | more than | becomes |
//! |---|---|---|
//! | parameters of a function | 1 000 | the caller writes them to the callee's frame in a second memory |
//! | locals of a function | 2 048 | those that are used lie in the frame, from the 2 049th on |
//! | targets of a branch table | 65 520 | a tree of smaller tables |
//! | elements of a table | 20 000 | those that are set, with a function that tells where each lies |
//! | segments of data or elements | 100 000 | fewer segments with the same contents |
//! | bytes of an export's name | 100 000 | nothing: only `apply` matters |
//!
//! A module within these limits is left as it is, byte for byte. In all others functions keep their
//! numbers. The second memory is the module's own: no instruction of a contract, which knows only
//! one memory, and no host function reaches it.
//!
//! # Frames
//!
//! The second memory is a stack that grows up. A global holds its top, which is where the frame of
//! the next callee begins. A function that has a frame, or calls one with more parameters than the
//! engine takes, reads the global when it begins; it sets the global to the end of its own frame
//! before each call and back to the beginning after it. So the global is the same after a call as
//! before, and functions without frames need not know of it. A frame holds the parameters first,
//! where there are too many, and then locals; each takes eight bytes.
//!
//! Types that differ only in parameters that went to the frame still differ: in place of the
//! parameters stand [`TAG`] others, i32 or i64, that are the number of the type.
//!
//! # A function with a frame
//!
//! Let `$f` have 1 500 parameters and 3 000 locals, all of them used. It gets the 20 parameters of
//! its tag and a frame of 1 500 × 8 bytes for parameters and 952 × 8 bytes for the locals from the
//! 2 049th on:
//!
//! ```text
//! $base +      0   parameter 0        written by the caller before the call
//! $base +      8   parameter 1
//! …
//! $base + 11 992   parameter 1 499
//! $base + 12 000   local 2 048        cleared by `$f` when it begins
//! …
//! $base + 19 608   local 2 999
//! $base + 19 616   where the frame of the next callee begins
//! ```
//!
//! Locals are counted here without the parameters. A value is stored in the first bytes of its slot
//! by the store instruction of its type, and loaded by the matching load, so that the bits of a
//! floating-point number are kept exactly, NaNs included.
//!
//! ```text
//! contract                     lowered
//!
//! (func $f (type $wide)        (func $f (type $tagged)
//!                                global.get $top
//!                                local.tee $base
//!                                i32.const 19616          ;; and the arguments of the widest call
//!                                i32.add
//!                                local.tee $end
//!                                …                        ;; memory.grow if $end is beyond the memory
//!                                …                        ;; a loop that clears the locals
//!   local.get 7                  local.get $base
//!                                i32.load $frames offset=56
//!   call $g                      local.get $base
//!                                i32.const 19616
//!                                i32.add
//!                                global.set $top
//!                                call $g
//!                                local.get $base
//!                                global.set $top
//! ```
//!
//! Where `memory.grow` fails, the function traps by `unreachable`, which the chain reports as a
//! system failure, as it does for too many nested calls.
//!
//! # An instruction that calls with too many arguments
//!
//! The arguments lie on the operand stack, the last one on top. They are stored from the last to
//! the first, since a store needs its address below the value: each goes through a local of its
//! type. What is pushed in their place only makes the call match the tagged type; the callee never
//! reads it.
//!
//! ```text
//! …                            …
//!                              local.set $kept
//!                              local.get $base
//!                              local.get $kept
//!                              i32.store $frames offset=…   ;; once for each argument
//!                              …
//!                              i32.const 0                  ;; or i64.const 0, 20 times
//! call $wide                   call $wide                   ;; between the writes to $top
//! ```
//!
//! # A branch table
//!
//! A table with more targets than the engine takes is split into chunks of 32 768. The index goes
//! to a local and a binary search by `i32.lt_u` finds its chunk. A target is relative to the depth
//! of the instruction, so that each `if` of the search adds one to the targets below it. The default
//! target is repeated in every chunk; only the last chunk can reach it.
//!
//! # What a hostile module could try
//!
//! | attempt | what stops it |
//! |---|---|
//! | read or write frames by loads and stores | they name memory 0, as does every instruction of the MVP |
//! | read frames through host functions | these use the export of the contract's memory |
//! | reset the top of the frames | the global comes after all globals of the contract, which cannot name it |
//! | fill the second memory by recursion | it ends at 1 GiB, every page of it is billed, and nested calls are limited |
//! | learn that it was lowered | functions keep their numbers, and tables and frames cannot be observed |
//! | make the lowered module very large | dead code is left out, and in live code each argument was pushed by an instruction: the code grows by a constant factor |
//!
//! The instructions that lowering adds are executed and billed like those of the contract. So a
//! lowered module costs more than the same module within the limits would, on every machine alike.
//!
//! # What is not lowered
//!
//! Nothing here validates. The module has passed the chain's validation, and what is refused there
//! never gets here. Where a module fails when it is instantiated on a node, because a segment lies
//! outside its memory or its table, the lowered module fails as well.

mod body;
mod segments;
mod shape;
mod table;

use crate::sections::{appended, number, section};
use body::Rewriter;
use segments::Segments;
use shape::{Shape, Signature};
use std::collections::{BTreeMap, BTreeSet};
use wasm_encoder::{Encode, SectionId};
use wasmparser::BinaryReaderError;

/// The most parameters that the engine takes: `MAX_WASM_FUNCTION_PARAMS` of wasmparser.
///
/// A type with exactly this many parameters stays as it is.
const PARAMS: usize = 1000;

/// How many locals stay locals. The engine takes `MAX_WASM_FUNCTION_LOCALS`, 50 000, and clears each
/// with an instruction of its own. More than these has no function under the default parameters.
///
/// Parameters are not counted: the caller sets them, so that nothing has to clear them.
const LOCALS: u32 = 2048;

/// The most targets that the engine takes: 65 520.
///
/// The default target is not counted, here or by the engine.
const TARGETS: u32 = 65_520;

/// Elements of tables that the pool has room for; more are beyond the engine by default.
///
/// A table that is still larger after lowering, because the module sets more elements than this, is
/// not an error: the module then runs without the pool.
pub(crate) const ELEMENTS: u32 = 20_000;

/// The most segments that the engine takes: `MAX_WASM_DATA_SEGMENTS` of wasmparser.
///
/// The same number applies to segments of elements.
const SEGMENTS: u32 = 100_000;

/// The longest name that the parser takes: `MAX_WASM_STRING_SIZE` of wasmparser.
///
/// In bytes of UTF-8. The chain's `max_symbol_bytes` may allow longer names.
const NAME: usize = 100_000;

/// How many parameters stand for those of a type that has too many.
///
/// Twenty of them tell 2²⁰ types apart. They are passed like any parameter, so that a call of a wide
/// type costs twenty constants besides its stores.
const TAG: u32 = 20;

/// Pages that the second memory may have: 1 GiB.
///
/// A frame ends at 2³⁰ bytes at most, so that no address of a frame overflows 32 bits and the limit
/// can be compared in bytes.
const PAGES: u32 = 16_384;

/// A module within the limits of the engine.
pub(super) struct Lowered {
    /// Its bytes, which are prepared next.
    pub(super) code: Vec<u8>,
    /// How many pages its second memory may have, which is not the contract's. The contract's never says
    /// that it may have as many.
    pub(super) frames: Option<u32>,
    /// Elements of the table.
    ///
    /// Those that the lowered table has, which may be fewer than the contract's. More than [`ELEMENTS`]
    /// mean that its instances do not fit the pool.
    pub(super) elements: u32,
}

/// What of the module goes beyond the engine.
///
/// It is made once for a module and read by the rewriter of each body. Indexes are those of the
/// lowered module; the added function, global and memory come after all others of their kind, so
/// that nothing of the contract is renumbered.
struct Plan {
    /// The tag of each type that has too many parameters.
    tags: BTreeMap<u32, u32>,
    /// The function that tells where an element lies, in place of its number.
    ///
    /// It is the last function. `None` where elements keep their numbers.
    translate: Option<u32>,
    /// The global with the top of the frames.
    ///
    /// It is an `i32`, begins with 0, and counts bytes.
    top: u32,
    /// The memory with the frames.
    ///
    /// The contract's memory, where it has one, is 0, and this is 1. Without a
    /// memory, the contract has no instruction that names one.
    memory: u32,
}

/// The module within the limits of the engine; none where it is so already.
///
/// The steps, in order:
///
/// 1. [`Shape::read`] reads the module and counts what may be too much;
/// 2. where the table has too many elements or segments, it is flattened;
/// 3. every body is rewritten, which also tells whether any function uses frames;
/// 4. the sections are written in their order, changed or copied.
///
/// The sections of types, exports and code are always written, others where they were there or get
/// an entry. Custom sections are dropped; they have no effect on execution.
///
/// The contract's memory and the one for frames are told apart by their largest number of pages
/// when they grow, and so these must differ: where the contract declares a maximum of exactly 1 GiB,
/// the frames get a page less.
///
/// # Errors
/// Where the bytes cannot be parsed as a module.
pub(super) fn lower(code: &[u8]) -> Result<Option<Lowered>, BinaryReaderError> {
    let shape = Shape::read(code)?;
    let beyond = shape.is_wide()
        || shape.names_too_long
        || shape.table > ELEMENTS
        || shape.elements.count > SEGMENTS
        || shape.data.count > SEGMENTS
        || shape.has_large_bodies()?;
    if !beyond {
        return Ok(None);
    }
    let elements = (shape.table > ELEMENTS || shape.elements.count > SEGMENTS)
        .then(|| table::flatten(&shape))
        .transpose()?;
    let types = shape.types.len() as u32;
    let functions = shape.functions.len() as u32;
    let plan = Plan {
        tags: tags(&shape.types),
        translate: elements
            .as_ref()
            .is_some_and(|table| table.translate.is_some())
            .then_some(functions),
        top: shape.globals,
        memory: shape.memories,
    };
    let mut uses_frames = false;
    let mut bodies = Vec::new();
    for (index, body) in (shape.imports..).zip(&shape.bodies) {
        let mut rewriter = Rewriter::new(&shape, &plan, index);
        rewriter.rewrite(body)?.encode(&mut bodies);
        uses_frames |= rewriter.uses_frames();
    }
    let pages = PAGES - u32::from(shape.pages == Some(PAGES));
    let frames = uses_frames.then_some(pages);
    let mut count = shape.bodies.len() as u32;
    if let Some(translate) = elements.as_ref().and_then(|table| table.translate.as_ref()) {
        translate.encode(&mut bodies);
        count += 1;
    }

    let mut module = wasm_encoder::Module::new();
    let empty: &[u8] = &[0];
    for id in SECTIONS {
        let raw = shape.section(id);
        let changed: Option<Vec<u8>> = match id {
            ID_TYPE => {
                let mut out = Vec::new();
                number(&mut out, types + u32::from(plan.translate.is_some()));
                for (index, ty) in (0..).zip(&shape.types) {
                    match plan.tags.get(&index) {
                        Some(tag) => Signature {
                            params: &tag_bytes(*tag),
                            ..*ty
                        }
                        .encode(&mut out),
                        None => ty.encode(&mut out),
                    }
                }
                if plan.translate.is_some() {
                    out.extend([0x60, 1, 0x7f, 1, 0x7f]);
                }
                Some(out)
            }
            ID_FUNCTION if plan.translate.is_some() => {
                let mut entry = Vec::new();
                number(&mut entry, types);
                Some(appended(raw.unwrap_or(empty), 1, &entry)?)
            }
            ID_TABLE => elements.as_ref().map(|table| table.section()),
            ID_MEMORY if uses_frames => {
                let mut entry = vec![1, 0];
                number(&mut entry, pages);
                Some(appended(raw.unwrap_or(empty), 1, &entry)?)
            }
            // An i32 that may change, and begins with 0.
            ID_GLOBAL if uses_frames => {
                let entry = [0x7f, 1, 0x41, 0, 0x0b];
                Some(appended(raw.unwrap_or(empty), 1, &entry)?)
            }
            ID_EXPORT => Some(shape.apply()),
            ID_ELEMENT => elements.as_ref().map(|table| table.segments()),
            ID_CODE => {
                let mut out = Vec::with_capacity(bodies.len() + 8);
                number(&mut out, count);
                out.extend(&bodies);
                Some(out)
            }
            ID_DATA if shape.data.count > SEGMENTS => Some(Segments::merged(&shape.data)?),
            _ => None,
        };
        if let Some(data) = changed.as_deref().or(raw) {
            section(&mut module, id, data);
        }
    }
    let elements = elements.map_or(shape.table, |table| table.size);
    Ok(Some(Lowered {
        code: module.finish(),
        frames,
        elements,
    }))
}

const ID_TYPE: u8 = SectionId::Type as u8;
const ID_FUNCTION: u8 = SectionId::Function as u8;
const ID_TABLE: u8 = SectionId::Table as u8;
const ID_MEMORY: u8 = SectionId::Memory as u8;
const ID_GLOBAL: u8 = SectionId::Global as u8;
const ID_EXPORT: u8 = SectionId::Export as u8;
const ID_ELEMENT: u8 = SectionId::Element as u8;
const ID_CODE: u8 = SectionId::Code as u8;
const ID_DATA: u8 = SectionId::Data as u8;

/// All sections of a module of the first version of WebAssembly, in their order.
///
/// The numbers ascend. The section `DataCount`, 12, belongs to a later version and is not among
/// them.
const SECTIONS: [u8; 11] = [
    ID_TYPE,
    SectionId::Import as u8,
    ID_FUNCTION,
    ID_TABLE,
    ID_MEMORY,
    ID_GLOBAL,
    ID_EXPORT,
    SectionId::Start as u8,
    ID_ELEMENT,
    ID_CODE,
    ID_DATA,
];

/// A tag for each type that has too many parameters: equal types have the same, and no other type of
/// the module is the same as one with a tag.
///
/// `call_indirect` compares types by their contents and not by their numbers. So two wide types that
/// are equal must stay equal, or a call that succeeds on a node would trap here; and two that differ
/// must not become equal, or a call that traps on a node would succeed. A contract may also declare
/// a type of twenty parameters of its own that looks like a tag; such tags are skipped.
fn tags(types: &[Signature<'_>]) -> BTreeMap<u32, u32> {
    let narrow = types.iter().filter(|ty| ty.params.len() == TAG as usize);
    let taken: BTreeSet<_> = narrow.map(|ty| ty.params).collect();
    let mut free = (0..).filter(|tag| !taken.contains(&tag_bytes(*tag)[..]));
    let mut known = BTreeMap::new();
    let mut tags = BTreeMap::new();
    for (index, ty) in (0..).zip(types) {
        if ty.is_wide() {
            let tag = *known
                .entry((ty.params, ty.results))
                .or_insert_with(|| free.next().unwrap_or_default());
            tags.insert(index, tag);
        }
    }
    tags
}

/// The types of the parameters that stand for others.
///
/// Bit 0 comes first: 0 is an `i32` (0x7f), 1 is an `i64` (0x7e). Tag 5 is `i64 i32 i64` and then 17
/// times `i32`.
fn tag_bytes(tag: u32) -> Vec<u8> {
    let bits = (0..TAG).map(|bit| tag >> bit & 1);
    bits.map(|bit| if bit == 0 { 0x7f } else { 0x7e }).collect()
}

#[cfg(test)]
mod tests;
