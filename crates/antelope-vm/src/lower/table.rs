//! Tables of more elements than the engine takes, and segments of elements of which there are more.
//!
//! No instruction of the first version of WebAssembly writes to a table. So only those elements are
//! kept that the module sets, and whatever calls by the table asks a function where an element lies.
//! It answers -1, which is beyond every table, for those that nothing was ever set to.
//!
//! A table may be declared with millions of elements of which the module sets four. The engine would
//! have to keep room for all of them in each instance.
//!
//! ```text
//! contract                                lowered
//!
//! (table 5000000 funcref)                 (table 4 funcref)
//! (elem (i32.const 7) $a $b)              (elem (i32.const 0) $a $b)
//! (elem (i32.const 70000) $c $d)          (elem (i32.const 2) $c $d)
//!
//! i32.const 70001                         i32.const 70001
//!                                         call $place            ;; 3
//! call_indirect (type $t)                 call_indirect (type $t)
//! ```
//!
//! The generated function is a binary search over the runs of elements, written as nested `if`s:
//!
//! ```text
//! (func $place (param i32) (result i32) (local i32)
//!   local.get 0  i32.const 70000  i32.lt_u
//!   if (result i32)
//!     local.get 0  i32.const 7  i32.sub  local.tee 1
//!     i32.const 2  i32.lt_u                       ;; below 7 the difference wraps and is large
//!     if (result i32)  local.get 1  i32.const 0  i32.add
//!     else  i32.const -1  end
//!   else
//!     …                                           ;; the same from 70000 on, to 2
//!   end)
//! ```
//!
//! An element that was never set traps on a node, and so does one beyond the table. Both have the
//! same message there, so that -1 may stand for either.
//!
//! A hostile module can make the search deeper by leaving gaps between its elements, but only by one
//! level for each doubling of their number.

use super::ELEMENTS;
use super::shape::Shape;
use crate::sections::number;
use std::collections::BTreeMap;
use wasm_encoder::{BlockType, Encode, Function, Instruction as I, ValType};
use wasmparser::{BinaryReaderError, ElementItems, ElementKind, Operator};

/// Elements one after another.
///
/// A run ends where the next element is unset. Runs ascend, and do not touch each other.
struct Run {
    /// Where they lie in the contract's table, and here.
    from: u32,
    to: u32,
    /// The numbers of the functions, of which there is at least one.
    functions: Vec<u32>,
}

/// The table as the engine takes it.
pub(super) struct Flat {
    /// What the module sets, in ascending order.
    runs: Vec<Run>,
    /// Elements that the lowered table has.
    pub(super) size: u32,
    /// Tells where an element lies.
    ///
    /// It takes the number of the contract's element and gives that of the lowered one. `None` where
    /// both are the same.
    pub(super) translate: Option<Function>,
}

/// The elements that the module sets.
///
/// Elements are renumbered only where they must be. The cases, where `last` is the number of the
/// last element that is set, plus one:
///
/// | table | `last` | elements | size |
/// |---|---|---|---|
/// | within the limit | any | keep their numbers; segments are merged | the table's |
/// | beyond it | within the limit | keep their numbers | [`ELEMENTS`] |
/// | beyond it | beyond the limit, within the table | are renumbered without gaps | as many as are set |
/// | beyond it | beyond the table | do not matter | 0, so that instantiation fails |
///
/// In the second case elements from [`ELEMENTS`] on are unset on a node and beyond the table here,
/// which the chain reports alike. Where segments overlap, the later one wins.
///
/// # Errors
/// Where the section of elements cannot be parsed.
pub(super) fn flatten(shape: &Shape<'_>) -> Result<Flat, BinaryReaderError> {
    let mut elements = BTreeMap::new();
    for segment in shape.segments()? {
        let segment = segment?;
        let ElementKind::Active { offset_expr, .. } = segment.kind else {
            continue;
        };
        let Ok(Operator::I32Const { value }) = offset_expr.get_operators_reader().read() else {
            continue;
        };
        if let ElementItems::Functions(functions) = segment.items {
            for (at, function) in (u64::from(value.cast_unsigned())..).zip(functions) {
                elements.insert(at, function?);
            }
        }
    }
    // Whatever lies outside fails when the module begins, on a node and here.
    let last = elements.keys().next_back().map_or(0, |last| last + 1);
    let sparse = shape.table > ELEMENTS && last > u64::from(ELEMENTS);
    let fits = last <= shape.table.into();
    let mut runs: Vec<Run> = Vec::new();
    let mut size = 0;
    for (at, function) in elements {
        let at = at as u32;
        match runs.last_mut() {
            Some(run) if run.from + run.functions.len() as u32 == at => {
                run.functions.push(function);
            }
            _ => runs.push(Run {
                from: at,
                to: if sparse { size } else { at },
                functions: vec![function],
            }),
        }
        size += 1;
    }
    let translate = (sparse && fits).then(|| translate(&runs));
    let size = match (sparse, fits) {
        (true, true) => size,
        (true, false) => 0,
        (false, _) => shape.table.min(ELEMENTS),
    };
    Ok(Flat {
        runs,
        size,
        translate,
    })
}

impl Flat {
    /// The section of tables.
    ///
    /// One table of `funcref` (0x70), without a maximum.
    pub(super) fn section(&self) -> Vec<u8> {
        let mut out = vec![1, 0x70, 0];
        number(&mut out, self.size);
        out
    }

    /// The section of elements.
    ///
    /// One active segment for each run, in the encoding of the first version of WebAssembly.
    pub(super) fn segments(&self) -> Vec<u8> {
        let mut out = Vec::new();
        number(&mut out, self.runs.len() as u32);
        for run in &self.runs {
            out.push(0);
            I::I32Const(run.to.cast_signed()).encode(&mut out);
            I::End.encode(&mut out);
            number(&mut out, run.functions.len() as u32);
            for function in &run.functions {
                number(&mut out, *function);
            }
        }
        out
    }
}

/// A function of the number of an element.
///
/// Its second local holds the distance from the beginning of a run. It calls nothing.
fn translate(runs: &[Run]) -> Function {
    let mut body = Function::new([(1, ValType::I32)]);
    if runs.is_empty() {
        body.instruction(&I::I32Const(-1));
    } else {
        search(runs, &mut body);
    }
    body.instruction(&I::End);
    body
}

/// Writes the search among these runs, of which there is at least one; it leaves the place of the
/// element on the stack.
///
/// Comparisons are unsigned. The recursion is as deep as the logarithm of the number of runs, and so
/// is the nesting of the generated blocks.
fn search(runs: &[Run], body: &mut Function) {
    let result = BlockType::Result(ValType::I32);
    if let [run] = runs {
        body.instructions()
            .local_get(0)
            .i32_const(run.from.cast_signed())
            .i32_sub()
            .local_tee(1)
            .i32_const(run.functions.len() as i32)
            .i32_lt_u()
            .if_(result)
            .local_get(1)
            .i32_const(run.to.cast_signed())
            .i32_add()
            .else_()
            .i32_const(-1)
            .end();
        return;
    }
    let (low, high) = runs.split_at(runs.len() / 2);
    body.instructions()
        .local_get(0)
        .i32_const(high[0].from.cast_signed())
        .i32_lt_u()
        .if_(result);
    search(low, body);
    body.instruction(&I::Else);
    search(high, body);
    body.instruction(&I::End);
}
