//! The body of a function, written anew within the limits of the engine.
//!
//! What can never be executed is left out: a call there costs its caller no bytes for arguments, and
//! would cost the rewritten module as many as its type has parameters.

use super::shape::{self, Shape, Signature};
use super::{LOCALS, PAGES, Plan, TAG, TARGETS, tag_bytes};
use crate::sections::number;
use antelope_module::DeadCode;
use std::collections::BTreeSet;
use wasm_encoder::{BlockType, Encode, Instruction as I, MemArg, MemArgTarget};
use wasmparser::{BinaryReaderError, FunctionBody, Operator};

const I32: u8 = 0x7f;
const I64: u8 = 0x7e;
const F32: u8 = 0x7d;

/// Bytes of a local in a frame.
const SLOT: u32 = 8;

/// Targets of the tables that a larger one is split into.
const CHUNK: usize = 32_768;

/// Where a local of the contract lies.
#[derive(Clone, Copy)]
enum Home {
    Local(u32),
    Frame(u32),
}

/// The locals of a function: which types, and where they went.
#[derive(Default)]
struct Locals<'a> {
    params: &'a [u8],
    /// The first local after each group, and the group's type.
    groups: Vec<(u64, u8)>,
    /// Whether the parameters lie in the frame.
    wide: bool,
    /// What lies elsewhere than it did, or is not used and lies nowhere: all locals but parameters.
    used: Option<Vec<u32>>,
}

impl Locals<'_> {
    fn ty(&self, local: u32) -> u8 {
        if let Some(ty) = self.params.get(local as usize) {
            return *ty;
        }
        let group = self.groups.partition_point(|(end, _)| *end <= local.into());
        self.groups.get(group).map_or(I32, |(_, ty)| *ty)
    }

    fn params(&self) -> u32 {
        self.params.len() as u32
    }

    /// How many parameters the rewritten function has.
    fn fixed(&self) -> u32 {
        if self.wide { TAG } else { self.params() }
    }

    fn home(&self, local: u32) -> Home {
        if local < self.params() {
            return if self.wide {
                Home::Frame(local * SLOT)
            } else {
                Home::Local(local)
            };
        }
        let place = match &self.used {
            None => local - self.params(),
            Some(used) => used.binary_search(&local).unwrap_or_default() as u32,
        };
        match place.checked_sub(LOCALS) {
            Some(beyond) => Home::Frame(self.params_in_frame() + beyond * SLOT),
            None => Home::Local(self.fixed() + place),
        }
    }

    fn params_in_frame(&self) -> u32 {
        if self.wide { self.params() * SLOT } else { 0 }
    }

    /// The types of what stays a local.
    fn kept(&self) -> Vec<(u32, u8)> {
        match &self.used {
            None => {
                let mut before = u64::from(self.params());
                let groups = self.groups.iter().map(|(end, ty)| {
                    let count = end - before;
                    before = *end;
                    (count as u32, *ty)
                });
                groups.collect()
            }
            Some(used) => {
                let kept = used.iter().take(LOCALS as usize);
                kept.map(|local| (1, self.ty(*local))).collect()
            }
        }
    }

    /// Bytes of the frame.
    fn frame(&self) -> u32 {
        let used = self.used.as_ref().map_or(0, |used| used.len() as u32);
        self.params_in_frame() + used.saturating_sub(LOCALS) * SLOT
    }
}

/// Rewrites one function.
pub(super) struct Rewriter<'a> {
    shape: &'a Shape<'a>,
    plan: &'a Plan,
    signature: Signature<'a>,
    locals: Locals<'a>,
    out: Vec<u8>,
    /// The types of locals that are not the contract's.
    extra: Vec<u8>,
    /// One to keep a value of each type in.
    kept: [Option<u32>; 4],
    /// One to keep the number of an element in.
    element: Option<u32>,
    /// Where the frame begins, for functions that have one or call what has one.
    base: Option<u32>,
    frame: u32,
    /// The result of each open block; none for loops, whose label is their beginning.
    blocks: Vec<Option<u8>>,
}

impl<'a> Rewriter<'a> {
    pub(super) fn new(shape: &'a Shape<'a>, plan: &'a Plan, function: u32) -> Self {
        let none = Signature {
            params: &[],
            results: &[],
        };
        Self {
            shape,
            plan,
            signature: shape.signature(function).copied().unwrap_or(none),
            locals: Locals::default(),
            out: Vec::new(),
            extra: Vec::new(),
            kept: [None; 4],
            element: None,
            base: None,
            frame: 0,
            blocks: Vec::new(),
        }
    }

    pub(super) fn uses_frames(&self) -> bool {
        self.base.is_some()
    }

