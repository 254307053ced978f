//! How much of the machine's stack a call takes at most.
//!
//! The compiler keeps locals in the frame, and operands where it runs out of registers; arguments
//! that do not fit registers are written once more for the callee. So a frame is never larger than
//! its locals and twice the operands that are there at a time, with what every frame has. It is an
//! upper bound by which a stack is chosen: what it gets wrong ends in a trap of the engine, which
//! looks at the end of the stack in every call.
//!
//! ```text
//! (func (param i32 i32) (result i32) (local i64)     operands
//!   local.get 0                                      1
//!   local.get 1                                      2
//!   local.get 0                                      3      the peak
//!   i32.mul                                          2
//!   i32.add)                                         1
//! ```
//!
//! This function has 3 locals and a peak of 3 operands, hence a frame of 160 + 8 × (3 + 2 × 3) = 232
//! bytes at most. The largest frame of a module counts for all of its functions, since a hostile
//! module calls that one at every level.
//!
//! Clearing locals is the other thing that a frame costs: a function of thousands of locals that
//! returns at once is a few instructions to the fuel, and thousands of stores to the processor. So
//! such a function pays for them in instructions when it begins; see [`clearing`].

use super::declared::Declared;
use antelope_module::DeadCode;
use wasm_encoder::{Encode, Instruction};
use wasmparser::{
    BlockType, ContType, FrameKind, FuncType, ModuleArity, Operator, RefType, SubType,
};

/// Bytes of a value, whatever its type.
const VALUE: u64 = 8;

/// What every call takes: addresses, registers that are kept, and what the engine adds to calls.
const FIXED: u64 = 160;

/// How many locals a function may have whose clearing costs nothing: it takes less than the call.
const FEW: u32 = 256;

/// Locals that are cleared for the cost of one [`CLEAR`].
const CLEARED: u32 = 64;

/// What it costs to clear so many locals, in instructions: each takes a store. No contract has this
/// instruction, which the first version of WebAssembly does not know; it does nothing to a zero.
pub(super) const CLEAR: u8 = CLEARED as u8;

/// What a function begins with that has so many locals besides its parameters, so that it costs what
/// it takes to clear them.
///
/// For 300 locals, which are four times 64 and a rest that is not counted:
///
/// ```text
/// i32.const 0
/// i32.extend8_s        four times, each billed as 64 instructions
/// drop
/// ```
pub(super) fn clearing(locals: u32, out: &mut Vec<u8>) {
    if locals <= FEW {
        return;
    }
    Instruction::I32Const(0).encode(out);
    for _ in 0..locals / CLEARED {
        Instruction::I32Extend8S.encode(out);
    }
    Instruction::Drop.encode(out);
}

/// The frame of a function, while its operators are read.
pub(super) struct Frame<'a> {
    /// The types of what is called.
    found: &'a Declared,
    function: u32,
    locals: u32,
    /// Operands on the stack after the operator that was followed last.
    height: u64,
    /// The most operands that were there at a time.
    peak: u64,
    /// For each open block, the operands below it and how many it leaves.
    blocks: Vec<(u64, u64)>,
    /// Skips what is never executed: there the stack has no known height.
    dead: DeadCode,
}

impl<'a> Frame<'a> {
    /// The frame of this function, by its index among all, before its first operator.
    pub(super) fn new(found: &'a Declared, function: u32) -> Self {
        let results = found.arity(function).1;
        Self {
            found,
            function,
            locals: 0,
            height: 0,
            peak: 0,
            blocks: vec![(0, results.into())],
            dead: DeadCode::default(),
        }
    }

    /// How many parameters the function has.
    pub(super) fn params(&self) -> u32 {
        self.found.arity(self.function).0
    }

    /// It has so many locals, parameters among them.
    pub(super) fn has_locals(&mut self, count: u32) {
        self.locals = count;
    }

    /// Goes on after this operator.
    ///
    /// Where a block ends, the height is what lay below it and its result, whatever the code in it did.
    pub(super) fn follow(&mut self, operator: &Operator<'_>) {
        if self.dead.skips(operator) {
            return;
        }
        let (pops, pushes) = match operator {
            Operator::Block { blockty } | Operator::Loop { blockty } => {
                self.blocks.push((self.height, left_by(blockty)));
                (0, 0)
            }
            Operator::If { blockty } => {
                self.height = self.height.saturating_sub(1);
                self.blocks.push((self.height, left_by(blockty)));
                (0, 0)
            }
            Operator::Else => {
                self.height = self.blocks.last().map_or(0, |(below, _)| *below);
                (0, 0)
            }
            Operator::End => {
                let (below, left) = self.blocks.pop().unwrap_or_default();
                self.height = below + left;
                (0, 0)
            }
            Operator::Br { .. }
            | Operator::BrTable { .. }
            | Operator::Return
            | Operator::Unreachable => (0, 0),
            Operator::BrIf { .. } => (1, 0),
            Operator::Call { function_index } => self.found.arity(*function_index),
            Operator::CallIndirect { type_index, .. } => {
                let (params, results) = self.found.arity_of_type(*type_index);
                (params + 1, results)
            }
            _ => operator.operator_arity(&Nothing).unwrap_or_default(),
        };
        self.height = self.height.saturating_sub(pops.into()) + u64::from(pushes);
        self.peak = self.peak.max(self.height);
    }

    /// Bytes that a call takes at most.
    pub(super) fn bytes(&self) -> u64 {
        FIXED + VALUE * (u64::from(self.locals) + 2 * self.peak)
    }
}

/// Operands that a block leaves: one or none, as the first version of WebAssembly has it.
fn left_by(block: &BlockType) -> u64 {
    u64::from(!matches!(block, BlockType::Empty))
}

/// Knows nothing of a module, which most operators need not.
struct Nothing;

impl ModuleArity for Nothing {
    fn sub_type_at(&self, _: u32) -> Option<&SubType> {
        None
    }

    fn tag_type_arity(&self, _: u32) -> Option<(u32, u32)> {
        None
    }

    fn type_index_of_function(&self, _: u32) -> Option<u32> {
        None
    }

    fn func_type_of_cont_type(&self, _: &ContType) -> Option<&FuncType> {
        None
    }

    fn sub_type_of_ref_type(&self, _: &RefType) -> Option<&SubType> {
        None
    }

    fn control_stack_height(&self) -> u32 {
        0
    }

    fn label_block(&self, _: u32) -> Option<(BlockType, FrameKind)> {
        None
    }
}
