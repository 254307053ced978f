//! Where a trap happened, which decides what a node calls it.
//!
//! Nodes compile contracts to x86-64. An `i32.div_s` that overflows raises the same processor
//! exception there as a division by zero, which EOS VM reports as an access violation; a conversion
//! from a float that overflows is found by software instead and reported as a system failure.
//! Wasmtime calls both `IntegerOverflow`, so that the instruction has to be looked at.

use wasmtime::WasmBacktrace;

/// The opcodes of `i32.div_s` and `i64.div_s`, the only divisions that can overflow (by -1).
const DIVISIONS: [u8; 2] = [0x6d, 0x7f];

/// Whether the instruction that trapped is a division. `compiled` is the code as it was given to
/// the compiler, since offsets of the backtrace are offsets in it. Without a backtrace the answer
/// is no.
pub(super) fn is_division(error: &wasmtime::Error, compiled: &[u8]) -> bool {
    let frames = error.downcast_ref::<WasmBacktrace>();
    let offset = frames.and_then(|trace| trace.frames().first()?.module_offset());
    let instruction = offset.and_then(|offset| compiled.get(offset));
    instruction.is_some_and(|opcode| DIVISIONS.contains(opcode))
}