    pub(super) fn rewrite(
        &mut self,
        body: &FunctionBody<'a>,
    ) -> Result<Vec<u8>, BinaryReaderError> {
        let count = shape::locals(body)?;
        let untouched = self.plan.tags.is_empty()
            && self.plan.translate.is_none()
            && count <= LOCALS
            && !shape::has_large_branches(body)?;
        if untouched {
            return Ok(body.as_bytes().to_vec());
        }
        self.locals = Locals {
            params: self.signature.params,
            wide: self.signature.is_wide(),
            ..Locals::default()
        };
        let mut reader = body.get_locals_reader()?;
        let mut end = u64::from(self.locals.params());
        for _ in 0..reader.get_count() {
            let (count, ty) = reader.read()?;
            end += u64::from(count);
            self.locals.groups.push((end, value_type(ty)));
        }
        let arguments = self.scan(body, count)?;
        self.frame = self.locals.frame();
        if self.frame + arguments > 0 || self.locals.wide {
            self.begin(arguments);
        }
        self.operators(body)?;

        let mut out = Vec::with_capacity(self.out.len() + 64);
        let kept = self.locals.kept();
        let extra = self.extra.iter().map(|ty| (1, *ty));
        let mut groups: Vec<(u32, u8)> = Vec::new();
        for (count, ty) in kept.into_iter().chain(extra) {
            match groups.last_mut() {
                Some((more, same)) if *same == ty => *more += count,
                _ => groups.push((count, ty)),
            }
        }
        number(&mut out, groups.len() as u32);
        for (count, ty) in groups {
            number(&mut out, count);
            out.push(ty);
        }
        out.extend(&self.out);
        Ok(out)
    }

    /// Notes which locals are used, where there are too many, and how many bytes of arguments the
    /// function writes at most to the frame of another.
    fn scan(&mut self, body: &FunctionBody<'_>, count: u32) -> Result<u32, BinaryReaderError> {
        let mut used = BTreeSet::new();
        let mut arguments = 0;
        let mut dead = DeadCode::default();
        for operator in body.get_operators_reader()? {
            let operator = operator?;
            if dead.skips(&operator) {
                continue;
            }
            match operator {
                Operator::LocalGet { local_index }
                | Operator::LocalSet { local_index }
                | Operator::LocalTee { local_index }
                    if count > LOCALS && local_index >= self.locals.params() =>
                {
                    used.insert(local_index);
                }
                Operator::Call { function_index } => {
                    let called = self.shape.signature(function_index);
                    arguments = arguments.max(called.map_or(0, in_frame));
                }
                Operator::CallIndirect { type_index, .. } => {
                    arguments = arguments.max(self.shape.ty(type_index).map_or(0, in_frame));
                }
                _ => {}
            }
        }
        if count > LOCALS {
            self.locals.used = Some(used.into_iter().collect());
        }
        Ok(arguments)
    }

    /// What a function begins with that has a frame, or writes to that of another.
    fn begin(&mut self, arguments: u32) {
        let base = self.new_local(I32);
        self.base = Some(base);
        let (top, memory) = (self.plan.top, self.plan.memory);
        let end = self.new_local(I32);
        self.emit(&[
            I::GlobalGet(top),
            I::LocalTee(base),
            I::I32Const((self.frame + arguments).cast_signed()),
            I::I32Add,
            I::LocalTee(end),
            // In bytes, which 32 bits hold.
            I::MemorySize(memory),
            I::I32Const(16),
            I::I32Shl,
            I::I32GtU,
            I::If(BlockType::Empty),
            I::LocalGet(end),
            I::I32Const(0xffff),
            I::I32Add,
            I::I32Const(16),
            I::I32ShrU,
            I::MemorySize(memory),
            I::I32Sub,
            I::MemoryGrow(memory),
            I::I32Const(-1),
            I::I32Eq,
            I::If(BlockType::Empty),
            I::Unreachable,
            I::End,
            I::End,
        ]);
        const { assert!(PAGES <= 1 << 14) };
        let params = self.locals.params_in_frame();
        if self.frame == params {
            return;
        }
        // Locals begin with zero; parameters were written by the caller.
        self.emit(&[
            I::LocalGet(base),
            I::I32Const(params.cast_signed()),
            I::I32Add,
            I::LocalSet(end),
            I::Loop(BlockType::Empty),
            I::LocalGet(end),
            I::I64Const(0),
            I::I64Store(self.slot(0)),
            I::LocalGet(end),
            I::I32Const(SLOT as i32),
            I::I32Add,
            I::LocalTee(end),
            I::LocalGet(base),
            I::I32Const(self.frame.cast_signed()),
            I::I32Add,
            I::I32LtU,
            I::BrIf(0),
            I::End,
        ]);
    }

