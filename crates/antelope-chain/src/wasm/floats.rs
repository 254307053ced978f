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

use super::prepare::{appended, number, section};
use std::collections::BTreeMap;
use wasm_encoder::{Encode, Function, Ieee64, Instruction as I, SectionId, ValType};
use wasmparser::{BinaryReaderError, Operator, Parser, Payload};

/// What is called instead of an instruction: its type, and its body.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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

/// The module with calls instead of such instructions; it is not touched where there are none.
pub(super) fn as_on_a_node(code: Vec<u8>) -> Result<Vec<u8>, BinaryReaderError> {
    let found = Found::scan(&code)?;
    if found.ways.is_empty() {
        return Ok(code);
    }
    let mut module = wasm_encoder::Module::new();
    for payload in Parser::new(0).parse_all(&code) {
        let payload = payload?;
        let Some((id, range)) = payload.as_section() else {
            continue;
        };
        let raw = &code[range.start as usize..range.end as usize];
        let more = found.ways.len() as u32;
        match payload {
            Payload::TypeSection(_) => {
                section(&mut module, id, &appended(raw, more, &found.types())?);
            }
            Payload::FunctionSection(_) => {
                section(&mut module, id, &appended(raw, more, &found.functions())?);
            }
            Payload::CodeSectionStart { .. } => {
                section(&mut module, SectionId::Code as u8, &found.code(&code)?)
            }
            _ => section(&mut module, id, raw),
        }
    }
    Ok(module.finish())
}

/// What of the module matters here.
#[derive(Default)]
struct Found {
    types: u32,
    imported: u32,
    defined: u32,
    /// Each way that is needed, and how many there are before it.
    ways: BTreeMap<Way, u32>,
}

impl Found {
    fn scan(code: &[u8]) -> Result<Self, BinaryReaderError> {
        let mut found = Self::default();
        for payload in Parser::new(0).parse_all(code) {
            match payload? {
                Payload::TypeSection(section) => found.types = section.count(),
                // Functions are all that Antelope has to import.
                Payload::ImportSection(section) => found.imported = section.count(),
                Payload::CodeSectionStart { count, .. } => found.defined = count,
                Payload::CodeSectionEntry(body) => {
                    let mut operators = body.get_operators_reader()?;
                    while !operators.eof() {
                        if let Some(way) = Way::of(&operators.read()?) {
                            found.ways.insert(way, 0);
                        }
                    }
                }
                _ => {}
            }
        }
        for (before, index) in found.ways.values_mut().enumerate() {
            *index = before as u32;
        }
        Ok(found)
    }

    fn types(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for way in self.ways.keys() {
            let (params, result) = way.signature();
            out.push(0x60);
            params.encode(&mut out);
            [result].encode(&mut out);
        }
        out
    }

    fn functions(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for index in self.ways.values() {
            number(&mut out, self.types + index);
        }
        out
    }

    /// The section of code, with calls, and with what is called at its end.
    fn code(&self, code: &[u8]) -> Result<Vec<u8>, BinaryReaderError> {
        let mut out = Vec::new();
        number(&mut out, self.defined + self.ways.len() as u32);
        for payload in Parser::new(0).parse_all(code) {
            let Payload::CodeSectionEntry(body) = payload? else {
                continue;
            };
            let range = body.range();
            let (mut copied, end) = (range.start as usize, range.end as usize);
            let mut changed = Vec::new();
            let mut operators = body.get_operators_reader()?;
            while !operators.eof() {
                let (operator, offset) = operators.read_with_offset()?;
                let index = Way::of(&operator).and_then(|way| self.ways.get(&way));
                if let Some(index) = index {
                    changed.extend(&code[copied..offset as usize]);
                    changed.push(0x10);
                    number(&mut changed, self.imported + self.defined + index);
                    copied = operators.original_position() as usize;
                }
            }
            changed.extend(&code[copied..end]);
            number(&mut out, changed.len() as u32);
            out.extend(changed);
        }
        for way in self.ways.keys() {
            way.body().encode(&mut out);
        }
        Ok(out)
    }
}
