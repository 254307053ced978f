//! Where a trap happened, which decides what a node calls it.

use wasmtime::WasmBacktrace;

/// `i32.div_s` and `i64.div_s`.
const DIVISIONS: [u8; 2] = [0x6d, 0x7f];

/// Whether the instruction that trapped divides: on the processor of a node an overflow of a
/// division is no other fault than a division by zero, and that of a conversion is told by a
/// library. The code is as it was compiled.
pub(super) fn is_division(error: &wasmtime::Error, compiled: &[u8]) -> bool {
    let frames = error.downcast_ref::<WasmBacktrace>();
    let offset = frames.and_then(|trace| trace.frames().first()?.module_offset());
    let instruction = offset.and_then(|offset| compiled.get(offset));
    instruction.is_some_and(|opcode| DIVISIONS.contains(opcode))
}
