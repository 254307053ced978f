//! Instructions of floats that nodes compute otherwise than the standard has it.
//!
//! | instruction | on a node |
//! |---|---|
//! | `min`, `max` | the first operand that is no number is the result, bit for bit |
//! | `ceil`, `floor`, `trunc`, `nearest` | what is no number stays what it is, bit for bit |
//! | `i32.trunc_f64_s` | numbers between -2147483649 and -2147483648 fail, too |
//!
//! The standard makes such a result quiet. Everything else that processors compute is what a node
//! computes in software; `tests/functions` compares them. A module that uses one of these gets a
//! function that does it in the node's way, which is called instead.

use super::prepare::number;
use wasm_encoder::{Encode, Function, Ieee64, Instruction as I, ValType};
use wasmparser::Operator;

/// What is called instead of an instruction: its type, and its body.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    One(Opcode),
    Two(Opcode),
    Truncate,
}

/// The instruction's byte.
type Opcode = u8;

impl Way {
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

    fn body(self) -> Function {
        let equal = match self.float() {
            ValType::F32 => I::F32Eq,
            _ => I::F64Eq,
        };
        let mut body = Function::new([]);
        // What was computed, or the operand where it is no number and thus not what it is.
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

/// The functions that a module needs for this, in the order in which they were found needed.
pub(super) struct Floats {
    /// The number of the first.
    first: u32,
    ways: Vec<Way>,
}

impl Floats {
    /// For a module with so many functions.
    pub(super) fn after(functions: u32) -> Self {
        Self {
            first: functions,
            ways: Vec::new(),
        }
    }

    /// The function that is called instead of the instruction, where it is one of those.
    pub(super) fn instead_of(&mut self, operator: &Operator<'_>) -> Option<u32> {
        let way = Way::of(operator)?;
        let known = self.ways.iter().position(|other| *other == way);
        let index = known.unwrap_or_else(|| {
            self.ways.push(way);
            self.ways.len() - 1
        });
        Some(self.first + index as u32)
    }

    /// How many functions there are.
    pub(super) fn count(&self) -> u32 {
        self.ways.len() as u32
    }

    /// Their types, as they stand in a module.
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

    /// The numbers of their types, after so many others.
    pub(super) fn functions(&self, types: u32) -> Vec<u8> {
        let mut out = Vec::new();
        (types..)
            .zip(&self.ways)
            .for_each(|(ty, _)| number(&mut out, ty));
        out
    }

    /// Appends their bodies.
    pub(super) fn bodies(&self, out: &mut Vec<u8>) {
        self.ways.iter().for_each(|way| way.body().encode(out));
    }
}
