//! How much stack the functions of a module take.
//!
//! Locals whose address is taken lie in the linear memory, on a stack that grows down from
//! the size that the build gives it to 0. A function that has such locals moves the stack pointer, a
//! global, by a constant on entry: its frame. A contract that goes below 0 traps.

use std::collections::BTreeMap;

use wasmparser::{ExternalKind, FunctionBody, Operator, Parser, Payload, TypeRef};

/// The frames of a module.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StackUse {
    /// Bytes of each function's frame; functions without one are left out.
    frames: BTreeMap<u32, u32>,
    /// Whom each function calls by its number.
    calls: BTreeMap<u32, Vec<u32>>,
    /// The exported `apply`.
    entry: Option<u32>,
}

/// The calls that need most stack, from `apply` on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deepest {
    /// Bytes of all frames together.
    pub bytes: u64,
    /// The functions on the way that have a frame, with their bytes.
    pub functions: Vec<(u32, u32)>,
}

impl StackUse {
    /// Measures a linked module.
    ///
    /// # Errors
    /// The module cannot be parsed.
    pub fn measure(wasm: &[u8]) -> Result<Self, wasmparser::Error> {
        let mut stack = Self::default();
        let mut function = 0;
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::ImportSection(reader) => {
                    for import in reader.into_imports() {
                        function += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::ExportSection(reader) => {
                    for export in reader {
                        let export = export?;
                        if export.kind == ExternalKind::Func && export.name == "apply" {
                            stack.entry = Some(export.index);
                        }
                    }
                }
                Payload::CodeSectionEntry(body) => {
                    stack.body(function, &body)?;
                    function += 1;
                }
                _ => {}
            }
        }
        Ok(stack)
    }

    /// The functions with the largest frames, largest first.
    pub fn largest(&self) -> Vec<(u32, u32)> {
        let mut frames: Vec<_> = self.frames.iter().map(|(at, size)| (*at, *size)).collect();
        frames.sort_by_key(|(at, bytes)| (std::cmp::Reverse(*bytes), *at));
        frames
    }

    /// The bytes of the largest frame together with that of `apply`, which is there before all others.
    pub fn certain(&self) -> u64 {
        let entry = self.entry.unwrap_or_default();
        let base = self.frame(entry);
        let others = self.frames.iter().filter(|(at, _)| **at != entry);
        let largest = others.map(|(_, bytes)| u64::from(*bytes)).max();
        base + largest.unwrap_or_default()
    }

    /// The way of direct calls from `apply` that needs most stack. Calls by a table are not followed, and
    /// a function that calls itself is counted once.
    pub fn deepest(&self) -> Deepest {
        let Some(entry) = self.entry else {
            return Deepest::default();
        };
        let mut known = BTreeMap::new();
        self.depth(entry, &mut known);
        let mut deepest = Deepest {
            bytes: known.get(&entry).map_or(0, |(bytes, _)| *bytes),
            functions: Vec::new(),
        };
        let mut next = Some(entry);
        while let Some(at) = next {
            if let Some(bytes) = self.frames.get(&at) {
                deepest.functions.push((at, *bytes));
            }
            next = known.get(&at).and_then(|(_, callee)| *callee);
        }
        deepest
    }

    /// The bytes from a function on, and whom it calls on the way that needs most.
    fn depth(&self, at: u32, known: &mut BTreeMap<u32, (u64, Option<u32>)>) -> u64 {
        if let Some((bytes, _)) = known.get(&at) {
            return *bytes;
        }
        // For whoever comes back here while this is going on: nothing more to come.
        known.insert(at, (0, None));
        let (mut most, mut through) = (0, None);
        for callee in self.calls.get(&at).into_iter().flatten() {
            let bytes = self.depth(*callee, known);
            if bytes > most {
                (most, through) = (bytes, Some(*callee));
            }
        }
        let bytes = self.frame(at) + most;
        known.insert(at, (bytes, through));
        bytes
    }

    fn frame(&self, at: u32) -> u64 {
        self.frames.get(&at).copied().map_or(0, u64::from)
    }

    /// Finds `global.get p; i32.const N; i32.sub` at the beginning of a frame, whichever global the
    /// stack pointer is: contracts have no other that is computed with.
    fn body(&mut self, at: u32, body: &FunctionBody<'_>) -> Result<(), wasmparser::Error> {
        let mut frame = 0;
        let mut last = [None, None];
        for operator in body.get_operators_reader()? {
            let operator = operator?;
            match (&last, &operator) {
                (
                    [
                        Some(Operator::GlobalGet { .. }),
                        Some(Operator::I32Const { value }),
                    ],
                    Operator::I32Sub,
                ) => frame = frame.max(value.unsigned_abs()),
                (
                    [
                        Some(Operator::GlobalGet { .. }),
                        Some(Operator::I32Const { value }),
                    ],
                    Operator::I32Add,
                ) if *value < 0 => frame = frame.max(value.unsigned_abs()),
                (_, Operator::Call { function_index }) => {
                    self.calls.entry(at).or_default().push(*function_index);
                }
                _ => {}
            }
            last = [last[1].take(), Some(operator)];
        }
        if frame > 0 {
            self.frames.insert(at, frame);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        CodeSection, ConstExpr, ExportKind, ExportSection, Function, FunctionSection,
        GlobalSection, GlobalType, Instruction as I, Module, TypeSection, ValType,
    };

    /// A module whose functions have these frames and call these others; the first is `apply`.
    fn module(functions: &[(i32, &[u32])]) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut declared = FunctionSection::new();
        let mut code = CodeSection::new();
        for (frame, calls) in functions {
            declared.function(0);
            let mut body = Function::new([]);
            if *frame > 0 {
                for instruction in [
                    I::GlobalGet(0),
                    I::I32Const(*frame),
                    I::I32Sub,
                    I::GlobalSet(0),
                ] {
                    body.instruction(&instruction);
                }
            }
            for callee in *calls {
                body.instruction(&I::Call(*callee));
            }
            body.instruction(&I::End);
            code.function(&body);
        }
        let mut globals = GlobalSection::new();
        let ty = GlobalType {
            val_type: ValType::I32,
            mutable: true,
            shared: false,
        };
        globals.global(ty, &ConstExpr::i32_const(8192));
        let mut exports = ExportSection::new();
        exports.export("apply", ExportKind::Func, 0);
        let mut module = Module::new();
        module
            .section(&types)
            .section(&declared)
            .section(&globals)
            .section(&exports)
            .section(&code);
        module.finish()
    }

    #[test]
    fn the_deepest_way_is_found() {
        // apply → 1 → 3, apply → 2; 3 calls itself and 1 again.
        let wasm = module(&[
            (64, &[1, 2]),
            (0, &[3]),
            (500, &[]),
            (512, &[3, 1]),
            (9999, &[]),
        ]);
        let stack = StackUse::measure(&wasm).expect("a module");
        let deepest = stack.deepest();
        assert_eq!(deepest.bytes, 64 + 512);
        assert_eq!(deepest.functions, [(0, 64), (3, 512)]);
        assert_eq!(stack.largest()[..2], [(4, 9999), (3, 512)]);
        assert_eq!(stack.certain(), 64 + 9999);
    }

    #[test]
    fn a_module_without_frames_needs_none() {
        let stack = StackUse::measure(&module(&[(0, &[])])).expect("a module");
        assert_eq!(stack.deepest(), Deepest::default());
        assert_eq!(stack.certain(), 0);
    }
}
