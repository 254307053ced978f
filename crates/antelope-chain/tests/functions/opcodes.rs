//! The instructions of WebAssembly that compute, as if they were functions.
//!
//! A node replaces those of floats by calls of a library, so that they are as much its own as its
//! host functions are.

use antelope_build::chain::ValueType::{self, F32, F64, I32, I64};
use wasm_encoder::Instruction::{self, *};

/// An instruction with its name and type.
pub struct Opcode {
    pub name: &'static str,
    pub params: Vec<ValueType>,
    pub result: ValueType,
    pub instruction: Instruction<'static>,
}

/// All of them.
pub fn opcodes() -> Vec<Opcode> {
    let mut all = Vec::new();
    macro_rules! add {
        ($($params:tt -> $result:ident: $($instruction:ident)*;)*) => {
            $($(all.push(Opcode {
                name: stringify!($instruction),
                params: $params.to_vec(),
                result: $result,
                instruction: $instruction,
            });)*)*
        };
    }
    add! {
        [F32, F32] -> F32: F32Add F32Sub F32Mul F32Div F32Min F32Max F32Copysign;
        [F64, F64] -> F64: F64Add F64Sub F64Mul F64Div F64Min F64Max F64Copysign;
        [F32] -> F32: F32Abs F32Neg F32Sqrt F32Ceil F32Floor F32Trunc F32Nearest;
        [F64] -> F64: F64Abs F64Neg F64Sqrt F64Ceil F64Floor F64Trunc F64Nearest;
        [F32, F32] -> I32: F32Eq F32Ne F32Lt F32Le F32Gt F32Ge;
        [F64, F64] -> I32: F64Eq F64Ne F64Lt F64Le F64Gt F64Ge;
        [F32] -> F64: F64PromoteF32;
        [F64] -> F32: F32DemoteF64;
        [F32] -> I32: I32TruncF32S I32TruncF32U I32ReinterpretF32;
        [F64] -> I32: I32TruncF64S I32TruncF64U;
        [F32] -> I64: I64TruncF32S I64TruncF32U;
        [F64] -> I64: I64TruncF64S I64TruncF64U I64ReinterpretF64;
        [I32] -> F32: F32ConvertI32S F32ConvertI32U F32ReinterpretI32;
        [I64] -> F32: F32ConvertI64S F32ConvertI64U;
        [I32] -> F64: F64ConvertI32S F64ConvertI32U;
        [I64] -> F64: F64ConvertI64S F64ConvertI64U F64ReinterpretI64;
        [I32, I32] -> I32: I32Add I32Sub I32Mul I32DivS I32DivU I32RemS I32RemU;
        [I32, I32] -> I32: I32And I32Or I32Xor I32Shl I32ShrS I32ShrU I32Rotl I32Rotr;
        [I32, I32] -> I32: I32Eq I32Ne I32LtS I32LtU I32GtS I32GtU I32LeS I32LeU I32GeS I32GeU;
        [I32] -> I32: I32Clz I32Ctz I32Popcnt I32Eqz;
        [I64, I64] -> I64: I64Add I64Sub I64Mul I64DivS I64DivU I64RemS I64RemU;
        [I64, I64] -> I64: I64And I64Or I64Xor I64Shl I64ShrS I64ShrU I64Rotl I64Rotr;
        [I64, I64] -> I32: I64Eq I64Ne I64LtS I64LtU I64GtS I64GtU I64LeS I64LeU I64GeS I64GeU;
        [I64] -> I64: I64Clz I64Ctz I64Popcnt;
        [I64] -> I32: I64Eqz I32WrapI64;
        [I32] -> I64: I64ExtendI32S I64ExtendI32U;
    }
    all.push(Opcode {
        name: "MemoryGrow",
        params: vec![I32],
        result: I32,
        instruction: MemoryGrow(0),
    });
    all
}
