//! How much stack the functions of a module take.
//!
//! WebAssembly keeps simple locals out of memory. Those whose address is taken are on a stack in
//! the linear memory, which begins at the size that the build gives it and grows down to 0. A
//! function with such locals subtracts a constant from the stack pointer, a global, on entry: that
//! is its frame. A contract that goes below 0 traps.
//!
//! ```text
//! global.get $stack_pointer
//! i32.const 64                ;; the frame
//! i32.sub
//! local.tee $frame
//! global.set $stack_pointer
//! ```
//!
//! The measure is static and errs in both directions. A frame may be counted although a branch
//! avoids the call, and calls through a table are not followed. Therefore the build refuses only
//! what [`certain`](StackUse::certain) says, and warns of what [`deepest`](StackUse::deepest) says.
//! Certain are the calls that a function makes before its first branch: whoever calls it needs the
//! frames of both.

use std::collections::BTreeMap;
use wasmparser::{ExternalKind, FunctionBody, Operator, Parser, Payload, TypeRef};

/// The frames of a module and the calls between its functions, by function index.
///
/// ```
/// use antelope_module::StackUse;
/// use wasm_encoder::{
///     CodeSection, ConstExpr, ExportKind, ExportSection, Function, FunctionSection, GlobalSection,
///     GlobalType, Module, TypeSection, ValType,
/// };
///
/// let (mut types, mut functions) = (TypeSection::new(), FunctionSection::new());
/// types.ty().function([], []);
/// functions.function(0);
/// let (mut globals, mut exports) = (GlobalSection::new(), ExportSection::new());
/// let pointer = GlobalType { val_type: ValType::I32, mutable: true, shared: false };
/// globals.global(pointer, &ConstExpr::i32_const(8192));
/// exports.export("apply", ExportKind::Func, 0);
/// let (mut code, mut apply) = (CodeSection::new(), Function::new([]));
/// apply.instructions().global_get(0).i32_const(64).i32_sub().global_set(0).end();
/// code.function(&apply);
/// let mut module = Module::new();
/// module.section(&types).section(&functions).section(&globals).section(&exports).section(&code);
///
/// let stack = StackUse::measure(&module.finish())?;
/// assert_eq!(stack.largest(), [(0, 64)]);
/// assert_eq!(stack.deepest().bytes, 64);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StackUse {
    /// The frame of each function in bytes; functions without one are left out.
    frames: BTreeMap<u32, u32>,
    /// The functions that each function calls directly, once for each call.
    calls: BTreeMap<u32, Vec<u32>>,
    /// Those of the calls that a function makes whenever it is called, with its frame in place.
    certain_calls: BTreeMap<u32, Vec<u32>>,
    /// The exported `apply`.
    entry: Option<u32>,
}

/// The chain of calls from `apply` that needs most stack.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deepest {
    /// The sum of all frames, in bytes.
    pub bytes: u64,
    /// The functions of the chain that have a frame, with its bytes, from `apply` on.
    pub functions: Vec<(u32, u32)>,
}

impl StackUse {
    /// Measures a linked module.
    ///
    /// # Errors
    /// The error of the parser if the module cannot be parsed.
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

    /// The functions with a frame and its bytes, largest first.
    pub fn largest(&self) -> Vec<(u32, u32)> {
        let mut frames: Vec<_> = self.frames.iter().map(|(at, size)| (*at, *size)).collect();
        frames.sort_by_key(|(at, bytes)| (std::cmp::Reverse(*bytes), *at));
        frames
    }

    /// The bytes that are certainly needed if every function is called at some time: the frame of
    /// `apply`, which is below all others, and the largest sum of the frames of a function and of
    /// those that it calls without a condition.
    pub fn certain(&self) -> u64 {
        let entry = self.entry.unwrap_or_default();
        let base = self.frame(entry);
        let mut known = BTreeMap::new();
        let functions = self.frames.keys().chain(self.certain_calls.keys());
        let needs = functions.map(|at| {
            let bytes = Self::depth(*at, &self.frames, &self.certain_calls, &mut known);
            if *at == entry { bytes } else { base + bytes }
        });
        needs.max().unwrap_or_default()
    }

