//! Floating-point instructions that nodes compute differently from the WebAssembly standard.
//!
//! | instruction | on a node |
//! |---|---|
//! | `min`, `max` | a NaN operand is the result, bit for bit: the first one if both are NaN |
//! | `ceil`, `floor`, `trunc`, `nearest` | a NaN stays as it is, bit for bit |
//! | `i32.trunc_f64_s` | numbers between -2147483649 and -2147483648, both excluded, trap as well |
//!
//! The standard turns a signaling NaN into a quiet one. Nodes compute all floats in software
//! (Berkeley SoftFloat with wrappers in eos-vm's `softfloat.hpp`), so that results never depend on
//! the processor; apart from the instructions above, IEEE 754 leaves no freedom, and the processor
//! gives the same bits. `tests/functions` of `antelope-chain` compares all of them with a node.
//!
//! A module that uses one of these instructions gets a function with the node's result appended,
//! and the instruction is replaced by a call of it. Most contracts use none and stay as they are.

use super::sections::number;
use wasm_encoder::{Encode, Function, Ieee64, Instruction as I, ValType};
use wasmparser::Operator;

/// Which replacement: it decides the type and the body of the appended function.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// A rounding instruction: one operand.
    One(Opcode),
    /// `min` or `max`: two operands.
    Two(Opcode),
    /// `i32.trunc_f64_s`.
    Truncate,
}

/// The one-byte opcode of the instruction that the replacement is built around.
type Opcode = u8;

impl Way {
    /// The replacement for an instruction; `None` for those that need none.
    fn of(operator: &Operator<'_>) -> Option<Self> {
        Some(match operator {
            Operator::F32Ceil => Self::One(0x8d),
            Operator::F32Floor => Self::One(0x8e),
            Operator::F32Trunc => Self::One(0x8f),
            Operator::F32Nearest => Self::One(0x90),
            Operator::F64Ceil => Self::One(0x9b),
            Operator::F64Floor => Self::One(0x9c),
            Operator::F64Trunc => Self::One(0x9d),
            Operator::F64Nearest => Self::One(0x9e),
            Operator::F32Min => Self::Two(0x96),
            Operator::F32Max => Self::Two(0x97),
            Operator::F64Min => Self::Two(0xa4),
            Operator::F64Max => Self::Two(0xa5),
            Operator::I32TruncF64S => Self::Truncate,
            _ => return None,
        })
    }

    /// The type of the operands.
    fn float(self) -> ValType {
        match self {
            Self::One(0x8d..=0x90) | Self::Two(0x96..=0x97) => ValType::F32,
            _ => ValType::F64,
        }
    }

    /// Parameters and result.
    fn signature(self) -> (Vec<ValType>, ValType) {
        match self {
            Self::One(_) => (vec![self.float()], self.float()),
            Self::Two(_) => (vec![self.float(); 2], self.float()),
            Self::Truncate => (vec![ValType::F64], ValType::I32),
        }
    }

    /// The body of the function: the instruction itself, with NaN operands handled around it.
    fn body(self) -> Function {
        let equal = match self.float() {
            ValType::F32 => I::F32Eq,
            _ => I::F64Eq,
        };
        let mut body = Function::new([]);
        // `select` between what was computed and the operand: a NaN is the only value that differs
        // from itself. Applied to the first operand last, so that it wins where both are NaN.
        let unless_nan = |body: &mut Function, operand| {
            for _ in 0..3 {
                body.instruction(&I::LocalGet(operand));
            }
            body.instruction(&equal).instruction(&I::Select);
        };
        match self {
            Self::One(opcode) => {
                body.instruction(&I::LocalGet(0)).raw([opcode]);
                unless_nan(&mut body, 0);
            }
            Self::Two(opcode) => {
                body.instruction(&I::LocalGet(0))
                    .instruction(&I::LocalGet(1))
                    .raw([opcode]);
                unless_nan(&mut body, 1);
                unless_nan(&mut body, 0);
            }
            Self::Truncate => {
                // Truncation toward zero would turn a number such as -2147483648.5 into the least
                // `i32`; nodes trap on anything below that `i32`.
                let least = Ieee64::from(f64::from(i32::MIN));
                body.instruction(&I::LocalGet(0))
                    .instruction(&I::F64Const(least))
                    .instruction(&I::F64Lt)
                    .instruction(&I::If(wasm_encoder::BlockType::Empty))
                    .instruction(&I::Unreachable)
                    .instruction(&I::End)
                    .instruction(&I::LocalGet(0))
                    .instruction(&I::I32TruncF64S);
            }
        }
        body.instruction(&I::End);
        body
    }
}

/// The replacement functions that a module needs, in the order in which they were first needed.
pub(super) struct Floats {
    /// The index of the first one: they follow all functions of the module.
    first: u32,
    /// One entry for each replacement function.
    ways: Vec<Way>,
}

impl Floats {
    /// Replacement functions for a module that has so many functions, imported ones included.
    pub(super) fn after(functions: u32) -> Self {
        Self {
            first: functions,
            ways: Vec::new(),
        }
    }

    /// The index of the function to call instead of the instruction; `None` where the instruction
    /// stays.
    pub(super) fn instead_of(&mut self, operator: &Operator<'_>) -> Option<u32> {
        let way = Way::of(operator)?;
        let known = self.ways.iter().position(|other| *other == way);
        let index = known.unwrap_or_else(|| {
            self.ways.push(way);
            self.ways.len() - 1
        });
        Some(self.first + index as u32)
    }

    /// Number of replacement functions.
    pub(super) fn count(&self) -> u32 {
        self.ways.len() as u32
    }

    /// Entries for the type section: one for each function, even where types repeat.
    pub(super) fn types(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for way in &self.ways {
            let (params, result) = way.signature();
            out.push(0x60);
            params.encode(&mut out);
            [result].encode(&mut out);
        }
        out
    }

    /// Entries for the function section, given the number of types before those of
    /// [`types`](Self::types).
    pub(super) fn functions(&self, types: u32) -> Vec<u8> {
        let mut out = Vec::new();
        (types..)
            .zip(&self.ways)
            .for_each(|(ty, _)| number(&mut out, ty));
        out
    }

    /// Appends entries for the code section.
    pub(super) fn bodies(&self, out: &mut Vec<u8>) {
        self.ways.iter().for_each(|way| way.body().encode(out));
    }
}