    fn operators(&mut self, body: &FunctionBody<'_>) -> Result<(), BinaryReaderError> {
        let bytes = body.as_bytes();
        let first = body.range().start;
        let at = |offset: u64| (offset - first) as usize;
        self.blocks = vec![self.signature.results.first().copied()];
        let mut dead = DeadCode::default();
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            let (operator, start) = operators.read_with_offset()?;
            let end = operators.original_position();
            if dead.skips(&operator) {
                continue;
            }
            match &operator {
                Operator::Block { blockty } | Operator::If { blockty } => {
                    self.blocks.push(result(blockty));
                }
                Operator::Loop { .. } => self.blocks.push(None),
                Operator::End => drop(self.blocks.pop()),
                _ => {}
            }
            if !self.replaced(&operator)? {
                self.out.extend(&bytes[at(start)..at(end)]);
            }
        }
        Ok(())
    }

    /// Writes what stands for the instruction, where it is not itself.
    fn replaced(&mut self, operator: &Operator<'_>) -> Result<bool, BinaryReaderError> {
        match operator {
            Operator::LocalGet { local_index } => self.get(*local_index),
            Operator::LocalSet { local_index } => self.set(*local_index),
            Operator::LocalTee { local_index } => {
                self.set(*local_index);
                self.get(*local_index);
            }
            Operator::Call { function_index } => {
                let function = *function_index;
                let ty = self.shape.functions.get(function as usize).copied();
                self.call(ty.unwrap_or_default(), &I::Call(function));
            }
            Operator::CallIndirect { type_index, .. } => self.call_indirect(*type_index),
            Operator::BrTable { targets } if targets.len() > TARGETS => {
                let default = targets.default();
                let targets = targets.targets().collect::<Result<Vec<_>, _>>()?;
                self.branch(&targets, default);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn get(&mut self, local: u32) {
        match (self.locals.home(local), self.base) {
            (Home::Frame(at), Some(base)) => {
                let slot = self.slot(at);
                let load = match self.locals.ty(local) {
                    I32 => I::I32Load(slot),
                    I64 => I::I64Load(slot),
                    F32 => I::F32Load(slot),
                    _ => I::F64Load(slot),
                };
                self.emit(&[I::LocalGet(base), load]);
            }
            (Home::Local(at) | Home::Frame(at), _) => self.emit(&[I::LocalGet(at)]),
        }
    }

    fn set(&mut self, local: u32) {
        match (self.locals.home(local), self.base) {
            (Home::Frame(at), Some(base)) => self.store(self.locals.ty(local), base, at),
            (Home::Local(at) | Home::Frame(at), _) => self.emit(&[I::LocalSet(at)]),
        }
    }

    /// Writes the operand so far behind the beginning of the frame.
    fn store(&mut self, ty: u8, base: u32, at: u32) {
        let value = self.keeper(ty);
        let slot = self.slot(at);
        let store = match ty {
            I32 => I::I32Store(slot),
            I64 => I::I64Store(slot),
            F32 => I::F32Store(slot),
            _ => I::F64Store(slot),
        };
        self.emit(&[
            I::LocalSet(value),
            I::LocalGet(base),
            I::LocalGet(value),
            store,
        ]);
    }

    fn call_indirect(&mut self, ty: u32) {
        let wide = self.plan.tags.contains_key(&ty);
        let translate = self.plan.translate.map(I::Call);
        let call = I::CallIndirect {
            type_index: ty,
            table_index: 0,
        };
        if wide {
            // Arguments may be of the same type, and need its local to go to the frame.
            let index = self.element.unwrap_or_else(|| self.new_local(I32));
            self.element = Some(index);
            self.emit(&[I::LocalSet(index)]);
            self.arguments(ty);
            self.emit(&[I::LocalGet(index)]);
            self.emit(translate.as_slice());
            self.framed(&call);
            return;
        }
        self.emit(translate.as_slice());
        self.framed(&call);
    }

    fn call(&mut self, ty: u32, call: &I<'_>) {
        self.arguments(ty);
        self.framed(call);
    }

    /// Takes the arguments of a type that has too many to the frame of the callee.
    fn arguments(&mut self, ty: u32) {
        let (Some(tag), Some(base)) = (self.plan.tags.get(&ty), self.base) else {
            return;
        };
        // The compiler writes all operands to the stack where a block begins. It would look through
        // those that it has not written yet whenever a local is set.
        self.emit(&[I::Block(BlockType::Empty), I::End]);
        let params = self.shape.ty(ty).map_or(&[][..], |ty| ty.params);
        for (index, param) in (0..).zip(params).collect::<Vec<_>>().into_iter().rev() {
            self.store(*param, base, self.frame + index * SLOT);
        }
        for ty in tag_bytes(*tag) {
            self.emit(&[if ty == I32 {
                I::I32Const(0)
            } else {
                I::I64Const(0)
            }]);
        }
    }

    /// A call, for which the top of the frames is set.
    fn framed(&mut self, call: &I<'_>) {
        let top = self.plan.top;
        if let Some(base) = self.base {
            self.emit(&[
                I::LocalGet(base),
                I::I32Const(self.frame.cast_signed()),
                I::I32Add,
                I::GlobalSet(top),
            ]);
        }
        self.emit(std::slice::from_ref(call));
        if let Some(base) = self.base {
            self.emit(&[I::LocalGet(base), I::GlobalSet(top)]);
        }
    }

    /// A branch table as a tree of tables that the engine takes.
    fn branch(&mut self, targets: &[u32], default: u32) {
        let label = self.blocks.len().checked_sub(default as usize + 1);
        let carried = label.and_then(|label| self.blocks.get(label).copied().flatten());
        let index = self.keeper(I32);
        let mut moved = None;
        if let Some(ty) = carried {
            // The index has the one for its type.
            let value = self.new_local(ty);
            moved = Some(value);
            self.emit(&[I::LocalSet(index), I::LocalSet(value)]);
        } else {
            self.emit(&[I::LocalSet(index)]);
        }
        self.tree(targets, 0, default, index, moved, 0);
    }

    fn tree(
        &mut self,
        targets: &[u32],
        from: usize,
        default: u32,
        index: u32,
        value: Option<u32>,
        depth: u32,
    ) {
        if targets.len() <= CHUNK {
            if let Some(value) = value {
                self.emit(&[I::LocalGet(value)]);
            }
            let deeper = targets
                .iter()
                .map(|target| target + depth)
                .collect::<Vec<_>>();
            self.emit(&[
                I::LocalGet(index),
                I::I32Const(from as i32),
                I::I32Sub,
                I::BrTable(deeper.into(), default + depth),
            ]);
            return;
        }
        let (low, high) = targets.split_at(targets.len().div_ceil(2 * CHUNK) * CHUNK);
        let middle = from + low.len();
        self.emit(&[
            I::LocalGet(index),
            I::I32Const(middle as i32),
            I::I32LtU,
            I::If(BlockType::Empty),
        ]);
        self.tree(low, from, default, index, value, depth + 1);
        self.emit(&[I::Else]);
        self.tree(high, middle, default, index, value, depth + 1);
        self.emit(&[I::End, I::Unreachable]);
    }

    fn emit(&mut self, instructions: &[I<'_>]) {
        instructions
            .iter()
            .for_each(|instruction| instruction.encode(&mut self.out));
    }

    fn new_local(&mut self, ty: u8) -> u32 {
        let kept: u32 = self.kept_count();
        self.extra.push(ty);
        self.locals.fixed() + kept + self.extra.len() as u32 - 1
    }

    fn kept_count(&self) -> u32 {
        match &self.locals.used {
            Some(used) => (used.len() as u32).min(LOCALS),
            None => {
                let end = self.locals.groups.last().map(|(end, _)| *end);
                end.map_or(0, |end| (end - u64::from(self.locals.params())) as u32)
            }
        }
    }

    /// A local for values of this type.
    fn keeper(&mut self, ty: u8) -> u32 {
        let place = usize::from(I32 - ty).min(3);
        if let Some(local) = self.kept[place] {
            return local;
        }
        let local = self.new_local(ty);
        self.kept[place] = Some(local);
        local
    }

    /// A place in the second memory.
    fn slot(&self, at: u32) -> MemArg {
        MemArg {
            offset: at.into(),
            align: 2,
            target: MemArgTarget::Memory(self.plan.memory),
            ordering: None,
        }
    }
}

/// Bytes of the callee's frame that a caller writes.
fn in_frame(ty: &Signature<'_>) -> u32 {
    if ty.is_wide() {
        ty.params.len() as u32 * SLOT
    } else {
        0
    }
}

fn value_type(ty: wasmparser::ValType) -> u8 {
    match ty {
        wasmparser::ValType::I32 => I32,
        wasmparser::ValType::I64 => I64,
        wasmparser::ValType::F32 => F32,
        _ => 0x7c,
    }
}

fn result(block: &wasmparser::BlockType) -> Option<u8> {
    match block {
        wasmparser::BlockType::Type(ty) => Some(value_type(*ty)),
        _ => None,
    }
}