    /// The chain of direct calls from `apply` that needs most stack. Calls through a table are not
    /// followed, and a function that calls itself is counted once.
    pub fn deepest(&self) -> Deepest {
        let Some(entry) = self.entry else {
            return Deepest::default();
        };
        let mut known = BTreeMap::new();
        Self::depth(entry, &self.frames, &self.calls, &mut known);
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

    /// The bytes that a function and its calls need, and which call needs most. `known` holds the
    /// results so far, so that each function is looked at once.
    fn depth(
        at: u32,
        frames: &BTreeMap<u32, u32>,
        calls: &BTreeMap<u32, Vec<u32>>,
        known: &mut BTreeMap<u32, (u64, Option<u32>)>,
    ) -> u64 {
        if let Some((bytes, _)) = known.get(&at) {
            return *bytes;
        }
        // Cuts recursion: a call back to this function adds nothing.
        known.insert(at, (0, None));
        let (mut most, mut through) = (0, None);
        for callee in calls.get(&at).into_iter().flatten() {
            let bytes = Self::depth(*callee, frames, calls, known);
            if bytes > most {
                (most, through) = (bytes, Some(*callee));
            }
        }
        let bytes = frames.get(&at).copied().map_or(0, u64::from) + most;
        known.insert(at, (bytes, through));
        bytes
    }

    /// The frame of a function in bytes; 0 for none.
    fn frame(&self, at: u32) -> u64 {
        self.frames.get(&at).copied().map_or(0, u64::from)
    }

    /// Reads one function: its calls, and its frame. A frame begins with `global.get p; i32.const
    /// N; i32.sub` or, after optimization, an addition of `-N`. Any global is taken for the stack
    /// pointer: contracts have no other with which they compute.
    fn body(&mut self, at: u32, body: &FunctionBody<'_>) -> Result<(), wasmparser::Error> {
        let mut frame = 0;
        let mut last = [None, None];
        let mut branched = false;
        let mut moves = 0;
        for operator in body.get_operators_reader()? {
            let operator = operator?;
            // The two instructions before decide: a subtraction of a constant from a global opens a
            // frame. A function that adjusts the pointer several times counts with the largest
            // constant.
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
                    // The second move of the stack pointer gives the frame back.
                    if !branched && moves < 2 {
                        let certain = self.certain_calls.entry(at).or_default();
                        certain.push(*function_index);
                    }
                }
                (_, Operator::GlobalSet { .. }) => moves += 1,
                (
                    _,
                    Operator::If { .. }
                    | Operator::Br { .. }
                    | Operator::BrIf { .. }
                    | Operator::BrTable { .. }
                    | Operator::Return
                    | Operator::Unreachable,
                ) => branched = true,
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
    fn calls_without_a_condition_are_certain() {
        // apply → 1 → 2, and a function that somebody else calls.
        let wasm = module(&[(64, &[1]), (100, &[2]), (1000, &[]), (5000, &[])]);
        let stack = StackUse::measure(&wasm).expect("a module");
        assert_eq!(stack.certain(), 64 + 5000);
        let wasm = module(&[(64, &[1]), (3000, &[2]), (2900, &[2]), (0, &[1])]);
        let stack = StackUse::measure(&wasm).expect("a module");
        assert_eq!(stack.certain(), 64 + 3000 + 2900);
        let mut conditional = stack.clone();
        conditional.certain_calls.clear();
        assert_eq!(conditional.certain(), 64 + 3000);
    }

    #[test]
    fn a_module_without_frames_needs_none() {
        let stack = StackUse::measure(&module(&[(0, &[])])).expect("a module");
        assert_eq!(stack.deepest(), Deepest::default());
        assert_eq!(stack.certain(), 0);
    }
}
